//! The fault layer does what the browser tests rely on.

#![cfg(feature = "faults")]
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::time::{Duration, Instant};

use hyper::Method;
use hyper::body::Bytes;
use serde_json::{Value, json};
use support::TestHost;

async fn set(host: &TestHost, rules: Value) {
    assert_eq!(host.client.post("//_faults", &rules).await.status, 204);
}

#[tokio::test]
async fn answers_are_wrong_slow_cut_and_lost() {
    let host = TestHost::start().await;
    let client = &host.client;
    client.dataset("KB").await;
    set(&host, json!([{ "path_contains": "/datasets", "times": 1, "action": { "status": { "status": 503, "body": "{\"code\":\"x\"}" } } }])).await;
    let answer = client.get("/datasets").await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str()), (503, Some("x")));
    assert_eq!(client.get("/datasets").await.status, 200, "once only");

    set(&host, json!([{ "action": { "delay_ms": 200 } }, { "action": "html" }])).await;
    let started = Instant::now();
    let answer = client.get("/datasets").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (502, "text/html"));
    assert!(started.elapsed() >= Duration::from_millis(200));

    set(&host, json!([{ "action": "garbage" }])).await;
    assert!(serde_json::from_slice::<Value>(&client.get("/datasets").await.body).is_err());

    let fails = || async { client.try_send(Method::GET, "/datasets", &[], Bytes::new()).await.is_err() };
    set(&host, json!([{ "after": 1, "action": "drop" }])).await;
    assert!(!fails().await, "the first passes");
    assert!(fails().await);
    set(&host, json!([{ "action": { "truncate": { "bytes": 10 } } }])).await;
    assert!(fails().await);

    let pieces = json!(["data: 1\n\n", "data: 2\n\n"]);
    set(&host, json!([{ "action": { "stream": { "pieces": pieces, "pause_ms": 100 } } }])).await;
    let started = Instant::now();
    let answer = client.get("/datasets").await;
    assert_eq!((answer.header("content-type"), &answer.body[..]), ("text/event-stream", &b"data: 1\n\ndata: 2\n\n"[..]));
    assert!(started.elapsed() >= Duration::from_millis(200));
    set(&host, json!([{ "action": { "stream": { "pieces": pieces, "is_cut": true } } }])).await;
    assert!(fails().await);

    set(&host, json!([{ "method": "POST", "action": "drop_after" }])).await;
    let body = json!({ "name": "made" }).to_string();
    let lost = client.try_send(Method::POST, "/datasets", &[("content-type", "application/json")], body.into()).await;
    assert!(lost.is_err());
    set(&host, json!([])).await;
    assert_eq!(client.get("/datasets?keyword=made").await.json()["total"], 1, "it happened all the same");

    set(&host, json!([{ "path_contains": "create-by-file", "action": { "reset_upload": { "bytes": 1000 } } }])).await;
    let upload = client.try_send(Method::POST, "/datasets/x/document/create-by-file", &[], vec![0; 5_000_000].into()).await;
    assert!(upload.is_err());
    assert_eq!(client.post("//_faults", &json!({ "no": "list" })).await.refusal(), "invalid_param");
}

#[tokio::test]
async fn requests_are_logged_until_they_are_cleared() {
    let host = TestHost::start().await;
    let client = &host.client;
    client.get("/datasets?page=2").await;
    client.get("//config.json").await;
    let log = client.get("//_faults/log").await.json();
    assert_eq!(
        (log.as_array().unwrap().len(), &log[0]["path"], &log[0]["method"]),
        (1, &json!("/api/local/datasets?page=2"), &json!("GET"))
    );
    set(&host, json!([{ "action": "drop" }])).await;
    assert_eq!(client.delete("//_faults").await.status, 204);
    assert_eq!(client.get("//_faults/log").await.json(), json!([]));
    assert_eq!(client.get("/datasets").await.status, 200);
}

#[tokio::test]
async fn what_is_done_can_be_answered_otherwise() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    set(
        &host,
        json!([{ "action": { "replace": { "/data/0/name": "Other", "/data/0/odd": [1], "/has_more": true, "/no/where": 1 } } }]),
    )
    .await;
    let list = client.get("/datasets").await.json();
    assert_eq!(
        (&list["data"][0]["name"], &list["data"][0]["odd"], &list["has_more"]),
        (&json!("Other"), &json!([1]), &json!(true))
    );
    assert!(list["no"].is_null());

    set(
        &host,
        json!([{ "method": "DELETE", "action": { "instead": { "status": 200, "body": "204", "headers": { "x-odd": "1" } } } }]),
    )
    .await;
    let answer = client.delete(&format!("/datasets/{id}")).await;
    assert_eq!((answer.status.as_u16(), answer.json(), answer.header("x-odd")), (200, json!(204), "1"));
    assert_eq!(client.get("/datasets").await.json()["total"], 0, "it happened");
}

#[tokio::test]
async fn a_rule_may_look_into_the_body_and_the_log_keeps_it() {
    let host = TestHost::start().await;
    let client = &host.client;
    set(&host, json!([{ "method": "POST", "body_contains": "poison", "action": { "status": { "status": 400, "body": "{}" } } }]))
        .await;
    assert_eq!(client.post("/datasets", &json!({ "name": "good" })).await.status, 200);
    assert_eq!(client.post("/datasets", &json!({ "name": "poison" })).await.status, 400);
    let log = client.get("//_faults/log").await.json();
    assert_eq!((&log[0]["body"]["name"], &log[1]["body"]["name"]), (&json!("good"), &json!("poison")));
}
