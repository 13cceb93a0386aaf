//! Child chunks: the small texts by which retrieval finds a parent chunk, in hierarchical mode.

use serde::{Deserialize, Serialize};

/// A child chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChildChunk {
    /// Child chunk id, a UUID.
    pub id: String,
    /// Id of its parent chunk.
    pub segment_id: String,
    /// Text; may be empty.
    pub content: String,
    /// Place in the parent chunk, from 1; not renumbered after a delete.
    pub position: u64,
    /// Characters.
    pub word_count: u64,
    /// `automatic` from the split of its parent chunk, `customized` once somebody wrote or changed it.
    #[serde(rename = "type")]
    pub kind: String,
    /// Epoch seconds.
    pub created_at: Option<i64>,
    /// Epoch seconds.
    pub updated_at: Option<i64>,
}

from_json!(ChildChunk needs ["id"] { id, segment_id, content, position, word_count, kind = "type", created_at, updated_at });

/// Answer with one child chunk: of a create or an update.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChildChunkAnswer {
    /// The child chunk.
    pub data: ChildChunk,
}

from_json!(ChildChunkAnswer needs ["data"] { data });

/// A page of the child chunks of one parent chunk. Unlike other lists it has no `has_more`, refuses a page or limit below 1, and
/// echoes the limit that it applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChildChunkPage {
    /// The child chunks of this page, by position.
    pub data: Vec<ChildChunk>,
    /// Child chunks on all pages.
    pub total: u64,
    /// Pages; 0 where there are no child chunks.
    pub total_pages: u64,
    /// This page's number, from 1.
    pub page: u64,
    /// Child chunks a page, 1 to 100.
    pub limit: u64,
}

from_json!(ChildChunkPage needs ["data"] { data, total, total_pages, page, limit });

/// Body of `POST …/child_chunks` and of `PATCH …/child_chunks/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteChildChunk {
    /// Text; servers accept an empty one.
    pub content: String,
}
