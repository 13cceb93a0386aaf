//! Another try after an answer that was lost and could not be looked up: it looks before it sends, also after a reload.
//!
//! Proves: createDocumentFromText, createDocumentFromFile, createSegments, createChildChunk.

use serde_json::{Value, json};

use crate::support::Desk;

/// A request that is carried out and whose answer is lost, however often the browser, which sends it again by itself, tries.
fn lost(method: &str, path: &str) -> Value {
    json!({"method": method, "path_contains": path, "action": "drop_after"})
}

/// Reads that fail, after so many that do not.
fn blind(path: &str, after: u64) -> Value {
    let answer = json!({"status": {"status": 500, "body": "{}", "content_type": "application/json"}});
    json!({"method": "GET", "path_contains": path, "after": after, "action": answer})
}

/// The texts of a list of chunks or child chunks.
async fn texts(desk: &Desk, path: &str) -> Vec<String> {
    let list = desk.api("GET", path, None).await;
    let text = |chunk: &Value| chunk["content"].as_str().unwrap_or_default().to_owned();
    list["data"].as_array().expect("a list").iter().map(text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_try_of_a_text_or_a_file_follows_what_is_there() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let documents = format!("/local/knowledge-bases/{knowledge_base}/documents");
    desk.open(&documents).await;
    for (create, name) in [("create-by-text", "seal"), ("create-by-file", "valve.txt")] {
        if create == "create-by-text" {
            desk.click("Paste text").await;
            desk.type_into("Name of the document", name).await;
            desk.type_into("Text", "Inspect the seal.").await;
        } else {
            desk.choose_files(&[desk.file(name, "Close the valve.")]).await;
            desk.see_text("1 file will be sent").await;
        }
        desk.faults(json!([lost("POST", create), blind("/documents?", 0)])).await;
        desk.click(if create == "create-by-text" { "Add text" } else { "Add 1 file" }).await;
        let again = format!("Try {name} again");
        desk.named(&again).await;
        desk.no_faults().await;
        desk.click(&again).await;
        desk.see_no_text("Failed").await;
        desk.see_no_text(&again).await;
        assert!(desk.sent("POST", create).await.is_empty(), "{name} was sent again");
    }
    let all = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(all["total"], 2, "{all}");
    desk.finish(&["ERR_", "500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_try_of_a_chunk_finds_it_also_after_a_reload() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "First line.").await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}")).await;
    for (is_loaded_anew, text) in [(false, "One more."), (true, "And another.")] {
        desk.click("Add chunk").await;
        desk.type_into("Content", text).await;
        // The end of the document can be read before the chunk is sent, and not afterwards.
        desk.faults(json!([lost("POST", "/segments"), blind("limit=100", 2)])).await;
        desk.click("Add chunk").await;
        desk.see(fantoccini::Locator::Css("dialog[open] .error-line")).await;
        desk.no_faults().await;
        if is_loaded_anew {
            desk.browser.refresh().await.unwrap();
            desk.see_text("First line.").await;
            desk.click("Add chunk").await;
        }
        desk.click("Add chunk").await;
        desk.see_text("was added at the end.").await;
        assert!(desk.sent("POST", "/segments").await.is_empty(), "{text} was sent again");
        desk.click("Close").await;
        desk.see_no_text("was added at the end.").await;
    }
    assert_eq!(texts(&desk, &segments).await, ["First line.", "One more.", "And another."]);
    desk.finish(&["ERR_", "500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_try_of_a_child_chunk_finds_it_also_after_a_reload() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Bridges").await;
    let rule = json!({"mode": "hierarchical", "rules": {
        "pre_processing_rules": [], "parent_mode": "paragraph",
        "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0},
        "subchunk_segmentation": {"separator": ". ", "max_tokens": 500, "chunk_overlap": 0}}});
    let body = json!({"name": "a.txt", "text": "Arches hold.", "indexing_technique": "economy",
        "doc_form": "hierarchical_model", "process_rule": rule});
    let made = desk.api("POST", &format!("datasets/{knowledge_base}/document/create-by-text"), Some(&body)).await;
    let document = made["document"]["id"].as_str().expect("an id").to_owned();
    desk.indexed(&knowledge_base, &document).await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let chunk = desk.api("GET", &segments, None).await["data"][0]["id"].as_str().expect("a chunk").to_owned();
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{chunk}")).await;
    for (position, is_loaded_anew, text) in [(2, false, "Cables hang."), (3, true, "Roads lie.")] {
        desk.click("Add child").await;
        desk.type_into("Text of the new child chunk", text).await;
        desk.faults(json!([lost("POST", "/child_chunks"), blind("/child_chunks?", 1)])).await;
        desk.click("Add it").await;
        desk.see(fantoccini::Locator::Css(".child-add .error-line")).await;
        desk.no_faults().await;
        if is_loaded_anew {
            // The form is open again, with what was typed.
            desk.browser.refresh().await.unwrap();
        }
        desk.click("Add it").await;
        desk.see_text(&format!("Child chunk {position} was added.")).await;
        assert!(desk.sent("POST", "/child_chunks").await.is_empty(), "{text} was sent again");
    }
    assert_eq!(texts(&desk, &format!("{segments}/{chunk}/child_chunks")).await, ["Arches hold.", "Cables hang.", "Roads lie."]);
    desk.finish(&["ERR_", "500"]).await;
}
