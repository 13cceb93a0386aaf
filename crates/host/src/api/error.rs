//! Refusals: the contract's envelope of code, message and status.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use loredesk_wire::ErrorBody;

use crate::store::StoreError;

/// A refusal, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl ApiError {
    /// Any refusal; the ones with a name below are to be preferred.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// 400: a value is wrong; the sentence says which and why.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_param", message)
    }

    /// 400: an embedding or reranking model would be needed.
    pub fn no_model(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "provider_not_initialize", message)
    }

    /// 403: not from there.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// 404: there is no such thing.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// 404: there is no such path, or an id in it is no UUID.
    pub fn no_such_path() -> Self {
        Self::not_found("There is nothing at this address.")
    }

    /// 404 with the contract's words.
    pub fn no_dataset() -> Self {
        Self::not_found("Dataset not found.")
    }

    /// 404 with the contract's words.
    pub fn no_document() -> Self {
        Self::not_found("Document not found.")
    }

    /// 404 with the contract's words.
    pub fn no_segment() -> Self {
        Self::not_found("Segment not found.")
    }

    /// 400 in place of a missing model's own code: creating and updating a knowledge base have only this one.
    pub fn of_dataset_settings(self) -> Self {
        let code = if self.code == "provider_not_initialize" { "invalid_param" } else { self.code };
        Self { code, ..self }
    }

    /// 403 with the contract's words.
    pub fn archived() -> Self {
        let message = "The archived document is not editable.";
        Self::new(StatusCode::FORBIDDEN, "archived_document_immutable", message)
    }

    /// 404 with the contract's words.
    pub fn no_tag() -> Self {
        Self::not_found("Tag not found")
    }

    /// 409 with the contract's words.
    pub fn duplicate_name() -> Self {
        let message = "The dataset name already exists. Please modify your dataset name.";
        Self::new(StatusCode::CONFLICT, "dataset_name_duplicate", message)
    }

    /// Whether the uploaded file is too large or of a type that is not read.
    pub fn is_about_the_file(&self) -> bool {
        [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::UNSUPPORTED_MEDIA_TYPE].contains(&self.status)
    }

    /// The same refusal as a 400, for operations whose contract has no status of its own for it.
    pub fn into_bad_request(self) -> Self {
        Self { status: StatusCode::BAD_REQUEST, ..self }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = ErrorBody { code: self.code.to_owned(), message: self.message, status: u64::from(self.status.as_u16()) };
        (self.status, Json(body)).into_response()
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!("{error}");
        let status = match error {
            StoreError::Stopped => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, "internal_server_error", error.to_string())
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}
