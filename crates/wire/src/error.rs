//! The error envelope.

use serde::Serialize;
use serde_json::Value;

use crate::json::{Fields, FromJson, Problem};

/// The body of a refusal. The contract has `code`, `message` and `status`; servers also send `error` alone
/// (chunk validation) and frameworks in front of them `detail`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// The machine-readable code, such as `not_found`; empty when the server sent none.
    pub code: String,
    /// The sentence that came with it.
    pub message: String,
    /// The HTTP status, repeated in the body.
    pub status: u64,
}

impl FromJson for ErrorBody {
    fn from_json(value: Value, problem: &mut Problem) -> Self {
        let mut fields = Fields::of(value, problem);
        let (message, alone): (String, String) = (fields.take("message"), fields.take("error"));
        Self {
            code: fields.take("code"),
            message: if message.is_empty() { alone } else { message },
            status: fields.take("status"),
        }
    }
}
