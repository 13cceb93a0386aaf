//! The main job on the recorded answers of a real Dify server: what is written, with the quirks that the recordings show. Where a
//! step was not recorded, `support/replay.rs` says what stands in.
//!
//! Proves: createDataset, createDocumentFromText, createDocumentFromFile, getDocumentIndexingStatus, batchUpdateDocumentStatus,
//! Proves: createSegments, updateSegment, createMetadataField, updateMetadataField, batchUpdateDocumentMetadata, deleteDocument,
//! Proves: deleteSegment, deleteDataset, createKnowledgeTag.

use fantoccini::{Locator, key::Key};

use crate::support::Desk;

/// The knowledge base of the recordings, and its document with chunks.
const BASE: &str = "/real/knowledge-bases/9b41e05d-636d-4164-aae5-4cba46ec80c5";
const PUMP_MANUAL: &str = "91afb763-e337-48b1-a310-6d90c28a09cd";

async fn open_documents(desk: &Desk, moment: &str) {
    desk.replay().move_to(moment);
    desk.open(&format!("{BASE}/documents")).await;
    desk.see_text("Pump manual").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_knowledge_base_is_made_and_filled() {
    let desk = Desk::replaying("datasets.list.empty").await;
    desk.open("/real/knowledge-bases").await;
    desk.see_text("No knowledge base yet").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Product manual").await;
    desk.click("Create").await;
    desk.see_text("“Product manual” was created.").await;
    desk.path_becomes("its documents", |path| path.starts_with(&format!("{BASE}/documents"))).await;

    // Waiting, then completed: every stage between was skipped.
    desk.click("Paste text").await;
    desk.type_into("Name of the document", "Pump manual").await;
    desk.type_into("Text", "Pump manual.").await;
    desk.click("Add text").await;
    desk.see_text("1 upload ended").await;
    desk.see_text("Done · 4 chunks").await;

    // The name is taken now: replaced only because one says so, under the same id.
    desk.click("Paste text").await;
    desk.type_into("Name of the document", "Pump manual").await;
    desk.type_into("Text", "Pump manual, second edition.").await;
    desk.see_text("A document has this name.").await;
    desk.field("What to do with Pump manual").await.select_by_label("Replace").await.unwrap();
    desk.click("Add text").await;
    desk.see_text("2 uploads ended").await;
    let text = desk.text().await;
    assert!(!text.contains("at the same moment"), "{text}");

    // A file, and one that is accepted with a 200 and fails only when it is indexed.
    desk.choose_files(&[desk.file("guide.txt", "Guide.\n\nThe valve opens clockwise.")]).await;
    desk.click("Add 1 file").await;
    desk.see_text("3 uploads ended").await;
    desk.choose_files(&[desk.file("broken.pdf", "%PDF-1.4 not really")]).await;
    desk.click("Add 1 file").await;
    desk.see_text("Not indexed. The server says: Failed to load document (PDFium: Data format error).").await;

    open_documents(&desk, "documents.list.default").await;
    desk.see_text("12 documents").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_switched_off_put_away_and_deleted() {
    let desk = Desk::replaying("documents.upload_file.not_in_this_version").await;
    desk.open(&format!("{BASE}/documents")).await;
    desk.see_text("12 documents").await;
    // A task holds the document for a while.
    desk.replay().answer_next("documents.status.disable_again_immediately");
    desk.click("Actions for readme.md").await;
    desk.click("Disable").await;
    desk.see_text("Document:readme.md is being indexed, please try again later").await;
    desk.replay().move_to("documents.upload_file.not_in_this_version");
    desk.click("Try the rest again").await;
    desk.see_text("“readme.md” is disabled").await;
    desk.click("Actions for readme.md").await;
    desk.click("Archive").await;
    desk.see_text("“readme.md” is archived.").await;
    desk.click("Actions for readme.md").await;
    desk.click("Un-archive").await;
    desk.see_text("“readme.md” is no longer archived.").await;
    // Deleted: a 200 with the body `204`.
    desk.click("Actions for SHOUT.TXT").await;
    desk.click("Delete").await;
    desk.see_text("“SHOUT.TXT” was deleted.").await;
    desk.finish(&["400"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chunks_are_added_mended_and_found() {
    let desk = Desk::replaying("segments.list").await;
    desk.open(&format!("{BASE}/documents/{PUMP_MANUAL}")).await;
    desk.see_text("Second edition.").await;
    desk.click("Add chunk").await;
    desk.type_into("Content", "Torque: tighten the bolts to 40 Nm.").await;
    desk.press(format!("{}{}", char::from(Key::Control), char::from(Key::Enter))).await;
    desk.see_text("Chunk 6 was added at the end.").await;

    desk.replay().move_to("segments.get");
    desk.open(&format!("{BASE}/documents/{PUMP_MANUAL}/chunks/e111b109-ddf1-4064-afd7-5a2a8665f2c4")).await;
    desk.replace("Content", "Torque: tighten the bolts to 45 Nm.").await;
    desk.click("Save").await;
    desk.see_text("Chunk 6 was saved.").await;
    desk.browser.refresh().await.unwrap();
    let content = desk.field("Content").await.prop("value").await.unwrap();
    assert_eq!(content.as_deref(), Some("Torque: tighten the bolts to 45 Nm."));

    desk.replay().move_to("retrieve.keyword");
    desk.open(&format!("{BASE}/retrieval")).await;
    desk.type_into("Question or search words", "impeller").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("Maintenance: replace the impeller seal every twelve months.").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn metadata_is_made_renamed_and_set() {
    let desk = Desk::replaying("metadata.list.empty").await;
    desk.open(&format!("{BASE}/metadata?view=fields")).await;
    desk.see_text("No metadata fields yet").await;
    desk.click("New field").await;
    desk.type_into("Name", "author").await;
    desk.click("Create").await;
    desk.see_text("The field “author” was created.").await;

    desk.replay().move_to("metadata.list");
    desk.browser.refresh().await.unwrap();
    desk.see(Locator::XPath("//td[text()='author']")).await;
    desk.click("More actions").await;
    desk.click("Rename…").await;
    desk.replace("Name", "writer").await;
    desk.click("Save").await;
    desk.see_text("The field is called “writer” now.").await;

    // The last row is the oldest document. Its other values stay: the server keeps what is not sent.
    desk.replay().move_to("metadata.list.with_counts");
    desk.open(&format!("{BASE}/metadata")).await;
    desk.see_text("Ada").await;
    desk.see(Locator::XPath("//tr[.//*[contains(text(), 'Pump manual')]]//td[contains(., '42')]")).await.click().await.unwrap();
    desk.press("43.5").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("1 value in 1 document changed, not saved").await;
    desk.click("Review changes").await;
    desk.click("Save 1 document").await;
    desk.see_text("The metadata of 1 document was saved.").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_made_although_the_answer_is_a_refusal_and_a_knowledge_base_goes() {
    let desk = Desk::replaying("tags.list.empty").await;
    desk.open(&format!("{BASE}/settings")).await;
    desk.see_text("There are no tags yet.").await;
    // It refuses its own answers: to the create, which it has carried out, and to the lists before and after it.
    for name in ["tags.list.as_is_400", "tags.create.as_is_400_but_created", "tags.list.as_is_400", "tags.list.as_is_400"] {
        desk.replay().answer_next(name);
    }
    desk.type_into("Find or make a tag", "hardware").await;
    desk.click("Make “hardware”").await;
    desk.see_text("The tag was made, but this server does not tell its id.").await;

    desk.replay().move_to("datasets.list.default");
    desk.open("/real/knowledge-bases").await;
    desk.see_text("7 knowledge bases").await;
    let row = "//tr[.//a[text()='extra']]//button[@aria-label='More actions']";
    desk.see(Locator::XPath(row)).await.click().await.unwrap();
    desk.click("Delete…").await;
    desk.type_into("Type extra to confirm", "extra").await;
    desk.click("Delete for good").await;
    desk.see_text("“extra” was deleted.").await;
    desk.finish(&["400"]).await;
}
