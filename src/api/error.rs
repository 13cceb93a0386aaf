//! What went wrong with a request, read from whatever the server, a framework or a proxy sent. Words are made of it elsewhere.

use loredesk_wire::ErrorBody;

/// Longest part of an answer that is kept for the raw detail, in characters.
const RAW_MAX: usize = 4000;
/// Longest sentence of a server that is shown, in characters; the whole of it is in the raw detail.
const SAID_MAX: usize = 400;

/// A request that did not do what it should.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// The kind, for words and for what can be done.
    pub kind: ErrorKind,
    /// What the server said, cut to its first sentence; empty where it said nothing usable.
    pub message: String,
    /// The documented code, such as `dataset_name_duplicate`; empty where there is none.
    pub code: String,
    /// What was asked and what came back, for a bug report.
    pub raw: Box<RawAnswer>,
}

/// The request and the answer behind an error, without headers: those may hold keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawAnswer {
    /// `GET`, `POST` …
    pub method: &'static str,
    /// Path below the connection's base.
    pub path: String,
    /// HTTP status, 0 where no answer came.
    pub status: u16,
    /// The body's beginning.
    pub body: String,
}

/// Kinds of trouble, each with its own words and remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// No answer: offline, the host is down, or the address is one that the server answers without CORS.
    Offline,
    /// No answer in time.
    Timeout,
    /// We stopped it ourselves.
    Aborted,
    /// 401: the proxy sends no key, or a revoked one.
    Unauthorized,
    /// 401 of the host itself or of a login in front of it: nobody is signed in, and nothing was done.
    SignedOut,
    /// 403.
    Forbidden(ForbiddenCause),
    /// 404.
    NotFound,
    /// 409, and the 400s that mean the same: a name is taken, a thing is in use.
    Conflict,
    /// 400 and 422: a value is refused; the field where the server names it.
    Invalid(Option<String>),
    /// 413, from the server or a proxy.
    TooLarge,
    /// 415.
    UnsupportedType,
    /// 429; seconds to wait where the server says so.
    RateLimited(Option<u32>),
    /// `provider_not_initialize` and its kin: a model is missing or over its quota.
    Model,
    /// 405 and unknown paths: this server does not have it.
    NotOffered,
    /// Not sent: the knowledge base is filled by its pipeline, which this would pass by.
    PipelineOnly,
    /// 5xx and anything else.
    Server,
    /// A success that cannot be read; the place in the answer.
    Decode(String),
}

/// Why a server forbids, read from its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForbiddenCause {
    /// API access is switched off for this knowledge base.
    ApiAccess,
    /// The plan's limit is reached.
    Plan,
    /// Too many requests, which this server answers with 403.
    RateLimit,
    /// The key may not do this.
    KeyScope,
    /// The connection may only be read.
    ReadOnly,
    /// The document is archived.
    Archived,
    /// Anything else.
    Other,
}

/// What came back over HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, lower case.
    pub content_type: String,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
    /// The body as text.
    pub body: String,
}

impl RawAnswer {
    fn of(method: &'static str, path: &str, answer: &Answer) -> Box<Self> {
        let body = answer.body.chars().take(RAW_MAX).collect();
        Box::new(Self { method, path: path.to_owned(), status: answer.status, body })
    }
}

impl ApiError {
    /// An error without an answer.
    #[must_use]
    pub fn local(kind: ErrorKind, method: &'static str, path: &str) -> Self {
        Self {
            kind,
            message: String::new(),
            code: String::new(),
            raw: Box::new(RawAnswer { method, path: path.to_owned(), ..RawAnswer::default() }),
        }
    }

    /// Reads an answer that is not a success.
    #[must_use]
    pub fn from_answer(method: &'static str, path: &str, answer: &Answer) -> Self {
        let is_html = answer.content_type.contains("html") || answer.body.trim_start().starts_with('<');
        let body: ErrorBody = if is_html { ErrorBody::default() } else { read_body(&answer.body) };
        let message = sentence(&body.message);
        let kind = kind_of(answer, &body, is_html);
        let raw = RawAnswer::of(method, path, answer);
        Self { kind, message, code: body.code, raw }
    }

    /// A success whose body is not what the contract says.
    #[must_use]
    pub fn undecodable(method: &'static str, path: &str, answer: &Answer, place: &str) -> Self {
        let raw = RawAnswer::of(method, path, answer);
        Self { kind: ErrorKind::Decode(place.to_owned()), message: String::new(), code: String::new(), raw }
    }

    /// Whether sending the same request again can help without a person doing something first.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match &self.kind {
            ErrorKind::Offline | ErrorKind::Timeout | ErrorKind::RateLimited(_) => true,
            ErrorKind::Server => matches!(self.raw.status, 502..=504),
            _ => false,
        }
    }

    /// Whether the request may have been carried out although no usable answer came.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        match &self.kind {
            ErrorKind::Offline | ErrorKind::Timeout | ErrorKind::Aborted | ErrorKind::Decode(_) => true,
            ErrorKind::Server => matches!(self.raw.status, 502 | 504),
            _ => false,
        }
    }
}

/// The envelope, `{"error": …}` or `{"detail": …}`, whichever it is.
fn read_body(text: &str) -> ErrorBody {
    let mut body: ErrorBody = loredesk_wire::decode(text).unwrap_or_default();
    if body.message.is_empty()
        && let Ok(value) = serde_json::from_str::<serde_json::Value>(text)
    {
        let detail = &value["detail"];
        let said = detail.as_str().or_else(|| detail[0]["msg"].as_str()).or_else(|| value["message"].as_str());
        body.message = said.unwrap_or_default().to_owned();
        if body.code.is_empty() {
            body.code = value["code"].as_str().unwrap_or_default().to_owned();
        }
    }
    body
}

/// Cuts what servers add to their messages: pydantic's wall of text, "You have requested this URI …", lines of a trace, pages.
fn sentence(message: &str) -> String {
    let message = message.split(" You have requested this URI").next().unwrap_or_default().trim();
    if !message.contains("validation error") {
        return shown(message.lines().next().unwrap_or_default());
    }
    // "1 validation error for X\nfield\n  Reason [type=…, input_value=…]\n    For further information visit …"
    let mut field = "";
    let mut parts = Vec::new();
    for line in message.lines().skip(1) {
        let text = line.trim();
        if text.is_empty() || text.starts_with("For further information") {
            continue;
        }
        if line.starts_with(' ') {
            let reason = text.split(" [type=").next().unwrap_or_default().trim();
            parts.push(if field.is_empty() { reason.to_owned() } else { format!("{field}: {reason}") });
        } else {
            field = text;
        }
    }
    shown(&parts.join("; "))
}

/// A sentence as people can read it: no page, no word for nothing, no wall.
fn shown(text: &str) -> String {
    let text = text.split(" [type=").next().unwrap_or_default().trim();
    let is_markup = text.split('<').skip(1).any(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
    let is_nothing = ["undefined", "null", "None", "[object Object]"].contains(&text);
    if is_markup || is_nothing {
        return String::new();
    }
    let mut shown: String = text.chars().take(SAID_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The field that a pydantic message names.
fn field(message: &str) -> Option<String> {
    message.contains("validation error").then(|| message.lines().nth(1).unwrap_or_default().trim().to_owned())
}

fn kind_of(answer: &Answer, body: &ErrorBody, is_html: bool) -> ErrorKind {
    match body.code.as_str() {
        "provider_not_initialize" | "provider_quota_exceeded" | "model_currently_not_support" | "completion_request_error" => {
            return ErrorKind::Model;
        }
        "archived_document_immutable" => return ErrorKind::Forbidden(ForbiddenCause::Archived),
        "login_required" => return ErrorKind::SignedOut,
        "read_only" => return ErrorKind::Forbidden(ForbiddenCause::ReadOnly),
        "file_too_large" => return ErrorKind::TooLarge,
        "unsupported_file_type" => return ErrorKind::UnsupportedType,
        "dataset_name_duplicate" | "dataset_in_use" | "document_indexing" => return ErrorKind::Conflict,
        _ => {}
    }
    match answer.status {
        400 if body.message.contains("already exists") || is_busy(&body.message) => ErrorKind::Conflict,
        400 | 422 => ErrorKind::Invalid(field(&body.message)),
        // A page where data was wanted: a proxy's login, not the server's word on the key.
        401 if is_html => ErrorKind::SignedOut,
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden(forbidden_cause(&body.message)),
        404 if is_html => ErrorKind::NotOffered,
        404 => ErrorKind::NotFound,
        405 | 501 => ErrorKind::NotOffered,
        408 => ErrorKind::Timeout,
        409 => ErrorKind::Conflict,
        413 => ErrorKind::TooLarge,
        415 => ErrorKind::UnsupportedType,
        429 => ErrorKind::RateLimited(answer.retry_after),
        _ => ErrorKind::Server,
    }
}

/// Whether a refusal is a lock that goes by itself: a document being indexed, another change of metadata.
fn is_busy(message: &str) -> bool {
    ["is being indexed", "operation is running", "try again later"].iter().any(|words| message.contains(words))
}

fn forbidden_cause(message: &str) -> ForbiddenCause {
    let message = message.to_lowercase();
    if message.contains("api access") {
        ForbiddenCause::ApiAccess
    } else if message.contains("rate limit") {
        ForbiddenCause::RateLimit
    } else if message.contains("plan")
        || message.contains("subscription")
        || message.contains("limit")
        || message.contains("capacity")
    {
        ForbiddenCause::Plan
    } else if ["scope", "access to this", "permission", "api key", "api token"].iter().any(|word| message.contains(word)) {
        ForbiddenCause::KeyScope
    } else {
        ForbiddenCause::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> ApiError {
        let content_type = if body.starts_with('<') { "text/html" } else { "application/json" };
        let answer = Answer { status, content_type: content_type.to_owned(), retry_after: None, body: body.to_owned() };
        ApiError::from_answer("POST", "datasets", &answer)
    }

    #[test]
    fn a_wall_of_validation_text_becomes_a_sentence() {
        let wall = r#"{"code":"invalid_param","message":"1 validation error for DatasetCreatePayload\nname\n  String should have at most 40 characters [type=string_too_long, input_value='x', input_type=str]\n    For further information visit https://errors.example/2/v/string_too_long","status":400}"#;
        let error = read(400, wall);
        assert_eq!(error.message, "name: String should have at most 40 characters");
        assert_eq!(error.kind, ErrorKind::Invalid(Some("name".to_owned())));
    }

    #[test]
    fn a_sentence_is_one_that_people_can_read() {
        let said = |message: &str| read(400, &serde_json::json!({"code": "x", "message": message}).to_string()).message;
        assert_eq!(said("<html><h1>502</h1></html>"), "");
        assert_eq!(said("undefined"), "");
        assert_eq!(said("Score < 0.5 is refused"), "Score < 0.5 is refused");
        assert_eq!(said("It broke.\nTraceback (most recent call last):\n  File x"), "It broke.");
        assert!(said(&"x".repeat(9_000)).chars().count() <= SAID_MAX + 1);
        // Without the address of the documentation, and two of them.
        let wall = "2 validation errors for X\na\n  Field required [type=missing]\nb.0\n  Too long [type=string_too_long]";
        assert_eq!(said(wall), "a: Field required; b.0: Too long");
        assert_eq!(said("1 validation error for X"), "");
    }

    #[test]
    fn every_shape_of_refusal_is_read() {
        assert_eq!(read(400, r#"{"error":"Segments is required"}"#).message, "Segments is required");
        assert_eq!(read(422, r#"{"detail":[{"loc":["body"],"msg":"field required","type":"x"}]}"#).message, "field required");
        assert_eq!(read(404, r#"{"detail":"Not Found"}"#).message, "Not Found");
        assert_eq!(read(413, "<html><h1>413 Request Entity Too Large</h1></html>").kind, ErrorKind::TooLarge);
        assert_eq!(read(404, "<!doctype html>").kind, ErrorKind::NotOffered);
        assert_eq!(read(502, "<html>bad gateway</html>").kind, ErrorKind::Server);
        assert_eq!(read(500, "").kind, ErrorKind::Server);
        assert_eq!(
            read(409, r#"{"code":"dataset_name_duplicate","message":"The dataset name already exists.","status":409}"#).kind,
            ErrorKind::Conflict
        );
        assert_eq!(
            read(400, r#"{"code":"invalid_param","message":"Dataset name already exists","status":400}"#).kind,
            ErrorKind::Conflict
        );
        let tail = read(
            404,
            r#"{"code":"not_found","message":"Dataset not found. You have requested this URI [/v1/x] but did you mean …","status":404}"#,
        );
        assert_eq!(tail.message, "Dataset not found.");
    }

    #[test]
    fn a_lock_is_no_fault_of_what_was_sent() {
        for message in [
            "Document:pumps.txt is being indexed, please try again later",
            "Another knowledge base metadata operation is running, please wait a moment.",
        ] {
            let body = format!(r#"{{"code":"invalid_action","message":"{message}","status":400}}"#);
            assert_eq!(read(400, &body).kind, ErrorKind::Conflict, "{message}");
        }
    }

    #[test]
    fn a_403_is_read_by_its_message() {
        let cause = |message: &str| read(403, &format!(r#"{{"code":"forbidden","message":"{message}","status":403}}"#)).kind;
        assert_eq!(cause("Dataset api access is not enabled."), ErrorKind::Forbidden(ForbiddenCause::ApiAccess));
        assert_eq!(
            cause("You have reached the knowledge base request rate limit of your subscription."),
            ErrorKind::Forbidden(ForbiddenCause::RateLimit)
        );
        assert_eq!(
            cause("The capacity of the vector space has reached the limit of your subscription."),
            ErrorKind::Forbidden(ForbiddenCause::Plan)
        );
    }

    #[test]
    fn a_key_for_other_knowledge_bases_is_told_from_a_full_plan() {
        let cause = |message: &str| read(403, &format!(r#"{{"code":"forbidden","message":"{message}","status":403}}"#)).kind;
        for message in [
            "The API key does not have access to this dataset.",
            "This key is scoped to another dataset.",
            "You don't have the permission to access the requested resource.",
        ] {
            assert_eq!(cause(message), ErrorKind::Forbidden(ForbiddenCause::KeyScope), "{message}");
        }
        assert_eq!(
            cause("The number of documents has reached the limit of your subscription."),
            ErrorKind::Forbidden(ForbiddenCause::Plan)
        );
        assert_eq!(cause("No."), ErrorKind::Forbidden(ForbiddenCause::Other));
    }

    #[test]
    fn a_session_that_ended_is_told_from_a_key_that_is_refused() {
        assert_eq!(read(401, r#"{"code":"login_required","message":"Sign in first.","status":401}"#).kind, ErrorKind::SignedOut);
        assert_eq!(read(401, "<html><h1>401 Authorization Required</h1></html>").kind, ErrorKind::SignedOut);
        let refused = r#"{"code":"unauthorized","message":"Access token is invalid","status":401}"#;
        assert_eq!(read(401, refused).kind, ErrorKind::Unauthorized);
    }

    #[test]
    fn a_connection_that_may_only_be_read_says_so_by_its_code() {
        let body = r#"{"code":"read_only","message":"This connection may only be read.","status":403}"#;
        assert_eq!(read(403, body).kind, ErrorKind::Forbidden(ForbiddenCause::ReadOnly));
    }

    #[test]
    fn only_what_may_help_is_tried_again() {
        assert!(read(503, "").is_transient());
        assert!(!read(500, "").is_transient());
        assert!(!read(403, "").is_transient());
        assert!(read(502, "").is_outcome_unknown());
        assert!(!read(400, "").is_outcome_unknown());
    }
}
