//! What is typed and not saved: it survives a reload, another page, a failed save and a full storage, and two tabs share it.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// A knowledge base with a text field and a document of one chunk: the ids of all four.
async fn pumps(desk: &Desk) -> [String; 4] {
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let body = json!({"name": "author", "type": "string"});
    let field = desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&body)).await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    [text(&field["id"]), text(&chunks["data"][0]["id"]), knowledge_base, document]
}

async fn value(desk: &Desk, label: &str) -> String {
    desk.field(label).await.prop("value").await.unwrap().unwrap_or_default()
}

/// Leaves no room in the browser's storage.
async fn fill_storage(desk: &Desk) {
    let fill = "for (let size = 1 << 20; size >= 1; size >>= 1) {
        try { for (let at = 0; ; at++) localStorage.setItem(`filler ${size} ${at}`, 'x'.repeat(size)); } catch { /* full for this size */ }
    }
    return localStorage.length";
    assert_ne!(desk.script(fill).await, json!(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunk_is_kept_over_a_reload_another_page_and_a_failed_save() {
    let desk = Desk::start().await;
    let [_, chunk, knowledge_base, document] = pumps(&desk).await;
    let base = format!("/local/knowledge-bases/{knowledge_base}");
    let page = format!("{base}/documents/{document}/chunks/{chunk}");
    desk.open(&page).await;
    desk.type_into("Content", " Twice.").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("This is your draft from before; it was never saved.").await;
    assert_eq!(value(&desk, "Content").await, "Inspect the seal. Twice.");
    desk.open(&format!("{base}/retrieval")).await;
    desk.open(&page).await;
    assert_eq!(value(&desk, "Content").await, "Inspect the seal. Twice.");
    let broken = json!({"status": {"status": 500, "body": "{}", "content_type": "application/json"}});
    desk.faults(json!([{"method": "POST", "path_contains": "/segments/", "action": broken}])).await;
    desk.click("Save").await;
    desk.see(Locator::Css(".drawer .error-line")).await;
    assert_eq!(value(&desk, "Content").await, "Inspect the seal. Twice.");
    desk.no_faults().await;

    // A newer version on the server is shown beside it, and asked about.
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    desk.api("POST", &format!("{segments}/{chunk}"), Some(&json!({"segment": {"content": "Inspect the seal. Thrice."}}))).await;
    desk.click("Save").await;
    desk.see_text("Somebody else changed this chunk").await;
    desk.see(Locator::Css("dialog[open] .diff del")).await;
    let now = desk.api("GET", &segments, None).await;
    assert_eq!(now["data"][0]["content"], "Inspect the seal. Thrice.");
    desk.click("Keep mine").await;
    desk.see_text("Chunk 1 was saved.").await;
    let now = desk.api("GET", &segments, None).await;
    assert_eq!(now["data"][0]["content"], "Inspect the seal. Twice.");
    desk.finish(&["500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_documents_text_is_kept_over_a_reload_another_page_and_a_failed_save() {
    let desk = Desk::start().await;
    let [_, _, knowledge_base, document] = pumps(&desk).await;
    let base = format!("/local/knowledge-bases/{knowledge_base}");
    let page = format!("{base}/documents/{document}");
    let open = async || {
        desk.see_text("Inspect the seal.").await;
        desk.click("More actions").await;
        desk.click("Replace text…").await;
    };
    desk.open(&page).await;
    open().await;
    desk.type_into("New text", " And the pump.").await;
    // What is typed is stored a moment later.
    let stored =
        "return Object.keys(localStorage).some((key) => key.startsWith('loredesk.draft.chunk.') && key.endsWith('/text'))";
    let start = std::time::Instant::now();
    while desk.script(stored).await != json!(true) {
        assert!(start.elapsed().as_secs() < 20, "never stored");
    }
    desk.browser.refresh().await.unwrap();
    open().await;
    assert_eq!(value(&desk, "New text").await, "Inspect the seal. And the pump.");
    desk.open(&format!("{base}/settings")).await;
    desk.open(&page).await;
    open().await;
    desk.click("Review the change").await;
    let broken = json!({"status": {"status": 500, "body": "{}", "content_type": "application/json"}});
    desk.faults(json!([{"method": "POST", "path_contains": "/update-by-text", "action": broken}])).await;
    desk.click("Replace and index anew").await;
    desk.see(Locator::Css("dialog[open] .error-line")).await;
    desk.click("Back").await;
    assert_eq!(value(&desk, "New text").await, "Inspect the seal. And the pump.");
    desk.no_faults().await;
    fill_storage(&desk).await;
    desk.type_into("New text", " Yes.").await;
    desk.see_text("The browser does not store this draft").await;
    assert_eq!(value(&desk, "New text").await, "Inspect the seal. And the pump. Yes.");
    desk.finish(&["500"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_and_metadata_without_room_are_told_and_stay() {
    let desk = Desk::start().await;
    let [_, _, knowledge_base, document] = pumps(&desk).await;
    let base = format!("/local/knowledge-bases/{knowledge_base}");
    desk.open(&format!("{base}/settings")).await;
    desk.see(Locator::Css(".settings-form")).await;
    fill_storage(&desk).await;
    desk.type_into("Description", "Field service").await;
    desk.see_text("these changes will not survive a reload").await;
    assert_eq!(value(&desk, "Description").await, "Field service");

    // Another page of the same tab, not loaded anew.
    desk.click("Documents").await;
    desk.click("seal.txt").await;
    desk.click("Edit metadata").await;
    desk.type_into("author", "Ada").await;
    desk.see_text("The browser's storage is full or blocked").await;
    assert_eq!(value(&desk, "author").await, "Ada");
    desk.click("Save").await;
    desk.see_text("The metadata of “seal.txt” was saved.").await;
    let detail = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}"), None).await;
    assert_eq!(detail["doc_metadata"][0]["value"], "Ada");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_share_one_draft_of_metadata_value_by_value() {
    let desk = Desk::start().await;
    let [_, _, knowledge_base, _] = pumps(&desk).await;
    desk.make_document(&knowledge_base, "valve.txt", "Open the valve.").await;
    let grid = format!("/local/knowledge-bases/{knowledge_base}/metadata");
    let type_in = async |cell: &str, text: &str| {
        desk.see(Locator::Css(cell)).await.click().await.unwrap();
        desk.press(text).await;
        desk.press(char::from(Key::Enter)).await;
    };
    desk.open(&grid).await;
    desk.see(Locator::Css("#cell-1-0")).await;
    let first = desk.browser.window().await.unwrap();
    let second = desk.browser.new_window(true).await.unwrap().handle;
    desk.browser.switch_to_window(second.clone()).await.unwrap();
    desk.open(&grid).await;
    type_in("#cell-0-0", "Bo").await;
    desk.see_text("1 value in 1 document changed, not saved").await;

    // The first tab shows it, adds its own, and both have both.
    desk.browser.switch_to_window(first.clone()).await.unwrap();
    desk.see_text("1 value in 1 document changed, not saved").await;
    desk.see_text("These changes are open in another tab too.").await;
    type_in("#cell-1-0", "Ada").await;
    desk.see_text("2 values in 2 documents changed, not saved").await;
    desk.browser.switch_to_window(second.clone()).await.unwrap();
    desk.see_text("2 values in 2 documents changed, not saved").await;

    // Saved in one, it is over in the other, which shows what the server has.
    desk.click("Review changes").await;
    desk.click("Save 2 documents").await;
    desk.see_text("The metadata of 2 documents was saved.").await;
    desk.browser.switch_to_window(first).await.unwrap();
    desk.see_no_text("not saved").await;
    desk.see_text("Bo").await;
    desk.browser.refresh().await.unwrap();
    desk.see(Locator::Css("#cell-1-0")).await;
    desk.see_no_text("not saved").await;
    desk.browser.switch_to_window(second).await.unwrap();
    desk.finish(&[]).await;
}
