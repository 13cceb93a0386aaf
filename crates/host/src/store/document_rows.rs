//! How a document's row is read, and what the wire makes of it.

use loredesk_wire::{DataSourceDetail, DisplayStatus, DocForm, Document, DocumentMetadata, IndexingStatus, UploadFile};
use rusqlite::Row;
use serde_json::json;

use super::ACCOUNT;
use super::files::FileRow;

/// A document as the database keeps it, with its file.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Key of this version of the document, and its place in the queue.
    pub seq: i64,
    /// Id, the same for all versions.
    pub id: String,
    /// Key of the knowledge base.
    pub dataset: i64,
    /// Place in the knowledge base, from 1.
    pub position: u64,
    /// Name.
    pub name: String,
    /// Batch id of its creation or replacement.
    pub batch: String,
    /// The original file.
    pub file: FileRow,
    /// Key of its process rule.
    pub process_rule: i64,
    /// The rule's id.
    pub process_rule_id: String,
    /// Chunk mode.
    pub doc_form: DocForm,
    /// Language of question-and-answer mode.
    pub doc_language: String,
    /// `api` or `web`.
    pub created_from: String,
    /// Epoch seconds.
    pub created_at: i64,
    /// Epoch seconds.
    pub updated_at: i64,
    /// How far its indexing has got.
    pub indexing_status: IndexingStatus,
    /// Epoch seconds.
    pub completed_at: Option<i64>,
    /// How long indexing took, in seconds.
    pub indexing_latency: Option<f64>,
    /// Why indexing failed.
    pub error: Option<String>,
    /// Whether retrieval may find it.
    pub enabled: bool,
    /// Epoch seconds.
    pub disabled_at: Option<i64>,
    /// Account id.
    pub disabled_by: Option<String>,
    /// Whether it is put away.
    pub archived: bool,
    /// Characters, once it is indexed.
    pub word_count: Option<u64>,
    /// Tokens, once it is indexed.
    pub tokens: Option<u64>,
    /// How often retrieval found it.
    pub hit_count: u64,
}

/// The columns and tables of a [`DocumentRow`]; the table of documents is called `d`.
pub(super) const SELECT: &str = "SELECT d.*, f.name AS file_name, f.extension, f.mime_type, f.size, f.created_at AS file_created_at, \
     r.id AS process_rule_id FROM documents d JOIN files f ON f.id = d.file JOIN process_rules r ON r.seq = d.process_rule";

/// The SQL condition of each display status, on the table `d`.
pub(super) fn condition(status: &DisplayStatus) -> Option<&'static str> {
    Some(match status {
        DisplayStatus::Queuing => "d.indexing_status = 'waiting'",
        DisplayStatus::Indexing => "d.indexing_status IN ('parsing', 'cleaning', 'splitting', 'indexing')",
        DisplayStatus::Paused => "d.indexing_status = 'paused'",
        DisplayStatus::Error => "d.indexing_status = 'error'",
        DisplayStatus::Available => "d.indexing_status = 'completed' AND d.archived = 0 AND d.enabled = 1",
        DisplayStatus::Disabled => "d.indexing_status = 'completed' AND d.archived = 0 AND d.enabled = 0",
        DisplayStatus::Archived => "d.indexing_status = 'completed' AND d.archived = 1",
        DisplayStatus::Other(_) => return None,
    })
}

impl DocumentRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            id: row.get("id")?,
            dataset: row.get("dataset")?,
            position: row.get("position")?,
            name: row.get("name")?,
            batch: row.get("batch")?,
            file: FileRow {
                id: row.get("file")?,
                name: row.get("file_name")?,
                extension: row.get("extension")?,
                mime_type: row.get("mime_type")?,
                size: row.get("size")?,
                created_at: row.get("file_created_at")?,
            },
            process_rule: row.get("process_rule")?,
            process_rule_id: row.get("process_rule_id")?,
            doc_form: row.get::<_, String>("doc_form")?.as_str().into(),
            doc_language: row.get("doc_language")?,
            created_from: row.get("created_from")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            indexing_status: row.get::<_, String>("indexing_status")?.as_str().into(),
            completed_at: row.get("completed_at")?,
            indexing_latency: row.get("indexing_latency")?,
            error: row.get("error")?,
            enabled: row.get("enabled")?,
            disabled_at: row.get("disabled_at")?,
            disabled_by: row.get("disabled_by")?,
            archived: row.get("archived")?,
            word_count: row.get("word_count")?,
            tokens: row.get("tokens")?,
            hit_count: row.get("hit_count")?,
        })
    }

    /// What a list shows, made of the stage and the two switches.
    pub fn display_status(&self) -> DisplayStatus {
        match self.indexing_status {
            IndexingStatus::Waiting => DisplayStatus::Queuing,
            IndexingStatus::Paused => DisplayStatus::Paused,
            IndexingStatus::Error => DisplayStatus::Error,
            IndexingStatus::Completed if self.archived => DisplayStatus::Archived,
            IndexingStatus::Completed if !self.enabled => DisplayStatus::Disabled,
            IndexingStatus::Completed => DisplayStatus::Available,
            _ => DisplayStatus::Indexing,
        }
    }

    /// The original file as the wire sends it.
    pub fn source(&self) -> DataSourceDetail {
        DataSourceDetail {
            upload_file: Some(UploadFile {
                id: self.file.id.clone(),
                name: self.file.name.clone(),
                size: self.file.size,
                extension: self.file.extension.clone(),
                mime_type: self.file.mime_type.clone(),
                created_by: Some(ACCOUNT.to_owned()),
                created_at: Some(self.file.created_at),
            }),
        }
    }

    /// The document as lists and answers to writes send it.
    pub fn to_wire(&self, doc_metadata: Vec<DocumentMetadata>) -> Document {
        Document {
            id: self.id.clone(),
            position: self.position,
            data_source_type: Some("upload_file".to_owned()),
            data_source_info: Some(json!({ "upload_file_id": self.file.id })),
            data_source_detail_dict: Some(self.source()),
            dataset_process_rule_id: Some(self.process_rule_id.clone()),
            name: self.name.clone(),
            created_from: Some(self.created_from.clone()),
            created_by: Some(ACCOUNT.to_owned()),
            created_at: Some(self.created_at),
            tokens: self.tokens,
            indexing_status: self.indexing_status.clone(),
            error: self.error.clone(),
            enabled: self.enabled,
            disabled_at: self.disabled_at,
            disabled_by: self.disabled_by.clone(),
            archived: self.archived,
            display_status: self.display_status(),
            word_count: self.word_count,
            hit_count: self.hit_count,
            doc_form: self.doc_form.clone(),
            doc_metadata,
            summary_index_status: None,
            need_summary: false,
        }
    }
}
