//! Chunks, which the wire calls segments.

use loredesk_wire::{CreateSegments, SegmentAnswer, SegmentsAnswer, UpdateSegment};

use crate::{
    api::{ApiError, Client, http::encode_component},
    model::id::{ChunkId, DocumentId, KnowledgeBaseId},
};

fn base(knowledge_base: &KnowledgeBaseId, document: &DocumentId) -> String {
    format!("datasets/{knowledge_base}/documents/{document}/segments")
}

/// One page of a document's chunks in their order; an empty keyword finds all.
///
/// Operation: listSegments.
///
/// # Errors
/// `NotFound` while the document is not completed and enabled (real servers).
pub async fn list(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    document: &DocumentId,
    page: u64,
    limit: u64,
    keyword: &str,
) -> Result<SegmentsAnswer, ApiError> {
    let mut path = format!("{}?page={page}&limit={limit}", base(knowledge_base, document));
    if !keyword.is_empty() {
        path.push_str("&keyword=");
        path.push_str(&encode_component(keyword));
    }
    client.get(&path).await
}

/// One chunk.
///
/// Operation: getSegmentDetail.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn get(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    document: &DocumentId,
    id: &ChunkId,
) -> Result<SegmentAnswer, ApiError> {
    client.get(&format!("{}/{id}", base(knowledge_base, document))).await
}

/// Adds chunks at the end.
///
/// Operation: createSegments.
///
/// # Errors
/// All or nothing: one bad chunk refuses them all.
pub async fn create(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    document: &DocumentId,
    body: &CreateSegments,
) -> Result<SegmentsAnswer, ApiError> {
    client.post(&base(knowledge_base, document), body).await
}

/// Writes a chunk back. Send the whole of it: what is left out may be erased.
///
/// Operation: updateSegment.
///
/// # Errors
/// See [`crate::api::ErrorKind`]. A success may still hold a chunk whose `status` is `error`.
pub async fn update(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    document: &DocumentId,
    id: &ChunkId,
    body: &UpdateSegment,
) -> Result<SegmentAnswer, ApiError> {
    client.post(&format!("{}/{id}", base(knowledge_base, document)), body).await
}

/// Deletes a chunk; the positions of the others stay.
///
/// Operation: deleteSegment.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn delete(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    document: &DocumentId,
    id: &ChunkId,
) -> Result<(), ApiError> {
    client.delete(&format!("{}/{id}", base(knowledge_base, document))).await
}
