//! Knowledge bases, which the wire calls datasets.

use serde::{Deserialize, Serialize};

use crate::{DocForm, MetadataField, RetrievalModel, Tag, lenient};

open_enum! {
    /// How chunks are indexed.
    IndexingTechnique {
        /// With embeddings, from an embedding model.
        HighQuality = "high_quality",
        /// With keywords only; costs nothing.
        Economy = "economy",
    }
}

open_enum! {
    /// Who may see a knowledge base.
    Permission {
        /// Its creator.
        OnlyMe = "only_me",
        /// Everybody in the workspace.
        AllTeamMembers = "all_team_members",
        /// The members of a list.
        PartialMembers = "partial_members",
    }
}

/// A knowledge base as lists and the detail send it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dataset {
    /// Knowledge base id, a UUID.
    pub id: String,
    /// Name, 1 to 40 characters, unique in the workspace.
    pub name: String,
    /// Description, up to 400 characters.
    pub description: String,
    /// `vendor`, or `external` for an external knowledge API.
    pub provider: String,
    /// Who may see it.
    pub permission: Permission,
    /// `upload_file`, or null before the first document.
    pub data_source_type: Option<String>,
    /// Economy or high quality; null before it is chosen.
    pub indexing_technique: IndexingTechnique,
    /// Apps that use it.
    pub app_count: u64,
    /// Documents, whatever their state.
    pub document_count: u64,
    /// Characters in all documents.
    pub word_count: u64,
    /// Account id of the creator.
    pub created_by: Option<String>,
    /// Name of the creator.
    pub author_name: Option<String>,
    /// Epoch seconds.
    pub created_at: Option<i64>,
    /// Account id of the last editor.
    pub updated_by: Option<String>,
    /// Epoch seconds.
    pub updated_at: Option<i64>,
    /// Embedding model of a high-quality knowledge base.
    pub embedding_model: Option<String>,
    /// Its provider.
    pub embedding_model_provider: Option<String>,
    /// Whether that model can be used now; null in answers to create and update.
    pub embedding_available: Option<bool>,
    /// Retrieval settings.
    pub retrieval_model_dict: Option<RetrievalModel>,
    /// Summaries of its chunks.
    pub summary_index_setting: Option<SummaryIndexSetting>,
    /// Tags bound to it.
    pub tags: Vec<Tag>,
    /// Chunk mode; null before the first document.
    pub doc_form: DocForm,
    /// Where an external knowledge base is kept.
    pub external_knowledge_info: Option<ExternalKnowledge>,
    /// Retrieval settings of an external knowledge base.
    pub external_retrieval_model: Option<ExternalRetrievalModel>,
    /// Its metadata fields.
    pub doc_metadata: Vec<MetadataField>,
    /// Whether built-in metadata is on.
    pub built_in_field_enabled: bool,
    /// Pipeline of a pipeline knowledge base.
    pub pipeline_id: Option<String>,
    /// `general` or `rag_pipeline`.
    pub runtime_mode: Option<String>,
    /// Chunk structure of a pipeline knowledge base.
    pub chunk_structure: Option<String>,
    /// Icon.
    pub icon_info: Option<IconInfo>,
    /// Whether a pipeline is published.
    pub is_published: bool,
    /// Documents, whatever their state.
    pub total_documents: u64,
    /// Documents that retrieval can find.
    pub total_available_documents: u64,
    /// Whether the Knowledge API may be used on it.
    pub enable_api: Option<bool>,
    /// Whether it can hold images.
    pub is_multimodal: bool,
    /// Name of the maintainer; few servers send it.
    pub maintainer: Option<String>,
    /// Account ids that may see it. In the answer to an update, and in the detail of one with the permission `partial_members`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_member_list: Option<Vec<String>>,
}

from_json!(Dataset needs ["id"] { id, name, description, provider, permission, data_source_type, indexing_technique, app_count, document_count, word_count, created_by, author_name, created_at, updated_by, updated_at, embedding_model, embedding_model_provider, embedding_available, retrieval_model_dict, summary_index_setting, tags, doc_form, external_knowledge_info, external_retrieval_model, doc_metadata, built_in_field_enabled, pipeline_id, runtime_mode, chunk_structure, icon_info, is_published, total_documents, total_available_documents, enable_api, is_multimodal, maintainer, partial_member_list });

/// Icon of a knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IconInfo {
    /// `emoji` or `image`.
    pub icon_type: Option<String>,
    /// The emoji or an image id.
    pub icon: Option<String>,
    /// Background colour.
    pub icon_background: Option<String>,
    /// Image address.
    pub icon_url: Option<String>,
}

from_json!(IconInfo needs [] { icon_type, icon, icon_background, icon_url });

/// Where an external knowledge base is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExternalKnowledge {
    /// Id at the external service.
    pub external_knowledge_id: Option<String>,
    /// Id of the external knowledge API.
    pub external_knowledge_api_id: Option<String>,
    /// Its name.
    pub external_knowledge_api_name: Option<String>,
    /// Its address.
    pub external_knowledge_api_endpoint: Option<String>,
}

from_json!(ExternalKnowledge needs [] { external_knowledge_id, external_knowledge_api_id, external_knowledge_api_name, external_knowledge_api_endpoint });

/// Retrieval settings of an external knowledge base.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExternalRetrievalModel {
    /// Results wanted.
    #[serde(deserialize_with = "lenient::maybe_count")]
    pub top_k: Option<u64>,
    /// Least score, 0 to 1.
    #[serde(deserialize_with = "lenient::maybe_float")]
    pub score_threshold: Option<f64>,
    /// Whether the least score counts.
    pub score_threshold_enabled: Option<bool>,
}

from_json!(ExternalRetrievalModel needs [] { top_k, score_threshold, score_threshold_enabled });

/// How chunks get a summary that retrieval looks at too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SummaryIndexSetting {
    /// Whether they get one.
    pub enable: Option<bool>,
    /// The model that writes it.
    pub model_name: Option<String>,
    /// Its provider.
    pub model_provider_name: Option<String>,
    /// What the model is asked.
    pub summary_prompt: Option<String>,
}

from_json!(SummaryIndexSetting needs [] { enable, model_name, model_provider_name, summary_prompt });

/// Body of `POST /datasets`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateDataset {
    /// Name, 1 to 40 characters.
    pub name: String,
    /// Description, up to 400 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Economy or high quality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indexing_technique: Option<IndexingTechnique>,
    /// Who may see it; the contract's default is `only_me`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<Permission>,
    /// `vendor` (the default) or `external`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Embedding model of a high-quality knowledge base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model: Option<String>,
    /// Its provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model_provider: Option<String>,
    /// Retrieval settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieval_model: Option<RetrievalModel>,
    /// Id of the connection to the external service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_knowledge_api_id: Option<String>,
    /// Id of the knowledge base at the external service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_knowledge_id: Option<String>,
    /// Summaries of its chunks; can only be set here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary_index_setting: Option<SummaryIndexSetting>,
    /// An extension of the embedded host, not of the contract, which has no way to make a knowledge base with a pipeline:
    /// `rag_pipeline` gives the new one the host's built-in pipeline. Real servers pass over a field they do not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_mode: Option<String>,
}

/// Body of `PATCH /datasets/{id}`; only what is present changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateDataset {
    /// New name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// New description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// New indexing technique; a change re-indexes everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indexing_technique: Option<IndexingTechnique>,
    /// New permission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<Permission>,
    /// New embedding model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model: Option<String>,
    /// Its provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model_provider: Option<String>,
    /// New retrieval settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieval_model: Option<RetrievalModel>,
    /// Who may see it, with the permission `partial_members`; replaces the list that was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial_member_list: Option<Vec<PartialMember>>,
    /// New retrieval settings of an external knowledge base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_retrieval_model: Option<ExternalRetrievalModel>,
    /// New id of the knowledge base at the external service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_knowledge_id: Option<String>,
    /// New id of the connection to the external service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_knowledge_api_id: Option<String>,
}

/// A member as it is sent; answers have account ids alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialMember {
    /// Account id.
    pub user_id: String,
}
