//! Uploads over HTTP: what is accepted, what is refused, and that a refused one leaves nothing behind.
//!
//! Proves: createDocumentFromFile, downloadDocument, updateDocument, updateDocumentByFile.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::http::Part;
use support::{TestHost, by_paragraph};

fn by_file(dataset: &str) -> String {
    format!("/datasets/{dataset}/document/create-by-file")
}

fn rule() -> Value {
    json!({ "process_rule": by_paragraph() })
}

#[tokio::test]
async fn a_file_becomes_a_document_and_comes_back_whole() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let content = "# Ümläut\n\nFirst.\n\nSecond.".as_bytes();
    let accepted = client.upload(Method::POST, &by_file(&id), "Größe 数据.md", content, &rule()).await;
    assert_eq!(accepted.status, 200, "{accepted:?}");
    let accepted = accepted.json();
    let file = &accepted["document"]["data_source_detail_dict"]["upload_file"];
    assert_eq!((&file["name"], &file["size"]), (&json!("Größe 数据.md"), &json!(content.len())));
    assert_eq!((&file["extension"], &file["mime_type"]), (&json!("md"), &json!("text/markdown")));
    client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
    let document = accepted["document"]["id"].as_str().unwrap();
    let segments = client.segments(&id, document).await;
    assert_eq!(segments.iter().map(|s| s["content"].as_str().unwrap()).collect::<Vec<_>>(), ["Ümläut\nFirst.", "Second."]);

    let url = client.get(&format!("/datasets/{id}/documents/{document}/download")).await.json();
    let answer = client.get(&format!("/{}", url["url"].as_str().unwrap())).await;
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, content));
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"Gr__e __.md\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E6%95%B0%E6%8D%AE.md"
    );
    assert!(answer.header("content-security-policy").starts_with("sandbox"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");

    // A second upload of the name, sent as an update, under both of its names.
    for (method, path) in [
        (Method::PATCH, format!("/datasets/{id}/documents/{document}")),
        (Method::POST, format!("/datasets/{id}/documents/{document}/update_by_file")),
    ] {
        let updated = client.upload(method, &path, "new.txt", b"changed", &json!({})).await;
        assert_eq!(updated.status, 200, "{updated:?}");
        let updated = updated.json();
        assert_eq!((&updated["document"]["id"], &updated["document"]["name"]), (&json!(document), &json!("new.txt")));
        client.indexed(&id, updated["batch"].as_str().unwrap()).await;
        assert_eq!(client.segments(&id, document).await[0]["content"], "changed");
    }
    let data = rule().to_string();
    let ruled = [Part { field: "data", file_name: None, content: data.as_bytes() }];
    let path = format!("/datasets/{id}/documents/{document}");
    assert_eq!(client.form(Method::PATCH, &path, &ruled).await.status, 200);
    assert_eq!(client.get(&path).await.json()["data_source_info"]["upload_file"]["name"], "new.txt");
}

#[tokio::test]
async fn wrong_uploads_are_refused_and_leave_nothing() {
    let host = TestHost::with(|config| config.limits.max_upload_bytes = 100_000).await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let path = by_file(&id);
    let kept = client.upload(Method::POST, &path, "kept.txt", b"kept", &rule()).await.json();
    client.indexed(&id, kept["batch"].as_str().unwrap()).await;
    let update = format!("/datasets/{id}/documents/{}", kept["document"]["id"].as_str().unwrap());
    let large = vec![b'x'; 100_001];
    for (method, path) in [(Method::POST, &path), (Method::PATCH, &update)] {
        for (name, content, status, code) in [
            ("", &b"x"[..], 400, "filename_not_exists_error"),
            ("a/b.txt", b"x", 400, "invalid_param"),
            ("..\\\\a.txt", b"x", 400, "invalid_param"),
            ("../../etc/a.txt", b"x", 400, "invalid_param"),
            ("a:b.txt", b"x", 400, "invalid_param"),
            ("a*b?.txt", b"x", 400, "invalid_param"),
            ("<a>|.txt", b"x", 400, "invalid_param"),
            ("tool.exe", b"MZ", 415, "unsupported_file_type"),
            ("README", b"x", 415, "unsupported_file_type"),
            (".txt.exe", b"x", 415, "unsupported_file_type"),
            ("big.txt", &large, 413, "file_too_large"),
        ] {
            let answer = client.upload(method.clone(), path, name, content, &rule()).await;
            // The contract has 413 and 415 for an update and only 400 for a new document; the codes are the same.
            let status = if method == Method::POST { 400 } else { status };
            assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (status, code), "{name} {method}");
            if code == "file_too_large" {
                assert!(answer.message().contains("100000 bytes"), "{}", answer.message());
            }
        }
        let one = Part { field: "file", file_name: Some("a.txt"), content: b"x" };
        for field in ["file", "other"] {
            let two = [one, Part { field, file_name: Some("b.txt"), content: b"y" }];
            let answer = client.form(method.clone(), path, &two).await;
            assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "too_many_files"));
        }
        for data in ["{oops", "[1]", "{\"process_rule\":{\"mode\":\"bogus\"}}", "{\"doc_form\":5}"] {
            let parts = [one, Part { field: "data", file_name: None, content: data.as_bytes() }];
            let answer = client.form(method.clone(), path, &parts).await;
            assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "invalid_param"), "{data}");
        }
    }
    let data = Part { field: "data", file_name: None, content: b"{}" };
    assert_eq!(client.form(Method::POST, &path, &[data]).await.refusal(), "no_file_uploaded");
    assert_eq!(client.post(&path, &json!({ "name": "x" })).await.refusal(), "no_file_uploaded");
    assert_eq!(client.form(Method::PATCH, &update, &[data]).await.message(), "Data source or Process rule is required");
    let none = by_file("00000000-0000-4000-8000-000000000000");
    let answer = client.upload(Method::POST, &none, "a.txt", &large, &rule()).await;
    assert_eq!((answer.status.as_u16(), answer.message().as_str()), (404, "Dataset not found."));
    // A body that ends too early.
    let cut = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf";
    let kind = [("content-type", "multipart/form-data; boundary=BOUNDARY")];
    assert_eq!(client.send(Method::POST, &path, &kind, cut.into()).await.refusal(), "bad_request");

    let list = client.get(&format!("/datasets/{id}/documents")).await.json();
    assert_eq!((&list["total"], &list["data"][0]["name"]), (&json!(1), &json!("kept.txt")));
    assert_eq!((host.data_files("tmp").len(), host.data_files("files").len()), (0, 1));

    let exact = vec![b'x'; 100_000];
    assert_eq!(client.upload(Method::POST, &path, "exact.txt", &exact, &rule()).await.status, 200);
}

#[tokio::test]
async fn a_first_file_needs_a_rule_and_a_technique() {
    let host = TestHost::start().await;
    let client = &host.client;
    let bare = client.post("/datasets", &json!({ "name": "bare" })).await.json();
    let path = by_file(bare["id"].as_str().unwrap());
    let answer = client.upload(Method::POST, &path, "a.txt", b"x", &rule()).await;
    assert_eq!(answer.message(), "indexing_technique is required.");
    let answer = client.upload(Method::POST, &path, "a.txt", b"x", &json!({ "indexing_technique": "economy" })).await;
    assert_eq!(answer.message(), "process_rule is required.");
    let both = json!({ "indexing_technique": "economy", "process_rule": { "mode": "automatic" } });
    assert_eq!(client.upload(Method::POST, &path, "a.txt", b"x", &both).await.status, 200);
    let alone = [Part { field: "file", file_name: Some("b.txt"), content: b"no data part" }];
    assert_eq!(client.form(Method::POST, &path, &alone).await.status, 200);
}

#[tokio::test]
async fn an_empty_file_is_accepted_and_a_lying_one_fails_with_a_sentence() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("KB").await;
    let empty = client.upload(Method::POST, &by_file(&id), "empty.txt", b"", &rule()).await.json();
    let status = client.indexed(&id, empty["batch"].as_str().unwrap()).await;
    assert_eq!((&status["indexing_status"], &status["total_segments"]), (&json!("completed"), &json!(0)));
    for (name, content) in [("broken.pdf", &b"%PDF-1.4 nothing"[..]), ("lies.docx", b"no zip"), ("lies.xlsx", b"PK\x03\x04 cut")]
    {
        let accepted = client.upload(Method::POST, &by_file(&id), name, content, &rule()).await.json();
        let status = client.indexed(&id, accepted["batch"].as_str().unwrap()).await;
        assert_eq!(status["indexing_status"], "error", "{name}");
        assert!(status["error"].as_str().unwrap().ends_with('.'), "{status}");
        assert!(status["parsing_completed_at"].is_null());
    }
    let long = client.upload(Method::POST, &by_file(&id), &format!("{}.txt", "f".repeat(300)), b"x", &rule()).await.json();
    assert_eq!(long["document"]["name"], format!("{}.txt", "f".repeat(200)));
}
