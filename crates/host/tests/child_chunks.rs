//! Child chunks over HTTP.
//!
//! Proves: createChildChunk, getChildChunks, updateChildChunk, deleteChildChunk.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::TestHost;

const NONE: &str = "00000000-0000-4000-8000-000000000000";

/// A host with one document of two parents; the path of the first one's child chunks, and the knowledge base.
async fn begin() -> (TestHost, String, String) {
    let host = TestHost::start().await;
    let id = host.client.dataset("KB").await;
    let text = "First parent sentence one. First parent sentence two. First parent sentence three.\n\nSecond parent alpha.";
    let document = host.client.hierarchical(&id, "handbook", text).await;
    let segment = host.client.segments(&id, &document).await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/datasets/{id}/documents/{document}/segments/{segment}/child_chunks");
    (host, path, id)
}

#[tokio::test]
async fn child_chunks_are_added_changed_and_removed() {
    let (host, path, id) = begin().await;
    let client = &host.client;
    let added = client.post(&path, &json!({ "content": "An added child chunk." })).await;
    assert_eq!(added.status, 200);
    let added = added.json();
    let child = &added["data"];
    assert_eq!(
        (&child["position"], &child["word_count"], &child["type"], &child["content"]),
        (&json!(4), &json!(21), &json!("customized"), &json!("An added child chunk."))
    );
    assert!(child["created_at"].is_i64() && child["updated_at"].is_i64());
    assert!(path.contains(child["segment_id"].as_str().unwrap()));
    let found = client.retrieve(&id, "added", "keyword_search", 5).await;
    assert_eq!(found[0]["child_chunks"][0]["id"], child["id"]);
    let empty = client.post(&path, &json!({ "content": "" })).await.json();
    assert_eq!((&empty["data"]["position"], &empty["data"]["word_count"]), (&json!(5), &json!(0)));

    let one = format!("{path}/{}", child["id"].as_str().unwrap());
    let changed = client.json(Method::PATCH, &one, &json!({ "content": "An edited pebble." })).await;
    assert_eq!(changed.status, 200);
    let changed = changed.json();
    assert_eq!(
        (&changed["data"]["id"], &changed["data"]["content"], &changed["data"]["position"]),
        (&child["id"], &json!("An edited pebble."), &json!(4))
    );
    assert!(client.retrieve(&id, "added", "keyword_search", 5).await.is_empty());
    assert_eq!(client.retrieve(&id, "pebble", "keyword_search", 5).await.len(), 1);

    // One that the split made is customized once somebody changes it.
    let first = client.get(&path).await.json()["data"][0].clone();
    assert_eq!(first["type"], "automatic");
    let touched = format!("{path}/{}", first["id"].as_str().unwrap());
    let touched = client.json(Method::PATCH, &touched, &json!({ "content": "Touched." })).await.json();
    assert_eq!((&touched["data"]["type"], &touched["data"]["position"]), (&json!("customized"), &json!(1)));

    let gone = client.delete(&one).await;
    assert_eq!((gone.status.as_u16(), gone.body.len()), (204, 0));
    assert!(client.retrieve(&id, "pebble", "keyword_search", 5).await.is_empty());
    for answer in [client.delete(&one).await, client.json(Method::PATCH, &one, &json!({ "content": "x" })).await] {
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (404, "not_found"));
        assert_eq!(answer.message(), "Child chunk not found.");
    }
    let positions: Vec<u64> = client.get(&path).await.json()["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|child| child["position"].as_u64().unwrap())
        .collect();
    assert_eq!(positions, [1, 2, 3, 5], "not renumbered");
    assert_eq!(client.get(&one).await.status, 405);
    // The parent's text stays as it is.
    let parent = client.get(path.strip_suffix("/child_chunks").unwrap()).await.json();
    assert!(parent["data"]["content"].as_str().unwrap().starts_with("First parent sentence one."));
}

#[tokio::test]
async fn lists_are_paged_as_recorded() {
    let (host, path, _) = begin().await;
    let client = &host.client;
    for (query, length, total, total_pages, page, limit) in [
        ("", 3, 3, 1, 1, 20),
        ("?page=1&limit=1", 1, 3, 3, 1, 1),
        ("?limit=101", 3, 3, 1, 1, 100),
        ("?page=9&limit=2", 0, 3, 2, 9, 2),
        ("?page=99999999999999999999999&limit=99999999999999999999999", 0, 3, 1, i64::MAX, 100),
        ("?keyword=TWO", 1, 1, 1, 1, 20),
        ("?keyword=%25", 0, 0, 0, 1, 20),
    ] {
        let answer = client.get(&format!("{path}{query}")).await;
        assert_eq!(answer.status, 200);
        let answer = answer.json();
        assert_eq!(answer["data"].as_array().unwrap().len(), length, "{query}");
        assert_eq!(
            (&answer["total"], &answer["total_pages"], &answer["page"], &answer["limit"]),
            (&json!(total), &json!(total_pages), &json!(page), &json!(limit)),
            "{query}"
        );
        assert!(answer.get("has_more").is_none());
    }
    for query in ["?page=0", "?limit=0", "?page=-1&limit=-1", "?page=x"] {
        let answer = client.get(&format!("{path}{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{query}");
        let field = if query.starts_with("?limit") { "limit" } else { "page" };
        assert!(answer.message().lines().any(|line| line == field), "{query}: {}", answer.message());
    }
}

#[tokio::test]
async fn bad_input_is_refused_and_changes_nothing() {
    let (host, path, id) = begin().await;
    let client = &host.client;
    let before = client.get(&path).await.json();
    let first = format!("{path}/{}", before["data"][0]["id"].as_str().unwrap());
    for body in [json!({}), json!({ "content": null }), json!({ "content": 5 }), json!("x"), json!([])] {
        for answer in [client.post(&path, &body).await, client.json(Method::PATCH, &first, &body).await] {
            assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{body}");
        }
    }
    let unknown = |part: &str, with: &str| path.replacen(part, with, 1);
    let parts: Vec<&str> = path.split('/').collect();
    for (path, message) in [
        (unknown(parts[2], NONE), "Dataset not found."),
        (unknown(parts[4], NONE), "Document not found."),
        (unknown(parts[6], NONE), "Segment not found."),
    ] {
        let child = format!("{path}/{NONE}");
        let write = json!({ "content": "x" });
        for answer in [
            client.get(&path).await,
            client.post(&path, &write).await,
            client.json(Method::PATCH, &child, &write).await,
            client.delete(&child).await,
        ] {
            assert_eq!((answer.status.as_u16(), answer.message().as_str()), (404, message));
        }
    }
    assert_eq!(client.delete(&format!("{path}/no-uuid")).await.status, 404);
    assert_eq!(client.get(&path).await.json(), before);

    let plain = client.dataset("Plain").await;
    let document = client.text(&plain, "t", "One.").await;
    let segment = client.segments(&plain, &document).await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/datasets/{plain}/documents/{document}/segments/{segment}/child_chunks");
    let empty = client.get(&path).await.json();
    assert_eq!((&empty["data"], &empty["total_pages"]), (&json!([]), &json!(0)));
    let refused = client.post(&path, &json!({ "content": "x" })).await;
    assert_eq!((refused.status.as_u16(), refused.refusal().as_str()), (400, "invalid_param"));
    assert!(refused.message().contains("hierarchical_model"));
    // The child of one parent is not that of another.
    let other = client.dataset("Other").await;
    let document = client.hierarchical(&other, "t", "One. Two.").await;
    let segment = client.segments(&other, &document).await[0]["id"].as_str().unwrap().to_owned();
    let elsewhere = format!("/datasets/{other}/documents/{document}/segments/{segment}/child_chunks");
    let stray = format!("{elsewhere}/{}", before["data"][0]["id"].as_str().unwrap());
    assert_eq!(client.delete(&stray).await.message(), "Child chunk not found.");
    assert_eq!(client.retrieve(&id, "sentence", "keyword_search", 5).await.len(), 1);
}

#[tokio::test]
async fn many_writers_lose_nothing() {
    let (host, path, _) = begin().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (client, path) = (host.client.clone(), path.clone());
        tasks.spawn(async move { client.post(&path, &json!({ "content": format!("child {number}") })).await.status });
    }
    while let Some(status) = tasks.join_next().await {
        assert_eq!(status.unwrap(), 200);
    }
    let list = host.client.get(&format!("{path}?limit=100")).await.json();
    let mut positions: Vec<u64> =
        list["data"].as_array().unwrap().iter().map(|child: &Value| child["position"].as_u64().unwrap()).collect();
    positions.dedup();
    assert_eq!(positions, (1..=23).collect::<Vec<_>>());
    // And they are there after a restart.
    let host = TestHost::on(host.stop().await).await;
    assert_eq!(host.client.get(&path).await.json()["total"], 23);
}

#[tokio::test]
async fn an_archived_document_keeps_its_child_chunks_as_they_are() {
    let (host, path, id) = begin().await;
    let client = &host.client;
    let document = path.split('/').nth(4).unwrap();
    let status = async |action: &str| {
        let body = json!({ "document_ids": [document] });
        client.json(Method::PATCH, &format!("/datasets/{id}/documents/status/{action}"), &body).await.status
    };
    let before = client.get(&path).await.json()["data"].clone();
    let child = format!("{path}/{}", before[0]["id"].as_str().unwrap());
    assert_eq!(status("archive").await, 200);
    let text = json!({ "content": "Written by hand" });
    let anew = json!({ "segment": { "regenerate_child_chunks": true } });
    for (what, answer) in [
        ("new child chunk", client.post(&path, &text).await),
        ("change of a child chunk", client.json(Method::PATCH, &child, &text).await),
        ("delete of a child chunk", client.delete(&child).await),
        ("making them anew", client.post(path.trim_end_matches("/child_chunks"), &anew).await),
    ] {
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (403, "archived_document_immutable"), "{what}");
    }
    // They can be read, and they are what they were.
    assert_eq!(client.get(&path).await.json()["data"], before);
    assert_eq!(status("un_archive").await, 200);
    assert_eq!(client.post(&path, &text).await.status, 200);
}
