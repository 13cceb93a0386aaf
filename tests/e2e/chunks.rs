//! Chunks: many at once, filters, and what a new file of their document takes away.
//!
//! Proves: listSegments, createSegments.

use fantoccini::Locator;
use serde_json::json;

use crate::support::Desk;

/// A document of one chunk: its knowledge base, and itself.
async fn notes(desk: &Desk) -> (String, String) {
    let knowledge_base = desk.make_knowledge_base("Notes").await;
    let document = desk.make_document(&knowledge_base, "notes.txt", "First line.").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}")).await;
    (knowledge_base, document)
}

async fn contents(desk: &Desk, knowledge_base: &str, document: &str) -> Vec<String> {
    let mut all = Vec::new();
    for page in 1..10 {
        let path = format!("datasets/{knowledge_base}/documents/{document}/segments?limit=100&page={page}");
        let answer = desk.api("GET", &path, None).await;
        let chunks = answer["data"].as_array().expect("chunks").clone();
        if chunks.is_empty() {
            break;
        }
        all.extend(chunks.iter().map(|chunk| chunk["content"].as_str().unwrap().to_owned()));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn many_chunks_are_looked_over_and_none_is_added_twice() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = notes(&desk).await;
    desk.click("Add chunk").await;
    desk.field("Several").await.click().await.unwrap();
    // 150 of them: two requests.
    let text: Vec<String> = (0..150).map(|at| format!("Chunk number {at}.")).collect();
    let script = r#"const area = document.querySelector("dialog[open] textarea"); area.value = arguments[0]; area.dispatchEvent(new Event("input", {bubbles: true}));"#;
    desk.browser.execute(script, vec![json!(text.join("\n---\n"))]).await.unwrap();
    desk.see_text("150 chunks").await;
    // The second answer is lost. The browser then sends the request once more by itself, and what that made is taken back.
    desk.faults(json!([{"method": "POST", "path_contains": "/segments", "after": 1, "times": 1, "action": "drop_after"}])).await;
    desk.click("Add 150 chunks").await;
    desk.see_text("150 chunks were added at the end.").await;
    desk.no_faults().await;
    let now = contents(&desk, &knowledge_base, &document).await;
    let expected: Vec<String> = std::iter::once("First line.".to_owned()).chain(text).collect();
    assert_eq!(now, expected);
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_try_looks_before_it_sends() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = notes(&desk).await;
    desk.click("Add chunk").await;
    desk.field("Several").await.click().await.unwrap();
    desk.type_into("Chunks", "One more.\n---\nAnd another.").await;
    desk.see_text("2 chunks").await;
    desk.faults(json!([
        // However often the browser, which sends a lost request again by itself, tries.
        {"method": "POST", "path_contains": "/segments", "action": "drop_after"},
        // Before the write two reads pass; the look after it gets nothing, however often it asks.
        {"method": "GET", "path_contains": "/segments", "after": 2, "action": "drop"},
    ]))
    .await;
    desk.click("Add 2 chunks").await;
    desk.see_text("Not added").await;
    desk.no_faults().await;
    desk.click("Try the rest again").await;
    desk.see_text("2 chunks were added at the end.").await;
    assert_eq!(contents(&desk, &knowledge_base, &document).await, ["First line.", "One more.", "And another."]);
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_and_answers_come_from_a_table() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Help desk").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    let file = desk.file("faq.csv", "question,answer\nHow do I prime the pump?,Slowly.\n");
    desk.choose_files(&[file]).await;
    desk.field("Questions and answers").await.click().await.unwrap();
    desk.see_text("A Dify server needs a language model").await;
    desk.click("Add 1 file").await;
    desk.see_text("1 upload ended").await;
    desk.click("faq.csv").await;
    desk.see_text("How do I prime the pump?").await;
    desk.click("Add chunk").await;
    desk.field("Several").await.click().await.unwrap();
    desk.field("Table (CSV)").await.click().await.unwrap();
    desk.type_into("Chunks", "When is it serviced?,\n").await;
    desk.see_text("1: a question needs an answer.").await;
    desk.replace("Chunks", "When is it serviced?,Every spring.,service;spring\n").await;
    desk.click("Add 1 chunk").await;
    desk.see_text("1 chunk was added at the end.").await;
    desk.see_text("Every spring.").await;
    // A text would lose the answers.
    desk.click("More actions").await;
    let item = desk.named("Replace text…").await;
    assert!(!item.is_enabled().await.unwrap());
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_shows_what_it_changes_and_what_is_lost() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = notes(&desk).await;
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().unwrap();
    let path = format!("datasets/{knowledge_base}/documents/{document}/segments/{chunk}");
    desk.api("POST", &path, Some(&json!({"segment": {"content": "First line, mended."}}))).await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("First line, mended.").await;
    desk.click("More actions").await;
    desk.click("Replace by file…").await;
    desk.see_text("What people did by hand is lost: 1 chunk changed or switched.").await;
    desk.choose_files(&[desk.file("notes.txt", "First line.\nSecond line.")]).await;
    desk.see_text("What changes in the text").await;
    desk.see(Locator::Css("dialog[open] .diff ins")).await;
    desk.finish(&[]).await;
}
