//! A knowledge base that a pipeline fills takes nothing past it: not by the list, not by a document's page, not by the queue.
//!
//! Proves: runPipeline.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::{
    Desk,
    pipelines::{count, has, make, with_a_file},
};

/// Asserts that nothing was sent that makes or replaces a document.
async fn nothing_passed(desk: &Desk) {
    for line in desk.requests().await {
        let path = line.split('?').next().unwrap_or_default();
        let is_way_past =
            ["create-by-file", "create-by-text", "update-by-file", "update-by-text"].iter().any(|end| path.ends_with(end));
        let is_update = line.starts_with("PATCH ") && !path.contains("/status/");
        assert!(!is_way_past && !is_update, "{line}");
    }
}

/// The reasons by the words of the items of the open menu that are off.
async fn items_off(desk: &Desk) -> Value {
    desk.script(
        "return [...document.querySelectorAll('[role=menuitem]')].filter((item) => item.disabled || item.ariaDisabled === 'true')
            .map((item) => `${item.innerText.replace(/\\s+/g, ' ').trim()} ${item.title}`.trim())",
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_offered_that_would_pass_a_pipeline_by() {
    let desk = Desk::start().await;
    let id = with_a_file(&desk, "pumps.txt").await;
    desk.click("Run the pipeline").await;
    desk.see_text("Done · 1 chunk").await;
    desk.no_faults().await;
    let why = "A pipeline fills this knowledge base: run it with the new content.";

    desk.open(&format!("/local/knowledge-bases/{id}/documents")).await;
    desk.see_text("pumps.txt").await;
    desk.click("Actions for pumps.txt").await;
    desk.see_text(why).await;
    let off = items_off(&desk).await;
    assert!(off.as_array().unwrap().contains(&json!(format!("Replace by file… {why}"))), "{off}");
    desk.press(char::from(Key::Escape)).await;
    desk.press(format!("{}k{}", char::from(Key::Control), char::from(Key::Null))).await;
    desk.see(Locator::Css(".palette-line")).await;
    let lines = desk.script("return [...document.querySelectorAll('.palette-line')].map((line) => line.innerText.trim())").await;
    let lines: Vec<&str> = lines.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(lines.iter().any(|line| line.starts_with("Run the pipeline")), "{lines:?}");
    for absent in ["Add files", "Add a folder", "Paste text"] {
        assert!(lines.iter().all(|line| !line.starts_with(absent)), "{lines:?}");
    }
    desk.press(char::from(Key::Escape)).await;

    desk.click("pumps.txt").await;
    desk.see(Locator::Css(".chunk-text")).await;
    desk.click("More actions").await;
    let off = items_off(&desk).await;
    let off: Vec<&str> = off.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(off.iter().filter(|item| item.ends_with(why)).count(), 3, "{off:?}");
    nothing_passed(&desk).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_document_of_a_pipeline_is_not_sent_again_as_a_file() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    // A server may have failed with it; here its answers are changed to say so.
    let failed = json!({"id": "00000000-0000-4000-8000-000000000001", "name": "broken.pdf", "indexing_status": "error",
        "display_status": "error", "error": "No text.", "enabled": true, "archived": false, "created_at": 1_700_000_000,
        "data_source_type": "upload_file", "doc_form": "text_model", "word_count": 0, "tokens": 0, "hit_count": 0});
    let list = json!({"data": [failed], "has_more": false, "limit": 100, "total": 1, "page": 1});
    let answer = |body: &Value| json!({"status": {"status": 200, "body": body.to_string(), "content_type": "application/json"}});
    // The desk's own address ends like that of the API.
    desk.faults(json!([
        {"method": "GET", "path_contains": format!("/datasets/{id}/documents/00000000"), "action": answer(&failed)},
        {"method": "GET", "path_contains": "/documents?", "action": answer(&list)},
    ]))
    .await;
    desk.open(&format!("/local/knowledge-bases/{id}/documents")).await;
    desk.click("Actions for broken.pdf").await;
    desk.see_text("takes no files").await;
    let off = items_off(&desk).await;
    assert!(
        off.as_array()
            .unwrap()
            .iter()
            .any(|item| item.as_str().unwrap().starts_with("Try again This knowledge base takes no files")),
        "{off}"
    );
    desk.press(char::from(Key::Escape)).await;
    desk.open(&format!("/local/knowledge-bases/{id}/documents/00000000-0000-4000-8000-000000000001")).await;
    desk.see_text("run it with the new content").await;
    desk.see_no_text("Replace by file…").await;
    nothing_passed(&desk).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_yet_is_asked_before_anything_is_sent() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    // The page learns of no pipeline: its own question is answered as by an older server, and the list has nothing.
    let detail = desk.api("GET", &format!("datasets/{id}"), None).await;
    let mut silent = detail.as_object().unwrap().clone();
    silent.remove("runtime_mode");
    silent.remove("pipeline_id");
    let answer = |body: Value| json!({"status": {"status": 200, "body": body.to_string(), "content_type": "application/json"}});
    let nothing = json!({"data": [], "has_more": false, "limit": 100, "total": 0, "page": 1});
    desk.faults(json!([
        {"method": "GET", "path_contains": "/datasets?", "action": answer(nothing.clone())},
        {"method": "GET", "path_contains": "/documents?", "action": answer(nothing)},
        {"method": "GET", "path_contains": format!("/datasets/{id}"), "times": 1, "action": answer(json!(silent))},
    ]))
    .await;
    desk.open(&format!("/local/knowledge-bases/{id}/documents")).await;
    desk.see_text("Drop files here").await;
    desk.choose_files(&[desk.file("pumps.txt", "Grease the bearing.")]).await;
    desk.click("Add 1 file").await;
    desk.see_text("A pipeline fills this knowledge base.").await;
    nothing_passed(&desk).await;
    assert_eq!(count(&desk, "POST", "create-by-file").await, 0);
    desk.no_faults().await;
    has(&desk, &id, &[]).await;
    desk.finish(&[]).await;
}
