//! The main job: from an empty start over real files of nine types to a deleted knowledge base.
//!
//! Proves: createDataset, createDocumentFromFile, getDocumentIndexingStatus, listDocuments, getDocumentDetail, listSegments.
//! Proves: getSegmentDetail, updateSegment, retrieveSegments, deleteDataset.

use std::path::{Path, PathBuf};

use fantoccini::{Locator, key::Key};

use crate::support::{Desk, corpus};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_dropped_indexed_read_mended_found_and_deleted() {
    let desk = Desk::start().await;
    desk.open("/").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Field service").await;
    desk.click("Create").await;
    desk.path_becomes("its documents", |path| path.ends_with("/documents")).await;

    let mut files = vec![
        desk.file("seal.txt", "Inspect the seal faces for scoring.\n\nReplace the pair when it can be felt."),
        desk.file("valve.md", "# Valve\n\nClose it before opening the housing."),
        desk.file("torque.csv", "bolt,torque\nM8,18 Nm\nM10,24 Nm\n"),
        desk.file("page.html", "<html><body><h1>Priming</h1><p>Prime the pump slowly.</p></body></html>"),
        desk.file("limits.properties", "pressure.max=16 bar\n"),
        desk.file("training.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nTurn the shaft by hand.\n"),
        fixture("bulletin.docx"),
        fixture("parts.xlsx"),
        fixture("lubrication.pdf"),
    ];
    let names = [
        "seal.txt",
        "valve.md",
        "torque.csv",
        "page.html",
        "limits.properties",
        "training.vtt",
        "bulletin.docx",
        "parts.xlsx",
        "lubrication.pdf",
    ];
    // A book that nobody here wrote, where Debian's packages can be had.
    let book =
        corpus().map(|folder| folder.join("usr/share/debian-reference/debian-reference.en.pdf")).filter(|book| book.is_file());
    files.extend(book.clone());
    // What no server takes is refused before anything is sent.
    files.push(desk.file("drawing.dwg", "AC1032"));

    desk.choose_files(&files).await;
    desk.see_text(".dwg files are not accepted.").await;
    let count = names.len() + usize::from(book.is_some());
    desk.click(&format!("Add {count} files")).await;
    for name in names {
        desk.see_text(name).await;
    }
    // The tray says of each what became of it; nothing is dropped silently.
    desk.see_text(&format!("{} uploads ended", count + 1)).await;
    desk.see_no_text("Failed").await;
    let knowledge_base = desk.path().await.split('/').nth(3).unwrap_or_default().to_owned();
    let listed = desk.api("GET", &format!("datasets/{knowledge_base}/documents?limit=100&status=available"), None).await;
    assert_eq!(listed["total"], count, "{listed}");

    // Read and mend a chunk, by keyboard.
    desk.click("seal.txt").await;
    desk.see_text("Inspect the seal faces for scoring.").await;
    desk.press("j").await;
    desk.press(char::from(Key::Enter)).await;
    desk.path_becomes("a chunk's", |path| path.contains("/chunks/")).await;
    desk.type_into("Content", " Never lap a face on site.").await;
    desk.see_text("Edited, not saved").await;
    // A reload loses nothing that was typed.
    desk.browser.refresh().await.unwrap();
    desk.see_text("This is your draft from before; it was never saved.").await;
    desk.click("Save").await;
    desk.see_text("was saved.").await;
    let document = desk.path().await.split('/').nth(5).unwrap_or_default().to_owned();
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    assert!(chunks.to_string().contains("Never lap a face on site."), "{chunks}");

    // Find it, and come back to it from the result.
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/retrieval")).await;
    desk.type_into("Question or search words", "lap a face").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("Never lap a face on site.").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("Never lap a face on site.").await;

    // Delete it all, with care.
    desk.open("/local/knowledge-bases").await;
    desk.click("More actions").await;
    desk.click("Delete…").await;
    desk.type_into("Type Field service to confirm", "Field service").await;
    desk.click("Delete for good").await;
    desk.see(Locator::Css(".empty")).await;
    assert_eq!(desk.api("GET", "datasets", None).await["total"], 0);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_of_the_same_name_is_never_replaced_unasked() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "The old text.").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see_text("seal.txt").await;
    let file = desk.file("seal.txt", "The new text.");
    desk.choose_files(&[file]).await;
    desk.see_text("A document has this name.").await;
    desk.field("What to do with seal.txt").await.select_by_label("Keep both").await.unwrap();
    desk.see_text("Added as “seal (2).txt”.").await;
    desk.click("Add 1 file").await;
    desk.see_text("1 upload ended").await;
    let old = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    assert_eq!(old["data"][0]["content"], "The old text.");
    let all = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(all["total"], 2);
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_whose_answer_is_lost_is_found_again_and_not_sent_twice() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see(Locator::Css("h1")).await;
    desk.faults(serde_json::json!([{"method": "POST", "path_contains": "create-by-file", "action": "drop_after"}])).await;
    let file = desk.file("seal.txt", "Inspect the seal.");
    desk.choose_files(&[file]).await;
    desk.click("Add 1 file").await;
    desk.see_text("1 upload ended").await;
    desk.see_no_text("Failed").await;
    // Chromium itself sends again on each kept connection that closes without an answer, so what counts is what came of it.
    let all = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    assert_eq!(all["total"], 1);
    desk.finish(&["ERR_"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_documents_scroll_with_few_rows() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Archive").await;
    // Two hundred at a time over several connections would be quicker, but the point is the list, not the making.
    desk.make_many_documents(&knowledge_base, 10_000).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/documents")).await;
    desk.see_text("10,000 documents").await;
    for part in [0.0, 0.37, 1.0] {
        desk.script(&format!("window.scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * {part})")).await;
        desk.script("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))").await;
        let rows = desk.script("return document.querySelectorAll('tbody tr').length").await;
        let rows = rows.as_u64().unwrap_or(u64::MAX);
        assert!((5..=200).contains(&rows), "{rows} rows at {part}");
    }
    desk.see_text("document 00000.txt").await;
    desk.finish(&[]).await;
}
