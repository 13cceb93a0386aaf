//! One draft in two tabs: each shows what is typed in the other, and what both typed at once is kept in both versions.

use fantoccini::{Locator, wd::WindowHandle};
use serde_json::{Value, json};

use crate::support::Desk;

/// The note of a draft that another tab has changed.
const SHARED: &str = "Another tab has changed this draft too.";
/// The note of two versions.
const BOTH: &str = "Another tab has typed something else here at the same time.";
/// A tab that can be made to hear nothing of others, as one that the browser has put to sleep. It has to listen before the app does.
const MAY_BE_DEAF: &str = "window.addEventListener('storage', (event) => window.isDeaf && event.stopImmediatePropagation())";
/// It hears nothing from here on.
const DEAF: &str = "window.isDeaf = true";

/// Two tabs on the same page; the second is at the front, and the first may be deaf.
async fn two_tabs(desk: &Desk, page: &str, ready: &str) -> (WindowHandle, WindowHandle) {
    desk.before_each_page(MAY_BE_DEAF).await;
    desk.open(page).await;
    desk.see(Locator::Css(ready)).await;
    let first = desk.browser.window().await.unwrap();
    let second = desk.browser.new_window(true).await.unwrap().handle;
    desk.browser.switch_to_window(second.clone()).await.unwrap();
    desk.open(page).await;
    desk.see(Locator::Css(ready)).await;
    (first, second)
}

async fn go(desk: &Desk, tab: &WindowHandle) {
    desk.browser.switch_to_window(tab.clone()).await.unwrap();
}

/// Waits until a field holds a text.
async fn holds(desk: &Desk, label: &str, text: &str) {
    let start = std::time::Instant::now();
    loop {
        let value = desk.field(label).await.prop("value").await.unwrap().unwrap_or_default();
        if value == text {
            return;
        }
        assert!(start.elapsed().as_secs() < 20, "{label} holds {value:?}, not {text:?}");
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
}

async fn document(desk: &Desk) -> (String, String, String) {
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().expect("an id").to_owned();
    (knowledge_base, document, chunk)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunk_is_one_draft_in_both_tabs() {
    let desk = Desk::start().await;
    let (knowledge_base, document, chunk) = document(&desk).await;
    let page = format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{chunk}");
    let (first, second) = two_tabs(&desk, &page, ".chunk-form textarea").await;
    desk.type_into("Content", " Twice.").await;
    go(&desk, &first).await;
    holds(&desk, "Content", "Inspect the seal. Twice.").await;
    desk.see_text(SHARED).await;
    desk.type_into("Content", " Thrice.").await;
    go(&desk, &second).await;
    holds(&desk, "Content", "Inspect the seal. Twice. Thrice.").await;
    desk.see_text(SHARED).await;

    // Saved in one, it is over in the other, which shows what the server has.
    desk.click("Save").await;
    desk.see_text("Chunk 1 was saved.").await;
    go(&desk, &first).await;
    desk.see_no_text("Edited, not saved").await;
    desk.see_no_text(SHARED).await;
    holds(&desk, "Content", "Inspect the seal. Twice. Thrice.").await;

    // One that did not hear of the other types over it: both versions stay, in both tabs, over a reload too.
    desk.script(DEAF).await;
    go(&desk, &second).await;
    desk.replace("Content", "Theirs.").await;
    go(&desk, &first).await;
    desk.replace("Content", "Ours.").await;
    desk.see_text(BOTH).await;
    go(&desk, &second).await;
    desk.see_text(BOTH).await;
    holds(&desk, "Content", "Ours.").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text(BOTH).await;
    desk.click("Show the other version").await;
    holds(&desk, "Content", "Theirs.").await;
    desk.click("Show the other version").await;
    holds(&desk, "Content", "Ours.").await;
    desk.click("Show the other version").await;
    holds(&desk, "Content", "Theirs.").await;
    desk.click("Save").await;
    desk.see_text("Chunk 1 was saved.").await;
    desk.see_no_text(BOTH).await;
    let now = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    assert_eq!(now["data"][0]["content"], "Theirs.");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_two_tabs_change_go_together() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let page = format!("/local/knowledge-bases/{knowledge_base}/settings");
    let (first, second) = two_tabs(&desk, &page, ".settings-form input").await;
    go(&desk, &first).await;
    desk.script(DEAF).await;
    go(&desk, &second).await;
    desk.type_into("Description", "Field service").await;
    // The other one has not heard of it, and changes something else: nothing gives way.
    go(&desk, &first).await;
    desk.replace("Name", "Valves").await;
    holds(&desk, "Description", "Field service").await;
    desk.see_text(SHARED).await;
    desk.see_no_text(BOTH).await;
    go(&desk, &second).await;
    holds(&desk, "Name", "Valves").await;
    holds(&desk, "Description", "Field service").await;
    desk.click("Discard").await;
    desk.see_text("Nothing has been changed").await;
    go(&desk, &first).await;
    // It does not hear of the end either, but its next change is a draft of its own.
    desk.replace("Name", "Motors").await;
    desk.click("Save").await;
    desk.see_text("“Motors” was saved").await;
    go(&desk, &second).await;
    holds(&desk, "Name", "Motors").await;
    let now: Value = desk.api("GET", &format!("datasets/{knowledge_base}"), None).await;
    assert_eq!(now["name"], json!("Motors"));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_documents_text_is_one_draft_in_both_tabs() {
    let desk = Desk::start().await;
    let (knowledge_base, document, _) = document(&desk).await;
    let page = format!("/local/knowledge-bases/{knowledge_base}/documents/{document}");
    let open = async || {
        desk.see_text("Inspect the seal.").await;
        desk.click("More actions").await;
        desk.click("Replace text…").await;
        desk.field("New text").await;
    };
    let (first, second) = two_tabs(&desk, &page, "h1").await;
    open().await;
    go(&desk, &first).await;
    open().await;
    go(&desk, &second).await;
    desk.type_into("New text", " And the pump.").await;
    go(&desk, &first).await;
    holds(&desk, "New text", "Inspect the seal. And the pump.").await;
    desk.see_text(SHARED).await;
    desk.click("Review the change").await;
    desk.see_text("Replace and index anew").await;
    // What is reviewed is what is sent: a change in the other tab goes back to the text.
    go(&desk, &second).await;
    desk.type_into("New text", " Yes.").await;
    go(&desk, &first).await;
    holds(&desk, "New text", "Inspect the seal. And the pump. Yes.").await;
    // Closed at once, the last that was typed is kept.
    desk.type_into("New text", " No.").await;
    desk.click("Close").await;
    go(&desk, &second).await;
    holds(&desk, "New text", "Inspect the seal. And the pump. Yes. No.").await;
    desk.finish(&[]).await;
}
