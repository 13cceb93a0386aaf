//! Metadata fields and values.

use serde::Serialize;
use serde_json::Value;

/// A metadata field of a knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MetadataField {
    /// Field id; `built-in` for the built-in ones.
    pub id: String,
    /// Field name.
    pub name: String,
    /// `string`, `number` or `time`.
    #[serde(rename = "type")]
    pub kind: String,
}

from_json!(MetadataField needs [] { id, name, kind = "type" });

/// A metadata value of one document. Lists send numbers as strings, the detail sends them as numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentMetadata {
    /// Field id; `built-in` for the built-in ones.
    pub id: String,
    /// Field name.
    pub name: String,
    /// `string`, `number` or `time`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Text, number or null; a time is a number of epoch seconds.
    pub value: Value,
}

from_json!(DocumentMetadata needs [] { id, name, kind = "type", value });
