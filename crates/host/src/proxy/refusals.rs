//! The proxy's own refusals. They name the connection as people know it, never an address.

use std::time::Duration;

use axum::http::StatusCode;

use super::body::Late;
use crate::api::ApiError;
use crate::http_client::Failure;
use crate::operations::Effect;

/// What a lost answer to a change means.
fn unknown(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "",
        Effect::Change => " Whether the change was made is not known.",
    }
}

/// 502 or 504: there was no answer.
pub(super) fn no_answer(name: &str, failure: &Failure, effect: Effect) -> ApiError {
    let message = format!("The server of {name:?} gave no answer: {failure}.");
    match failure {
        Failure::ConnectTimeout => ApiError::new(StatusCode::GATEWAY_TIMEOUT, "upstream_timeout", message),
        Failure::Unreachable(_) | Failure::Insecure(_) => ApiError::new(StatusCode::BAD_GATEWAY, "upstream_unreachable", message),
        Failure::Broken(_) => {
            ApiError::new(StatusCode::BAD_GATEWAY, "upstream_unreachable", format!("{message}{}", unknown(effect)))
        }
    }
}

/// 504 or 408: somebody was too slow.
pub(super) fn late(name: &str, late: Late, effect: Effect) -> ApiError {
    match late {
        Late::Server(limit) => {
            let message = format!("The server of {name:?} gave no answer within {}.{}", seconds(limit), unknown(effect));
            ApiError::new(StatusCode::GATEWAY_TIMEOUT, "upstream_timeout", message)
        }
        Late::Browser => ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "upload_stalled",
            "The upload stood still for too long and was broken off.",
        ),
    }
}

fn seconds(limit: Duration) -> String {
    format!("{} s", limit.as_secs())
}

/// 502: it points elsewhere.
pub(super) fn redirect(name: &str, status: StatusCode) -> ApiError {
    let message = format!(
        "The server of {name:?} points to another address ({}), which is not followed. Its final address belongs into the host's configuration.",
        status.as_u16()
    );
    ApiError::new(StatusCode::BAD_GATEWAY, "upstream_redirect", message)
}

/// 502: its answer cannot be read.
pub(super) fn unreadable(name: &str) -> ApiError {
    let message = format!("The answer of the server of {name:?} broke off or is too long.");
    ApiError::new(StatusCode::BAD_GATEWAY, "upstream_unreachable", message)
}

/// 400: the browser went away.
pub(super) fn broken_off() -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "bad_request", "The upload ended before it was complete.")
}

/// 400: it cannot be sent on.
pub(super) fn bad_request() -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "bad_request", "This request cannot be sent on.")
}

/// 431.
pub(super) fn head_too_large() -> ApiError {
    let message = "The address or the headers of this request are too long.";
    ApiError::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "head_too_large", message)
}
