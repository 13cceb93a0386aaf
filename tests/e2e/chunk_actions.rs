//! Chunks deleted with a way back, and many at once; from one to the next; filter and search.
//!
//! Proves: deleteSegment, updateSegment, listSegments.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// A document of so many chunks: its knowledge base, and itself; its page is open.
async fn parts(desk: &Desk, count: usize) -> (String, String) {
    let knowledge_base = desk.make_knowledge_base("Notes").await;
    let text: Vec<String> = (1..=count).map(|at| format!("Part {at} of the text.")).collect();
    let document = desk.make_document(&knowledge_base, "notes.txt", &text.join("\n\n")).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}")).await;
    desk.see_text("Part 1 of the text.").await;
    (knowledge_base, document)
}

async fn chunks(desk: &Desk, knowledge_base: &str, document: &str) -> Vec<Value> {
    let answer = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments?limit=100"), None).await;
    answer["data"].as_array().cloned().unwrap_or_default()
}

async fn deletions(desk: &Desk) -> usize {
    desk.requests().await.iter().filter(|request| request.starts_with("DELETE")).count()
}

async fn pick(desk: &Desk, label: &str) {
    desk.field(label).await.click().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunk_goes_after_ten_seconds_unless_it_is_taken_back() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = parts(&desk, 3).await;
    desk.no_faults().await;
    desk.click("Chunk 2").await;
    desk.field("Content").await;
    desk.click("Delete").await;
    // The drawer closes, the chunk stays in its place and says so.
    desk.see_text("Chunk 2 goes in 10 seconds.").await;
    desk.see(Locator::Css(".chunk.leaving")).await;
    desk.click("Undo Undo the deletion of chunk 2").await;
    desk.see_no_text("About to be deleted").await;

    // Loading the page anew is what closing the tab is: nothing goes.
    desk.click("Chunk 2").await;
    desk.click("Delete").await;
    desk.see(Locator::Css(".chunk.leaving")).await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("Part 2 of the text.").await;
    desk.see_no_text("About to be deleted").await;

    // Going elsewhere does not stop it.
    desk.click("Chunk 3").await;
    desk.click("Delete").await;
    desk.see(Locator::Css(".chunk.leaving")).await;
    assert_eq!(deletions(&desk).await, 0);
    desk.click("Knowledge bases").await;
    desk.see_text("Chunk 3 was deleted.").await;
    let left = chunks(&desk, &knowledge_base, &document).await;
    let left: Vec<&str> = left.iter().filter_map(|chunk| chunk["content"].as_str()).collect();
    assert_eq!(left, ["Part 1 of the text.", "Part 2 of the text."]);
    assert_eq!(deletions(&desk).await, 1);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_chunks_are_switched_and_deleted_each_with_its_result() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = parts(&desk, 60).await;
    // Over two pages of the list.
    pick(&desk, "Select chunk 1").await;
    pick(&desk, "Select chunk 2").await;
    desk.see_text("2 chunks selected").await;
    desk.click("Next page").await;
    desk.see_text("Part 51 of the text.").await;
    // By keyboard.
    desk.press("j").await;
    desk.press("x").await;
    desk.see_text("3 chunks selected").await;
    let all = chunks(&desk, &knowledge_base, &document).await;
    let second = all[1]["id"].as_str().unwrap().to_owned();
    let refusal = json!({"status": {"status": 400, "body": r#"{"code":"invalid_param","message":"This one is locked."}"#, "content_type": "application/json"}});
    desk.faults(json!([{"method": "POST", "path_contains": format!("/segments/{second}"), "action": refusal}])).await;
    desk.click("Disable").await;
    desk.see_text("2 of 3 are done.").await;
    desk.see_text("This one is locked.").await;
    desk.see_text("Chunk 2: Part 2 of the text.").await;
    desk.no_faults().await;
    desk.click("Try the rest again").await;
    desk.see_text("3 chunks are disabled.").await;
    let off = chunks(&desk, &knowledge_base, &document).await;
    let off: Vec<u64> =
        off.iter().filter(|chunk| chunk["enabled"] == false).filter_map(|chunk| chunk["position"].as_u64()).collect();
    assert_eq!(off, [1, 2, 51]);
    desk.click("Enable").await;
    desk.see_text("3 chunks are enabled.").await;
    desk.no_faults().await;
    desk.click("Delete").await;
    desk.see_text("3 chunks go in 10 seconds.").await;
    assert_eq!(deletions(&desk).await, 0);
    desk.see_text("3 chunks were deleted.").await;
    assert_eq!(deletions(&desk).await, 3);
    assert_eq!(chunks(&desk, &knowledge_base, &document).await.len(), 57);
    desk.finish(&["400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_goes_from_chunk_to_chunk_and_over_pages_without_closing() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = parts(&desk, 52).await;
    let all = chunks(&desk, &knowledge_base, &document).await;
    let id = all[48]["id"].as_str().unwrap();
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{id}")).await;
    desk.see(Locator::XPath("//section[contains(@class, 'drawer')]//h2[contains(., 'Chunk 49')]")).await;
    for (step, position) in
        [("Next chunk", 50), ("Next chunk", 51), ("Next chunk", 52), ("Previous chunk", 51), ("Previous chunk", 50)]
    {
        desk.click(step).await;
        desk.see(Locator::XPath(&format!("//section[contains(@class, 'drawer')]//h2[contains(., 'Chunk {position}')]"))).await;
        let text = format!("Part {position} of the text.");
        let start = std::time::Instant::now();
        while desk.field("Content").await.prop("value").await.unwrap().as_deref() != Some(text.as_str()) {
            assert!(start.elapsed().as_secs() < 20, "never {text}");
        }
    }
    // The address holds the chunk and the page of the list.
    desk.path_becomes("the chunk's", |path| path.contains("/chunks/")).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filter_and_search_are_in_the_address_and_survive_a_reload() {
    let desk = Desk::start().await;
    let (knowledge_base, document) = parts(&desk, 12).await;
    let all = chunks(&desk, &knowledge_base, &document).await;
    let path = format!("datasets/{knowledge_base}/documents/{document}/segments/{}", all[3]["id"].as_str().unwrap());
    desk.api("POST", &path, Some(&json!({"segment": {"content": "Part 4 of the text.", "enabled": false}}))).await;
    desk.type_into("Search in this document", "Part 1").await;
    desk.see_text("4 of 12").await;
    desk.see_no_text("Part 5 of the text.").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("4 of 12").await;
    desk.see(Locator::Css("mark")).await;
    let field = desk.field("Search in this document").await;
    field.send_keys(&format!("{}a{}", char::from(Key::Control), char::from(Key::Null))).await.unwrap();
    field.send_keys(&char::from(Key::Delete).to_string()).await.unwrap();
    desk.see_text("Part 5 of the text.").await;
    desk.click("Disabled").await;
    desk.see_text("1 of 12").await;
    desk.see_text("Part 4 of the text.").await;
    desk.path_becomes("the filter's", |path| path.ends_with("?show=disabled")).await;
    desk.finish(&[]).await;
}
