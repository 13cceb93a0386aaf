//! Chunks, which the wire calls segments, and their child chunks.

use serde::{Deserialize, Serialize};

use crate::{ChildChunk, DocForm};

open_enum! {
    /// How far the indexing of one chunk has got.
    SegmentStatus {
        /// Waits.
        Waiting = "waiting",
        /// Is being indexed.
        Indexing = "indexing",
        /// Can be found.
        Completed = "completed",
        /// Failed; `error` says why, and the chunk is disabled.
        Error = "error",
        /// An older value of servers that index in two steps.
        ReSegment = "re_segment",
    }
}

/// A chunk.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Segment {
    /// Chunk id, a UUID.
    pub id: String,
    /// Place in the document, from 1; not renumbered after a delete.
    pub position: u64,
    /// Document id.
    pub document_id: String,
    /// The text that was written; the one to edit.
    pub content: String,
    /// The text with signed image addresses; to show only, its addresses expire.
    pub sign_content: Option<String>,
    /// Answer, in question-and-answer mode.
    pub answer: Option<String>,
    /// Characters.
    pub word_count: u64,
    /// Tokens.
    pub tokens: u64,
    /// Keywords; null in high quality and hierarchical mode.
    pub keywords: Option<Vec<String>>,
    /// Id in the index.
    pub index_node_id: Option<String>,
    /// Hash in the index.
    pub index_node_hash: Option<String>,
    /// How often retrieval found it.
    pub hit_count: u64,
    /// Whether retrieval may find it.
    pub enabled: bool,
    /// Epoch seconds.
    pub disabled_at: Option<i64>,
    /// Account id.
    pub disabled_by: Option<String>,
    /// How far its indexing has got.
    pub status: SegmentStatus,
    /// Account id.
    pub created_by: Option<String>,
    /// Epoch seconds.
    pub created_at: Option<i64>,
    /// Epoch seconds; the desk compares it before it writes.
    pub updated_at: Option<i64>,
    /// Account id.
    pub updated_by: Option<String>,
    /// Epoch seconds.
    pub indexing_at: Option<i64>,
    /// Epoch seconds.
    pub completed_at: Option<i64>,
    /// Why indexing failed.
    pub error: Option<String>,
    /// Epoch seconds.
    pub stopped_at: Option<i64>,
    /// Child chunks, in hierarchical mode.
    pub child_chunks: Vec<ChildChunk>,
    /// Images.
    pub attachments: Vec<Attachment>,
    /// Summary.
    pub summary: Option<String>,
    /// The document that it belongs to; only in the answer of a retrieval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<crate::RetrievedDocument>,
}

from_json!(Segment needs ["id"] { id, position, document_id, content, sign_content, answer, word_count, tokens, keywords, index_node_id, index_node_hash, hit_count, enabled, disabled_at, disabled_by, status, created_by, created_at, updated_at, updated_by, indexing_at, completed_at, error, stopped_at, child_chunks, attachments, summary, document });

/// An image of a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attachment {
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
    /// Signed address; expires after about 300 seconds.
    pub source_url: String,
}

from_json!(Attachment needs [] { id, name, size, extension, mime_type, source_url });

/// Answer with one chunk.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SegmentAnswer {
    /// The chunk.
    pub data: Segment,
    /// Chunk mode of its document.
    pub doc_form: DocForm,
}

from_json!(SegmentAnswer needs ["data"] { data, doc_form });

/// Answer with several chunks: a page of the list, or the ones just created (then without page numbers).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SegmentsAnswer {
    /// The chunks.
    pub data: Vec<Segment>,
    /// Chunk mode of their document.
    pub doc_form: DocForm,
    /// Chunks on all pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Whether the page was full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_more: Option<bool>,
    /// Chunks a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// This page's number, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
}

from_json!(SegmentsAnswer needs ["data"] { data, doc_form, total, has_more, limit, page });

/// Body of `POST …/segments`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateSegments {
    /// The chunks to add at the end.
    pub segments: Vec<NewSegment>,
}

/// A chunk to add.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSegment {
    /// Text.
    pub content: String,
    /// Answer, in question-and-answer mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Keywords; extracted by the server when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<String>>,
}

/// Body of `POST …/segments/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateSegment {
    /// The whole chunk: what is left out may be erased by the server.
    pub segment: SegmentChange,
}

/// A chunk as it is written back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentChange {
    /// Text; empty means unchanged to real servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Answer, in question-and-answer mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Keywords; an empty list means unchanged to real servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<String>>,
    /// Whether retrieval may find it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whether child chunks are made anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regenerate_child_chunks: Option<bool>,
    /// Ids of the images to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment_ids: Option<Vec<String>>,
    /// Summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}
