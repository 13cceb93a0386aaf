//! Nothing is made twice and nothing is replaced unasked, whatever becomes of an answer; and what is sent again by itself is
//! only what does no harm.
//!
//! Proves: createDocumentFromText, createSegments, createMetadataField, updateMetadataField, deleteDataset.

use std::time::{Duration, Instant};

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

/// A request that is carried out and whose answer is lost, however often the browser, which sends it again by itself, tries.
fn lost(method: &str, path: &str) -> Value {
    json!({"method": method, "path_contains": path, "action": "drop_after"})
}

/// The same once: the browser then sends it again, and the second is answered.
fn lost_once(method: &str, path: &str) -> Value {
    json!({"method": method, "path_contains": path, "times": 1, "action": "drop_after"})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_text_whose_answer_is_lost_is_there_once() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.click("Paste text").await;
    desk.type_into("Name of the document", "seal").await;
    desk.type_into("Text", "Inspect the seal.").await;
    desk.faults(json!([lost("POST", "create-by-text")])).await;
    desk.click("Add text").await;
    desk.see_text("1 upload ended").await;
    desk.see_no_text("Failed").await;
    let all = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(all["total"], 1, "{all}");
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_chunk_whose_answer_is_lost_is_there_once() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "First line.").await;
    let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
    let texts = async || {
        let list = desk.api("GET", &segments, None).await;
        let text = |chunk: &Value| chunk["content"].as_str().unwrap_or_default().to_owned();
        list["data"].as_array().unwrap().iter().map(text).collect::<Vec<_>>()
    };
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}")).await;
    for (rule, text) in [(lost("POST", "/segments"), "One more."), (lost_once("POST", "/segments"), "And another.")] {
        desk.click("Add chunk").await;
        desk.type_into("Content", text).await;
        desk.faults(json!([rule])).await;
        desk.press(format!("{}{}", char::from(Key::Control), char::from(Key::Enter))).await;
        desk.see_text("was added at the end.").await;
        desk.no_faults().await;
        desk.click("Close").await;
        desk.see_no_text("was added at the end.").await;
    }
    assert_eq!(texts().await, ["First line.", "One more.", "And another."]);
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_metadata_field_whose_answer_is_lost_is_made_and_renamed_once() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let list = format!("datasets/{knowledge_base}/metadata");
    let names = async || {
        let answer = desk.api("GET", &list, None).await;
        let name = |field: &Value| field["name"].as_str().unwrap_or_default().to_owned();
        answer["doc_metadata"].as_array().unwrap().iter().map(name).collect::<Vec<_>>()
    };
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/metadata?view=fields")).await;
    // The second rule shows what the browser makes of one that is lost once: the second request is refused, the name is taken.
    for (rule, name) in [(lost("POST", "/metadata"), "author"), (lost_once("POST", "/metadata"), "editor")] {
        desk.faults(json!([rule])).await;
        desk.click("New field").await;
        desk.type_into("Name", name).await;
        desk.click("Create").await;
        desk.see_text(&format!("The field “{name}” was created.")).await;
        desk.no_faults().await;
    }
    assert_eq!(names().await, ["author", "editor"]);
    for rule in [lost("PATCH", "/metadata/"), lost_once("PATCH", "/metadata/")] {
        desk.faults(json!([rule])).await;
        desk.click("More actions").await;
        desk.click("Rename…").await;
        let name = if names().await.contains(&"writer".to_owned()) { "printer" } else { "writer" };
        desk.replace("Name", name).await;
        desk.click("Save").await;
        desk.see_text(&format!("The field is called “{name}” now.")).await;
        desk.no_faults().await;
    }
    assert_eq!(names().await.len(), 2);
    desk.finish(&["ERR_", "400", "409"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_knowledge_base_whose_deletion_lost_its_answer_is_gone() {
    let desk = Desk::start().await;
    for (at, rule) in [lost("DELETE", "/datasets/"), lost_once("DELETE", "/datasets/")].into_iter().enumerate() {
        let name = format!("Pumps {at}");
        desk.make_knowledge_base(&name).await;
        desk.open("/local/knowledge-bases").await;
        desk.faults(json!([rule])).await;
        desk.click("More actions").await;
        desk.click("Delete…").await;
        desk.type_into(&format!("Type {name} to confirm"), &name).await;
        desk.click("Delete for good").await;
        desk.see_text(&format!("“{name}” was deleted.")).await;
        desk.no_faults().await;
        desk.see(Locator::Css(".empty")).await;
    }
    desk.finish(&["ERR_", "404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_somebody_added_meanwhile_is_not_replaced() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.choose_files(&[desk.file("seal.txt", "Ours.")]).await;
    desk.see_text("1 file will be sent").await;
    // The person was asked about names, and somebody else adds one of this name now.
    let theirs = desk.make_document(&knowledge_base, "seal.txt", "Theirs.").await;
    desk.no_faults().await;
    desk.click("Add 1 file").await;
    desk.see_text("Skipped: a document has this name.").await;
    assert!(desk.sent("POST", "create-by-file").await.is_empty());
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{theirs}/segments"), None).await;
    assert_eq!(chunks["data"][0]["content"], "Theirs.");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_replaced_all_the_same_is_told() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.choose_files(&[desk.file("seal.txt", "Ours.")]).await;
    desk.see_text("1 file will be sent").await;
    // Their document comes after the last look, while ours is on its way.
    desk.faults(json!([{"method": "POST", "path_contains": "create-by-file", "action": {"delay_ms": 4_000}}])).await;
    desk.click("Add 1 file").await;
    let start = Instant::now();
    while desk.sent("POST", "create-by-file").await.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "never sent");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    desk.make_document(&knowledge_base, "seal.txt", "Theirs.").await;
    desk.see_text("Somebody added a document of this name at the same moment").await;
    let all = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(all["total"], 1, "{all}");
    desk.finish(&[]).await;
}

/// When requests of a method to a path came, in milliseconds.
async fn times(desk: &Desk, method: &str, path: &str) -> Vec<u64> {
    desk.sent(method, path).await.iter().map(|entry| entry["at_ms"].as_u64().unwrap_or_default()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_does_no_harm_is_sent_again_by_itself() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&knowledge_base, "seal.txt", "One line.").await;
    let answer = |status: u16, headers: Value| json!({"status": {"status": status, "body": "{}", "content_type": "application/json", "headers": headers}});
    let rule = |method: &str, path: &str, times: u64, action: &Value| json!([{"method": method, "path_contains": path, "times": times, "action": action}]);
    // Reads: after a gateway's refusal, ever later.
    for status in [502, 503, 504] {
        desk.no_faults().await;
        desk.faults(rule("GET", "/datasets?", 2, &answer(status, json!({})))).await;
        desk.open("/local/knowledge-bases").await;
        desk.see_text("1 knowledge base").await;
        let times = times(&desk, "GET", "/datasets?").await;
        assert_eq!(times.len(), 3, "{status}");
        assert!(times[1] - times[0] >= 400 && times[2] - times[1] >= 800, "{status}: {times:?}");
    }
    // As late as the server asks.
    desk.no_faults().await;
    desk.faults(rule("GET", "/datasets?", 1, &answer(429, json!({"retry-after": "2"})))).await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("1 knowledge base").await;
    let waited = times(&desk, "GET", "/datasets?").await;
    assert!(waited.len() == 2 && waited[1] - waited[0] >= 2_000, "{waited:?}");
    // Never after a 403, although some servers mean "too often" by it, and never after a 500.
    for status in [403, 500] {
        desk.no_faults().await;
        desk.faults(rule("GET", "/datasets?", 1, &answer(status, json!({})))).await;
        desk.open("/local/knowledge-bases").await;
        desk.see_text("Try again").await;
        assert_eq!(times(&desk, "GET", "/datasets?").await.len(), 1, "{status}");
    }
    // A create is not sent again, whatever the server says.
    desk.no_faults().await;
    desk.click("Try again").await;
    desk.see_text("1 knowledge base").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Valves").await;
    for status in [429, 503] {
        desk.no_faults().await;
        desk.faults(rule("POST", "/datasets", 9, &answer(status, json!({})))).await;
        desk.click("Create").await;
        desk.see(Locator::Css("dialog[open] .error-line")).await;
        assert_eq!(times(&desk, "POST", "/datasets").await.len(), 1, "{status}");
    }
    // What may be done twice without harm is.
    desk.no_faults().await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.faults(rule("PATCH", "/documents/status/", 2, &answer(503, json!({})))).await;
    desk.click("Actions for seal.txt").await;
    desk.click("Disable").await;
    desk.see_text("“seal.txt” is disabled").await;
    assert_eq!(times(&desk, "PATCH", "/documents/status/").await.len(), 3);
    desk.finish(&["Failed to load resource"]).await;
}
