//! Pipelines: files are uploaded once and run, and what a server lacks is learned.
//!
//! Proves: uploadPipelineFile, listDatasourcePlugins, runPipeline.

use fantoccini::{Locator, key::Key};
use serde_json::json;

use crate::support::{
    Desk,
    pipelines::{count, has, make, page},
};

#[tokio::test(flavor = "multi_thread")]
async fn files_are_uploaded_run_and_become_documents() {
    let desk = Desk::start().await;
    desk.open("/").await;
    // Made in the desk, because this host can.
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Manuals").await;
    desk.click("More settings").await;
    desk.field("Where it is kept").await.select_by_value("pipeline").await.unwrap();
    desk.see_text("The built-in pipeline of this host").await;
    desk.click("Create").await;
    desk.see_text("A pipeline fills this knowledge base.").await;
    let page_text = desk.text().await;
    assert!(!page_text.contains("Add files") && !page_text.contains("Paste text"), "{page_text}");
    desk.click("Run the pipeline").await;
    desk.path_becomes("the pipeline's", |path| path.ends_with("/pipeline")).await;
    desk.see_text("Nothing is chosen yet.").await;
    assert!(!desk.named("Run the pipeline").await.is_enabled().await.unwrap());

    // What the server would refuse is not sent.
    let files = [
        desk.file("pumps.md", "# Pumps\n\nGrease the bearing."),
        desk.file("valve.txt", "Close the valve."),
        desk.file("a.exe", "x"),
    ];
    desk.choose_files(&files).await;
    desk.see_text("2 chosen").await;
    desk.see_text("a.exe").await;
    // What is skipped opens the tray, which lies over the list on a window of this size.
    desk.click("Collapse").await;
    // Left out, and found again on the server.
    desk.click("Remove “valve.txt”").await;
    desk.see_text("1 chosen").await;
    desk.click("Find earlier uploads").await;
    desk.see_text("2 found").await;
    desk.field("valve.txt").await.click().await.unwrap();
    desk.see_text("2 chosen").await;
    desk.click("Run the pipeline").await;
    desk.see_text("The pipeline has made 2 documents.").await;
    desk.see_text("Nothing is chosen yet.").await;
    for step in ["Files", "Knowledge base"] {
        desk.see_text(step).await;
    }
    // Followed in the tray until they are indexed.
    desk.see_text("Done · 1 chunk").await;
    let requests = desk.requests().await;
    assert!(requests.iter().all(|line| !line.contains("/document/create")), "{requests:#?}");
    desk.click("Go to its documents").await;
    desk.see_text("pumps.md").await;
    desk.see_text("Available").await;
    // Nothing that would pass the pipeline by is offered for one of them either.
    desk.click("Actions for pumps.md").await;
    desk.see_text("run it with the new content").await;
    desk.press(char::from(Key::Escape)).await;
    // Everywhere one sees what it is.
    desk.open("/local/knowledge-bases").await;
    desk.see(Locator::Css(".mode")).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_while_files_are_sent_sends_nothing_twice() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    desk.open(&page(&id)).await;
    desk.see_text("Drop files anywhere on this page.").await;
    desk.choose_files(&[desk.file("first.txt", "One.")]).await;
    desk.see_text("1 chosen").await;
    desk.faults(json!([{"path_contains": "file-upload", "action": {"delay_ms": 60000}}])).await;
    desk.choose_files(&[desk.file("second.txt", "Two.")]).await;
    desk.see_text("Some files are still being sent.").await;
    assert!(!desk.named("Run the pipeline").await.is_enabled().await.unwrap());
    desk.no_faults().await;
    desk.browser.refresh().await.unwrap();
    // The first is on the server and chosen; the second is listed, and not sent by itself.
    desk.see_text("1 chosen").await;
    desk.see_text("Not sent before the page was loaded anew.").await;
    assert_eq!(count(&desk, "POST", "file-upload").await, 0);
    desk.click("Run the pipeline").await;
    has(&desk, &id, &["first.txt"]).await;
    desk.finish(&["ERR_", "beforeunload"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_dropped_on_the_documents_go_to_the_pipeline() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    desk.open(&format!("/local/knowledge-bases/{id}/documents")).await;
    desk.see_text("A pipeline fills this knowledge base.").await;
    desk.script(
        "const data = new DataTransfer(); data.items.add(new File(['Grease.'], 'dropped.txt'));
         window.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));",
    )
    .await;
    desk.path_becomes("the pipeline's", |path| path.ends_with("/pipeline")).await;
    desk.see_text("1 chosen").await;
    // With the keyboard alone.
    desk.press(format!("{}{}", char::from(Key::Control), char::from(Key::Enter))).await;
    desk.see_text("The pipeline has made 1 document.").await;
    has(&desk, &id, &["dropped.txt"]).await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_pipelines_is_asked_once() {
    let desk = Desk::start().await;
    let id = make(&desk, "Manuals").await;
    let plain = desk.make_knowledge_base("Plain").await;
    let missing = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>";
    let missing = json!({"status": {"status": 404, "body": missing, "content_type": "text/html"}});
    desk.faults(json!([{"path_contains": "/pipeline/", "action": missing}])).await;
    desk.open(&page(&id)).await;
    desk.see_text("This server does not offer knowledge pipelines.").await;
    desk.no_faults().await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("This server does not offer knowledge pipelines.").await;
    let asked = desk.requests().await.into_iter().filter(|request| request.contains("/pipeline/")).count();
    assert_eq!(asked, 0, "a lack that is known is not asked for again");
    desk.click("Ask again").await;
    desk.see_text("Drop files anywhere on this page.").await;
    // A knowledge base without one says so, and has no such tab.
    desk.open(&page(&plain)).await;
    desk.see_text("This knowledge base has no pipeline").await;
    desk.click("Go to its documents").await;
    desk.see_text("Drop files here").await;
    assert_eq!(desk.script("return document.querySelectorAll('.tab').length").await, json!(4));
    desk.finish(&["404"]).await;
}
