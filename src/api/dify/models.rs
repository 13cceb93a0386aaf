//! Models that the server can use.

use loredesk_wire::{ModelProviders, ModelType};

use crate::api::{ApiError, Client};

/// The models of a type, by provider.
///
/// Operation: getAvailableModels.
///
/// # Errors
/// `NotOffered` on older servers; `Forbidden` for a key that covers one knowledge base only.
pub async fn list(client: &Client, kind: &ModelType) -> Result<ModelProviders, ApiError> {
    client.get(&format!("workspaces/current/models/model-types/{}", kind.as_str())).await
}
