//! Many things at once, and lists of many pages: pieces of at most a hundred, one culprit among two hundred, a report to keep; and
//! lists whose pages, totals and `has_more` do not agree.
//!
//! Proves: batchUpdateDocumentStatus, listDocuments, listDatasets.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::support::Desk;

/// Waits until all documents of a knowledge base are indexed.
async fn indexed(desk: &Desk, knowledge_base: &str, count: u64) {
    let path = format!("datasets/{knowledge_base}/documents?status=available&limit=1");
    let start = Instant::now();
    while desk.api("GET", &path, None).await["total"] != count {
        assert!(start.elapsed() < Duration::from_secs(120), "never indexed");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A file once the browser has written all of it.
async fn saved(path: &std::path::Path) -> String {
    let start = Instant::now();
    loop {
        match std::fs::read_to_string(path) {
            Ok(text) if !text.is_empty() => return text,
            _ => assert!(start.elapsed() < Duration::from_secs(20), "never saved: {path:?}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_document_among_two_hundred_is_named_reported_and_tried_again() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Archive").await;
    desk.make_many_documents(&knowledge_base, 200).await;
    indexed(&desk, &knowledge_base, 200).await;
    let found = desk.api("GET", &format!("datasets/{knowledge_base}/documents?keyword=00137"), None).await;
    let poisoned = found["data"][0]["id"].as_str().unwrap().to_owned();
    let folder = desk.keep_downloads().await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see_text("200 documents").await;
    desk.no_faults().await;
    // As real servers do while a task holds a document: everything that is asked for together with it is refused.
    let refusal = r#"{"code":"invalid_action","message":"Document:document 00137.txt is being indexed, please try again later","status":400}"#;
    desk.faults(json!([{"method": "PATCH", "body_contains": poisoned, "action": {"status": {"status": 400, "body": refusal}}}]))
        .await;
    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.see_text("200 selected").await;
    desk.click("Disable").await;
    desk.see_text("199 of 200 are done.").await;
    desk.see_text("1 refused").await;
    desk.see_text("is being indexed, please try again later").await;
    let sizes: Vec<usize> = desk
        .sent("PATCH", "/documents/status/disable")
        .await
        .iter()
        .map(|entry| entry["body"]["document_ids"].as_array().map_or(0, Vec::len))
        .collect();
    assert!(sizes.iter().all(|size| (1..=100).contains(size)), "{sizes:?}");
    assert!(sizes.contains(&100) && sizes.len() <= 2 + 14, "{sizes:?}");

    desk.click("Save report").await;
    let mut reports = Vec::new();
    let start = Instant::now();
    while reports.is_empty() {
        let entries = std::fs::read_dir(&folder).unwrap().filter_map(|entry| Some(entry.ok()?.path()));
        reports = entries.filter(|path| path.extension().is_some_and(|extension| extension == "csv")).collect();
        assert!(start.elapsed() < Duration::from_secs(20), "no report");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let report = saved(&reports[0]).await;
    let lines: Vec<&str> = report.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 201, "{report}");
    assert_eq!(lines.iter().filter(|line| line.contains(",done,")).count(), 199, "{report}");
    let culprit = lines.iter().find(|line| line.contains(&poisoned)).expect("a line of its own");
    assert!(culprit.contains(",refused,") && culprit.contains("is being indexed"), "{culprit}");

    // Only the one that is left is tried again.
    desk.no_faults().await;
    desk.click("Try the rest again").await;
    desk.see_text("All 200 are done.").await;
    let again = desk.sent("PATCH", "/documents/status/disable").await;
    assert_eq!(again.iter().map(|entry| entry["body"]["document_ids"].clone()).collect::<Vec<_>>(), [json!([poisoned])]);
    let path = format!("datasets/{knowledge_base}/documents?status=disabled&limit=1");
    assert_eq!(desk.api("GET", &path, None).await["total"], 200);
    desk.finish(&["400"]).await;
}

/// The pages that were asked for, with page and limit; none of them out of bounds.
async fn pages(desk: &Desk, list: &str) -> Vec<u64> {
    let mut pages = Vec::new();
    for entry in desk.sent("GET", list).await {
        let url = url::Url::parse("http://host").unwrap().join(entry["path"].as_str().unwrap()).unwrap();
        let number = |name: &str| {
            let value = url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
            value.map(|value| value.parse::<u64>().unwrap_or_else(|_| panic!("{name}={value}")))
        };
        assert!(number("limit").is_none_or(|limit| (1..=100).contains(&limit)), "{entry}");
        assert!(number("page").is_none_or(|page| page >= 1), "{entry}");
        pages.extend(number("page"));
    }
    pages.sort_unstable();
    pages.dedup();
    pages
}

#[tokio::test(flavor = "multi_thread")]
async fn the_total_is_believed_and_has_more_is_not() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Archive").await;
    desk.make_many_documents(&knowledge_base, 120).await;
    let list = |page: u64| format!("/documents?page={page}&limit=100");
    let documents = format!("datasets/{knowledge_base}/documents");
    let path = format!("/local/knowledge-bases/{knowledge_base}/documents");
    let replace = |page: u64, values: Value| json!({"method": "GET", "path_contains": list(page), "action": {"replace": values}});

    // A first page that says it is the last, and a last one that says it is not.
    desk.no_faults().await;
    desk.faults(json!([replace(1, json!({"/has_more": false})), replace(2, json!({"/has_more": true}))])).await;
    desk.open(&path).await;
    desk.see_text("120 documents").await;
    assert_eq!(pages(&desk, &documents).await, [1, 2]);

    // A total that is too great ends at the first empty page.
    desk.no_faults().await;
    desk.faults(json!([
        replace(1, json!({"/total": 250})),
        replace(2, json!({"/total": 250})),
        replace(3, json!({"/total": 250}))
    ]))
    .await;
    desk.open(&path).await;
    desk.see_text("120 documents").await;
    assert_eq!(pages(&desk, &documents).await, [1, 2, 3]);

    // A page that shifted while one read: two were added in front, so the second page begins with the end of the first.
    let first = desk.api("GET", &format!("{documents}?page=1&limit=100"), None).await;
    let second = desk.api("GET", &format!("{documents}?page=2&limit=100"), None).await;
    let end = first["data"].as_array().unwrap()[98..].iter();
    let shifted: Vec<Value> = end.chain(second["data"].as_array().unwrap()).cloned().collect();
    desk.no_faults().await;
    desk.faults(json!([replace(2, json!({"/data": shifted, "/total": 122}))])).await;
    desk.open(&path).await;
    desk.see_text("120 documents").await;
    desk.see(Locator::Css("thead .select-cell label")).await.click().await.unwrap();
    desk.see_text("120 selected").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn knowledge_bases_of_two_pages_are_all_there_once() {
    let desk = Desk::start().await;
    for number in 0..105 {
        desk.make_knowledge_base(&format!("Archive {number:03}")).await;
    }
    let first = desk.api("GET", "datasets?page=1&limit=100", None).await;
    let second = desk.api("GET", "datasets?page=2&limit=100", None).await;
    let shifted: Vec<Value> = [first["data"][99].clone()].iter().chain(second["data"].as_array().unwrap()).cloned().collect();
    desk.no_faults().await;
    desk.faults(json!([
        {"method": "GET", "path_contains": "/datasets?page=1&", "action": {"replace": {"/has_more": false}}},
        {"method": "GET", "path_contains": "/datasets?page=2&", "action": {"replace": {"/has_more": true, "/data": shifted}}},
    ]))
    .await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("105 knowledge bases").await;
    assert_eq!(pages(&desk, "/datasets?").await, [1, 2]);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_out_of_bounds_asks_for_nothing_out_of_bounds() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.\n\nTorque the nuts.").await;
    desk.no_faults().await;
    for page in ["0", "-1", "99999999", "18446744073709551616", "x"] {
        desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents/{document}?page={page}&limit=1000")).await;
        desk.see_text("Torque the nuts.").await;
    }
    pages(&desk, "/segments").await;
    desk.finish(&[]).await;
}
