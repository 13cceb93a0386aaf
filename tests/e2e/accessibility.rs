//! axe-core on every screen, light and dark, wide and narrow: nothing but what is minor.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::{Desk, Look};

/// Runs axe-core on what is on screen and gives all violations but minor ones as sentences.
pub async fn violations(desk: &Desk) -> Vec<String> {
    let axe = std::env::var("LOREDESK_AXE").expect("LOREDESK_AXE is not set: run `cargo xtask test e2e`");
    let source = std::fs::read_to_string(axe).expect("axe-core");
    desk.script(&source).await;
    let script = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then((result) => done(result.violations));";
    let found = desk.browser.execute_async(script, Vec::new()).await.expect("axe runs");
    let is_grave = |violation: &&Value| matches!(violation["impact"].as_str(), Some("moderate" | "serious" | "critical"));
    let say = |violation: &Value| {
        let first = &violation["nodes"][0];
        format!("{}: {} — {} {}", violation["id"], violation["help"], first["html"], first["failureSummary"])
    };
    found.as_array().into_iter().flatten().filter(is_grave).map(say).collect()
}

async fn check_every_screen(look: Look) {
    let desk = Desk::with_look(look).await;
    desk.open("/").await;
    let is_chinese = look.language.starts_with("zh");
    desk.see_text(if is_chinese { "还没有知识库" } else { "No knowledge base yet" }).await;
    let mut all = vec![("empty start", violations(&desk).await)];

    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    let document = desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal.\n\nTorque the nuts.").await;
    let chunks = desk.api("GET", &format!("datasets/{knowledge_base}/documents/{document}/segments"), None).await;
    let chunk = chunks["data"][0]["id"].as_str().unwrap().to_owned();
    let base = format!("/local/knowledge-bases/{knowledge_base}");
    desk.api("POST", &format!("datasets/{knowledge_base}/metadata"), Some(&json!({"name": "author", "type": "string"}))).await;
    let piped = json!({"name": "Piped", "runtime_mode": "rag_pipeline", "indexing_technique": "economy"});
    let piped = desk.api("POST", "datasets", Some(&piped)).await["id"].as_str().unwrap().to_owned();
    let places = [
        ("knowledge bases", "/local/knowledge-bases".to_owned(), "Pumps"),
        ("documents", format!("{base}/documents"), "seal.txt"),
        ("document", format!("{base}/documents/{document}"), "Torque the nuts."),
        ("chunk", format!("{base}/documents/{document}/chunks/{chunk}"), "Inspect the seal."),
        ("retrieval", format!("{base}/retrieval"), "Pumps"),
        ("settings", format!("{base}/settings"), &knowledge_base),
        ("pipeline", format!("/local/knowledge-bases/{piped}/pipeline"), "docx"),
        ("metadata", format!("{base}/metadata"), "author"),
        ("metadata fields", format!("{base}/metadata?view=fields"), "author"),
        ("about the server", "/local/about".to_owned(), "Loredesk"),
    ];
    for (name, path, text) in places {
        desk.open(&path).await;
        // On a narrow window the open chunk covers the list, and a text area's text is no text of the page.
        if name == "chunk" {
            desk.see(Locator::Css("textarea")).await;
        } else {
            desk.see_text(text).await;
        }
        all.push((name, violations(&desk).await));
    }
    // Documents with a selection, its menu, and one that is about to be deleted.
    desk.open(&format!("{base}/documents")).await;
    desk.see_text("seal.txt").await;
    desk.see(Locator::Css("tr[data-row] .select-cell label")).await.click().await.unwrap();
    desk.click(if is_chinese { "所选文档的更多操作" } else { "More for the selection" }).await;
    desk.see(Locator::Css(".menu .why")).await;
    all.push(("selection", violations(&desk).await));
    desk.press(char::from(Key::Escape)).await;
    desk.click(if is_chinese { "删除" } else { "Delete" }).await;
    desk.see(Locator::Css("tr.leaving")).await;
    all.push(("about to be deleted", violations(&desk).await));
    desk.open("/local/knowledge-bases").await;
    desk.click(if is_chinese { "新建知识库" } else { "New knowledge base" }).await;
    desk.field(if is_chinese { "名称" } else { "Name" }).await;
    all.push(("form", violations(&desk).await));

    all.retain(|(_, violations)| !violations.is_empty());
    assert!(all.is_empty(), "{look:?}: {all:#?}");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn light() {
    check_every_screen(Look::default()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark_and_chinese() {
    check_every_screen(Look { is_dark: true, language: "zh-CN", ..Look::default() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn narrow() {
    check_every_screen(Look { width: 390, height: 844, ..Look::default() }).await;
}
