//! `GET /workspaces/current/models/model-types/{model_type}`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{LocalizedText, Model, ModelProvider, ModelProviders, ModelStatus, ModelType};
use serde_json::json;

use super::PROVIDER;
use crate::api::extract::Ids;
use crate::api::{ApiError, Host};
use crate::store::WORKSPACE;

/// The embedding models of the service, the one that the host was started with first; no models of any other type.
pub(crate) async fn handle(State(host): State<Host>, Ids(model_type): Ids<String>) -> Result<Json<ModelProviders>, ApiError> {
    let model_type = ModelType::from(model_type.as_str());
    if !model_type.is_known() {
        return Err(ApiError::invalid(format!("invalid origin model type {}", model_type.as_str())));
    }
    let mut data = Vec::new();
    if let Some(embeddings) = host.embeddings.as_ref().filter(|_| model_type == ModelType::TextEmbedding) {
        let models = embeddings.models().await.iter().map(|name| model(name)).collect();
        data.push(ModelProvider {
            provider: PROVIDER.to_owned(),
            label: LocalizedText { english: "OpenAI-compatible service".to_owned(), chinese: "OpenAI 兼容服务".to_owned() },
            // The contract has an object there; this host has no icons.
            icon_small: Some(LocalizedText::default()),
            icon_small_dark: None,
            status: ModelStatus::Active,
            models,
            tenant_id: Some(WORKSPACE.to_owned()),
        });
    }
    Ok(Json(ModelProviders { data }))
}

fn model(name: &str) -> Model {
    Model {
        model: name.to_owned(),
        label: LocalizedText { english: name.to_owned(), chinese: name.to_owned() },
        model_type: ModelType::TextEmbedding,
        fetch_from: Some("customizable-model".to_owned()),
        model_properties: json!({}),
        status: ModelStatus::Active,
        ..Model::default()
    }
}
