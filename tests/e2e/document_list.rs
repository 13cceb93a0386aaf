//! The list of documents: text pasted into it, sorted by metadata, and the row that one was at, which the address holds.
//!
//! Proves: createDocumentFromText, listDocuments.

use fantoccini::{Locator, key::Key};
use serde_json::json;

use crate::support::Desk;

/// The names in the order of the list.
async fn names(desk: &Desk) -> Vec<String> {
    let names = desk.script("return [...document.querySelectorAll('td.name .row-link')].map((link) => link.innerText)").await;
    names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

async fn names_become(desk: &Desk, wanted: &[&str]) {
    let start = std::time::Instant::now();
    loop {
        let now = names(desk).await;
        if now == wanted {
            return;
        }
        assert!(start.elapsed().as_secs() < 20, "never {wanted:?}: {now:?}");
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_text_becomes_a_document_and_is_kept_until_then() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Shop").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.click("Paste text").await;
    desk.type_into("Name of the document", "Opening hours").await;
    desk.type_into("Text", "From nine to five.").await;
    desk.browser.refresh().await.unwrap();
    desk.click("Paste text").await;
    let text = desk.field("Text").await.prop("value").await.unwrap();
    assert_eq!(text.as_deref(), Some("From nine to five."));
    desk.no_faults().await;
    desk.click("Add text").await;
    desk.see_text("1 upload ended").await;
    let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!((&list["total"], &list["data"][0]["name"]), (&json!(1), &json!("Opening hours")));
    let made = desk.requests().await.into_iter().filter(|request| request.ends_with("/document/create-by-text")).count();
    assert_eq!(made, 1);
    desk.click("Opening hours").await;
    desk.see_text("From nine to five.").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_of_metadata_sorts_and_the_address_keeps_it() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Library").await;
    let field =
        desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&json!({"name": "year", "type": "number"}))).await;
    for (name, year) in [("a.txt", json!(1999)), ("b.txt", json!(9)), ("c.txt", json!(null)), ("d.txt", json!(2026))] {
        let document = desk.make_document(&knowledge_base, name, "One line.").await;
        if !year.is_null() {
            let values = json!([{"id": field["id"], "name": "year", "value": year}]);
            let body = json!({"operation_data": [{"document_id": document, "metadata_list": values, "partial_update": true}]});
            desk.api("POST", &format!("datasets/{knowledge_base}/documents/metadata"), Some(&body)).await;
        }
    }
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents?columns=status,m%3Ayear")).await;
    names_become(&desk, &["d.txt", "c.txt", "b.txt", "a.txt"]).await;
    desk.click("year").await;
    names_become(&desk, &["b.txt", "a.txt", "d.txt", "c.txt"]).await;
    desk.click("year").await;
    names_become(&desk, &["d.txt", "a.txt", "b.txt", "c.txt"]).await;
    desk.see(Locator::Css("th.column-field[aria-sort=descending]")).await;
    desk.browser.refresh().await.unwrap();
    names_become(&desk, &["d.txt", "a.txt", "b.txt", "c.txt"]).await;
    desk.click("year").await;
    names_become(&desk, &["d.txt", "c.txt", "b.txt", "a.txt"]).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_row_one_is_at_is_in_the_address_and_a_link_leads_back_to_it() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Archive").await;
    desk.make_many_documents(&knowledge_base, 120).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents?sort=name")).await;
    desk.see_text("120 documents").await;
    desk.see_text("document 00000.txt").await;
    desk.press("j").await;
    desk.press(char::from(Key::End)).await;
    let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents?keyword=00119"), None).await;
    let last = list["data"][0]["id"].as_str().unwrap().to_owned();
    desk.path_becomes("the row's", |path| path.ends_with(&format!("document={last}"))).await;

    // A colleague opens the link: the same row, in view and with the focus.
    let link = desk.path().await;
    desk.open("/local/knowledge-bases").await;
    desk.open(&link).await;
    let is_there = "return document.activeElement?.innerText === 'document 00119.txt'
        && document.activeElement.getBoundingClientRect().bottom < innerHeight";
    let start = std::time::Instant::now();
    while desk.script(is_there).await != json!(true) {
        assert!(start.elapsed().as_secs() < 20, "the row never has the focus");
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    // And so does the way back from the document.
    desk.press(char::from(Key::Enter)).await;
    desk.path_becomes("the document's", |path| path.contains(&format!("/documents/{last}"))).await;
    desk.browser.back().await.unwrap();
    desk.path_becomes("the list's", |path| path.ends_with(&format!("document={last}"))).await;
    let start = std::time::Instant::now();
    while desk.script(is_there).await != json!(true) {
        assert!(start.elapsed().as_secs() < 20, "the row never has the focus again");
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    desk.finish(&[]).await;
}
