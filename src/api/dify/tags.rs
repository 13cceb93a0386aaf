//! Tags of knowledge bases. What a real server makes of these is `api/safe_tags.rs`' to know.

use loredesk_wire::{BindTags, CreateTag, DatasetTags, DeleteTag, RenameTag, TagWithCount, UnbindTags};

use crate::{
    api::{ApiError, Client},
    model::id::{KnowledgeBaseId, TagId},
};

/// Every tag of the workspace.
///
/// Operation: getKnowledgeTags.
///
/// # Errors
/// `NotOffered` on older servers.
pub async fn list(client: &Client) -> Result<Vec<TagWithCount>, ApiError> {
    client.get("datasets/tags").await
}

/// The tags of one knowledge base.
///
/// Operation: queryDatasetTags.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn of_knowledge_base(client: &Client, id: &KnowledgeBaseId) -> Result<DatasetTags, ApiError> {
    client.get(&format!("datasets/{id}/tags")).await
}

/// Makes a tag.
///
/// Operation: createKnowledgeTag.
///
/// # Errors
/// `Conflict` when the name is taken. Dify 1.12 answers 400 although it has made it.
pub async fn create(client: &Client, name: &str) -> Result<TagWithCount, ApiError> {
    client.post("datasets/tags", &CreateTag { name: name.to_owned() }).await
}

/// Renames a tag.
///
/// Operation: updateKnowledgeTag.
///
/// # Errors
/// `Conflict` when the name is taken. Dify 1.12 answers 400 although it has renamed it.
pub async fn rename(client: &Client, id: &TagId, name: &str) -> Result<TagWithCount, ApiError> {
    client.patch("datasets/tags", &RenameTag { tag_id: id.to_string(), name: name.to_owned() }).await
}

/// Deletes a tag, and takes it off all knowledge bases.
///
/// Operation: deleteKnowledgeTag.
///
/// # Errors
/// `NotFound` when it is gone already.
pub async fn delete(client: &Client, id: &TagId) -> Result<(), ApiError> {
    client.delete_with("datasets/tags", &DeleteTag { tag_id: id.to_string() }).await
}

/// Puts a tag on a knowledge base; doing it twice is fine.
///
/// Operation: bindTagsToDataset.
///
/// # Errors
/// `NotFound` when the knowledge base is gone.
pub async fn bind(client: &Client, id: &TagId, knowledge_base: &KnowledgeBaseId) -> Result<(), ApiError> {
    let body = BindTags { tag_ids: vec![id.to_string()], target_id: knowledge_base.to_string() };
    client.post_unread("datasets/tags/binding", &body).await
}

/// Takes a tag off a knowledge base; doing it twice is fine. Both spellings are sent: 1.12 reads only `tag_id`, the contract
/// prefers `tag_ids`, and each ignores the other.
///
/// Operation: unbindTagFromDataset.
///
/// # Errors
/// `NotFound` when the knowledge base is gone.
pub async fn unbind(client: &Client, id: &TagId, knowledge_base: &KnowledgeBaseId) -> Result<(), ApiError> {
    let tag = id.to_string();
    let body = UnbindTags { tag_ids: vec![tag.clone()], tag_id: Some(tag), target_id: knowledge_base.to_string() };
    client.post_unread("datasets/tags/unbinding", &body).await
}
