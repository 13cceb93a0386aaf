//! Embedding models over HTTP: what the service offers, what may be chosen, and what a change does.
//!
//! Proves: getAvailableModels.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper::Method;
use loredesk_host::config::EmbeddingService;
use serde_json::{Value, json};
use support::recorded::assert_same_shape;
use support::{Client, TestHost};

/// How often each model was asked.
type Asked = Arc<Mutex<HashMap<String, usize>>>;

/// Vectors of another length for each model, so that those of one model are of no use with another.
fn dimensions(model: &str) -> Option<usize> {
    match model {
        "small" => Some(64),
        "large" => Some(128),
        _ => None,
    }
}

fn vector(text: &str, dimensions: usize) -> Vec<f32> {
    let mut numbers = vec![0.0; dimensions];
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let hash = word.bytes().fold(5381_usize, |hash, byte| hash.wrapping_mul(33) ^ usize::from(byte));
        numbers[hash % dimensions] += 1.0;
    }
    numbers
}

/// An embedding service with two models and a language model; answers `list` to the question for its models.
async fn service(list: Option<Value>) -> (SocketAddr, Asked) {
    let asked = Asked::default();
    let counts = asked.clone();
    let embed = move |Json(body): Json<Value>| async move {
        let model = body["model"].as_str().unwrap().to_owned();
        *counts.lock().unwrap().entry(model.clone()).or_default() += 1;
        let Some(dimensions) = dimensions(&model) else { return StatusCode::NOT_FOUND.into_response() };
        let texts = body["input"].as_array().unwrap().iter().enumerate();
        let entry =
            |(index, text): (usize, &Value)| json!({ "index": index, "embedding": vector(text.as_str().unwrap(), dimensions) });
        Json(json!({ "data": texts.map(entry).collect::<Vec<_>>() })).into_response()
    };
    let models =
        move || async move { list.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |list| Json(list).into_response()) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/v1/embeddings", post(embed)).route("/v1/models", get(models));
    tokio::spawn(axum::serve(listener, router).into_future());
    (address, asked)
}

async fn host(address: SocketAddr) -> TestHost {
    TestHost::with(|config| {
        config.embeddings =
            Some(EmbeddingService { url: format!("http://{address}/v1"), model: "small".into(), key: None, ca_file: None });
    })
    .await
}

fn three_models() -> Value {
    json!({ "object": "list", "data": [{ "id": "talker", "object": "model" }, { "id": "small" }, { "id": "large" }] })
}

async fn names(client: &Client, kind: &str) -> Vec<String> {
    let answer = client.get(&format!("/workspaces/current/models/model-types/{kind}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let providers = answer.json()["data"].as_array().unwrap().clone();
    let models = providers.iter().flat_map(|provider| provider["models"].as_array().unwrap().clone());
    models.map(|model| model["model"].as_str().unwrap().to_owned()).collect()
}

async fn wait_until_available(client: &Client, dataset: &str) {
    while client.get(&format!("/datasets/{dataset}")).await.json()["total_available_documents"] == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

async fn found(client: &Client, dataset: &str, query: &str) -> usize {
    let model = json!({ "search_method": "semantic_search", "reranking_enable": false, "top_k": 5,
        "score_threshold_enabled": true, "score_threshold": 0.3 });
    let answer =
        client.post(&format!("/datasets/{dataset}/retrieve"), &json!({ "query": query, "retrieval_model": model })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["records"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_models_of_the_service_are_listed() {
    let (address, _) = service(Some(three_models())).await;
    let with = host(address).await;
    let list = with.client.get("/workspaces/current/models/model-types/text-embedding").await.json();
    let mut without_figures = list.clone();
    for model in without_figures["data"][0]["models"].as_array_mut().unwrap() {
        assert!(model["model_properties"].is_object(), "{model}");
        // Every model has figures of its own, and an OpenAI-compatible service tells none.
        model["model_properties"] = Value::Null;
    }
    assert_same_shape(&without_figures, "models.text-embedding.configured");
    assert_eq!(names(&with.client, "text-embedding").await, ["small", "talker", "large"], "the configured one first");
    for kind in ["rerank", "llm", "tts", "speech2text", "moderation"] {
        assert!(names(&with.client, kind).await.is_empty(), "{kind}");
    }
    let bogus = with.client.get("/workspaces/current/models/model-types/bogus").await;
    assert_eq!((bogus.status.as_u16(), bogus.message().as_str()), (400, "invalid origin model type bogus"));

    let without = TestHost::start().await;
    assert!(names(&without.client, "text-embedding").await.is_empty());
    for list in [None, Some(json!({ "models": [] })), Some(json!([1]))] {
        let (address, _) = service(list).await;
        assert_eq!(names(&host(address).await.client, "text-embedding").await, ["small"], "a service without a list");
    }
    let nobody = SocketAddr::from(([127, 0, 0, 1], 9));
    assert_eq!(names(&host(nobody).await.client, "text-embedding").await, ["small"], "a service that is down");
}

#[tokio::test]
async fn a_model_that_the_service_has_can_be_chosen() {
    let (address, asked) = service(None).await;
    let host = host(address).await;
    let client = &host.client;
    let body = json!({ "name": "Large", "indexing_technique": "high_quality", "embedding_model": "large", "embedding_model_provider": "openai" });
    let made = client.post("/datasets", &body).await.json();
    assert_eq!((&made["embedding_model"], &made["embedding_model_provider"]), (&json!("large"), &json!("openai")));
    let id = made["id"].as_str().unwrap();
    let document = client.text(id, "t", "The physician was kind.").await;
    assert_eq!(found(client, id, "physician").await, 1);
    let chunk = json!({ "segments": [{ "content": "Bananas grow here." }] });
    assert_eq!(client.post(&format!("/datasets/{id}/documents/{document}/segments"), &chunk).await.status, 200);
    assert_eq!(found(client, id, "bananas grow here").await, 1);
    assert_eq!(asked.lock().unwrap().get("small"), None, "no other model was asked");

    for (change, said) in [
        (json!({ "embedding_model": "unknown" }), "The embedding model unknown cannot be used."),
        (json!({ "embedding_model_provider": "nobody" }), "Provider nobody does not exist."),
    ] {
        let mut body = json!({ "name": "Refused", "indexing_technique": "high_quality" });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = client.post("/datasets", &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{body}");
        assert!(answer.message().starts_with(said), "{}", answer.message());
    }
    // The first document may choose as well.
    let bare = client.post("/datasets", &json!({ "name": "Bare" })).await.json();
    let bare = bare["id"].as_str().unwrap();
    let text =
        |model: &str| json!({ "name": "t", "text": "some text", "indexing_technique": "high_quality", "embedding_model": model });
    let refused = client.post(&format!("/datasets/{bare}/document/create-by-text"), &text("unknown")).await;
    assert_eq!((refused.status.as_u16(), refused.refusal().as_str()), (400, "provider_not_initialize"));
    assert_eq!(client.get(&format!("/datasets/{bare}")).await.json()["indexing_technique"], Value::Null);
    assert_eq!(client.post(&format!("/datasets/{bare}/document/create-by-text"), &text("large")).await.status, 200);
    assert_eq!(client.get(&format!("/datasets/{bare}")).await.json()["embedding_model"], "large");
    assert_eq!(client.get("/datasets").await.json()["total"], 2);
}

#[tokio::test]
async fn another_model_embeds_every_document_again() {
    let (address, asked) = service(Some(three_models())).await;
    let host = host(address).await;
    let client = &host.client;
    let made = client.post("/datasets", &json!({ "name": "KB", "indexing_technique": "high_quality" })).await.json();
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["embedding_model"], "small");
    let document = client.text(id, "t", "The physician was kind.").await;
    let path = format!("/datasets/{id}");
    let before = client.get(&path).await.json();

    let refused = client.json(Method::PATCH, &path, &json!({ "embedding_model": "talker", "name": "Renamed" })).await;
    assert_eq!((refused.status.as_u16(), refused.refusal().as_str()), (400, "invalid_param"));
    assert_eq!(client.get(&path).await.json(), before, "nothing was changed");

    // The own model, sent back, is no change.
    let same =
        client.json(Method::PATCH, &path, &json!({ "indexing_technique": "high_quality", "embedding_model": "small" })).await;
    assert_eq!(same.json()["total_available_documents"], 1);
    let changed = client.json(Method::PATCH, &path, &json!({ "embedding_model": "large" })).await.json();
    assert_eq!((&changed["embedding_model"], &changed["total_available_documents"]), (&json!("large"), &json!(0)));
    wait_until_available(client, id).await;
    assert_eq!(found(client, id, "physician").await, 1);
    // Other settings leave the model alone, also the technique that it has already.
    let kept =
        client.json(Method::PATCH, &path, &json!({ "indexing_technique": "high_quality", "description": "d" })).await.json();
    assert_eq!((&kept["embedding_model"], &kept["total_available_documents"]), (&json!("large"), &json!(1)));

    let economy =
        client.json(Method::PATCH, &path, &json!({ "indexing_technique": "economy", "embedding_model": "large" })).await.json();
    assert_eq!((&economy["embedding_model"], &economy["embedding_model_provider"]), (&Value::Null, &Value::Null));
    wait_until_available(client, id).await;
    let asked_before = asked.lock().unwrap().clone();
    let query = json!({ "query": "physician", "retrieval_model": { "search_method": "keyword_search", "reranking_enable": false,
        "top_k": 5, "score_threshold_enabled": false } });
    let records = client.post(&format!("{path}/retrieve"), &query).await.json()["records"].clone();
    assert_eq!(records.as_array().unwrap().len(), 1);
    assert_eq!(*asked.lock().unwrap(), asked_before);

    let back = client
        .json(Method::PATCH, &path, &json!({ "indexing_technique": "high_quality", "embedding_model": "large" }))
        .await
        .json();
    assert_eq!(back["embedding_model"], "large");
    wait_until_available(client, id).await;
    assert_eq!(found(client, id, "physician").await, 1);
    assert_eq!(client.segments(id, &document).await.len(), 1);
}
