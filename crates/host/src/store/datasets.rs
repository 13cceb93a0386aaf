//! Knowledge bases.

use loredesk_wire::{
    Dataset, DocForm, ExternalKnowledge, ExternalRetrievalModel, IconInfo, IndexingTechnique, Permission, RerankingModel,
    RetrievalModel, SearchMethod,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::functions::fold;
use super::{ACCOUNT, ACCOUNT_NAME, StoreError, index_tables, metadata, now};

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
    /// Id of its pipeline; none where documents are added directly.
    pub pipeline_id: Option<String>,
    /// Epoch seconds.
    pub created_at: i64,
    /// Epoch seconds.
    pub updated_at: i64,
}

/// What all documents of a knowledge base add up to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// Documents in whatever state.
    pub documents: u64,
    /// Documents that retrieval can find.
    pub available: u64,
    /// Characters.
    pub characters: u64,
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
            indexing_technique: None,
            embedding_model: None,
            embedding_model_provider: None,
            retrieval_model: None,
            doc_form: None,
            built_in_field_enabled: false,
            pipeline_id: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether its chunks have embeddings.
    pub fn is_high_quality(&self) -> bool {
        self.indexing_technique == Some(IndexingTechnique::HighQuality)
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

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let text = |name: &str| row.get::<_, Option<String>>(name);
        Ok(Self {
            seq: row.get("seq")?,
            id: row.get("id")?,
            name: row.get("name")?,
            description: row.get("description")?,
            permission: row.get::<_, String>("permission")?.as_str().into(),
            indexing_technique: text("indexing_technique")?.map(|value| value.as_str().into()),
            embedding_model: text("embedding_model")?,
            embedding_model_provider: text("embedding_model_provider")?,
            retrieval_model: text("retrieval_model")?.and_then(|json| serde_json::from_str(&json).ok()),
            doc_form: text("doc_form")?.map(|value| value.as_str().into()),
            built_in_field_enabled: row.get("built_in_field_enabled")?,
            pipeline_id: text("pipeline_id")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// Finds one by its id.
pub fn find(connection: &Connection, id: &str) -> Result<Option<DatasetRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM datasets WHERE id = ?1 AND deleted = 0")?;
    Ok(statement.query_row([id], DatasetRow::read).optional()?)
}

/// Finds one by its key.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<DatasetRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM datasets WHERE seq = ?1 AND deleted = 0")?;
    Ok(statement.query_row([seq], DatasetRow::read).optional()?)
}

/// Whether another one has the name.
pub fn is_name_taken(connection: &Connection, name: &str, except: Option<&str>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM datasets WHERE name = ?1 AND deleted = 0 AND id <> coalesce(?2, ''))";
    Ok(connection.query_row(sql, params![name, except], |row| row.get(0))?)
}

/// Adds one, with its full-text index.
pub fn insert(connection: &Transaction<'_>, row: &DatasetRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO datasets (id, name, description, permission, indexing_technique, embedding_model, \
         embedding_model_provider, retrieval_model, doc_form, created_at, updated_at, pipeline_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            row.id,
            row.name,
            row.description,
            row.permission.as_str(),
            row.indexing_technique.as_ref().map(IndexingTechnique::as_str),
            row.embedding_model,
            row.embedding_model_provider,
            json(row.retrieval_model.as_ref()),
            row.doc_form.as_ref().map(DocForm::as_str),
            row.created_at,
            row.updated_at,
            row.pipeline_id
        ],
    )?;
    index_tables::create(connection, connection.last_insert_rowid())
}

/// Writes back what can change, with a new `updated_at`.
pub fn update(connection: &Connection, row: &DatasetRow) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE datasets SET name = ?2, description = ?3, permission = ?4, indexing_technique = ?5, embedding_model = ?6, \
         embedding_model_provider = ?7, retrieval_model = ?8, doc_form = ?9, updated_at = ?10 WHERE seq = ?1",
        params![
            row.seq,
            row.name,
            row.description,
            row.permission.as_str(),
            row.indexing_technique.as_ref().map(IndexingTechnique::as_str),
            row.embedding_model,
            row.embedding_model_provider,
            json(row.retrieval_model.as_ref()),
            row.doc_form.as_ref().map(DocForm::as_str),
            now()
        ],
    )?;
    Ok(())
}

fn json(model: Option<&RetrievalModel>) -> Option<String> {
    model.and_then(|model| serde_json::to_string(model).ok())
}

/// Takes it out of every list at once, with all its documents; `purge` removes the rest in the background.
pub fn delete(connection: &Connection, row: &DatasetRow) -> Result<(), StoreError> {
    connection.execute("UPDATE datasets SET deleted = 1 WHERE seq = ?1", [row.seq])?;
    connection.execute("UPDATE documents SET deleted = 1 WHERE dataset = ?1 AND deleted = 0", [row.seq])?;
    Ok(())
}

/// One page, newest first, and how many there are on all pages.
pub fn list(connection: &Connection, keyword: &str, offset: u64, limit: u64) -> Result<(Vec<DatasetRow>, u64), StoreError> {
    let keyword = fold(keyword);
    let condition = "deleted = 0 AND (?1 = '' OR holds(name, ?1))";
    let sql = format!("SELECT count(*) FROM datasets WHERE {condition}");
    let total = connection.query_row(&sql, [&keyword], |row| row.get(0))?;
    let sql = format!("SELECT * FROM datasets WHERE {condition} ORDER BY seq DESC LIMIT ?2 OFFSET ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![keyword, limit, offset], DatasetRow::read)?;
    Ok((rows.collect::<Result<_, _>>()?, total))
}

/// Adds up its documents.
pub fn totals(connection: &Connection, seq: i64) -> Result<Totals, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*), coalesce(sum(indexing_status = 'completed' AND enabled AND NOT archived), 0), \
         coalesce(sum(word_count), 0) FROM documents WHERE dataset = ?1 AND deleted = 0",
    )?;
    let totals = statement
        .query_row([seq], |row| Ok(Totals { documents: row.get(0)?, available: row.get(1)?, characters: row.get(2)? }))?;
    Ok(totals)
}

/// The knowledge base as the wire sends it. `embedding_available` is for the caller to set.
pub fn to_wire(connection: &Connection, row: &DatasetRow) -> Result<Dataset, StoreError> {
    let totals = totals(connection, row.seq)?;
    Ok(Dataset {
        id: row.id.clone(),
        name: row.name.clone(),
        description: row.description.clone(),
        provider: "vendor".to_owned(),
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
        retrieval_model_dict: Some(row.retrieval_settings()),
        doc_form: row.doc_form.clone().unwrap_or_default(),
        external_knowledge_info: Some(ExternalKnowledge::default()),
        external_retrieval_model: Some(ExternalRetrievalModel {
            top_k: Some(2),
            score_threshold: Some(0.0),
            score_threshold_enabled: None,
        }),
        doc_metadata: metadata::fields(connection, row.seq)?,
        built_in_field_enabled: row.built_in_field_enabled,
        runtime_mode: Some(if row.pipeline_id.is_some() { "rag_pipeline" } else { "general" }.to_owned()),
        chunk_structure: row.doc_form.as_ref().filter(|_| row.pipeline_id.is_some()).map(|form| form.as_str().to_owned()),
        is_published: row.pipeline_id.is_some(),
        pipeline_id: row.pipeline_id.clone(),
        icon_info: Some(IconInfo::default()),
        total_documents: totals.documents,
        total_available_documents: totals.available,
        enable_api: Some(true),
        ..Dataset::default()
    })
}

/// How many texts of a knowledge base the index holds (chunks, or child chunks in hierarchical mode), roughly while documents are being
/// indexed, and their mean length in characters.
#[expect(clippy::cast_precision_loss, reason = "counts lie far inside the exact range")]
pub fn chunk_figures(connection: &Connection, seq: i64) -> Result<(u64, f64), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(iif(child_chunks > 0, child_chunks, completed_segments)), 0), coalesce(sum(word_count), 0) \
         FROM documents WHERE dataset = ?1 AND deleted = 0",
    )?;
    let (chunks, characters): (u64, u64) = statement.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((chunks, characters as f64 / chunks.max(1) as f64))
}
