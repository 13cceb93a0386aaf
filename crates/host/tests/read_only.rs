//! Connections with limits, to the embedded server and to one elsewhere: nothing is changed through a read-only one, and one for a
//! single knowledge base shows no other.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use hyper::body::Bytes;
use loredesk_host::config::Connection;
use serde_json::json;
use support::upstream::dify;
use support::{Client, Folder, TestHost};

/// A folder with two knowledge bases in it, and their ids; each has a document with a chunk.
async fn two() -> (Folder, [String; 2], String) {
    let host = TestHost::start().await;
    let ids = [host.client.dataset("One").await, host.client.dataset("Two").await];
    let document = host.client.text(&ids[0], "Manual", "The seal leaks.").await;
    (host.stop().await, ids, document)
}

/// The same connection on the same data, embedded and proxied.
async fn both(folder: Folder, change: impl Fn(&mut Connection) + Copy) -> (TestHost, [TestHost; 2], Vec<Client>) {
    let embedded = TestHost::begin(folder, |config| change(&mut config.connections[0])).await;
    // The proxy asks a host without limits: its own limits are what is tested.
    let mut clients = vec![embedded.client.clone(), Client { base: "/v1".to_owned(), ..embedded.client.clone() }];
    let far = TestHost::start().await;
    let mut connection = dify(&format!("http://{}/v1", far.client.address));
    change(&mut connection);
    let proxied = TestHost::with(|config| config.connections = vec![connection]).await;
    clients.push(Client { base: "/api/far".to_owned(), ..proxied.client.clone() });
    (embedded, [proxied, far], clients)
}

#[tokio::test]
async fn nothing_is_changed_through_a_read_only_connection() {
    let (folder, [one, _], document) = two().await;
    let (embedded, _others, clients) = both(folder, |connection| connection.read_only = true).await;
    let contract: serde_json::Value = serde_json::from_str(include_str!("../../../tests/fixtures/dify-openapi.json")).unwrap();
    for client in &clients {
        let mut refused = 0;
        for (path, methods) in contract["paths"].as_object().unwrap() {
            let path = path.replace("{dataset_id}", &one).replace("{action}", "enable").replace("{model_type}", "rerank");
            let path: Vec<_> = path.split('/').map(|part| if part.starts_with('{') { document.as_str() } else { part }).collect();
            let path = path.join("/");
            let is_search = path.ends_with("/retrieve") || path.ends_with("/download-zip");
            for method in ["POST", "PATCH", "DELETE"].into_iter().filter(|method| methods.get(method.to_lowercase()).is_some()) {
                let method: Method = method.parse().unwrap();
                let answer = client.json(method.clone(), &path, &json!({ "name": "x" })).await;
                if is_search {
                    assert_ne!(answer.status, 403, "{method} {path}");
                } else {
                    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (403, "read_only"), "{}{path}", client.base);
                    refused += 1;
                }
            }
        }
        assert_eq!(refused, 29, "every operation that changes something");
        let twin = client.post(&format!("/datasets/{one}/document/create_by_text"), &json!({})).await;
        assert_eq!(twin.refusal(), "read_only", "by its other name too");
    }
    let client = &clients[0];
    assert_eq!(client.retrieve(&one, "seal", "full_text_search", 3).await.len(), 1, "searching stays");
    let zip = client.post(&format!("/datasets/{one}/documents/download-zip"), &json!({ "document_ids": [document] })).await;
    assert_eq!((zip.status.as_u16(), &zip.body[..2]), (200, &b"PK"[..]), "and downloading");
    let url = client.get(&format!("/datasets/{one}/documents/{document}/download")).await.json()["url"].clone();
    assert_eq!(&client.get(&format!("/{}", url.as_str().unwrap())).await.body[..], b"The seal leaks.");
    assert_eq!(client.send(Method::HEAD, "/datasets", &[], Bytes::new()).await.status, 200);
    assert_eq!(client.get("/datasets").await.json()["total"], 2, "nothing was changed");
    assert_eq!(embedded.client.get("//config.json").await.json()["connections"][0]["read_only"], true);
}

#[tokio::test]
async fn a_connection_for_one_knowledge_base_shows_no_other() {
    let (folder, [one, two], document) = two().await;
    let only: uuid::Uuid = one.parse().unwrap();
    let (embedded, _others, clients) = both(folder, |connection| connection.knowledge_base = Some(only)).await;
    for client in &clients {
        for path in ["/datasets", "/datasets/tags", &format!("/datasets/{two}"), &format!("/datasets/{two}/documents")] {
            assert_eq!(client.get(path).await.refusal(), "forbidden", "{}{path}", client.base);
        }
        assert_eq!(client.post("/datasets", &json!({ "name": "x" })).await.refusal(), "forbidden");
        assert_eq!(client.delete(&format!("/datasets/{two}")).await.refusal(), "forbidden");
        assert_eq!(client.post(&format!("/datasets/{two}/retrieve"), &json!({ "query": "x" })).await.refusal(), "forbidden");
        assert_eq!(client.get("/workspaces/current/models/model-types/rerank").await.status, 200, "its settings need it");
    }
    let client = &clients[0];
    assert_eq!(client.get(&format!("/datasets/{}", one.to_uppercase())).await.status, 200, "an id is an id in either case");
    assert_eq!(client.get(&format!("/datasets/{one}/documents")).await.json()["total"], 1);
    assert_eq!(client.delete(&format!("/datasets/{one}/documents/{document}")).await.status, 204, "and it can be worked on");
    assert_eq!(embedded.client.get("//config.json").await.json()["connections"][0]["knowledge_base"], one);
}
