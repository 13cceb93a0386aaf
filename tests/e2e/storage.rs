//! A browser whose storage is full: said in words, and nothing that is typed is lost meanwhile.

use serde_json::json;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_finds_no_room_is_told_and_typing_goes_on() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.").await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let chunks = desk.api("GET", &segments, None).await;
    let id = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{id}")).await;
    desk.field("Content").await;
    let fill = "for (let size = 1 << 20; size >= 1; size >>= 1) {
        try { for (let at = 0; ; at++) localStorage.setItem(`filler ${size} ${at}`, 'x'.repeat(size)); } catch { /* full for this size */ }
    }
    return localStorage.length";
    assert_ne!(desk.script(fill).await, json!(0));

    desk.type_into("Content", " One.").await;
    desk.see_text("The browser does not store this draft").await;
    desk.type_into("Content", " Two.").await;
    let typed = desk.field("Content").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Inspect the seal. One. Two."));
    // Within the page it is a draft like any other.
    desk.click("Close").await;
    desk.see_text("Edited, not saved").await;
    desk.click("Chunk 1").await;
    let typed = desk.field("Content").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Inspect the seal. One. Two."));
    desk.see_text("The browser does not store this draft").await;

    // With room again, the next letter is stored and the warning goes.
    desk.script(
        "Object.keys(localStorage).filter((key) => key.startsWith('filler')).forEach((key) => localStorage.removeItem(key))",
    )
    .await;
    desk.type_into("Content", "!").await;
    desk.see_no_text("The browser does not store this draft").await;
    desk.click("Save").await;
    desk.see_text("was saved.").await;
    let now = desk.api("GET", &segments, None).await;
    assert_eq!(now["data"][0]["content"], "Inspect the seal. One. Two.!");
    desk.finish(&[]).await;
}
