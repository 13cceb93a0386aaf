//! Retrieval.

use loredesk_wire::{RetrieveAnswer, RetrieveRequest};
use serde_json::Value;

use crate::{
    api::{ApiError, Client},
    model::{id::KnowledgeBaseId, retrieval::ModelName},
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

/// The reranking models that the server can use now.
///
/// # Errors
/// `NotOffered` on older servers.
pub async fn rerank_models(client: &Client) -> Result<Vec<ModelName>, ApiError> {
    // A key of one knowledge base may not ask what the workspace has.
    if !client.access().has_list() {
        return Ok(Vec::new());
    }
    let answer: Value = client.get("workspaces/current/models/model-types/rerank").await?;
    Ok(active_models(&answer))
}

fn active_models(answer: &Value) -> Vec<ModelName> {
    let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    // A status that is absent says nothing against it.
    let is_active = |value: &Value| value["status"].as_str().is_none_or(|status| status == "active");
    let of = |provider: Value| {
        let name = text(&provider, "provider");
        let models = list(&provider, "models").into_iter().filter(|model| is_active(model));
        models.map(|model| ModelName { provider: name.clone(), model: text(&model, "model") }).collect::<Vec<_>>()
    };
    list(answer, "data").into_iter().filter(|provider| is_active(provider)).flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_models_that_can_be_used_are_named() {
        let answer = json!({"data": [
            {"provider": "a/b/c", "status": "active", "models": [
                {"model": "good", "status": "active"}, {"model": "bad", "status": "no-configure"}, {"model": "plain"}]},
            {"provider": "off", "status": "no-configure", "models": [{"model": "x"}]},
            {"provider": "empty"},
        ]});
        let names: Vec<String> =
            active_models(&answer).into_iter().map(|model| format!("{} {}", model.provider, model.model)).collect();
        assert_eq!(names, ["a/b/c good", "a/b/c plain"]);
        assert!(active_models(&Value::Null).is_empty());
    }
}
