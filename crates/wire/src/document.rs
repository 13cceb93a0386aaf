//! Documents, their indexing status and the bodies that create and change them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{DocumentMetadata, IndexingTechnique, ProcessRule, RetrievalModel};

open_enum! {
    /// How far the indexing of a document has got.
    IndexingStatus {
        /// In the queue.
        Waiting = "waiting",
        /// Its text is being extracted.
        Parsing = "parsing",
        /// Its text is being cleaned.
        Cleaning = "cleaning",
        /// Its text is being cut into chunks.
        Splitting = "splitting",
        /// Its chunks are being indexed.
        Indexing = "indexing",
        /// Stopped by somebody, can go on.
        Paused = "paused",
        /// Failed; `error` says why.
        Error = "error",
        /// Done.
        Completed = "completed",
    }
}

open_enum! {
    /// What a list shows of a document, made by the server from several of its fields.
    DisplayStatus {
        /// Waits for its turn.
        Queuing = "queuing",
        /// Is being worked on.
        Indexing = "indexing",
        /// Stopped by somebody.
        Paused = "paused",
        /// Failed.
        Error = "error",
        /// Retrieval can find it.
        Available = "available",
        /// Switched off.
        Disabled = "disabled",
        /// Put away.
        Archived = "archived",
    }
}

open_enum! {
    /// Chunk mode. A knowledge base keeps the one of its first document.
    DocForm {
        /// Plain chunks.
        Text = "text_model",
        /// Parent chunks and child chunks.
        Hierarchical = "hierarchical_model",
        /// Questions and answers.
        QuestionAnswer = "qa_model",
    }
}

/// A document as lists, create and update answer it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// Document id, a UUID.
    pub id: String,
    /// Place in the knowledge base, from 1.
    pub position: u64,
    /// `upload_file`.
    pub data_source_type: Option<String>,
    /// Where it came from: `{"upload_file_id": …}` for a file.
    pub data_source_info: Option<Value>,
    /// The file itself, in lists: `{"upload_file": {…}}`.
    pub data_source_detail_dict: Option<DataSourceDetail>,
    /// Id of its process rule.
    pub dataset_process_rule_id: Option<String>,
    /// Name, up to 200 characters.
    pub name: String,
    /// `api` or `web`.
    pub created_from: Option<String>,
    /// Account id.
    pub created_by: Option<String>,
    /// Epoch seconds.
    pub created_at: Option<i64>,
    /// Tokens; null until it is indexed.
    pub tokens: Option<u64>,
    /// How far its indexing has got.
    pub indexing_status: IndexingStatus,
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
    /// What a list shows.
    pub display_status: DisplayStatus,
    /// Characters; null until it is indexed.
    pub word_count: Option<u64>,
    /// How often retrieval found it.
    pub hit_count: u64,
    /// Chunk mode.
    pub doc_form: DocForm,
    /// Metadata values; null where there are none.
    pub doc_metadata: Vec<DocumentMetadata>,
    /// Summary state.
    pub summary_index_status: Option<String>,
    /// Whether a summary is wanted.
    pub need_summary: bool,
}

from_json!(Document needs ["id"] { id, position, data_source_type, data_source_info, data_source_detail_dict, dataset_process_rule_id, name, created_from, created_by, created_at, tokens, indexing_status, error, enabled, disabled_at, disabled_by, archived, display_status, word_count, hit_count, doc_form, doc_metadata, summary_index_status, need_summary });

/// Where a document of a list came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DataSourceDetail {
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_file: Option<UploadFile>,
}

from_json!(DataSourceDetail needs [] { upload_file });

/// An original file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UploadFile {
    /// File id.
    pub id: String,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Extension without the dot.
    pub extension: String,
    /// Media type.
    pub mime_type: String,
    /// Account id.
    pub created_by: Option<String>,
    /// Epoch seconds; servers send a float here.
    pub created_at: Option<i64>,
}

from_json!(UploadFile needs [] { id, name, size, extension, mime_type, created_by, created_at });

/// A document as its own page answers it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentDetail {
    /// Document id, a UUID.
    pub id: String,
    /// Place in the knowledge base, from 1.
    pub position: u64,
    /// `upload_file`.
    pub data_source_type: Option<String>,
    /// The file: `{"upload_file": {…}}`.
    pub data_source_info: Option<DataSourceDetail>,
    /// Id of its process rule.
    pub dataset_process_rule_id: Option<String>,
    /// The knowledge base's latest process rule.
    pub dataset_process_rule: Option<ProcessRule>,
    /// The document's own process rule, or an empty object.
    pub document_process_rule: Option<ProcessRule>,
    /// Name.
    pub name: String,
    /// `api` or `web`.
    pub created_from: Option<String>,
    /// Account id.
    pub created_by: Option<String>,
    /// Epoch seconds.
    pub created_at: Option<i64>,
    /// Tokens; null until it is indexed.
    pub tokens: Option<u64>,
    /// How far its indexing has got.
    pub indexing_status: IndexingStatus,
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
    /// What a list shows.
    pub display_status: DisplayStatus,
    /// How often retrieval found it.
    pub hit_count: u64,
    /// Chunk mode.
    pub doc_form: DocForm,
    /// Language of question-and-answer mode.
    pub doc_language: Option<String>,
    /// Document type, mostly null.
    pub doc_type: Option<String>,
    /// Metadata values; null where there are none.
    pub doc_metadata: Vec<DocumentMetadata>,
    /// Epoch seconds.
    pub completed_at: Option<i64>,
    /// Epoch seconds.
    pub updated_at: Option<i64>,
    /// How long indexing took, in seconds.
    pub indexing_latency: Option<f64>,
    /// Chunks.
    pub segment_count: u64,
    /// Mean length of a chunk in characters.
    pub average_segment_length: f64,
    /// Summary state.
    pub summary_index_status: Option<String>,
    /// Whether a summary is wanted.
    pub need_summary: bool,
}

from_json!(DocumentDetail needs ["id"] { id, position, data_source_type, data_source_info, dataset_process_rule_id, dataset_process_rule, document_process_rule, name, created_from, created_by, created_at, tokens, indexing_status, error, enabled, disabled_at, disabled_by, archived, display_status, hit_count, doc_form, doc_language, doc_type, doc_metadata, completed_at, updated_at, indexing_latency, segment_count, average_segment_length, summary_index_status, need_summary });

/// Answer to a create or an update: the document, and the batch to poll.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentAccepted {
    /// The document, still waiting.
    pub document: Document,
    /// Batch id for the indexing status.
    pub batch: String,
}

from_json!(DocumentAccepted needs ["document"] { document, batch });

/// Answer of `GET …/documents/{batch}/indexing-status`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BatchStatusList {
    /// One entry a document of the batch.
    pub data: Vec<BatchStatus>,
}

from_json!(BatchStatusList needs ["data"] { data });

/// How far one document of a batch has got.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BatchStatus {
    /// Document id.
    pub id: String,
    /// Stage.
    pub indexing_status: IndexingStatus,
    /// Epoch seconds.
    pub processing_started_at: Option<i64>,
    /// Epoch seconds.
    pub parsing_completed_at: Option<i64>,
    /// Epoch seconds.
    pub cleaning_completed_at: Option<i64>,
    /// Epoch seconds.
    pub splitting_completed_at: Option<i64>,
    /// Epoch seconds.
    pub completed_at: Option<i64>,
    /// Epoch seconds.
    pub paused_at: Option<i64>,
    /// Why indexing failed.
    pub error: Option<String>,
    /// Epoch seconds.
    pub stopped_at: Option<i64>,
    /// Chunks that are indexed.
    pub completed_segments: u64,
    /// Chunks in all; a total only from the stage `indexing` on.
    pub total_segments: u64,
}

from_json!(BatchStatus needs ["id"] { id, indexing_status, processing_started_at, parsing_completed_at, cleaning_completed_at, splitting_completed_at, completed_at, paused_at, error, stopped_at, completed_segments, total_segments });

/// Answer of `GET …/documents/{id}/download`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DownloadUrl {
    /// Signed address of the original file.
    pub url: String,
}

from_json!(DownloadUrl needs ["url"] { url });

/// Body of `POST …/documents/download-zip`; the answer is the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DownloadZip {
    /// 1 to 100 documents that came as files.
    pub document_ids: Vec<String>,
}

/// Body of `POST …/document/create-by-text`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateDocumentByText {
    /// Name of the new document; an existing one of the same name would be replaced.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Needed by real servers even where the knowledge base has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indexing_technique: Option<IndexingTechnique>,
    /// Chunk mode; must be the knowledge base's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_form: Option<DocForm>,
    /// Language of question-and-answer mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_language: Option<String>,
    /// How it is split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_rule: Option<ProcessRule>,
    /// Retrieval settings for a knowledge base that has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieval_model: Option<RetrievalModel>,
    /// Embedding model for a knowledge base that has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model: Option<String>,
    /// Its provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model_provider: Option<String>,
    /// The document to replace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_document_id: Option<String>,
}

/// The `data` part of `POST …/document/create-by-file` and of the updates by file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateDocumentByFile {
    /// Economy or high quality, for a knowledge base that has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indexing_technique: Option<IndexingTechnique>,
    /// Chunk mode; must be the knowledge base's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_form: Option<DocForm>,
    /// Language of question-and-answer mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_language: Option<String>,
    /// How it is split; required by real servers for a knowledge base without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_rule: Option<ProcessRule>,
    /// Retrieval settings for a knowledge base that has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieval_model: Option<RetrievalModel>,
    /// Embedding model for a knowledge base that has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model: Option<String>,
    /// Its provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding_model_provider: Option<String>,
    /// The document to replace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_document_id: Option<String>,
}

/// Body of `POST …/documents/{id}/update-by-text`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateDocumentByText {
    /// New name; needed together with a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// New text; every chunk is made anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How it is split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_rule: Option<ProcessRule>,
    /// Chunk mode; must be the knowledge base's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_form: Option<DocForm>,
    /// Language of question-and-answer mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_language: Option<String>,
}

open_enum! {
    /// The last part of `PATCH …/documents/status/{action}`.
    StatusAction {
        /// Retrieval may find them.
        Enable = "enable",
        /// Retrieval may not find them.
        Disable = "disable",
        /// Puts them away: not found, not changed.
        Archive = "archive",
        /// Takes them out again.
        UnArchive = "un_archive",
    }
}

/// Body of `PATCH …/documents/status/{action}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedDocuments {
    /// The documents; all of them change, or none.
    pub document_ids: Vec<String>,
}
