//! Metadata fields and values.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient;

/// A metadata field of a knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetadataField {
    /// Field id; `built-in` for the built-in ones.
    #[serde(deserialize_with = "lenient::or_default")]
    pub id: String,
    /// Field name.
    #[serde(deserialize_with = "lenient::or_default")]
    pub name: String,
    /// `string`, `number` or `time`.
    #[serde(rename = "type", deserialize_with = "lenient::or_default")]
    pub kind: String,
}

/// A metadata value of one document. Lists send numbers as strings, the detail sends them as numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentMetadata {
    /// Field id; `built-in` for the built-in ones.
    #[serde(deserialize_with = "lenient::or_default")]
    pub id: String,
    /// Field name.
    #[serde(deserialize_with = "lenient::or_default")]
    pub name: String,
    /// `string`, `number` or `time`.
    #[serde(rename = "type", deserialize_with = "lenient::or_default")]
    pub kind: String,
    /// Text, number or null; a time is a number of epoch seconds.
    pub value: Value,
}
