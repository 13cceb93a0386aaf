//! Models that the server can use.

use loredesk_wire::{ModelProviders, ModelType};

use crate::api::{ApiError, Client};

/// The models of a type, by provider.
///
/// # Errors
/// `Forbidden(KeyScope)` for a key of one knowledge base.
pub async fn list(client: &Client, kind: &ModelType) -> Result<ModelProviders, ApiError> {
    client.get(&format!("workspaces/current/models/model-types/{}", kind.as_str())).await
}
