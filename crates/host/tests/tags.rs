//! Tags over HTTP: made, named, bound, counted, filtered by, refused.
//!
//! Proves: createKnowledgeTag, getKnowledgeTags, updateKnowledgeTag, deleteKnowledgeTag, bindTagsToDataset, unbindTagFromDataset, queryDatasetTags.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::recorded::assert_same_shape;
use support::{Client, TestHost};

const NONE: &str = "00000000-0000-4000-8000-000000000000";

async fn tag(client: &Client, name: &str) -> String {
    let made = client.post("/datasets/tags", &json!({ "name": name })).await;
    assert_eq!(made.status, 200, "{made:?}");
    made.json()["id"].as_str().unwrap().to_owned()
}

async fn bind(client: &Client, tags: &[&str], dataset: &str) {
    let bound = client.post("/datasets/tags/binding", &json!({ "tag_ids": tags, "target_id": dataset })).await;
    assert_eq!((bound.status.as_u16(), bound.body.len()), (204, 0), "{bound:?}");
}

/// Name and count of every tag.
async fn counts(client: &Client) -> Vec<(String, String)> {
    let tags = client.get("/datasets/tags").await.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    tags.as_array().unwrap().iter().map(|tag| (text(&tag["name"]), text(&tag["binding_count"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, count)| ((*name).to_owned(), (*count).to_owned())).collect()
}

#[tokio::test]
async fn a_tag_from_make_to_delete() {
    let host = TestHost::start().await;
    let client = &host.client;
    assert_eq!(client.get("/datasets/tags").await.json(), json!([]));
    let made = client.post("/datasets/tags", &json!({ "name": "Hardware 硬件" })).await.json();
    assert_same_shape(&made, "tags.create");
    assert_eq!(made, json!({ "id": made["id"], "name": "Hardware 硬件", "type": "knowledge", "binding_count": "0" }));
    let id = made["id"].as_str().unwrap();
    tag(client, "software").await;
    assert_same_shape(&client.get("/datasets/tags").await.json(), "tags.list");
    assert_eq!(counts(client).await, pairs(&[("software", "0"), ("Hardware 硬件", "0")]), "newest first");

    let rename = json!({ "tag_id": id.to_uppercase(), "name": "hardware" });
    let renamed = client.json(Method::PATCH, "/datasets/tags", &rename).await;
    assert_eq!((renamed.status.as_u16(), renamed.json()["name"].clone()), (200, json!("hardware")));
    // A lost answer is repeated.
    assert_eq!(client.json(Method::PATCH, "/datasets/tags", &rename).await.status, 200);

    let gone = client.json(Method::DELETE, "/datasets/tags", &json!({ "tag_id": id })).await;
    assert_eq!((gone.status.as_u16(), gone.body.len()), (204, 0));
    assert_eq!(counts(client).await, pairs(&[("software", "0")]));
    for (method, body) in [(Method::DELETE, json!({ "tag_id": id })), (Method::PATCH, json!({ "tag_id": id, "name": "x" }))] {
        let answer = client.json(method, "/datasets/tags", &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.refusal().as_str(), answer.message().as_str()),
            (404, "not_found", "Tag not found")
        );
    }
    tag(client, "hardware").await;
}

#[tokio::test]
async fn wrong_tags_are_refused_and_change_nothing() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = tag(client, "taken").await;
    let other = tag(client, "other").await;
    let dataset = client.dataset("KB").await;
    bind(client, &[&id], &dataset).await;
    let before = (counts(client).await, client.get(&format!("/datasets/{dataset}")).await.json());
    let long = "t".repeat(51);
    for (method, path, body, field) in [
        (Method::POST, "/datasets/tags", json!({}), "name"),
        (Method::POST, "/datasets/tags", json!({ "name": "" }), "name"),
        (Method::POST, "/datasets/tags", json!({ "name": long }), "name"),
        (Method::POST, "/datasets/tags", json!({ "name": 5 }), "name"),
        (Method::PATCH, "/datasets/tags", json!({ "name": "x" }), "tag_id"),
        (Method::PATCH, "/datasets/tags", json!({ "tag_id": id, "name": long }), "name"),
        (Method::DELETE, "/datasets/tags", json!({}), "tag_id"),
        (Method::POST, "/datasets/tags/binding", json!({ "tag_ids": [], "target_id": dataset }), "tag_ids"),
        (Method::POST, "/datasets/tags/binding", json!({ "tag_ids": [5], "target_id": dataset }), "tag_ids"),
        (Method::POST, "/datasets/tags/binding", json!({ "tag_ids": [other] }), "target_id"),
        (Method::POST, "/datasets/tags/unbinding", json!({ "target_id": dataset }), "tag_ids"),
        (Method::POST, "/datasets/tags/unbinding", json!({ "tag_ids": [], "target_id": dataset }), "tag_ids"),
        (Method::POST, "/datasets/tags/unbinding", json!({ "tag_id": id }), "target_id"),
    ] {
        let answer = client.json(method.clone(), path, &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{method} {path} {body}");
        assert!(answer.message().lines().any(|line| line == field), "{body}: {}", answer.message());
    }
    for (method, body) in
        [(Method::POST, json!({ "name": "taken" })), (Method::PATCH, json!({ "tag_id": other, "name": "taken" }))]
    {
        let answer = client.json(method, "/datasets/tags", &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"));
        assert_eq!(answer.message(), "Tag name already exists");
    }
    for path in ["binding", "unbinding"] {
        for target in [NONE, "abc"] {
            let body = json!({ "tag_ids": [id], "target_id": target });
            let answer = client.post(&format!("/datasets/tags/{path}"), &body).await;
            assert_eq!((answer.status.as_u16(), answer.message().as_str()), (404, "Dataset not found."), "{path} {target}");
        }
    }
    assert_eq!(client.get(&format!("/datasets/{NONE}/tags")).await.message(), "Dataset not found.");
    assert_eq!(client.get("/datasets/abc/tags").await.status, 404);
    let no_body = client.send(Method::DELETE, "/datasets/tags", &[], "".into()).await;
    assert_eq!((no_body.status.as_u16(), no_body.refusal().as_str()), (415, "unsupported_media_type"));
    assert_eq!((counts(client).await, client.get(&format!("/datasets/{dataset}")).await.json()), before);
}

#[tokio::test]
async fn knowledge_bases_carry_tags() {
    let host = TestHost::start().await;
    let client = &host.client;
    let (red, blue, green) = (tag(client, "red").await, tag(client, "blue").await, tag(client, "green").await);
    let (first, second) = (client.dataset("First").await, client.dataset("Second").await);
    bind(client, &[&blue, &red], &first).await;
    bind(client, &[&red], &first).await;
    // By the contract, ids that there are not are passed over.
    bind(client, &[NONE, "abc", &red.to_uppercase()], &second).await;
    assert_eq!(counts(client).await, pairs(&[("green", "0"), ("blue", "1"), ("red", "2")]));

    let both = json!([{ "id": red, "name": "red", "type": "knowledge" }, { "id": blue, "name": "blue", "type": "knowledge" }]);
    assert_eq!(client.get(&format!("/datasets/{first}")).await.json()["tags"], both);
    assert_eq!(client.json(Method::PATCH, &format!("/datasets/{first}"), &json!({})).await.json()["tags"], both);
    let own = client.get(&format!("/datasets/{first}/tags")).await.json();
    assert_eq!(own, json!({ "data": [{ "id": red, "name": "red" }, { "id": blue, "name": "blue" }], "total": 2 }));

    for (query, names) in [
        (format!("tag_ids={red}"), vec!["Second", "First"]),
        (format!("tag_ids={blue}"), vec!["First"]),
        (format!("tag_ids={blue}&tag_ids={red}"), vec!["Second", "First"]),
        (format!("tag_ids={green},{blue}"), vec!["First"]),
        (format!("tag_ids%5B%5D={blue}"), vec!["First"]),
        (format!("tag_ids={}", blue.to_uppercase()), vec!["First"]),
        (format!("tag_ids={red}&keyword=sec"), vec!["Second"]),
        (format!("tag_ids={red}&limit=1&page=2"), vec!["First"]),
        (format!("tag_ids={green}"), vec![]),
        (format!("tag_ids={NONE}"), vec![]),
        ("tag_ids=abc".to_owned(), vec![]),
        ("tag_ids=".to_owned(), vec!["Second", "First"]),
    ] {
        let list = client.get(&format!("/datasets?{query}")).await.json();
        let found: Vec<_> = list["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{query}");
        assert!(list["total"].as_u64().unwrap() >= found.len() as u64, "{query}");
    }

    let list = client.get("/datasets").await.json();
    assert_eq!(list["data"][1]["tags"], both, "in lists too");
    for body in
        [json!({ "tag_ids": null, "tag_id": blue, "target_id": first }), json!({ "tag_ids": [red, NONE], "target_id": first })]
    {
        for _again in 0..2 {
            let answer = client.post("/datasets/tags/unbinding", &body).await;
            assert_eq!((answer.status.as_u16(), answer.body.len()), (204, 0), "{body}");
        }
    }
    assert_eq!(client.get(&format!("/datasets/{first}/tags")).await.json(), json!({ "data": [], "total": 0 }));
    assert_eq!(counts(client).await, pairs(&[("green", "0"), ("blue", "0"), ("red", "1")]));
}

#[tokio::test]
async fn what_is_deleted_is_bound_no_more() {
    let host = TestHost::start().await;
    let client = &host.client;
    let (red, blue) = (tag(client, "red").await, tag(client, "blue").await);
    let (gone, stays) = (client.dataset("Gone").await, client.dataset("Stays").await);
    bind(client, &[&red, &blue], &gone).await;
    bind(client, &[&red, &blue], &stays).await;
    client.delete(&format!("/datasets/{gone}")).await;
    assert_eq!(counts(client).await, pairs(&[("blue", "1"), ("red", "1")]), "at once");
    client.json(Method::DELETE, "/datasets/tags", &json!({ "tag_id": red })).await;
    let folder = host.stop().await;
    let host = TestHost::on(folder).await;
    assert_eq!(counts(&host.client).await, pairs(&[("blue", "1")]), "after a restart");
    let tags = host.client.get(&format!("/datasets/{stays}")).await.json()["tags"].clone();
    assert_eq!(tags, json!([{ "id": blue, "name": "blue", "type": "knowledge" }]));
}

#[tokio::test]
async fn ten_racing_creates_of_one_tag_make_one() {
    let host = TestHost::start().await;
    let mut tasks = Vec::new();
    for _ in 0..10 {
        let client = host.client.clone();
        tasks.push(tokio::spawn(async move { client.post("/datasets/tags", &json!({ "name": "race" })).await.status.as_u16() }));
    }
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400, 400, 400, 400, 400, 400, 400, 400]);
    assert_eq!(counts(&host.client).await.len(), 1);
}
