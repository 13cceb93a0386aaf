//! Indexing that skips, goes back, grows, vanishes or hangs: progress never goes back, never spins for ever, and what hangs is
//! recovered in its place or says why not.
//!
//! Proves: getDocumentIndexingStatus, downloadDocument, createDocumentFromFile.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::support::Desk;

async fn send(desk: &Desk, knowledge_base: &str) {
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.choose_files(&[desk.file("seal.txt", "Inspect the seal.")]).await;
    desk.click("Add 1 file").await;
}

/// The answer of a batch once: its status, and how many chunks of how many are done.
fn status(name: &str, done: u64, all: u64) -> Value {
    let values = json!({"/data/0/indexing_status": name, "/data/0/completed_segments": done, "/data/0/total_segments": all});
    json!({"method": "GET", "path_contains": "/indexing-status", "times": 1, "action": {"replace": values}})
}

/// Notes every value that the bar of the first file in the tray shows, from now on.
const WATCH: &str = "window.seen = [];
    setInterval(() => {
        const bar = document.querySelector('.tray-list progress');
        if (bar && bar.hasAttribute('value')) window.seen.push(bar.value);
    }, 20);
    return true;";

#[tokio::test(flavor = "multi_thread")]
async fn progress_never_goes_back_and_a_batch_that_vanishes_is_followed_by_its_document() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let gone =
        json!({"status": {"status": 404, "body": r#"{"code":"not_found","message":"Documents not found.","status":404}"#}});
    desk.faults(json!([
        status("waiting", 0, 0),
        // Two stages are skipped, then an old answer arrives late, the total grows, and fewer are done than before.
        status("indexing", 30, 120),
        status("splitting", 0, 5),
        status("indexing", 40, 400),
        status("indexing", 12, 400),
        {"method": "GET", "path_contains": "/indexing-status", "action": gone},
    ]))
    .await;
    send(&desk, &knowledge_base).await;
    desk.script(WATCH).await;
    desk.see_text("30 of 120").await;
    desk.see_text("40 of 400").await;
    desk.see_text("1 upload ended").await;
    desk.see_no_text("Failed").await;
    let seen = desk.script("return window.seen").await;
    let seen: Vec<f64> = seen.as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    assert!(!seen.is_empty());
    assert!(seen.windows(2).all(|two| two[1] >= two[0]), "{seen:?}");
    desk.finish(&["404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_and_a_document_that_vanish_end_in_words() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let gone =
        json!({"status": {"status": 404, "body": r#"{"code":"not_found","message":"Documents not found.","status":404}"#}});
    desk.faults(json!([
        {"method": "GET", "path_contains": "/indexing-status", "action": gone},
        {"method": "GET", "path_contains": format!("{knowledge_base}/documents/"), "action": gone},
    ]))
    .await;
    send(&desk, &knowledge_base).await;
    desk.see_text("The document was deleted before it was indexed.").await;
    desk.finish(&["404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_that_comes_while_indexing_is_told_in_the_server_s_words() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let mut failed = status("error", 0, 0);
    failed["action"]["replace"]["/data/0/error"] = json!("Custom segment length should be between 50 and 4000.\nTraceback");
    desk.faults(json!([status("waiting", 0, 0), failed])).await;
    send(&desk, &knowledge_base).await;
    desk.see_text("Not indexed. The server says: Custom segment length should be between 50 and 4000.").await;
    let text = desk.text().await;
    assert!(!text.contains("Traceback"), "{text}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_is_recovered_in_its_place_or_says_why_not() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    send(&desk, &knowledge_base).await;
    desk.see_text("1 upload ended").await;
    let before = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    // The worker was lost long ago; the server goes on saying that it works.
    let hangs =
        json!({"/data/0/display_status": "indexing", "/data/0/indexing_status": "indexing", "/data/0/created_at": 1_000_000});
    let stands = json!({"/display_status": "indexing", "/indexing_status": "indexing", "/updated_at": 1_000_000, "/created_at": 1_000_000, "/completed_at": null});
    let list = json!({"method": "GET", "path_contains": "/documents?page=", "action": {"replace": hangs}});
    let id = before["data"][0]["id"].as_str().unwrap();
    let file = json!({"method": "GET", "path_contains": "/download", "action":
        {"status": {"status": 404, "body": "<!doctype html><title>404 Not Found</title>", "content_type": "text/html"}}});
    let detail = json!({"method": "GET", "path_contains": format!("/documents/{id}"), "action": {"replace": stands}});
    desk.faults(json!([list, file, detail])).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see_text("Stuck").await;
    // A server without downloads: why, and what to do instead.
    desk.click("Actions for seal.txt").await;
    desk.click("Recover…").await;
    desk.click("Index again").await;
    desk.see_text(
        "The original could not be fetched: This server does not offer this. Use “Replace by file…” with your own copy.",
    )
    .await;
    desk.see(Locator::Css("dialog[open]")).await;
    assert!(desk.sent("POST", "create-by-file").await.len() == 1, "nothing was sent without the original");

    desk.no_faults().await;
    desk.faults(json!([list, detail])).await;
    desk.click("Try the rest again").await;
    desk.see_text("“seal.txt” is being indexed again.").await;
    let sent: Vec<String> = desk.requests().await;
    let at = |part: &str| sent.iter().position(|request| request.contains(part));
    assert!(at("/download").is_some() && at("/download") < at("create-by-file"), "{sent:#?}");
    desk.no_faults().await;
    let after = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!((&after["total"], &after["data"][0]["id"]), (&json!(1), &before["data"][0]["id"]));
    desk.finish(&["404"]).await;
}
