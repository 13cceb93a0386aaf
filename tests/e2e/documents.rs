//! Many documents at once, deleting that can be taken back, documents that failed or hang, originals as a ZIP.
//!
//! Proves: batchUpdateDocumentStatus, deleteDocument, downloadDocument, downloadDocumentsZip, createDocumentFromFile.

use std::time::{Duration, Instant};

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

async fn open(desk: &Desk, knowledge_base: &str) {
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
}

/// Requests that begin so.
async fn count(desk: &Desk, beginning: &str) -> usize {
    desk.requests().await.iter().filter(|request| request.starts_with(beginning)).count()
}

/// Waits until the list of the server fulfils a condition.
async fn listed(desk: &Desk, knowledge_base: &str, what: &str, condition: impl Fn(&Value) -> bool) -> Value {
    let start = Instant::now();
    loop {
        let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents?limit=100"), None).await;
        if condition(&list) {
            return list;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "never {what}: {list}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until a document is shown as about to be deleted.
async fn see_leaving(desk: &Desk, name: &str) {
    desk.see(Locator::XPath(&format!("//tr[contains(@class, 'leaving')][.//*[contains(text(), '{name}')]]"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_refuses_among_two_hundred_and_fifty_is_named_and_the_others_are_done() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Archive").await;
    desk.make_many_documents(&knowledge_base, 250).await;
    let path = format!("datasets/{knowledge_base}/documents?status=available&limit=1");
    let start = Instant::now();
    while desk.api("GET", &path, None).await["total"] != 250 {
        assert!(start.elapsed() < Duration::from_secs(120), "never indexed");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    open(&desk, &knowledge_base).await;
    desk.see_text("250 documents").await;
    // Somebody else takes one away, of which the desk knows nothing: the server refuses every piece with it in it.
    let found = desk.api("GET", &format!("datasets/{knowledge_base}/documents?keyword=00137"), None).await;
    let id = found["data"][0]["id"].as_str().unwrap().to_owned();
    desk.api("DELETE", &format!("datasets/{knowledge_base}/documents/{id}"), None).await;
    desk.no_faults().await;

    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.see_text("250 selected").await;
    desk.click("Disable").await;
    desk.see_text("249 of 250 are done.").await;
    desk.see_text("1 refused").await;
    let report = desk.see(Locator::Css("dialog[open] .outcomes")).await.text().await.unwrap();
    assert!(report.contains("document 00137.txt"), "{report}");
    // Three pieces, and those in which the culprit was looked for.
    let requests = count(&desk, &format!("PATCH /api/local/datasets/{knowledge_base}/documents/status/disable")).await;
    assert!((3..=2 + 15).contains(&requests), "{requests}");
    let path = format!("datasets/{knowledge_base}/documents?status=disabled&limit=1");
    assert_eq!(desk.api("GET", &path, None).await["total"], 249);
    desk.click("Close").await;
    // The list shows it without being loaded again.
    desk.see_text("Disabled").await;
    desk.finish(&["400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_or_left_by_closing_the_tab_is_never_deleted() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for name in ["a.txt", "b.txt", "c.txt"] {
        desk.make_document(&knowledge_base, name, "One line.").await;
    }
    open(&desk, &knowledge_base).await;
    desk.see_text("c.txt").await;
    desk.no_faults().await;

    desk.click("Actions for a.txt").await;
    desk.click("Delete").await;
    see_leaving(&desk, "a.txt").await;
    // The focus is on the row, where the deletion can be taken back by keyboard.
    desk.click("Undo Undo the deletion of a.txt").await;
    desk.see(Locator::XPath("//button[@aria-label='Actions for a.txt']")).await;

    desk.click("Actions for b.txt").await;
    desk.click("Delete").await;
    see_leaving(&desk, "b.txt").await;
    // A reload is what closing the tab is to the page.
    desk.browser.refresh().await.unwrap();
    desk.see_text("b.txt").await;

    // What is deleted after them is gone, so that their time is over too.
    desk.click("Actions for c.txt").await;
    desk.click("Delete").await;
    see_leaving(&desk, "c.txt").await;
    assert_eq!(count(&desk, "DELETE").await, 0);
    desk.see_text("“c.txt” was deleted.").await;
    let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(list["total"], 2, "{list}");
    assert_eq!(count(&desk, "DELETE").await, 1);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_the_page_keeps_the_time_running() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for name in ["a.txt", "b.txt"] {
        desk.make_document(&knowledge_base, name, "One line.").await;
    }
    open(&desk, &knowledge_base).await;
    desk.see_text("b.txt").await;
    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.see_text("2 selected").await;
    desk.click("Delete").await;
    desk.see_text("Deleting 2 documents").await;
    desk.click("Knowledge bases").await;
    desk.path_becomes("the knowledge bases", |path| path.ends_with("/knowledge-bases")).await;
    desk.see_text("2 documents were deleted.").await;
    let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(list["total"], 0, "{list}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_document_says_that_it_has_to_be_taken_out_first() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&knowledge_base, "a.txt", "One line.").await;
    open(&desk, &knowledge_base).await;
    desk.click("Actions for a.txt").await;
    desk.click("Archive").await;
    desk.see_text("“a.txt” is archived.").await;
    desk.see_text("Archived").await;
    desk.click("Actions for a.txt").await;
    desk.see_text("It is archived. Un-archive it first.").await;
    desk.click("Un-archive").await;
    desk.see_text("“a.txt” is no longer archived.").await;
    let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(list["data"][0]["display_status"], "available", "{list}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_document_that_is_tried_again_keeps_its_id() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    open(&desk, &knowledge_base).await;
    desk.see(Locator::Css(".empty")).await;
    let file = desk.file("broken.pdf", "%PDF-1.4\nno page in it");
    desk.choose_files(&[file]).await;
    desk.click("Add 1 file").await;
    desk.see_text("1 upload ended").await;
    let before = listed(&desk, &knowledge_base, "failed", |list| list["data"][0]["display_status"] == "error").await;
    desk.no_faults().await;

    desk.click("Actions for broken.pdf").await;
    desk.click("Try again").await;
    desk.see_text("Id and metadata stay.").await;
    desk.click("Index again").await;
    desk.see_text("“broken.pdf” is being indexed again.").await;
    let requests = desk.requests().await;
    let at = |part: &str| requests.iter().position(|request| request.contains(part));
    assert!(at("/download").is_some() && at("/download") < at("create-by-file"), "{requests:?}");
    let after = listed(&desk, &knowledge_base, "failed again", |list| list["data"][0]["display_status"] == "error").await;
    assert_eq!(after["total"], 1, "{after}");
    assert_eq!(after["data"][0]["id"], before["data"][0]["id"]);
    desk.finish(&[]).await;
}

/// A list with one document that is being indexed since 1970, and one that waits behind it.
fn hanging() -> Value {
    let document = |id: u32, name: &str, status: &str, indexing: &str| {
        json!({
            "id": format!("9b41e05d-636d-4164-aae5-4cba46ec80c{id}"), "name": name, "position": id, "enabled": true, "archived": false,
            "data_source_type": "upload_file", "display_status": status, "indexing_status": indexing, "created_at": 1_000_000
        })
    };
    let data = [document(1, "wait.txt", "queuing", "waiting"), document(2, "hang.txt", "indexing", "indexing")];
    json!({"data": data, "has_more": false, "limit": 100, "page": 1, "total": 2})
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_move_is_called_stuck_with_its_cause() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let answer = json!({"status": {"status": 200, "body": hanging().to_string(), "content_type": "application/json"}});
    desk.faults(json!([{"method": "GET", "path_contains": "/documents?page=", "action": answer}])).await;
    open(&desk, &knowledge_base).await;
    desk.see_text("Stuck").await;
    desk.see_text("the server's worker probably stopped").await;
    desk.see_text("It waits behind “hang.txt”, which hangs").await;
    desk.click("Actions for hang.txt").await;
    desk.click("Recover…").await;
    // It is said that a worker may be at it after all.
    desk.see_text("If a worker really does, two will work on it at once.").await;
    desk.press(char::from(Key::Escape)).await;
    // The details of these documents are asked for, and this host has none.
    desk.finish(&["404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn originals_are_saved_as_one_zip() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for name in ["seal.txt", "valve.txt"] {
        desk.make_document(&knowledge_base, name, &format!("About {name}.")).await;
    }
    let folder = desk.keep_downloads().await;
    open(&desk, &knowledge_base).await;
    desk.see_text("valve.txt").await;
    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.click("More for the selection").await;
    desk.click("Download as ZIP").await;
    desk.see_text("All 2 are done.").await;
    let file = folder.join("Pumps.zip");
    let start = Instant::now();
    let bytes = loop {
        // The browser writes under another name until it is whole.
        match std::fs::read(&file) {
            Ok(bytes) if !bytes.is_empty() => break bytes,
            _ => assert!(start.elapsed() < Duration::from_secs(20), "never saved: {file:?}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(bytes.get(..4), Some(&b"PK\x03\x04"[..]));
    let has = |name: &str| bytes.windows(name.len()).any(|part| part == name.as_bytes());
    assert!(has("seal.txt") && has("valve.txt"));
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_zip_gives_the_originals_one_by_one() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    for name in ["seal.txt", "valve.txt"] {
        desk.make_document(&knowledge_base, name, &format!("About {name}.")).await;
    }
    let _folder = desk.keep_downloads().await;
    let answer = json!({"status": {"status": 404, "body": "<!doctype html><title>404</title>", "content_type": "text/html"}});
    desk.faults(json!([{"method": "POST", "path_contains": "/download-zip", "action": answer}])).await;
    open(&desk, &knowledge_base).await;
    desk.see_text("valve.txt").await;
    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.click("More for the selection").await;
    desk.click("Download as ZIP").await;
    desk.see_text("This server makes no ZIP files.").await;
    desk.see_text("All 2 are done.").await;
    assert_eq!(desk.requests().await.iter().filter(|request| request.ends_with("/download")).count(), 2);
    desk.finish(&["404"]).await;
}
