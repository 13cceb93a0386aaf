//! Tags of the workspace, and which knowledge base carries which.

use loredesk_wire::{BindTags, CreateTag, DatasetTags, DeleteTag, RenameTag, TagWithCount, UnbindTags};

use crate::{
    api::{ApiError, Client},
    model::id::{KnowledgeBaseId, TagId},
};

/// All tags; some builds answer 400 to a list that is not empty.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn list(client: &Client) -> Result<Vec<TagWithCount>, ApiError> {
    client.get("datasets/tags").await
}

/// Makes a tag. Where the answer is lost or a known build's 400, the list is asked whether it was made, so that no second try makes
/// a twin.
///
/// # Errors
/// `Conflict` when the name is taken.
pub async fn create(client: &Client, name: &str) -> Result<TagWithCount, ApiError> {
    let error = match client.post("datasets/tags", &CreateTag { name: name.to_owned() }).await {
        Err(error) if error.is_outcome_unknown() => error,
        outcome => return outcome,
    };
    let tags = list(client).await.unwrap_or_default();
    tags.into_iter().find(|tag| tag.name == name).ok_or(error)
}

/// Renames a tag.
///
/// # Errors
/// `Conflict` when the name is taken.
pub async fn rename(client: &Client, tag: &TagId, name: &str) -> Result<TagWithCount, ApiError> {
    client.patch("datasets/tags", &RenameTag { tag_id: tag.to_string(), name: name.to_owned() }).await
}

/// Deletes a tag; knowledge bases that carry it lose it.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn delete(client: &Client, tag: &TagId) -> Result<(), ApiError> {
    client.delete_with("datasets/tags", &DeleteTag { tag_id: tag.to_string() }).await
}

/// Puts tags on a knowledge base; those that it carries stay.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn bind(client: &Client, knowledge_base: &KnowledgeBaseId, tags: &[TagId]) -> Result<(), ApiError> {
    let tag_ids = tags.iter().map(ToString::to_string).collect();
    client.put_by_post("datasets/tags/binding", &BindTags { tag_ids, target_id: knowledge_base.to_string() }).await
}

/// Takes a tag off a knowledge base, in the form that every server understands: one tag a request.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn unbind(client: &Client, knowledge_base: &KnowledgeBaseId, tag: &TagId) -> Result<(), ApiError> {
    let body = UnbindTags { tag_id: Some(tag.to_string()), target_id: knowledge_base.to_string(), ..UnbindTags::default() };
    client.put_by_post("datasets/tags/unbinding", &body).await
}

/// The tags of a knowledge base.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn of(client: &Client, knowledge_base: &KnowledgeBaseId) -> Result<DatasetTags, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/tags")).await
}
