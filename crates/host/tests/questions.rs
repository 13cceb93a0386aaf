//! Questions and answers over HTTP: from tables and by hand.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::{Client, TestHost};

#[path = "extract/files.rs"]
#[expect(dead_code, reason = "the tests of text extraction use more of it")]
mod files;

/// Uploads a file in question-and-answer mode and waits; answers the document's id and its status.
async fn upload(client: &Client, dataset: &str, name: &str, content: &[u8]) -> (String, Value) {
    let data = json!({ "doc_form": "qa_model", "process_rule": { "mode": "automatic" } });
    let path = format!("/datasets/{dataset}/document/create-by-file");
    let answer = client.upload(Method::POST, &path, name, content, &data).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let answer = answer.json();
    let status = client.indexed(dataset, answer["batch"].as_str().unwrap()).await;
    (answer["document"]["id"].as_str().unwrap().to_owned(), status)
}

fn pairs(segments: &[Value]) -> Vec<(&str, &str)> {
    segments.iter().map(|s| (s["content"].as_str().unwrap(), s["answer"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_table_of_two_columns_becomes_pairs() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("FAQ").await;
    let csv = "question,answer\n\"How do I tighten, exactly?\",\"With a spanner.\r\nTwice\u{7}.\"\n\n什么时候备份？,每天晚上\n";
    let (document, status) = upload(client, &id, "faq.csv", csv.as_bytes()).await;
    assert_eq!((&status["indexing_status"], &status["total_segments"]), (&json!("completed"), &json!(2)), "{status}");
    let segments = client.segments(&id, &document).await;
    assert_eq!(pairs(&segments), [("How do I tighten, exactly?", "With a spanner.\nTwice."), ("什么时候备份？", "每天晚上")]);
    assert_eq!(client.get(&format!("/datasets/{id}")).await.json()["doc_form"], "qa_model");
    for (query, answer) in [("tighten", "With a spanner.\nTwice."), ("备份", "每天晚上")] {
        let found = client.retrieve(&id, query, "full_text_search", 2).await;
        assert_eq!(found[0]["segment"]["answer"], answer, "{query}");
    }

    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\"><v>42</v></c></row>";
    let book = files::xlsx(&[("FAQ", sheet)], &["问题", "答案", "How many?"]);
    let (document, status) = upload(client, &id, "faq.xlsx", &book).await;
    assert_eq!(status["indexing_status"], "completed", "{status}");
    assert_eq!(pairs(&client.segments(&id, &document).await), [("How many?", "42")]);
    let (document, status) = upload(client, &id, "faq.xls", &files::xls()).await;
    assert_eq!(status["indexing_status"], "completed", "{status}");
    assert_eq!(pairs(&client.segments(&id, &document).await), [("Impeller", "12.5")]);
}

#[tokio::test]
async fn what_is_no_pair_is_named() {
    let host = TestHost::start().await;
    let client = &host.client;
    let id = client.dataset("FAQ").await;
    for (name, content, part) in [
        ("lacking.csv", "question,answer\nHow?\nWhy?,Because.\n", "row 2 lacks its answer"),
        ("column.csv", "question\nHow?\n", "row 2 lacks its answer"),
        ("wide.csv", "id,question,answer\n1,How?,So.\n", "row 1 has 3"),
        ("text.txt", "A text that a language model would make questions of.", "language model"),
    ] {
        let (document, status) = upload(client, &id, name, content.as_bytes()).await;
        assert_eq!(status["indexing_status"], "error", "{name}: {status}");
        assert!(status["error"].as_str().unwrap().contains(part), "{name}: {status}");
        assert!(client.segments(&id, &document).await.is_empty());
    }
    let (_, status) = upload(client, &id, "header.csv", b"question,answer\n").await;
    assert_eq!((&status["indexing_status"], &status["total_segments"]), (&json!("completed"), &json!(0)));
}
