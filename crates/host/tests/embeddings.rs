//! High quality: against a small real embedding service whose vectors are made by hashing words, so that they are always the same.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use hyper::Method;
use loredesk_host::config::EmbeddingService;
use serde_json::{Value, json};
use support::{Client, TestHost, by_paragraph};

#[derive(Default)]
struct Service {
    is_down: AtomicBool,
    requests: AtomicU64,
}

/// Words of one meaning share a place, so that meaning and spelling differ.
fn vector(text: &str) -> Vec<f32> {
    let mut numbers = vec![0.0; 1024];
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2) {
        let meaning = match word {
            "automobile" | "vehicle" => "car",
            "physician" => "doctor",
            other => other,
        };
        let hash = meaning.bytes().fold(5381_usize, |hash, byte| hash.wrapping_mul(131) ^ usize::from(byte));
        numbers[hash % 1024] += 1.0;
    }
    numbers
}

async fn service() -> (SocketAddr, Arc<Service>) {
    let state = Arc::new(Service::default());
    let own = state.clone();
    let answer = move |Json(body): Json<Value>| async move {
        own.requests.fetch_add(1, Ordering::Relaxed);
        if own.is_down.load(Ordering::Relaxed) {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        assert_eq!(body["model"], "hash-1024");
        let texts = body["input"].as_array().unwrap();
        // In the wrong order, which the protocol allows.
        let data: Vec<Value> = texts
            .iter()
            .enumerate()
            .rev()
            .map(|(index, text)| json!({ "index": index, "embedding": vector(text.as_str().unwrap()) }))
            .collect();
        let answer: Response = Json(json!({ "object": "list", "data": data })).into_response();
        answer
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, Router::new().route("/v1/embeddings", post(answer))).into_future());
    (address, state)
}

async fn host(address: SocketAddr) -> TestHost {
    TestHost::with(|config| {
        config.embeddings =
            Some(EmbeddingService { url: format!("http://{address}/v1"), model: "hash-1024".into(), key: None, ca_file: None });
    })
    .await
}

async fn found(client: &Client, dataset: &str, query: &str, change: Value) -> Vec<(String, f64)> {
    let mut model =
        json!({ "search_method": "semantic_search", "reranking_enable": false, "top_k": 2, "score_threshold_enabled": false });
    model.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let answer =
        client.post(&format!("/datasets/{dataset}/retrieve"), &json!({ "query": query, "retrieval_model": model })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let answer = answer.json();
    let records = answer["records"].as_array().unwrap();
    records.iter().map(|r| (r["segment"]["content"].as_str().unwrap().to_owned(), r["score"].as_f64().unwrap())).collect()
}

#[tokio::test]
async fn meaning_is_searched() {
    let (address, state) = service().await;
    let host = host(address).await;
    let client = &host.client;
    let made = client.post("/datasets", &json!({ "name": "HQ", "indexing_technique": "high_quality" })).await.json();
    assert_eq!(
        (&made["embedding_model"], &made["retrieval_model_dict"]["search_method"]),
        (&json!("hash-1024"), &json!("semantic_search"))
    );
    let id = made["id"].as_str().unwrap();
    let document =
        client.text(id, "t", "My automobile needs petrol.\n\nThe physician was kind.\n\nThe car park is full of petrol.").await;

    let by_meaning = found(client, id, "doctor", json!({})).await;
    assert_eq!(by_meaning[0].0, "The physician was kind.");
    assert!(by_meaning[0].1 > 0.4 && by_meaning[0].1 <= 1.0, "{by_meaning:?}");
    assert!(found(client, id, "doctor", json!({ "search_method": "full_text_search" })).await.is_empty());
    let cut = json!({ "score_threshold_enabled": true, "score_threshold": 0.99 });
    assert!(found(client, id, "doctor", cut).await.is_empty());

    // Both mean the same to the service, only the second has the word.
    let weights = |meaning: f64| {
        json!({ "search_method": "hybrid_search", "reranking_mode": "weighted_score", "weights": {
        "vector_setting": { "vector_weight": meaning }, "keyword_setting": { "keyword_weight": 1.0 - meaning } } })
    };
    let words = found(client, id, "vehicle park", weights(0.0)).await;
    assert_eq!(words[0].0, "The car park is full of petrol.");
    let both = found(client, id, "vehicle petrol", weights(0.7)).await;
    assert_eq!(both.len(), 2);
    assert!(both[0].1 >= both[1].1);

    let segments = format!("/datasets/{id}/documents/{document}/segments");
    let added = client.post(&segments, &json!({ "segments": [{ "content": "A vehicle for the doctor." }] })).await.json();
    assert_eq!(found(client, id, "doctor vehicle", json!({})).await[0].0, "A vehicle for the doctor.");
    let one = format!("{segments}/{}", added["data"][0]["id"].as_str().unwrap());
    let changed = client.post(&one, &json!({ "segment": { "content": "Bananas only." } })).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(found(client, id, "bananas", json!({})).await[0].0, "Bananas only.");

    state.is_down.store(true, Ordering::Relaxed);
    let refused = client.post(&segments, &json!({ "segments": [{ "content": "x y z" }] })).await;
    assert_eq!((refused.status.as_u16(), refused.refusal().as_str()), (400, "provider_not_initialize"));
    let query = client.post(&format!("/datasets/{id}/retrieve"), &json!({ "query": "x" })).await;
    assert!(query.message().contains("embedding service"), "{}", query.message());
    let body = json!({ "name": "failing", "text": "text", "process_rule": by_paragraph() });
    let accepted = client.post(&format!("/datasets/{id}/document/create-by-text"), &body).await.json();
    let status = client.indexed(id, accepted["batch"].as_str().unwrap()).await;
    assert!(status["error"].as_str().unwrap().contains("embedding service"), "{status}");
}

#[tokio::test]
async fn a_change_of_the_technique_indexes_again() {
    let (address, state) = service().await;
    let host = host(address).await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.text(&id, "t", "The physician was kind.").await;
    assert_eq!(state.requests.load(Ordering::Relaxed), 0);
    let path = format!("/datasets/{id}");
    let changed = client.json(Method::PATCH, &path, &json!({ "indexing_technique": "high_quality" })).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    while client.get(&format!("{path}/documents/{document}")).await.json()["display_status"] != "available" {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(found(client, &id, "doctor", json!({})).await[0].0, "The physician was kind.");
    let other =
        client.json(Method::PATCH, &path, &json!({ "indexing_technique": "high_quality", "embedding_model": "other" })).await;
    assert_eq!(other.refusal(), "invalid_param");
    let back = client.json(Method::PATCH, &path, &json!({ "indexing_technique": "economy" })).await.json();
    assert_eq!(back["embedding_model"], Value::Null);
    let refused = client
        .post(
            &format!("{path}/retrieve"),
            &json!({ "query": "x", "retrieval_model": {
        "search_method": "semantic_search", "reranking_enable": false, "top_k": 2, "score_threshold_enabled": false } }),
        )
        .await;
    assert_eq!(refused.refusal(), "provider_not_initialize");
}

#[tokio::test]
async fn meaning_finds_parents_by_their_children() {
    let (address, state) = service().await;
    let host = host(address).await;
    let client = &host.client;
    let made = client.post("/datasets", &json!({ "name": "Tree", "indexing_technique": "high_quality" })).await.json();
    let id = made["id"].as_str().unwrap();
    let text = "My automobile needs petrol. The garden is green. A bird sings.\n\nThe physician was kind. The nurse was late.";
    let document = client.hierarchical(id, "t", text).await;
    for method in ["semantic_search", "hybrid_search"] {
        let records = client.retrieve(id, "doctor", method, 2).await;
        assert_eq!(records[0]["segment"]["content"], "The physician was kind. The nurse was late.", "{method}");
        let child = &records[0]["child_chunks"][0];
        assert_eq!((&child["content"], &child["score"]), (&json!("The physician was kind"), &records[0]["score"]), "{method}");
        let places: Vec<_> = records.iter().map(|record| &record["segment"]["id"]).collect();
        assert!(places.len() <= 2 && places.first() != places.get(1), "each parent once: {records:?}");
    }
    // A parent with many children near the query takes one place.
    let many: String = (0..300).map(|number| format!("Vehicle number {number}. ")).collect();
    client.hierarchical(id, "many", &many).await;
    let records = client.retrieve(id, "car", "semantic_search", 2).await;
    assert_eq!(records.len(), 2);
    assert_ne!(records[0]["segment"]["id"], records[1]["segment"]["id"]);

    let segments = client.segments(id, &document).await;
    let path = format!("/datasets/{id}/documents/{document}/segments/{}", segments[0]["id"].as_str().unwrap());
    let children = format!("{path}/child_chunks");
    let added = client.post(&children, &json!({ "content": "Bananas for the doctor" })).await;
    assert_eq!(added.status, 200, "{added:?}");
    assert_eq!(found(client, id, "bananas", json!({})).await[0].0, segments[0]["content"].as_str().unwrap());
    assert_eq!(client.post(&children, &json!({ "content": "  " })).await.status, 200, "a blank text needs no embedding");
    let one = format!("{children}/{}", added.json()["data"]["id"].as_str().unwrap());
    client.json(Method::PATCH, &one, &json!({ "content": "Cherries" })).await;
    assert!(client.retrieve(id, "cherries", "semantic_search", 1).await[0]["child_chunks"][0]["content"] == "Cherries");
    client.delete(&one).await;
    let gone = client.retrieve(id, "cherries", "semantic_search", 1).await;
    assert!(gone.iter().all(|record| record["score"] == 0.0), "{gone:?}");
    let renew = json!({ "segment": { "content": "Lemons. Limes.", "regenerate_child_chunks": true } });
    assert_eq!(client.post(&path, &renew).await.status, 200);
    assert_eq!(client.retrieve(id, "limes", "semantic_search", 1).await[0]["child_chunks"][0]["content"], "Limes.");

    state.is_down.store(true, Ordering::Relaxed);
    let before = client.get(&children).await.json();
    for answer in [
        client.post(&children, &json!({ "content": "x y z" })).await,
        client.post(&path, &json!({ "segment": { "content": "New one.", "regenerate_child_chunks": true } })).await,
    ] {
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "provider_not_initialize"));
    }
    assert_eq!(client.get(&children).await.json(), before, "nothing changed");
}
