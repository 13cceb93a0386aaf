//! Knowledge bases over HTTP: what is answered, what is refused, and that a refusal changes nothing.
//!
//! Proves: createDataset, listDatasets, getDatasetDetail, updateDataset, deleteDataset.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::TestHost;

#[tokio::test]
async fn a_knowledge_base_from_make_to_delete() {
    let host = TestHost::start().await;
    let client = &host.client;
    let made = client.post("/datasets", &json!({ "name": "知识库 – Ünïcode 🚀", "description": "d" })).await;
    assert_eq!(made.status, 200);
    let made = made.json();
    assert_eq!(made["indexing_technique"], Value::Null);
    assert_eq!(made["permission"], "only_me");
    assert_eq!(made["embedding_available"], Value::Null);
    assert_eq!(made["doc_form"], Value::Null);
    let path = format!("/datasets/{}", made["id"].as_str().unwrap());

    let got = client.get(&path).await.json();
    assert_eq!((&got["name"], &got["embedding_available"]), (&made["name"], &json!(true)));
    assert_eq!(client.get(&path.to_uppercase().replace("/DATASETS", "/datasets")).await.status, 200);

    let model = json!({ "search_method": "full_text_search", "reranking_enable": false, "top_k": 7,
        "score_threshold_enabled": true, "score_threshold": 0.4 });
    let change = json!({ "name": "Renamed", "description": "", "permission": "all_team_members", "retrieval_model": model });
    let changed = client.json(Method::PATCH, &path, &change).await;
    assert_eq!(changed.status, 200);
    let changed = changed.json();
    assert_eq!(
        (&changed["name"], &changed["description"], &changed["permission"]),
        (&json!("Renamed"), &json!(""), &json!("all_team_members"))
    );
    assert_eq!(changed["retrieval_model_dict"]["top_k"], 7);
    let same = client.json(Method::PATCH, &path, &json!({})).await.json();
    assert_eq!(same["retrieval_model_dict"], changed["retrieval_model_dict"]);
    assert_eq!(client.json(Method::PATCH, &path, &json!({ "name": "Renamed" })).await.status, 200);

    let gone = client.delete(&path).await;
    assert_eq!((gone.status.as_u16(), gone.body.len()), (204, 0));
    for answer in [client.get(&path).await, client.delete(&path).await, client.json(Method::PATCH, &path, &json!({})).await] {
        assert_eq!(
            (answer.status.as_u16(), answer.refusal().as_str(), answer.message().as_str()),
            (404, "not_found", "Dataset not found.")
        );
    }
    // The name is free again at once.
    assert_eq!(client.post("/datasets", &json!({ "name": "Renamed" })).await.status, 200);
}

#[tokio::test]
async fn wrong_bodies_are_refused_with_the_field() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("Taken").await;
    let own = client.dataset("Own").await;
    let long = "n".repeat(41);
    for (body, field) in [
        (json!({}), "name"),
        (json!({ "name": "" }), "name"),
        (json!({ "name": null }), "name"),
        (json!({ "name": 5 }), "name"),
        (json!({ "name": long }), "name"),
        (json!({ "name": "x", "description": "d".repeat(401) }), "description"),
        (json!({ "name": "x", "indexing_technique": "cheap" }), "indexing_technique"),
        (json!({ "name": "x", "permission": "everyone" }), "permission"),
        (json!({ "name": "x", "provider": "elsewhere" }), "provider"),
        (json!({ "name": "x", "summary_index_setting": { "enable": "yes" } }), "summary_index_setting.enable"),
        (json!({ "name": "x", "retrieval_model": { "search_method": "keyword_search" } }), "retrieval_model.top_k"),
        (json!({ "name": "x", "retrieval_model": 1 }), "retrieval_model"),
        (json!([1]), "body"),
    ] {
        let answer = client.post("/datasets", &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{body}");
        assert!(answer.message().lines().any(|line| line == field), "{body}: {}", answer.message());
    }
    let both = client.post("/datasets", &json!({ "name": "", "permission": "x" })).await.message();
    assert!(both.starts_with("2 validation errors") && both.contains("name") && both.contains("permission"), "{both}");

    let answer = client.post("/datasets", &json!({ "name": "Taken" })).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (409, "dataset_name_duplicate"));
    // The contract has no 409 here; the words are a real server's.
    let answer = client.json(Method::PATCH, &format!("/datasets/{own}"), &json!({ "name": "Taken" })).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"));
    assert_eq!(answer.message(), "Dataset name already exists");
    let answer = client.json(Method::PATCH, &format!("/datasets/{own}"), &json!({ "name": long })).await;
    assert_eq!(answer.status, 400);

    for body in ["{not json", "", "\u{0}"] {
        let answer = client.send(Method::POST, "/datasets", &[("content-type", "application/json")], body.into()).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "bad_request"), "{body}");
    }
    let answer = client.send(Method::POST, "/datasets", &[("content-type", "text/plain")], "{\"name\":\"x\"}".into()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (415, "unsupported_media_type"));

    let high = client.post("/datasets", &json!({ "name": "hq", "indexing_technique": "high_quality" })).await;
    assert_eq!((high.status.as_u16(), high.refusal().as_str()), (400, "invalid_param"));
    assert!(high.message().contains("No embedding model"), "{}", high.message());
    let rerank = json!({ "search_method": "keyword_search", "reranking_enable": true, "top_k": 3, "score_threshold_enabled": false,
        "reranking_model": { "reranking_provider_name": "p", "reranking_model_name": "m" } });
    let answer = client.post("/datasets", &json!({ "name": "rr", "retrieval_model": rerank })).await;
    assert_eq!(answer.refusal(), "invalid_param");

    let list = client.get("/datasets").await.json();
    assert_eq!(list["total"], 2, "nothing was changed");
    assert_eq!(client.get(&format!("/datasets/{id}")).await.json()["name"], "Taken");
}

#[tokio::test]
async fn pages_are_applied_as_they_are_echoed() {
    let host = TestHost::start().await;
    let client = &host.client;
    for number in 1..=4 {
        client.dataset(&format!("KB {number} 50%")).await;
    }
    client.dataset("Ünrelated").await;
    for (query, length, page, limit, has_more) in [
        ("", 5, 1, 20, false),
        ("?page=1&limit=2", 2, 1, 2, true),
        ("?page=2&limit=2", 2, 2, 2, true),
        ("?page=3&limit=2", 1, 3, 2, false),
        ("?limit=5", 5, 1, 5, false),
        ("?page=99", 0, 99, 20, false),
        ("?page=0", 5, 1, 20, false),
        ("?page=-3&limit=-1", 5, 1, 20, false),
        ("?limit=0", 5, 1, 20, false),
        ("?limit=101", 5, 1, 100, false),
        ("?page=9223372036854775807", 0, i64::MAX, 20, false),
    ] {
        let answer = client.get(&format!("/datasets{query}")).await.json();
        assert_eq!(answer["data"].as_array().unwrap().len(), length, "{query}");
        assert_eq!((&answer["page"], &answer["limit"]), (&json!(page), &json!(limit)), "{query}");
        assert_eq!((&answer["has_more"], &answer["total"]), (&json!(has_more), &json!(5)), "{query}");
    }
    // The contract sets no largest page: one of any size lies past the end.
    let past = client.get("/datasets?page=99999999999999999999").await;
    assert_eq!((past.status.as_u16(), &past.json()["data"], &past.json()["total"]), (200, &json!([]), &json!(5)));
    for query in ["?page=x", "?limit=1.5"] {
        let answer = client.get(&format!("/datasets{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{query}");
    }
    for (keyword, total) in [("kb", 4), ("50%25", 4), ("%25", 4), ("_", 0), ("%C3%BCNREL", 1), ("zzz", 0)] {
        let answer = client.get(&format!("/datasets?keyword={keyword}")).await.json();
        assert_eq!(answer["total"], total, "{keyword}");
    }
    let first = client.get("/datasets?limit=1").await.json();
    assert_eq!(first["data"][0]["name"], "Ünrelated", "newest first");
}

#[tokio::test]
async fn unknown_addresses_answer_with_the_envelope() {
    let host = TestHost::start().await;
    let client = &host.client;
    let none = "00000000-0000-4000-8000-000000000000";
    for path in [
        "/nope",
        "/datasets/",
        "/datasets/xyz",
        "/datasets/xyz/documents",
        "/datasets/0/retrieve",
        "//v1/nope",
        &format!("/datasets/{none}/documents/abc"),
        &format!("/datasets/{none}/documents/{none}/segments/abc"),
        "/files/abc",
    ] {
        let answer = client.get(path).await;
        if answer.status == 405 {
            continue;
        }
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (404, "not_found"), "{path}");
    }
    for (path, sentence) in [
        (format!("/datasets/{none}"), "Dataset not found."),
        (format!("/datasets/{none}/documents"), "Dataset not found."),
        (format!("/datasets/{none}/documents/{none}/segments"), "Dataset not found."),
        (format!("/files/{none}"), "Uploaded file not found."),
    ] {
        let answer = client.get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.message().as_str()), (404, sentence), "{path}");
    }
    let answer = client.json(Method::PUT, "/datasets", &json!({})).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (405, "method_not_allowed"));
}

#[tokio::test]
async fn ten_racing_creates_of_one_name_make_one() {
    let host = TestHost::start().await;
    let mut tasks = Vec::new();
    for _ in 0..10 {
        let client = host.client.clone();
        tasks.push(tokio::spawn(async move { client.post("/datasets", &json!({ "name": "Race" })).await.status.as_u16() }));
    }
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn everything_is_still_there_after_a_restart() {
    let host = TestHost::start().await;
    let id = host.client.dataset("Stays").await;
    let document = host.client.text(&id, "t", "one\n\ntwo").await;
    let folder = host.stop().await;
    let host = TestHost::on(folder).await;
    assert_eq!(host.client.get(&format!("/datasets/{id}")).await.json()["name"], "Stays");
    assert_eq!(host.client.segments(&id, &document).await.len(), 2);
}

#[tokio::test]
async fn deleting_a_knowledge_base_removes_its_files() {
    let host = TestHost::start().await;
    let id = host.client.dataset("Full").await;
    host.client.text(&id, "t", &"paragraph\n\n".repeat(3000)).await;
    assert_eq!(host.data_files("files").len(), 1);
    assert_eq!(host.client.delete(&format!("/datasets/{id}")).await.status, 204);
    for _ in 0..200 {
        if host.data_files("files").is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(host.data_files("files").is_empty(), "the purge has not ended");
}
