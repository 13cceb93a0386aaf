//! The parts that several bodies share: process rules and retrieval settings.

use super::shape::{Field, Kind, TEXT, may, must};

/// `process_rule`.
pub(crate) const PROCESS_RULE: &[Field] =
    &[must("mode", Kind::OneOf(&["automatic", "custom", "hierarchical"])), may("rules", Kind::Object(RULES))];

const RULES: &[Field] = &[
    may(
        "pre_processing_rules",
        Kind::Objects(&[
            must("id", Kind::OneOf(&["remove_stopwords", "remove_extra_spaces", "remove_urls_emails"])),
            must("enabled", Kind::Flag),
        ]),
    ),
    may("segmentation", Kind::Object(SEGMENTATION)),
    may("parent_mode", Kind::OneOf(&["full-doc", "paragraph"])),
    may("subchunk_segmentation", Kind::Object(SEGMENTATION)),
];

const SEGMENTATION: &[Field] = &[may("separator", TEXT), must("max_tokens", Kind::Count), may("chunk_overlap", Kind::Count)];

/// `retrieval_model`.
pub(crate) const RETRIEVAL_MODEL: &[Field] = &[
    must("search_method", Kind::OneOf(&["keyword_search", "semantic_search", "full_text_search", "hybrid_search"])),
    must("reranking_enable", Kind::Flag),
    may("reranking_mode", Kind::OneOf(&["reranking_model", "weighted_score"])),
    may("reranking_model", Kind::Object(&[may("reranking_provider_name", TEXT), may("reranking_model_name", TEXT)])),
    may("weights", Kind::Object(WEIGHTS)),
    must("top_k", Kind::Count),
    must("score_threshold_enabled", Kind::Flag),
    may("score_threshold", Kind::Share),
    may("metadata_filtering_conditions", Kind::Object(METADATA_FILTER)),
];

const WEIGHTS: &[Field] = &[
    may("weight_type", Kind::OneOf(&["semantic_first", "keyword_first", "customized"])),
    may(
        "vector_setting",
        Kind::Object(&[
            may("vector_weight", Kind::Number),
            may("embedding_provider_name", TEXT),
            may("embedding_model_name", TEXT),
        ]),
    ),
    may("keyword_setting", Kind::Object(&[may("keyword_weight", Kind::Number)])),
];

const METADATA_FILTER: &[Field] = &[
    may("logical_operator", Kind::OneOf(&["and", "or"])),
    may(
        "conditions",
        Kind::Objects(&[must("name", TEXT), must("comparison_operator", Kind::OneOf(OPERATORS)), may("value", Kind::Compared)]),
    ),
];

const OPERATORS: &[&str] = &[
    "contains",
    "not contains",
    "start with",
    "end with",
    "is",
    "is not",
    "empty",
    "not empty",
    "in",
    "not in",
    "=",
    "≠",
    ">",
    "<",
    "≥",
    "≤",
    "before",
    "after",
];

/// `indexing_technique`.
pub(crate) const TECHNIQUE: Kind = Kind::OneOf(&["high_quality", "economy"]);
/// `doc_form`.
pub(crate) const DOC_FORM: Kind = Kind::OneOf(&["text_model", "hierarchical_model", "qa_model"]);
