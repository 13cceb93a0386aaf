//! What an older server lacks is learned once, worked round, remembered, and forgotten when it is there after all.
//!
//! Proves: downloadDocument, downloadDocumentsZip.

use std::{path::Path, time::Duration};

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::support::Desk;

/// The page that Dify 1.12 answers an unknown path with, as recorded.
fn unknown_path() -> Value {
    let lines = include_str!("../fixtures/dify-wire.jsonl").lines();
    let recorded = lines
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|line| line["name"] == "documents.download.not_in_this_version")
        .expect("the recording");
    let body = recorded["response"]["text"].as_str().expect("a page").to_owned();
    json!({"status": {"status": 404, "body": body, "content_type": "text/html; charset=utf-8"}})
}

async fn asked(desk: &Desk, method: &str, end: &str) -> usize {
    let requests = desk.requests().await;
    requests.iter().filter(|request| request.starts_with(method) && request.ends_with(end)).count()
}

/// Waits until the folder has so many whole files, and gives their names in order.
async fn files(folder: &Path, count: usize) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..200 {
        let found = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        names = found.filter(|name| !name.ends_with(".crdownload") && !name.starts_with('.')).collect();
        if names.len() == count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    names.sort();
    assert_eq!(names.len(), count, "{names:?}");
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn originals_that_a_server_does_not_give_out_become_texts() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&id, "seal.md", "Inspect the seal.\n\nGrease the bearing.").await;
    let folder = desk.keep_downloads().await;
    let old = json!({"method": "GET", "path_contains": "/download", "action": unknown_path()});
    desk.no_faults().await;
    desk.faults(json!([old])).await;
    // One that came from a file, so that the menu offers its original; a text has none.
    let page = format!("/local/knowledge-bases/{id}/documents");
    desk.open(&page).await;
    desk.choose_files(&[desk.file("pump.md", "Pumps move water.\n\nValves stop it.")]).await;
    desk.click("Add 1 file").await;
    desk.see_text("Available").await;
    desk.see_text("pump.md").await;

    desk.click("Actions for pump.md").await;
    desk.click("Download original").await;
    desk.see_text("so the text of “pump.md” was saved, put together from its chunks.").await;
    assert_eq!(files(&folder, 1).await, ["pump.md.txt"]);
    let text = std::fs::read_to_string(folder.join("pump.md.txt")).unwrap();
    assert!(text.contains("Pumps move water.") && text.contains("Valves stop it."), "{text}");
    assert_eq!(asked(&desk, "GET", "/download").await, 1);

    // Known now: the menu says what there is, the text document has it too, and the server is not asked again, even after a reload.
    desk.open(&page).await;
    desk.click("Actions for seal.md").await;
    desk.see_text("This server gives out no originals.").await;
    desk.named("Save its text This server gives out no originals. The text is put together from the chunks.")
        .await
        .click()
        .await
        .unwrap();
    files(&folder, 2).await;
    desk.open(&format!("{page}/{document}")).await;
    desk.click("More actions").await;
    desk.see_text("This server gives out no originals.").await;
    assert_eq!(asked(&desk, "GET", "/download").await, 1);

    // "About this server" says so, and looks again; a server that still lacks it stays where it was.
    desk.open("/local/about").await;
    desk.see_text("The text of a document is saved in place of its original.").await;
    desk.finish(&["404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_zip_gives_files_one_by_one_until_it_has_it() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    let folder = desk.keep_downloads().await;
    let page = format!("/local/knowledge-bases/{id}/documents");
    desk.open(&page).await;
    desk.choose_files(&[desk.file("a.md", "First."), desk.file("b.md", "Second.")]).await;
    desk.click("Add 2 files").await;
    desk.see_text("2 documents").await;
    for document in desk.api("GET", &format!("datasets/{id}/documents"), None).await["data"].as_array().unwrap() {
        desk.indexed(&id, document["id"].as_str().unwrap()).await;
    }
    desk.no_faults().await;
    desk.faults(json!([{"method": "POST", "path_contains": "/download-zip", "action": unknown_path()}])).await;

    desk.open(&page).await;
    select_all(&desk).await;
    desk.click("More for the selection").await;
    desk.click("Download as ZIP").await;
    desk.see_text("This server makes no ZIP files.").await;
    assert_eq!(files(&folder, 2).await, ["a.md", "b.md"]);
    desk.see_text("Download 2 originals").await;
    assert_eq!(asked(&desk, "POST", "/download-zip").await, 1);

    // Not asked again after a reload.
    for name in ["a.md", "b.md"] {
        std::fs::remove_file(folder.join(name)).unwrap();
    }
    desk.open(&page).await;
    select_all(&desk).await;
    desk.click("More for the selection").await;
    desk.click("Download original").await;
    desk.see_text("This server makes no ZIP files.").await;
    assert_eq!(files(&folder, 2).await, ["a.md", "b.md"]);
    assert_eq!(asked(&desk, "POST", "/download-zip").await, 1);

    // The server says so itself where one looks, and after its update it is known again.
    desk.open("/local/about").await;
    desk.see_text("Files are saved one by one.").await;
    desk.click("Check again: Several files as a ZIP").await;
    desk.see_text("Not offered").await;
    desk.no_faults().await;
    desk.click("Check again: Several files as a ZIP").await;
    desk.see_no_text("Files are saved one by one.").await;
    desk.open(&page).await;
    select_all(&desk).await;
    desk.click("More for the selection").await;
    desk.click("Download as ZIP").await;
    assert_eq!(files(&folder, 3).await, ["Pumps.zip", "a.md", "b.md"]);
    desk.finish(&["404"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_version_of_the_server_is_asked_anew() {
    let desk = Desk::start().await;
    let id = desk.make_knowledge_base("Pumps").await;
    let version = |version: &str| {
        let body = json!({"data": [], "total": 0, "page": 1, "limit": 100, "has_more": false}).to_string();
        let action = json!({"status": {"status": 200, "body": body, "content_type": "application/json", "headers": {"x-version": version}}});
        json!({"method": "GET", "path_contains": "/documents?", "action": action})
    };
    let no_tags = json!({"method": "GET", "path_contains": "/datasets/tags", "action": unknown_path()});
    let (documents, settings) =
        (format!("/local/knowledge-bases/{id}/documents"), format!("/local/knowledge-bases/{id}/settings"));
    desk.no_faults().await;
    desk.faults(json!([version("1.9.0"), no_tags])).await;
    for _ in 0..2 {
        desk.open(&documents).await;
        desk.see_text("Drop files here").await;
        desk.click("Settings").await;
        desk.see_text("This server does not offer tags.").await;
    }
    assert_eq!(asked(&desk, "GET", "/datasets/tags").await, 1);
    desk.click("About This computer").await;
    desk.see_text("1.9.0").await;

    desk.faults(json!([version("1.13.0")])).await;
    desk.open(&documents).await;
    desk.see_text("Drop files here").await;
    desk.click("Settings").await;
    desk.see(Locator::Css(".tag-editor")).await;
    assert_eq!(asked(&desk, "GET", "/datasets/tags").await, 2);
    desk.open(&settings).await;
    desk.see(Locator::Css(".tag-editor")).await;
    desk.finish(&["404"]).await;
}

async fn select_all(desk: &Desk) {
    desk.see(Locator::Css("td.select-cell")).await;
    desk.script("document.querySelector('th.select-cell input').click(); return true;").await;
    desk.see(Locator::Css(".batch-bar")).await;
}
