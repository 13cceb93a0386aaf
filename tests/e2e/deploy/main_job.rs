//! The main job through nginx and Caddy, at the root and under paths: the release app, the real host behind `api/local`.
//!
//! Proves: createDataset, createDocumentFromFile, listDocuments, listSegments, updateSegment, retrieveSegments, deleteDataset.

use fantoccini::{Locator, key::Key};

use crate::support::{Desk, Kind};

/// Create a knowledge base, add a file, see its chunks, mend one, find it, delete everything.
pub async fn run(desk: Desk) {
    desk.open("/").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Field service").await;
    desk.click("Create").await;
    desk.path_becomes("its documents", |path| path.ends_with("/documents")).await;

    let file = desk.file("seal.txt", "Inspect the seal faces for scoring.\n\nReplace the pair when it can be felt.");
    desk.choose_files(&[file]).await;
    desk.click("Add 1 file").await;
    desk.see_text("1 upload ended").await;
    desk.see_no_text("Failed").await;

    desk.click("seal.txt").await;
    desk.see_text("Inspect the seal faces for scoring.").await;
    desk.press("j").await;
    desk.press(char::from(Key::Enter)).await;
    desk.path_becomes("a chunk's", |path| path.contains("/chunks/")).await;
    // A deep link, loaded anew.
    desk.browser.refresh().await.unwrap();
    desk.type_into("Content", " Never lap a face on site.").await;
    desk.click("Save").await;
    desk.see_text("was saved.").await;

    let knowledge_base = desk.path().await.split('/').nth(3).unwrap_or_default().to_owned();
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/retrieval")).await;
    desk.type_into("Question or search words", "lap a face").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("Never lap a face on site.").await;

    desk.open("/local/knowledge-bases").await;
    desk.click("More actions").await;
    desk.click("Delete…").await;
    desk.type_into("Type Field service to confirm", "Field service").await;
    desk.click("Delete for good").await;
    desk.see(Locator::Css(".empty")).await;
    // Nothing on the console: no violation of the policy, no file that is not there.
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_at_the_root() {
    run(Desk::behind(Kind::Nginx, "/").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_under_a_path() {
    run(Desk::behind(Kind::Nginx, "/kb/").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_under_a_longer_path() {
    run(Desk::behind(Kind::Nginx, "/a/b/").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_at_the_root() {
    run(Desk::behind(Kind::Caddy, "/").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_under_a_path() {
    run(Desk::behind(Kind::Caddy, "/kb/").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_under_a_longer_path() {
    run(Desk::behind(Kind::Caddy, "/a/b/").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_in_front_of_the_host() {
    run(Desk::behind_in_front_of_host(Kind::Nginx, "/kb/").await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caddy_in_front_of_the_host() {
    run(Desk::behind_in_front_of_host(Kind::Caddy, "/kb/").await).await;
}
