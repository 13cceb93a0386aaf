//! Child chunks of a parent chunk.

use loredesk_wire::{ChildChunkAnswer, ChildChunkPage, WriteChildChunk};

use crate::{
    api::{ApiError, Client, http::encode_component, safe_chunk::RemoteChunk},
    model::id::ChildChunkId,
};

fn base(parent: &RemoteChunk) -> String {
    let RemoteChunk { knowledge_base, document, id, .. } = parent;
    format!("datasets/{knowledge_base}/documents/{document}/segments/{id}/child_chunks")
}

fn client(parent: &RemoteChunk) -> &Client {
    &parent.client
}

/// One page of a chunk's child chunks by position; an empty keyword finds all. Page from 1, limit 1 to 100: servers refuse
/// anything below.
///
/// Operation: getChildChunks.
///
/// # Errors
/// `NotFound` when the parent chunk is gone.
pub async fn list(parent: &RemoteChunk, page: u64, limit: u64, keyword: &str) -> Result<ChildChunkPage, ApiError> {
    let mut path = format!("{}?page={}&limit={}", base(parent), page.max(1), limit.clamp(1, super::PAGE_MAX));
    if !keyword.is_empty() {
        path.push_str("&keyword=");
        path.push_str(&encode_component(keyword));
    }
    client(parent).get(&path).await
}

/// Adds a child chunk at the end.
///
/// Operation: createChildChunk.
///
/// # Errors
/// `Model` when the parent's knowledge base needs an embedding model and has none.
pub async fn create(parent: &RemoteChunk, content: &str) -> Result<ChildChunkAnswer, ApiError> {
    client(parent).post(&base(parent), &WriteChildChunk { content: content.to_owned() }).await
}

/// Changes a child chunk's text; it counts as customized from then on.
///
/// Operation: updateChildChunk.
///
/// # Errors
/// `NotFound` when it is gone: making child chunks anew gives them other ids.
pub async fn update(parent: &RemoteChunk, id: &ChildChunkId, content: &str) -> Result<ChildChunkAnswer, ApiError> {
    client(parent).patch(&format!("{}/{id}", base(parent)), &WriteChildChunk { content: content.to_owned() }).await
}

/// Deletes a child chunk; the positions of the others stay.
///
/// Operation: deleteChildChunk.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn delete(parent: &RemoteChunk, id: &ChildChunkId) -> Result<(), ApiError> {
    client(parent).delete(&format!("{}/{id}", base(parent))).await
}
