//! Models that a server can use, by provider.

use serde::Serialize;
use serde_json::Value;

open_enum! {
    /// What a model is for.
    ModelType {
        /// Turns text into embeddings; a high-quality knowledge base needs one.
        TextEmbedding = "text-embedding",
        /// Sorts results again.
        Rerank = "rerank",
        /// Writes text; summaries need one.
        Llm = "llm",
        /// Turns text into speech.
        Tts = "tts",
        /// Turns speech into text.
        SpeechToText = "speech2text",
        /// Judges text.
        Moderation = "moderation",
    }
}

open_enum! {
    /// Whether a provider or a model can be used.
    ModelStatus {
        /// It can.
        Active = "active",
    }
}

/// Answer of `GET /workspaces/current/models/model-types/{model_type}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ModelProviders {
    /// The providers that have a model of the type; empty when there is none.
    pub data: Vec<ModelProvider>,
}

from_json!(ModelProviders needs ["data"] { data });

/// A provider with its models of one type.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ModelProvider {
    /// Identifier, to be sent as `embedding_model_provider` or `reranking_provider_name`.
    pub provider: String,
    /// Name that people see.
    pub label: LocalizedText,
    /// Addresses of its icon.
    pub icon_small: Option<LocalizedText>,
    /// Addresses of its icon on a dark page.
    pub icon_small_dark: Option<LocalizedText>,
    /// Whether it can be used.
    pub status: ModelStatus,
    /// Its models of the type.
    pub models: Vec<Model>,
    /// Workspace id.
    pub tenant_id: Option<String>,
}

from_json!(ModelProvider needs ["provider"] { provider, label, icon_small, icon_small_dark, status, models, tenant_id });

/// A model.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Model {
    /// Identifier, to be sent as `embedding_model` or `reranking_model_name`.
    pub model: String,
    /// Name that people see.
    pub label: LocalizedText,
    /// What it is for.
    pub model_type: ModelType,
    /// What else it can do; null for nothing.
    pub features: Option<Vec<String>>,
    /// `predefined-model` or `customizable-model`.
    pub fetch_from: Option<String>,
    /// Figures such as `context_size`, in tokens.
    pub model_properties: Value,
    /// Whether it can be used.
    pub status: ModelStatus,
    /// Whether it is on its way out.
    pub deprecated: bool,
    /// Whether several keys share its load.
    pub load_balancing_enabled: bool,
    /// Whether one of those keys is wrong.
    pub has_invalid_load_balancing_configs: bool,
}

from_json!(Model needs ["model"] { model, label, model_type, features, fetch_from, model_properties, status, deprecated, load_balancing_enabled, has_invalid_load_balancing_configs });

/// A text, or the address of an icon, in the languages that the contract knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LocalizedText {
    /// English.
    #[serde(rename = "en_US")]
    pub english: String,
    /// Simplified Chinese.
    #[serde(rename = "zh_Hans")]
    pub chinese: String,
}

from_json!(LocalizedText needs [] { english = "en_US", chinese = "zh_Hans" });
