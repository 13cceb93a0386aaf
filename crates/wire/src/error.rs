//! The error envelope.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// The body of a refusal. The contract has `code`, `message` and `status`; servers also send `error` alone
/// (chunk validation) and frameworks in front of them `detail`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorBody {
    /// The machine-readable code, such as `not_found`; empty when the server sent none.
    #[serde(deserialize_with = "lenient::or_default")]
    pub code: String,
    /// The sentence that came with it.
    #[serde(alias = "error", deserialize_with = "lenient::or_default")]
    pub message: String,
    /// The HTTP status, repeated in the body.
    #[serde(deserialize_with = "lenient::count")]
    pub status: u64,
}
