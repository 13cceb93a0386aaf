//! Answers that say nothing but that it was done.

use serde::Serialize;

/// `{"result":"success"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResultAnswer {
    /// `success`.
    pub result: String,
}

from_json!(ResultAnswer needs ["result"] { result });

impl ResultAnswer {
    /// The answer of everything that went well.
    pub fn success() -> Self {
        Self { result: "success".to_owned() }
    }
}
