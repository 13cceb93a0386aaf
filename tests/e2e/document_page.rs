//! The page of a document: its metadata, its text and its file replaced, its chunks split anew, each as a person does it.
//!
//! Proves: updateDocument, updateDocumentByFile, updateDocumentByText, batchUpdateDocumentMetadata, getBuiltInMetadataFields.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// A knowledge base with a document: their ids; the page of the document is open.
async fn notes(desk: &Desk, text: &str) -> (String, String) {
    let knowledge_base = desk.make_knowledge_base("Notes").await;
    let document = desk.make_document(&knowledge_base, "notes.txt", text).await;
    open(desk, &knowledge_base, &document, "").await;
    (knowledge_base, document)
}

async fn open(desk: &Desk, knowledge_base: &str, document: &str, query: &str) {
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}{query}")).await;
}

async fn make_field(desk: &Desk, knowledge_base: &str, name: &str, kind: &str) -> String {
    let body = json!({"name": name, "type": kind});
    let made = desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&body)).await;
    made["id"].as_str().expect("an id").to_owned()
}

async fn set_value(desk: &Desk, knowledge_base: &str, document: &str, field: (&str, &str), value: Value) {
    let values = json!([{"id": field.0, "name": field.1, "value": value}]);
    let body = json!({"operation_data": [{"document_id": document, "metadata_list": values, "partial_update": true}]});
    desk.api("POST", &format!("datasets/{knowledge_base}/documents/metadata"), Some(&body)).await;
}

/// The document's own values by the names of their fields.
async fn values(desk: &Desk, knowledge_base: &str, document: &str) -> Value {
    let detail = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}?metadata=only"), None).await;
    let list = detail["doc_metadata"].as_array().cloned().unwrap_or_default();
    let own = list.iter().filter(|value| value["id"] != "built-in");
    own.map(|value| (value["name"].as_str().unwrap().to_owned(), value["value"].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

async fn contents(desk: &Desk, knowledge_base: &str, document: &str) -> Vec<String> {
    desk.indexed(knowledge_base, document).await;
    let answer = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments?limit=100"), None).await;
    let chunks = answer["data"].as_array().cloned().unwrap_or_default();
    chunks.iter().map(|chunk| chunk["content"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn count(desk: &Desk, beginning: &str, end: &str) -> usize {
    desk.requests().await.iter().filter(|request| request.starts_with(beginning) && request.ends_with(end)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_edited_by_type_and_only_what_was_touched_changes() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let author = make_field(&desk, &knowledge_base, "author", "string").await;
    make_field(&desk, &knowledge_base, "year", "number").await;
    make_field(&desk, &knowledge_base, "reviewed", "time").await;
    desk.api("POST", &format!("datasets/{knowledge_base}/metadata/built-in/enable"), Some(&json!({}))).await;
    let document = desk.make_document(&knowledge_base, "pump.txt", "One.").await;
    set_value(&desk, &knowledge_base, &document, (&author, "author"), json!("Ada")).await;
    open(&desk, &knowledge_base, &document, "").await;
    desk.see_text("Ada").await;
    // The built-in ones have words, and the server was asked which there are.
    desk.click("Filled in by the server").await;
    desk.see_text("ho added it").await;
    assert_eq!(count(&desk, "GET", "/metadata/built-in").await, 1);

    desk.click("Edit metadata").await;
    desk.path_becomes("the form's", |path| path.ends_with("?edit=metadata")).await;
    desk.see_text("Nobody can edit these.").await;
    desk.replace("year", "nineteen").await;
    desk.see_text("This is no number").await;
    desk.press(char::from(Key::Control).to_string() + &char::from(Key::Enter).to_string()).await;
    desk.see_text("A value does not fit its field. Mend it first; nothing was sent.").await;
    desk.replace("year", "2026").await;
    let script = r#"const field = [...document.querySelectorAll("dialog[open] input[type=datetime-local]")][0];
        field.value = "2026-11-23T14:05"; field.dispatchEvent(new Event("input", {bubbles: true}));"#;
    desk.script(script).await;
    desk.see_text("2 values changed, not saved").await;
    desk.see_text("Before: empty").await;
    // It survives the page.
    desk.browser.refresh().await.unwrap();
    desk.see_text("Your changes from before are still here.").await;
    desk.see_text("2 values changed, not saved").await;
    desk.no_faults().await;
    desk.click("Save").await;
    desk.see_text("The metadata of “pump.txt” was saved.").await;
    let local = desk.script("return Date.parse('2026-11-23T14:05:00') / 1000").await;
    let now = values(&desk, &knowledge_base, &document).await;
    assert_eq!(now, json!({"author": "Ada", "year": 2026, "reviewed": local}));
    desk.path_becomes("the page's", |path| !path.contains("edit=")).await;
    desk.see_text("2026").await;
    assert!(count(&desk, "GET", "?metadata=only").await > 0, "only the values are read again");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_value_is_shown_before_it_is_written_over() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let author = make_field(&desk, &knowledge_base, "author", "string").await;
    let document = desk.make_document(&knowledge_base, "pump.txt", "One.").await;
    open(&desk, &knowledge_base, &document, "?edit=metadata").await;
    desk.replace("author", "Bo").await;
    desk.see_text("1 value changed, not saved").await;
    set_value(&desk, &knowledge_base, &document, (&author, "author"), json!("Eve")).await;
    desk.click("Save").await;
    desk.see_text("Somebody changed author to “Eve” meanwhile; you wanted “Bo”.").await;
    desk.see_text("Before: Eve").await;
    assert_eq!(values(&desk, &knowledge_base, &document).await, json!({"author": "Eve"}));
    // A refusal loses nothing.
    let refusal = json!({"status": {"status": 403, "body": r#"{"code":"forbidden","message":"rate limit"}"#, "content_type": "application/json"}});
    desk.faults(json!([{"method": "POST", "path_contains": "/documents/metadata", "action": refusal}])).await;
    desk.click("Save").await;
    desk.see(Locator::Css("dialog[open] .error-line")).await;
    desk.no_faults().await;
    desk.click("Save").await;
    desk.see_text("The metadata of “pump.txt” was saved.").await;
    assert_eq!(values(&desk, &knowledge_base, &document).await, json!({"author": "Bo"}));
    desk.finish(&["403"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_by_patch_and_the_older_way_where_there_is_none() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = notes(&desk, "First line.").await;
    desk.no_faults().await;
    desk.click("More actions").await;
    desk.click("Replace by file…").await;
    desk.choose_files(&[desk.file("notes.txt", "Second line.")]).await;
    desk.see(Locator::Css("dialog[open] .diff ins")).await;
    desk.click("Send and index anew").await;
    desk.see_text("Second line.").await;
    let path = format!("/documents/{document}");
    assert_eq!((count(&desk, "PATCH", &path).await, count(&desk, "POST", "/update-by-file").await), (1, 0));
    assert_eq!(contents(&desk, &knowledge_base, &document).await, ["Second line."]);

    // As Dify 1.12 answers; it is asked once.
    let lacks = json!({"status": {"status": 405, "body": "{\"message\":\"The method is not allowed for the requested URL.\"}", "content_type": "application/json"}});
    desk.no_faults().await;
    desk.faults(json!([{"method": "PATCH", "path_contains": path, "action": lacks}])).await;
    for text in ["Third line.", "Fourth line."] {
        desk.click("More actions").await;
        desk.click("Replace by file…").await;
        desk.choose_files(&[desk.file("notes.txt", text)]).await;
        desk.see(Locator::Css("dialog[open] .diff ins")).await;
        desk.click("Send and index anew").await;
        desk.see_text(text).await;
        assert_eq!(contents(&desk, &knowledge_base, &document).await, [text]);
    }
    assert_eq!((count(&desk, "PATCH", &path).await, count(&desk, "POST", "/update-by-file").await), (1, 2));
    desk.finish(&["405"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_shows_its_difference_and_a_newer_one_is_not_written_over_unasked() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = notes(&desk, "First line.").await;
    desk.click("More actions").await;
    desk.click("Replace text…").await;
    desk.replace("New text", "First line, mended.").await;
    desk.click("Review the change").await;
    desk.see(Locator::Css("dialog[open] .diff ins")).await;
    // Meanwhile somebody mends the chunk.
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let chunk = desk.api("GET", &segments, None).await["data"][0]["id"].as_str().unwrap().to_owned();
    desk.api("POST", &format!("{segments}/{chunk}"), Some(&json!({"segment": {"content": "First line, by Eve."}}))).await;
    desk.click("Replace and index anew").await;
    desk.see_text("This document changed on the server since you began.").await;
    desk.see_text("by Eve").await;
    assert_eq!(contents(&desk, &knowledge_base, &document).await, ["First line, by Eve."]);
    desk.click("Replace and index anew").await;
    desk.see_text("“notes.txt” is being indexed anew.").await;
    assert_eq!(contents(&desk, &knowledge_base, &document).await, ["First line, mended."]);
    desk.see_text("First line, mended.").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chunk_settings_alone_split_the_same_text_anew() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = notes(&desk, "One part.\n\nAnother part.").await;
    desk.see_text("Another part.").await;
    desk.no_faults().await;
    desk.click("More actions").await;
    desk.click("Chunk settings…").await;
    // Its own rule, so there is nothing to send yet.
    desk.see_text("The document was split with these settings.").await;
    desk.replace("Separator", "###").await;
    desk.see_no_text("The document was split with these settings.").await;
    desk.click("Split again").await;
    desk.see_text("“notes.txt” is being split again.").await;
    assert_eq!(contents(&desk, &knowledge_base, &document).await, ["One part.\n\nAnother part."]);
    assert_eq!(count(&desk, "PATCH", &format!("/documents/{document}")).await, 1);
    // A lost answer is looked up.
    desk.see_text("1 chunk").await;
    desk.faults(json!([{"method": "PATCH", "path_contains": format!("/documents/{document}"), "action": "drop_after"}])).await;
    desk.click("More actions").await;
    desk.click("Chunk settings…").await;
    desk.replace("Separator", "\\n\\n").await;
    desk.click("Split again").await;
    desk.see_text("2 chunks").await;
    assert_eq!(contents(&desk, &knowledge_base, &document).await, ["One part.", "Another part."]);
    desk.finish(&["ERR_"]).await;
}
