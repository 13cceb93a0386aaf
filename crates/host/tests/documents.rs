//! Documents over HTTP: texts, replacement, updates, status, lists, deletion.
//!
//! Proves: createDocumentFromText, getDocumentIndexingStatus, updateDocumentByText, listDocuments, getDocumentDetail, deleteDocument.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::{TestHost, by_paragraph};

fn by_text(dataset: &str) -> String {
    format!("/datasets/{dataset}/document/create-by-text")
}

#[tokio::test]
async fn a_text_becomes_a_document() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let body = json!({ "name": "Pump manual", "text": "Pump manual.\n\nMount the pump.\n\nReplace the seal.",
        "indexing_technique": "economy", "doc_form": "text_model", "doc_language": "German", "process_rule": by_paragraph() });
    let accepted = client.post(&by_text(&id), &body).await;
    assert_eq!(accepted.status, 200);
    let accepted = accepted.json();
    let document = &accepted["document"];
    for (field, value) in [
        ("position", json!(1)),
        ("indexing_status", json!("waiting")),
        ("display_status", json!("queuing")),
        ("tokens", Value::Null),
        ("word_count", Value::Null),
        ("enabled", json!(true)),
        ("created_from", json!("api")),
        ("data_source_type", json!("upload_file")),
        ("doc_form", json!("text_model")),
    ] {
        assert_eq!(document[field], value, "{field}");
    }
    let status = client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
    assert_eq!((&status["completed_segments"], &status["total_segments"]), (&json!(3), &json!(3)));
    for step in
        ["processing_started_at", "parsing_completed_at", "cleaning_completed_at", "splitting_completed_at", "completed_at"]
    {
        assert!(status[step].is_i64(), "{step}");
    }
    let path = format!("/datasets/{id}/documents/{}", document["id"].as_str().unwrap());
    let detail = client.get(&path).await.json();
    assert_eq!((&detail["segment_count"], &detail["display_status"]), (&json!(3), &json!("available")));
    assert_eq!((&detail["doc_language"], &detail["document_process_rule"]["mode"]), (&json!("German"), &json!("custom")));
    assert!(detail["indexing_latency"].is_f64());
    let only = client.get(&format!("{path}?metadata=only")).await.json();
    assert_eq!(only.as_object().unwrap().len(), 3);
    assert!(client.get(&format!("{path}?metadata=without")).await.json().get("doc_metadata").is_none());
    assert_eq!(client.get(&format!("{path}?metadata=bogus")).await.refusal(), "invalid_metadata");

    let row = client.get(&format!("/datasets/{id}/documents")).await.json()["data"][0].clone();
    assert_eq!(row["word_count"], "Pump manual.Mount the pump.Replace the seal.".len());
    let dataset = client.get(&format!("/datasets/{id}")).await.json();
    assert_eq!((&dataset["doc_form"], &dataset["total_available_documents"]), (&json!("text_model"), &json!(1)));
    assert_eq!((&dataset["document_count"], &dataset["word_count"]), (&json!(1), &row["word_count"]));

    let underscore = client.post(&format!("/datasets/{id}/document/create_by_text"), &json!({ "name": "x", "text": "x" })).await;
    assert_eq!(underscore.status, 200, "{underscore:?}");
}

#[tokio::test]
async fn the_same_name_replaces_the_document() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let first = client.text(&id, "guide", "old one\n\nold two").await;
    client.text(&id, "other", "text").await;
    let old = client.get(&format!("/datasets/{id}/documents?keyword=guide")).await.json()["data"][0].clone();
    let again = client.post(&by_text(&id), &json!({ "name": "guide", "text": "new" })).await.json();
    assert_eq!((&again["document"]["id"], &again["document"]["position"]), (&json!(first), &old["position"]));
    assert_eq!(again["document"]["created_at"], old["created_at"]);
    client.indexed(&id, again["batch"].as_str().unwrap()).await;
    let segments = client.segments(&id, &first).await;
    assert_eq!(segments.iter().map(|s| s["content"].as_str().unwrap()).collect::<Vec<_>>(), ["new"]);
    assert_eq!(client.get(&format!("/datasets/{id}/documents")).await.json()["total"], 2);

    let named = json!({ "name": "renamed", "text": "by id", "original_document_id": first });
    let named = client.post(&by_text(&id), &named).await.json();
    assert_eq!((&named["document"]["id"], &named["document"]["name"]), (&json!(first), &json!("renamed")));
    client.indexed(&id, named["batch"].as_str().unwrap()).await;
    let unknown = json!({ "name": "n", "text": "t", "original_document_id": "00000000-0000-4000-8000-000000000000" });
    assert_eq!(client.post(&by_text(&id), &unknown).await.status, 404);
    let no_id = json!({ "name": "n", "text": "t", "original_document_id": "zzz" });
    assert_eq!(client.post(&by_text(&id), &no_id).await.refusal(), "invalid_param");
    assert_eq!(client.get(&format!("/datasets/{id}/documents")).await.json()["total"], 2);
}

#[tokio::test]
async fn four_racing_creates_of_one_name_give_one_document() {
    let host = TestHost::start().await;
    let id = host.client.dataset("KB").await;
    let mut tasks = Vec::new();
    for number in 0..4 {
        let (client, path) = (host.client.clone(), by_text(&id));
        tasks.push(tokio::spawn(async move {
            let body = json!({ "name": "race", "text": format!("text {number}\n\nmore"), "process_rule": by_paragraph() });
            client.post(&path, &body).await.json()
        }));
    }
    let mut ids = Vec::new();
    for task in tasks {
        ids.push(task.await.unwrap()["document"]["id"].as_str().unwrap().to_owned());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    let row = || async { host.client.get(&format!("/datasets/{id}/documents")).await.json()["data"][0].clone() };
    while row().await["display_status"] != "available" {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(host.client.segments(&id, &ids[0]).await.len(), 2);
}

#[tokio::test]
async fn an_update_makes_every_chunk_anew() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let document = client.text(&id, "guide", "one\n\ntwo").await;
    let path = format!("/datasets/{id}/documents/{document}/update-by-text");
    for (body, sentence) in [
        (json!({}), "Data source or Process rule is required"),
        (json!({ "name": "only" }), "Data source or Process rule is required"),
        (json!({ "text": "x" }), "name is required when text is provided."),
        (json!({ "name": "x", "text": "x", "doc_form": "qa_model" }), "doc_form is different from the dataset doc_form."),
        (json!({ "process_rule": { "mode": "custom" } }), "Process rule rules is required"),
    ] {
        let answer = client.post(&path, &body).await;
        assert_eq!((answer.status.as_u16(), answer.message().as_str()), (400, sentence), "{body}");
    }
    assert_eq!(client.post(&path, &json!({ "process_rule": { "mode": "bogus" } })).await.refusal(), "invalid_param");

    let updated = client.post(&path, &json!({ "name": "guide 2", "text": "three" })).await;
    assert_eq!(updated.status, 200);
    let updated = updated.json();
    assert_eq!((&updated["document"]["name"], &updated["document"]["created_from"]), (&json!("guide 2"), &json!("web")));
    client.indexed(&id, updated["batch"].as_str().unwrap()).await;
    assert_eq!(client.segments(&id, &document).await.len(), 1);

    let ruled = client.post(&path, &json!({ "process_rule": { "mode": "automatic" } })).await.json();
    client.indexed(&id, ruled["batch"].as_str().unwrap()).await;
    let detail = client.get(&format!("/datasets/{id}/documents/{document}")).await.json();
    assert_eq!((&detail["document_process_rule"]["mode"], &detail["name"]), (&json!("automatic"), &json!("guide 2")));
    assert_eq!(detail["document_process_rule"]["rules"]["segmentation"]["max_tokens"], 500);
    assert_eq!(client.segments(&id, &document).await[0]["content"], "three");

    let none = path.replace(&document, "00000000-0000-4000-8000-000000000000");
    assert_eq!(client.post(&none, &json!({})).await.message(), "Document not found.");
}

#[tokio::test]
async fn a_document_that_fails_says_why_and_can_be_replaced_but_not_updated() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let rule = json!({ "mode": "custom", "rules": { "segmentation": { "separator": "\n", "max_tokens": 5000 } } });
    let accepted = client.post(&by_text(&id), &json!({ "name": "x", "text": "text", "process_rule": rule })).await.json();
    let status = client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
    assert_eq!(status["error"], "Custom segment length should be between 50 and 4000.");
    assert!(status["stopped_at"].is_i64());
    let document = accepted["document"]["id"].as_str().unwrap();
    let list = client.get(&format!("/datasets/{id}/documents?status=error")).await.json();
    assert_eq!((&list["total"], &list["data"][0]["display_status"]), (&json!(1), &json!("error")));
    let path = format!("/datasets/{id}/documents/{document}");
    let update = client.post(&format!("{path}/update-by-text"), &json!({ "name": "x", "text": "y" })).await;
    assert_eq!((update.status.as_u16(), update.message().as_str()), (400, "Document is not available"));
    let chunk = client.post(&format!("{path}/segments"), &json!({ "segments": [{ "content": "x" }] })).await;
    assert_eq!((chunk.status.as_u16(), chunk.message().as_str()), (404, "Document is not completed."));
    assert_eq!(client.text(&id, "x", "right").await, document);
    assert_eq!(client.get(&path).await.json()["error"], Value::Null);
}

#[tokio::test]
async fn wrong_texts_are_refused() {
    let host = TestHost::with(|config| config.limits.max_upload_bytes = 1000).await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    for (body, field) in [
        (json!({ "text": "x" }), "name"),
        (json!({ "name": "x" }), "text"),
        (json!({ "name": "", "text": "x" }), "name"),
        (json!({ "name": "x", "text": 5 }), "text"),
        (json!({ "name": "x", "text": "x", "indexing_technique": "cheap" }), "indexing_technique"),
        (json!({ "name": "x", "text": "x", "doc_form": "bogus" }), "doc_form"),
        (json!({ "name": "x", "text": "x", "process_rule": { "mode": "bogus" } }), "process_rule.mode"),
        (
            json!({ "name": "x", "text": "x", "process_rule": { "mode": "custom", "rules": { "segmentation": { "max_tokens": "9" } } } }),
            "process_rule.rules.segmentation.max_tokens",
        ),
    ] {
        let answer = client.post(&by_text(&id), &body).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{body}");
        assert!(answer.message().lines().any(|line| line == field), "{body}: {}", answer.message());
    }
    let bare = client.post("/datasets", &json!({ "name": "bare" })).await.json();
    let bare = bare["id"].as_str().unwrap();
    let answer = client.post(&by_text(bare), &json!({ "name": "x", "text": "x" })).await;
    assert_eq!(answer.message(), "indexing_technique is required.");
    let none = by_text("00000000-0000-4000-8000-000000000000");
    assert_eq!(client.post(&none, &json!({ "name": "x", "text": "x" })).await.message(), "Dataset not found.");
    let large = client.post(&by_text(&id), &json!({ "name": "x", "text": "x".repeat(1001) })).await;
    assert_eq!((large.status.as_u16(), large.refusal().as_str()), (400, "file_too_large"));
    assert_eq!(client.get(&format!("/datasets/{id}/documents")).await.json()["total"], 0);
    assert!(host.data_files("files").is_empty() && host.data_files("tmp").is_empty());

    let long = client.post(&by_text(&id), &json!({ "name": "L".repeat(300), "text": "" })).await.json();
    assert_eq!(long["document"]["name"].as_str().unwrap().len(), 200);
    let status = client.indexed(&id, long["batch"].as_str().unwrap()).await;
    assert_eq!((&status["indexing_status"], &status["total_segments"]), (&json!("completed"), &json!(0)));
}

#[tokio::test]
async fn lists_are_filtered_and_newest_first() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    for name in ["Alpha 100%", "beta", "Größe"] {
        client.text(&id, name, "text").await;
    }
    let path = format!("/datasets/{id}/documents");
    let names = |answer: Value| {
        answer["data"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(client.get(&path).await.json()), ["Größe", "beta", "Alpha 100%"]);
    for (query, total) in [
        ("keyword=ALPHA", 1),
        ("keyword=%25", 1),
        ("keyword=_", 0),
        ("keyword=gr%C3%96", 1),
        ("status=available", 3),
        ("status=enabled", 3),
        ("status=queuing", 0),
        ("status=archived", 0),
        ("status=bogus", 3),
        ("keyword=beta&status=error", 0),
    ] {
        assert_eq!(client.get(&format!("{path}?{query}")).await.json()["total"], total, "{query}");
    }
    let page = client.get(&format!("{path}?page=2&limit=2")).await.json();
    assert_eq!((names(page.clone()), &page["has_more"]), (vec!["Alpha 100%".to_owned()], &json!(false)));
}

#[tokio::test]
async fn a_deleted_document_is_gone_with_its_file() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    // Long enough that the deletion meets the indexing.
    let body = json!({ "name": "long", "text": "A paragraph of some words.\n\n".repeat(20_000), "process_rule": by_paragraph() });
    let accepted = client.post(&by_text(&id), &body).await.json();
    let (document, batch) = (accepted["document"]["id"].as_str().unwrap(), accepted["batch"].as_str().unwrap());
    let path = format!("/datasets/{id}/documents/{document}");
    let status = format!("/datasets/{id}/documents/{batch}/indexing-status");
    while client.get(&status).await.json()["data"][0]["completed_segments"] == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let gone = client.delete(&path).await;
    assert_eq!((gone.status.as_u16(), gone.body.len()), (204, 0));
    let again = client.delete(&path).await;
    assert_eq!((again.status.as_u16(), again.message().as_str()), (404, "Document Not Exists."));
    assert_eq!(client.get(&path).await.message(), "Document not found.");
    assert_eq!(client.get(&status).await.message(), "Documents not found.");
    for _ in 0..500 {
        if host.data_files("files").is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(host.data_files("files").is_empty());
    client.text(&id, "next", "works").await;
    assert_eq!(client.json(Method::PATCH, &path, &json!({})).await.status, 400);
}
