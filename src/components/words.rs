//! An error in words: cause, remedy, and what the server itself said. The only place that does this.

use crate::{
    api::{ApiError, ErrorKind, ForbiddenCause},
    dom::visible::visible,
    i18n::Messages,
};

/// What a person needs to know of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorWords {
    /// What happened.
    pub cause: String,
    /// What to do about it, and who can.
    pub remedy: &'static str,
    /// The server's own sentence, where it adds something.
    pub said: Option<String>,
}

/// Puts an error into words.
#[must_use]
pub fn error_words(messages: &Messages, error: &ApiError) -> ErrorWords {
    let errors = &messages.errors;
    let [cause, remedy] = match &error.kind {
        ErrorKind::Offline => errors.offline,
        ErrorKind::Timeout => errors.timeout,
        ErrorKind::Aborted => errors.aborted,
        ErrorKind::Unauthorized => errors.unauthorized,
        ErrorKind::SignedOut => errors.signed_out,
        ErrorKind::Forbidden(ForbiddenCause::ApiAccess) => errors.api_access,
        ErrorKind::Forbidden(ForbiddenCause::Plan) => errors.plan,
        ErrorKind::Forbidden(ForbiddenCause::RateLimit) | ErrorKind::RateLimited(_) => errors.rate_limit,
        ErrorKind::Forbidden(ForbiddenCause::KeyScope) => errors.key_scope,
        ErrorKind::Forbidden(ForbiddenCause::ReadOnly) => errors.read_only,
        ErrorKind::Forbidden(ForbiddenCause::Archived) => errors.archived,
        ErrorKind::Forbidden(ForbiddenCause::Other) => errors.forbidden,
        ErrorKind::NotFound => errors.not_found,
        ErrorKind::Conflict if error.code == "dataset_in_use" => errors.in_use,
        ErrorKind::Conflict if error.code == "dataset_name_duplicate" || error.message.contains("exists") => errors.name_taken,
        ErrorKind::Conflict => errors.conflict,
        ErrorKind::Invalid(_) => errors.invalid,
        ErrorKind::TooLarge => errors.too_large,
        ErrorKind::UnsupportedType => errors.unsupported_type,
        ErrorKind::Model => errors.model,
        ErrorKind::NotOffered => errors.not_offered,
        ErrorKind::PipelineOnly => errors.pipeline_only,
        ErrorKind::Server if matches!(error.raw.status, 502..=504) => errors.gateway,
        ErrorKind::Server => errors.server,
        ErrorKind::Decode(_) => errors.decode,
    };
    let said =
        Some(error.message.as_str()).filter(|message| !message.is_empty()).map(|message| (errors.server_says)(&visible(message)));
    ErrorWords { cause: cause.to_owned(), remedy, said }
}

/// The raw request and answer as text for a bug report.
#[must_use]
pub fn raw_details(error: &ApiError) -> String {
    let raw = &error.raw;
    let place = if let ErrorKind::Decode(place) = &error.kind { format!("\n{place}") } else { String::new() };
    let status = if raw.status == 0 { "no answer".to_owned() } else { raw.status.to_string() };
    format!("{} {} → {status}{place}\n{}", raw.method, raw.path, raw.body).trim_end().to_owned()
}

#[cfg(test)]
mod tests;
