//! How a document is cleaned and split.

use serde::{Deserialize, Serialize};

use crate::lenient;

open_enum! {
    /// Who decides how a document is split.
    ProcessMode {
        /// The server's own settings.
        Automatic = "automatic",
        /// The `rules` that come with it.
        Custom = "custom",
        /// Parent chunks and child chunks.
        Hierarchical = "hierarchical",
    }
}

/// A process rule: the mode, and the rules where the mode has some.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProcessRule {
    /// Automatic, custom or hierarchical.
    pub mode: ProcessMode,
    /// Absent in automatic mode when it is sent; servers answer with their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
}

from_json!(ProcessRule needs [] { mode, rules });

/// Clean-up and splitting of a custom or hierarchical rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Clean-up steps before the split.
    #[serde(deserialize_with = "lenient::or_default")]
    pub pre_processing_rules: Vec<PreProcessingRule>,
    /// How chunks (parent chunks in hierarchical mode) are cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segmentation: Option<Segmentation>,
    /// `paragraph` or `full-doc`, in hierarchical mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_mode: Option<String>,
    /// How child chunks are cut, in hierarchical mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subchunk_segmentation: Option<Segmentation>,
}

from_json!(Rules needs [] { pre_processing_rules, segmentation, parent_mode, subchunk_segmentation });

/// One clean-up step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreProcessingRule {
    /// `remove_extra_spaces`, `remove_urls_emails` or `remove_stopwords`.
    #[serde(deserialize_with = "lenient::or_default")]
    pub id: String,
    /// Whether the step is taken.
    #[serde(deserialize_with = "lenient::or_default")]
    pub enabled: bool,
}

from_json!(PreProcessingRule needs [] { id, enabled });

/// Where chunks begin and how long they may get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Segmentation {
    /// Text between chunks. Servers answer an automatic rule with `delimiter`.
    #[serde(alias = "delimiter", deserialize_with = "lenient::or_default")]
    pub separator: String,
    /// Longest chunk in tokens; the server accepts 50 to 4000.
    #[serde(deserialize_with = "lenient::count")]
    pub max_tokens: u64,
    /// Tokens repeated from the chunk before.
    #[serde(deserialize_with = "lenient::count")]
    pub chunk_overlap: u64,
}

impl Default for Segmentation {
    /// The contract's defaults; a length is required there, 1024 is the console's.
    fn default() -> Self {
        Self { separator: "\n".to_owned(), max_tokens: 1024, chunk_overlap: 0 }
    }
}

impl crate::json::FromJson for Segmentation {
    fn from_json(value: serde_json::Value, problem: &mut crate::json::Problem) -> Self {
        let mut fields = crate::json::Fields::of(value, problem);
        let (separator, delimiter): (Option<String>, Option<String>) = (fields.take("separator"), fields.take("delimiter"));
        Self {
            separator: separator.or(delimiter).unwrap_or_default(),
            max_tokens: fields.take("max_tokens"),
            chunk_overlap: fields.take("chunk_overlap"),
        }
    }
}
