//! Deleting a document so that a lost answer is no failure.

use super::{ApiError, Client, ErrorKind, dify};
use crate::model::id::{DocumentId, KnowledgeBaseId};

/// Deletes it; one that is not there any more is deleted, and after a lost answer it is looked for.
///
/// # Errors
/// See [`ErrorKind`]; after a lost answer only if it is still there.
pub async fn delete(client: &Client, knowledge_base: &KnowledgeBaseId, id: &DocumentId) -> Result<(), ApiError> {
    match dify::documents::delete(client, knowledge_base, id).await {
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(error) if error.is_outcome_unknown() => match dify::documents::get(client, knowledge_base, id).await {
            Err(gone) if gone.kind == ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        },
        outcome => outcome,
    }
}
