//! Retrieval.

use loredesk_wire::{RetrieveAnswer, RetrieveRequest};

use crate::{
    api::{ApiError, Client},
    model::id::KnowledgeBaseId,
};

/// Finds passages. It changes nothing but hit counts, yet it is a `POST`, so it is not sent again by itself.
///
/// Operation: retrieveSegments.
///
/// # Errors
/// `Model` when the method needs a model that is not set up.
pub async fn retrieve(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    body: &RetrieveRequest,
) -> Result<RetrieveAnswer, ApiError> {
    client.post(&format!("datasets/{knowledge_base}/retrieve"), body).await
}
