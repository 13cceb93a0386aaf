//! Metadata: the fields of a knowledge base. Values are written through [`crate::api::safe_metadata`] only.

use loredesk_wire::{
    BuiltInAction, BuiltInFields, CreateMetadataField, MetadataField, MetadataFieldList, MetadataFieldUse, RenameMetadataField,
    UpdateDocumentsMetadata,
};
use serde_json::json;

use crate::{
    api::{ApiError, Client, ErrorKind},
    model::id::{KnowledgeBaseId, MetadataFieldId},
};

/// The custom fields with their use, and whether built-in ones are on.
///
/// Operation: listMetadataFields.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn list(client: &Client, knowledge_base: &KnowledgeBaseId) -> Result<MetadataFieldList, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/metadata")).await
}

/// Makes a field. After a lost answer the list is asked whether it was made, so that a second try is not refused as a twin. A
/// browser that loses a connection it has used before sends a request again by itself: then our own first one has the name.
///
/// Operation: createMetadataField.
///
/// # Errors
/// `Conflict` when the name is taken.
pub async fn create(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    body: &CreateMetadataField,
) -> Result<MetadataField, ApiError> {
    let before = list(client, knowledge_base).await;
    let was_free = before.is_ok_and(|fields| fields.doc_metadata.iter().all(|field| field.name != body.name));
    let outcome = client.post(&format!("datasets/{knowledge_base}/metadata"), body).await;
    let is_it = |field: &MetadataFieldUse| field.name == body.name && field.kind == body.kind;
    look_again(client, knowledge_base, outcome, was_free, is_it).await
}

/// Renames a field; after a lost answer the list is asked, because real servers refuse the name that a field has.
///
/// Operation: updateMetadataField.
///
/// # Errors
/// `Conflict` when the name is taken, `NotFound` when the field is gone: real servers answer that with 200 and nothing but nulls.
pub async fn rename(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    field: &MetadataFieldId,
    name: &str,
) -> Result<MetadataField, ApiError> {
    let path = format!("datasets/{knowledge_base}/metadata/{field}");
    let outcome = client.patch(&path, &RenameMetadataField { name: name.to_owned() }).await;
    let is_it = |known: &MetadataFieldUse| known.id == field.as_str() && known.name == name;
    let answer = look_again(client, knowledge_base, outcome, true, is_it).await?;
    if answer.id.is_empty() { Err(ApiError::local(ErrorKind::NotFound, "PATCH", &path)) } else { Ok(answer) }
}

/// What became of a write whose answer was lost, or that was refused because of the name, which may be ours by then.
async fn look_again(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    outcome: Result<MetadataField, ApiError>,
    may_be_own: bool,
    is_it: impl Fn(&MetadataFieldUse) -> bool,
) -> Result<MetadataField, ApiError> {
    let error = match outcome {
        Err(error) if error.is_outcome_unknown() || (may_be_own && error.kind == ErrorKind::Conflict) => error,
        outcome => return outcome,
    };
    let fields = list(client, knowledge_base).await.unwrap_or_default().doc_metadata;
    let found = fields.into_iter().find(is_it).map(|field| MetadataField { id: field.id, name: field.name, kind: field.kind });
    found.ok_or(error)
}

/// Deletes a field with its values. One that is gone already is deleted.
///
/// Operation: deleteMetadataField.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn delete(client: &Client, knowledge_base: &KnowledgeBaseId, field: &MetadataFieldId) -> Result<(), ApiError> {
    match client.delete(&format!("datasets/{knowledge_base}/metadata/{field}")).await {
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// The fields that the server fills in by itself.
///
/// Operation: getBuiltInMetadataFields.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn built_in(client: &Client, knowledge_base: &KnowledgeBaseId) -> Result<BuiltInFields, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/metadata/built-in")).await
}

/// Switches the built-in fields on or off.
///
/// Operation: toggleBuiltInMetadataField.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn set_built_in(client: &Client, knowledge_base: &KnowledgeBaseId, is_on: bool) -> Result<(), ApiError> {
    let action = if is_on { BuiltInAction::Enable } else { BuiltInAction::Disable };
    client.put_by_post(&format!("datasets/{knowledge_base}/metadata/built-in/{}", action.as_str()), &json!({})).await
}

/// Sends values of documents. Real servers answer 200 to what they ignore: read back what they keep.
///
/// Operation: batchUpdateDocumentMetadata.
///
/// # Errors
/// All or nothing where a document is not there or being changed by somebody else; but some of them may be written by then.
pub async fn update_values(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    body: &UpdateDocumentsMetadata,
) -> Result<(), ApiError> {
    client.put_by_post(&format!("datasets/{knowledge_base}/documents/metadata"), body).await
}
