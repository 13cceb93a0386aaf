//! Pages that the first load leaves out come when they are opened, or say that they did not.

use serde_json::{Value, json};

use crate::support::Desk;

/// The page modules that the browser has fetched.
async fn fetched(desk: &Desk) -> Vec<String> {
    let script = r#"return performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname)
        .filter((path) => path.includes("/pages/")).map((path) => path.split("/").pop());"#;
    let names = desk.script(script).await;
    names.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_fetches_no_other_page_and_each_page_only_its_own() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    desk.open("/local/knowledge-bases").await;
    desk.see_text("1 knowledge base").await;
    assert!(fetched(&desk).await.is_empty(), "the list is in the main module");
    desk.click("Pumps").await;
    desk.see_text("Drop files here").await;
    let names = fetched(&desk).await;
    let has = |page: &str| names.iter().any(|name| name.starts_with(&format!("{page}-")) && name.ends_with(".wasm"));
    assert!(has("documents") && !has("chunks") && !has("retrieval"), "{names:?}");
    // What pages share comes in few files: a request for each of dozens of small ones would be what a slow network feels.
    assert!(names.len() <= 6, "{names:?}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_does_not_come_says_so_and_comes_when_all_is_loaded_again() {
    let desk = Desk::start().await;
    desk.make_knowledge_base("Pumps").await;
    let gone = json!({"status": {"status": 404, "body": "gone", "content_type": "text/plain"}});
    for action in [json!("drop"), json!("html"), gone] {
        desk.open("/local/knowledge-bases").await;
        desk.see_text("1 knowledge base").await;
        desk.faults(json!([{"method": "GET", "path_contains": "/pages/", "action": action}])).await;
        desk.click("Pumps").await;
        desk.see_text("A part of the app did not arrive").await;
        desk.no_faults().await;
        desk.click("Load again").await;
        desk.see_text("Drop files here").await;
        // The next round must not find the modules in the browser's cache.
        desk.forget_cache().await;
    }
    desk.finish(&["ERR_", "404", "502", "TypeError"]).await;
}
