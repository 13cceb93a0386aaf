//! Retrieval over HTTP: by words in several languages, thresholds, filters, hits.
//!
//! Proves: retrieveSegments.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{Client, TestHost};

async fn retrieve(client: &Client, dataset: &str, query: &str, change: Value) -> Vec<Value> {
    let mut model =
        json!({ "search_method": "keyword_search", "reranking_enable": false, "top_k": 10, "score_threshold_enabled": false });
    model.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let answer =
        client.post(&format!("/datasets/{dataset}/retrieve"), &json!({ "query": query, "retrieval_model": model })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let answer = answer.json();
    assert_eq!(answer["query"]["content"], query);
    answer["records"].as_array().unwrap().clone()
}

fn contents(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["segment"]["content"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn chinese_japanese_and_german_are_found() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let text = "软件包管理系统的依赖关系\n\nパッケージ管理システムの依存関係\n\nDie Donaudampfschifffahrt beginnt im März.\n\n\
        Prüfungen der Größe und Straße\n\nThe package management system\n\n数据库的备份";
    client.text(&id, "languages", text).await;
    for method in ["keyword_search", "full_text_search"] {
        for (query, first) in [
            ("依赖关系", "软件包管理系统的依赖关系"),
            ("管理系统", "软件包管理系统的依赖关系"),
            ("库", "数据库的备份"),
            ("数据库备份", "数据库的备份"),
            ("依存", "パッケージ管理システムの依存関係"),
            ("システム", "パッケージ管理システムの依存関係"),
            ("donau", "Die Donaudampfschifffahrt beginnt im März."),
            ("MÄRZ", "Die Donaudampfschifffahrt beginnt im März."),
            ("ma\u{308}rz", "Die Donaudampfschifffahrt beginnt im März."),
            ("prüfung", "Prüfungen der Größe und Straße"),
            ("Strasse", "Prüfungen der Größe und Straße"),
            ("manage pack", "The package management system"),
        ] {
            let records = retrieve(client, &id, query, json!({ "search_method": method })).await;
            assert_eq!(contents(&records).first(), Some(&first), "{method} {query}");
        }
        for query in ["zzz", "schifffahrt", "...", "🚀"] {
            assert!(retrieve(client, &id, query, json!({ "search_method": method })).await.is_empty(), "{query}");
        }
    }
}

#[tokio::test]
async fn scores_rank_and_thresholds_cut() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let text = "impeller seal impeller seal\n\nreplace the impeller seal\n\nthe impeller turns\n\nnothing of the kind\n\nimpellers and others";
    client.text(&id, "pump", text).await;
    let records = retrieve(client, &id, "impeller seal", json!({})).await;
    assert_eq!(contents(&records)[..2], ["impeller seal impeller seal", "replace the impeller seal"]);
    assert_eq!(records.len(), 4);
    let scores: Vec<f64> = records.iter().map(|record| record["score"].as_f64().unwrap()).collect();
    assert!(
        scores.windows(2).all(|pair| pair[0] >= pair[1]) && scores.iter().all(|score| (0.0..=1.0).contains(score)),
        "{scores:?}"
    );
    let cut = json!({ "score_threshold_enabled": true, "score_threshold": scores[1] });
    assert_eq!(retrieve(client, &id, "impeller seal", cut).await.len(), 2);
    let off = json!({ "score_threshold_enabled": false, "score_threshold": 1.0 });
    assert_eq!(retrieve(client, &id, "impeller seal", off).await.len(), 4);
    assert_eq!(retrieve(client, &id, "impeller seal", json!({ "top_k": 1 })).await.len(), 1);
    assert!(retrieve(client, &id, "impeller", json!({ "top_k": 0 })).await.is_empty());

    let record = &records[0];
    assert_eq!(
        (&record["child_chunks"], &record["tsne_position"], &record["files"], &record["summary"]),
        (&json!([]), &Value::Null, &json!([]), &Value::Null)
    );
    let document = &record["segment"]["document"];
    assert_eq!(
        (&document["name"], &document["data_source_type"], &document["doc_metadata"]),
        (&json!("pump"), &json!("upload_file"), &Value::Null)
    );
    let alias = client.post(&format!("/datasets/{id}/hit-testing"), &json!({ "query": "impeller" })).await;
    assert_eq!(alias.status, 200);
}

#[tokio::test]
async fn hits_are_counted_and_only_what_is_enabled_is_found() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.text(&id, "pump", "valve one\n\nvalve two").await;
    let before = retrieve(client, &id, "valve", json!({})).await;
    assert_eq!(before.len(), 2);
    let chunk = before[0]["segment"]["id"].as_str().unwrap();
    let path = format!("/datasets/{id}/documents/{document}/segments/{chunk}");
    // Hits are written once a second.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(client.get(&path).await.json()["data"]["hit_count"], 1);
    assert_eq!(client.get(&format!("/datasets/{id}/documents/{document}")).await.json()["hit_count"], 2, "the sum of its chunks");
    client.post(&path, &json!({ "segment": { "enabled": false } })).await;
    assert_eq!(retrieve(client, &id, "valve", json!({})).await.len(), 1);
    client.post(&path, &json!({ "segment": { "enabled": true, "content": "nozzle" } })).await;
    assert_eq!(contents(&retrieve(client, &id, "nozzle", json!({})).await), ["nozzle"]);
    assert_eq!(retrieve(client, &id, "valve", json!({})).await.len(), 1);
    client.delete(&path).await;
    assert!(retrieve(client, &id, "nozzle", json!({})).await.is_empty());
    client.text(&id, "pump", "replaced").await;
    assert!(retrieve(client, &id, "valve", json!({})).await.is_empty());

    let other = client.dataset("Other").await;
    client.text(&other, "t", "replaced").await;
    assert_eq!(retrieve(client, &id, "replaced", json!({})).await.len(), 1, "of this knowledge base only");
}

#[tokio::test]
async fn keywords_of_people_are_found_by_keyword_search_only() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.text(&id, "pump", "text").await;
    let body = json!({ "segments": [{ "content": "Tighten the bolts.", "keywords": ["Drehmoment"] }] });
    client.post(&format!("/datasets/{id}/documents/{document}/segments"), &body).await;
    assert_eq!(retrieve(client, &id, "drehmoment", json!({})).await.len(), 1);
    assert!(retrieve(client, &id, "drehmoment", json!({ "search_method": "full_text_search" })).await.is_empty());
}

#[tokio::test]
async fn metadata_conditions_choose_documents() {
    let host = TestHost::start().await;
    let id = host.client.dataset("KB").await;
    let ada = host.client.text(&id, "ada", "the valve of Ada").await;
    let bob = host.client.text(&id, "bob", "the valve of Bob").await;
    host.client.text(&id, "nobody", "the valve of nobody").await;
    let fields = format!("/datasets/{id}/metadata");
    let mut ids = Vec::new();
    for (name, kind) in [("writer", "string"), ("pages", "number")] {
        let made = host.client.post(&fields, &json!({ "name": name, "type": kind })).await.json();
        ids.push(made["id"].as_str().unwrap().to_owned());
    }
    let values = |document: &str, writer: &str, pages: u64| {
        json!({ "document_id": document, "metadata_list": [
            { "id": ids[0], "name": "writer", "value": writer }, { "id": ids[1], "name": "pages", "value": pages }] })
    };
    let body = json!({ "operation_data": [values(&ada, "Ada", 42), values(&bob, "Bob", 7)] });
    assert_eq!(host.client.post(&format!("/datasets/{id}/documents/metadata"), &body).await.status, 200);
    for (operator, conditions, expected) in [
        ("and", json!([{ "name": "writer", "comparison_operator": "is", "value": "Ada" }]), vec!["ada"]),
        ("and", json!([{ "name": "pages", "comparison_operator": ">", "value": 10 }]), vec!["ada"]),
        (
            "and",
            json!([{ "name": "pages", "comparison_operator": "≤", "value": 42 }, { "name": "writer", "comparison_operator": "is not", "value": "Ada" }]),
            vec!["bob"],
        ),
        (
            "or",
            json!([{ "name": "pages", "comparison_operator": "=", "value": 7 }, { "name": "writer", "comparison_operator": "start with", "value": "A" }]),
            vec!["ada", "bob"],
        ),
        ("and", json!([{ "name": "writer", "comparison_operator": "empty", "value": null }]), vec!["nobody"]),
        ("and", json!([{ "name": "writer", "comparison_operator": "in", "value": ["Bob", "Eve"] }]), vec!["bob"]),
        ("and", json!([{ "name": "writer", "comparison_operator": "is", "value": "Eve" }]), vec![]),
        ("and", json!([]), vec!["ada", "bob", "nobody"]),
    ] {
        let filter = json!({ "metadata_filtering_conditions": { "logical_operator": operator, "conditions": conditions } });
        let records = retrieve(&host.client, &id, "valve", filter).await;
        let mut names: Vec<&str> = records.iter().map(|r| r["segment"]["document"]["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(names, expected, "{conditions}");
    }
    let records = retrieve(&host.client, &id, "Ada", json!({ "top_k": 1 })).await;
    assert_eq!(records[0]["segment"]["document"]["doc_metadata"], json!({ "writer": "Ada", "pages": 42 }));
}

#[tokio::test]
async fn wrong_queries_are_refused() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let path = format!("/datasets/{id}/retrieve");
    let model = |change: Value| {
        let mut model =
            json!({ "search_method": "keyword_search", "reranking_enable": false, "top_k": 3, "score_threshold_enabled": false });
        model.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "query": "x", "retrieval_model": model })
    };
    for (body, code) in [
        (json!({}), "invalid_param"),
        (json!({ "query": "" }), "invalid_param"),
        (json!({ "query": 5 }), "invalid_param"),
        (json!({ "query": "q".repeat(251) }), "invalid_param"),
        (json!({ "query": "x", "retrieval_model": { "search_method": "keyword_search" } }), "invalid_param"),
        (model(json!({ "search_method": "psychic" })), "invalid_param"),
        (model(json!({ "top_k": "3" })), "invalid_param"),
        (model(json!({ "score_threshold": 2 })), "invalid_param"),
        (
            model(json!({ "metadata_filtering_conditions": { "conditions": [{ "name": "a", "comparison_operator": "like" }] } })),
            "invalid_param",
        ),
        (
            model(json!({ "metadata_filtering_conditions": { "conditions": [
                { "name": "a", "comparison_operator": "in", "value": [{}] }] } })),
            "invalid_param",
        ),
        (model(json!({ "search_method": "semantic_search" })), "provider_not_initialize"),
        (model(json!({ "search_method": "hybrid_search" })), "provider_not_initialize"),
        (
            model(json!({ "reranking_enable": true, "reranking_model": { "reranking_model_name": "m" } })),
            "provider_not_initialize",
        ),
    ] {
        let answer = client.post(&path, &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, code), "{body}");
    }
    assert_eq!(client.post(&path, &json!({ "query": "ü".repeat(250) })).await.status, 200);
    let none = "/datasets/00000000-0000-4000-8000-000000000000/retrieve";
    assert_eq!(client.post(none, &json!({ "query": "x" })).await.message(), "Dataset not found.");
}
