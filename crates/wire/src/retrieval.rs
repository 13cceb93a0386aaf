//! Retrieval: settings, request and answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient;

open_enum! {
    /// How passages are looked for.
    SearchMethod {
        /// By the keywords of each chunk.
        Keyword = "keyword_search",
        /// By meaning, with embeddings.
        Semantic = "semantic_search",
        /// By the words of the text.
        FullText = "full_text_search",
        /// By meaning and by words together.
        Hybrid = "hybrid_search",
    }
}

open_enum! {
    /// How a metadata value is compared.
    ComparisonOperator {
        Contains = "contains",
        NotContains = "not contains",
        StartsWith = "start with",
        EndsWith = "end with",
        Is = "is",
        IsNot = "is not",
        Empty = "empty",
        NotEmpty = "not empty",
        In = "in",
        NotIn = "not in",
        Equal = "=",
        NotEqual = "≠",
        Greater = ">",
        Less = "<",
        GreaterOrEqual = "≥",
        LessOrEqual = "≤",
        Before = "before",
        After = "after",
    }
}

/// Retrieval settings, kept with a knowledge base or sent with one query.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RetrievalModel {
    /// How passages are looked for.
    pub search_method: SearchMethod,
    /// Whether a reranking model sorts the results again.
    #[serde(deserialize_with = "lenient::or_default")]
    pub reranking_enable: bool,
    /// `reranking_model` or `weighted_score`.
    pub reranking_mode: Option<String>,
    /// The reranking model.
    pub reranking_model: Option<RerankingModel>,
    /// Weights of a hybrid search; kept as they came.
    pub weights: Option<Weights>,
    /// Results wanted.
    #[serde(deserialize_with = "lenient::count")]
    pub top_k: u64,
    /// Whether the least score counts.
    #[serde(deserialize_with = "lenient::or_default")]
    pub score_threshold_enabled: bool,
    /// Least score, 0 to 1.
    #[serde(deserialize_with = "lenient::maybe_float")]
    pub score_threshold: Option<f64>,
    /// Metadata filter of one query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata_filtering_conditions: Option<MetadataFilter>,
}

from_json!(RetrievalModel needs [] { search_method, reranking_enable, reranking_mode, reranking_model, weights, top_k, score_threshold_enabled, score_threshold, metadata_filtering_conditions });

/// Weights of a hybrid search, as the server keeps them.
pub type Weights = Value;

/// A reranking model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RerankingModel {
    /// Provider.
    #[serde(deserialize_with = "lenient::or_default")]
    pub reranking_provider_name: String,
    /// Model.
    #[serde(deserialize_with = "lenient::or_default")]
    pub reranking_model_name: String,
}

from_json!(RerankingModel needs [] { reranking_provider_name, reranking_model_name });

/// Conditions on metadata values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetadataFilter {
    /// `and` (default) or `or`.
    pub logical_operator: Option<String>,
    /// The conditions; null is none.
    #[serde(deserialize_with = "lenient::or_default")]
    pub conditions: Vec<MetadataCondition>,
}

from_json!(MetadataFilter needs [] { logical_operator, conditions });

/// One condition on a metadata value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetadataCondition {
    /// Field name.
    pub name: String,
    /// How it is compared.
    pub comparison_operator: ComparisonOperator,
    /// Text, number, list of texts or null.
    pub value: Value,
}

from_json!(MetadataCondition needs [] { name, comparison_operator, value });

/// Body of `POST /datasets/{id}/retrieve`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RetrieveRequest {
    /// The query, 1 to 250 characters.
    pub query: String,
    /// Settings of this query only; without them the knowledge base's own count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieval_model: Option<RetrievalModel>,
}

/// Answer of `POST /datasets/{id}/retrieve`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetrieveAnswer {
    /// The query, repeated.
    pub query: RetrievalQuery,
    /// The passages, best first.
    pub records: Vec<RetrieveRecord>,
}

from_json!(RetrieveAnswer needs ["records"] { query, records });

/// The query as the answer repeats it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RetrievalQuery {
    /// The query's text.
    pub content: String,
}

from_json!(RetrievalQuery needs [] { content });

/// One passage that was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetrieveRecord {
    /// The chunk, with its document.
    pub segment: crate::Segment,
    /// Child chunks that matched.
    pub child_chunks: Vec<RetrievedChildChunk>,
    /// Score, 0 to 1; some servers send 0 for every keyword hit.
    pub score: f64,
    /// Position in a two-dimensional picture; servers send null.
    pub tsne_position: Option<Value>,
    /// Images of the chunk.
    pub files: Vec<Value>,
    /// Summary of the chunk.
    pub summary: Option<String>,
}

from_json!(RetrieveRecord needs ["segment"] { segment, child_chunks, score, tsne_position, files, summary });

/// The document of a passage.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetrievedDocument {
    /// Document id.
    pub id: String,
    /// `upload_file`.
    pub data_source_type: Option<String>,
    /// Document name.
    pub name: String,
    /// Document type, mostly null.
    pub doc_type: Option<String>,
    /// Metadata as an object of name and value, or null.
    pub doc_metadata: Option<Value>,
}

from_json!(RetrievedDocument needs [] { id, data_source_type, name, doc_type, doc_metadata });

/// A child chunk that matched.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RetrievedChildChunk {
    /// Child chunk id.
    pub id: String,
    /// Text.
    pub content: String,
    /// Place in the chunk, from 1.
    pub position: u64,
    /// Score, 0 to 1.
    pub score: f64,
}

from_json!(RetrievedChildChunk needs [] { id, content, position, score });
