//! How a knowledge base's row is read, and what the wire makes of it.

use loredesk_wire::{
    Dataset, DocForm, ExternalKnowledge, ExternalRetrievalModel, IconInfo, IndexingTechnique, Permission, RerankingModel,
    RetrievalModel, SearchMethod, SummaryIndexSetting,
};
use rusqlite::{Connection, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{ACCOUNT, ACCOUNT_NAME, StoreError, datasets, metadata_fields, now, tags};

/// The provider of a knowledge base whose documents are here.
pub const INTERNAL: &str = "vendor";
/// The provider of one whose documents are at another service.
pub const EXTERNAL: &str = "external";

/// A knowledge base as the database keeps it.
#[derive(Clone, Debug)]
pub struct DatasetRow {
    /// Key inside the database.
    pub seq: i64,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Who may see it; kept and shown, there is only one user.
    pub permission: Permission,
    /// Account ids that may see it, with the permission `partial_members`.
    pub partial_members: Vec<String>,
    /// [`INTERNAL`] or [`EXTERNAL`].
    pub provider: String,
    /// Id at the external service.
    pub external_knowledge_id: Option<String>,
    /// Id of the connection to the external service.
    pub external_knowledge_api_id: Option<String>,
    /// Retrieval settings of an external one.
    pub external_retrieval_model: Option<ExternalRetrievalModel>,
    /// Summaries of its chunks; kept and shown, there is no language model here.
    pub summary_index_setting: Option<SummaryIndexSetting>,
    /// How it is indexed, once that is chosen.
    pub indexing_technique: Option<IndexingTechnique>,
    /// Embedding model.
    pub embedding_model: Option<String>,
    /// Its provider.
    pub embedding_model_provider: Option<String>,
    /// Retrieval settings, once some were sent.
    pub retrieval_model: Option<RetrievalModel>,
    /// Chunk mode of its documents, once there is one.
    pub doc_form: Option<DocForm>,
    /// Whether built-in metadata is on.
    pub built_in_field_enabled: bool,
    /// Epoch seconds.
    pub created_at: i64,
    /// Epoch seconds.
    pub updated_at: i64,
}

impl DatasetRow {
    /// A knowledge base that is not in the database yet.
    pub fn new(id: String, name: String) -> Self {
        let now = now();
        Self {
            seq: 0,
            id,
            name,
            description: String::new(),
            permission: Permission::OnlyMe,
            partial_members: Vec::new(),
            provider: INTERNAL.to_owned(),
            external_knowledge_id: None,
            external_knowledge_api_id: None,
            external_retrieval_model: None,
            summary_index_setting: None,
            indexing_technique: None,
            embedding_model: None,
            embedding_model_provider: None,
            retrieval_model: None,
            doc_form: None,
            built_in_field_enabled: false,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether its chunks have embeddings.
    pub fn is_high_quality(&self) -> bool {
        self.indexing_technique == Some(IndexingTechnique::HighQuality)
    }

    /// The model that its chunks are embedded with; none in the economy index.
    pub fn embedding(&self) -> Option<String> {
        self.embedding_model.clone().filter(|_| self.is_high_quality())
    }

    /// Whether its documents are at another service.
    pub fn is_external(&self) -> bool {
        self.provider == EXTERNAL
    }

    /// The settings of a retrieval that sends none.
    pub fn retrieval_settings(&self) -> RetrievalModel {
        self.retrieval_model.clone().unwrap_or_else(|| RetrievalModel {
            search_method: if self.is_high_quality() { SearchMethod::Semantic } else { SearchMethod::Keyword },
            reranking_model: Some(RerankingModel::default()),
            top_k: 4,
            ..RetrievalModel::default()
        })
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let text = |name: &str| row.get::<_, Option<String>>(name);
        Ok(Self {
            seq: row.get("seq")?,
            id: row.get("id")?,
            name: row.get("name")?,
            description: row.get("description")?,
            permission: row.get::<_, String>("permission")?.as_str().into(),
            partial_members: from_json(text("partial_members")?).unwrap_or_default(),
            provider: row.get("provider")?,
            external_knowledge_id: text("external_knowledge_id")?,
            external_knowledge_api_id: text("external_knowledge_api_id")?,
            external_retrieval_model: from_json(text("external_retrieval_model")?),
            summary_index_setting: from_json(text("summary_index_setting")?),
            indexing_technique: text("indexing_technique")?.map(|value| value.as_str().into()),
            embedding_model: text("embedding_model")?,
            embedding_model_provider: text("embedding_model_provider")?,
            retrieval_model: from_json(text("retrieval_model")?),
            doc_form: text("doc_form")?.map(|value| value.as_str().into()),
            built_in_field_enabled: row.get("built_in_field_enabled")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// A setting as its column keeps it.
pub(super) fn to_json<T: Serialize>(setting: Option<&T>) -> Option<String> {
    setting.and_then(|setting| serde_json::to_string(setting).ok())
}

fn from_json<T: DeserializeOwned>(column: Option<String>) -> Option<T> {
    column.and_then(|json| serde_json::from_str(&json).ok())
}

/// The knowledge base as the wire sends it. `embedding_available` is for the caller to set.
pub fn to_wire(connection: &Connection, row: &DatasetRow) -> Result<Dataset, StoreError> {
    let totals = datasets::totals(connection, row.seq)?;
    let mut retrieval = row.retrieval_settings();
    // The contract has an object there, also when none was sent.
    retrieval.reranking_model = retrieval.reranking_model.or_else(|| Some(RerankingModel::default()));
    Ok(Dataset {
        id: row.id.clone(),
        name: row.name.clone(),
        description: row.description.clone(),
        provider: row.provider.clone(),
        permission: row.permission.clone(),
        data_source_type: row.doc_form.as_ref().map(|_| "upload_file".to_owned()),
        indexing_technique: row.indexing_technique.clone().unwrap_or_default(),
        document_count: totals.documents,
        word_count: totals.characters,
        created_by: Some(ACCOUNT.to_owned()),
        author_name: Some(ACCOUNT_NAME.to_owned()),
        created_at: Some(row.created_at),
        updated_by: Some(ACCOUNT.to_owned()),
        updated_at: Some(row.updated_at),
        embedding_model: row.embedding_model.clone(),
        embedding_model_provider: row.embedding_model_provider.clone(),
        retrieval_model_dict: Some(retrieval),
        summary_index_setting: row.summary_index_setting.clone(),
        tags: tags::of_dataset(connection, row.seq)?,
        doc_form: row.doc_form.clone().unwrap_or_default(),
        external_knowledge_info: row.is_external().then(|| external_knowledge(row)),
        external_retrieval_model: row.is_external().then(|| external_retrieval(row)),
        doc_metadata: metadata_fields::of_dataset(connection, row)?,
        built_in_field_enabled: row.built_in_field_enabled,
        runtime_mode: Some("general".to_owned()),
        icon_info: Some(IconInfo::default()),
        total_documents: totals.documents,
        total_available_documents: totals.available,
        enable_api: Some(true),
        partial_member_list: (row.permission == Permission::PartialMembers).then(|| row.partial_members.clone()),
        ..Dataset::default()
    })
}

fn external_knowledge(row: &DatasetRow) -> ExternalKnowledge {
    ExternalKnowledge {
        external_knowledge_id: row.external_knowledge_id.clone(),
        external_knowledge_api_id: row.external_knowledge_api_id.clone(),
        ..ExternalKnowledge::default()
    }
}

/// Its settings, or those that real servers begin with.
fn external_retrieval(row: &DatasetRow) -> ExternalRetrievalModel {
    row.external_retrieval_model.clone().unwrap_or(ExternalRetrievalModel {
        top_k: Some(2),
        score_threshold: Some(0.0),
        score_threshold_enabled: Some(false),
    })
}
