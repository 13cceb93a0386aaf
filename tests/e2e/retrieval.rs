//! Retrieval: every setting in the address, conditions with the right editor, and the reasons for what is not offered.
//!
//! Proves: retrieveSegments.

use fantoccini::key::Key;
use serde_json::json;

use crate::support::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn settings_and_conditions_survive_a_reload() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Pumps").await;
    desk.make_document(&knowledge_base, "seal.txt", "Inspect the seal faces.\n\nGrease the bearing.").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/retrieval")).await;
    desk.see_text("Weights and reranking need the high-quality index.").await;
    desk.field("Full text").await.click().await.unwrap();
    desk.replace("Results at most", "7").await;
    desk.type_into("Question or search words", "seal").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("1 result in").await;
    desk.click("Filter by metadata").await;
    desk.click("Add a condition").await;
    desk.type_into("Metadata field", "author").await;
    desk.see_text("Enter a value; until then this condition does not count.").await;
    desk.field("Comparison").await.select_by_value("not in").await.unwrap();
    desk.type_into("Value", "Ada, Grace").await;
    desk.click("Retrieve").await;
    desk.path_becomes("the condition's", |path| path.contains("where=")).await;
    let path = desk.path().await;
    assert!(path.contains("method=full_text_search") && path.contains("top_k=7") && path.contains("least=off"), "{path}");
    desk.browser.refresh().await.unwrap();
    let value = |label: &'static str| {
        let desk = &desk;
        async move { desk.field(label).await.prop("value").await.unwrap().unwrap_or_default() }
    };
    assert_eq!(value("Results at most").await, "7");
    assert_eq!(value("Comparison").await, "not in");
    assert_eq!(value("Value").await, "Ada, Grace");
    assert_eq!(desk.path().await, path);
    // A document without the field meets no condition but "is empty".
    desk.see_text("Take out a metadata condition.").await;
    desk.field("Comparison").await.select_by_value("empty").await.unwrap();
    desk.click("Retrieve").await;
    desk.see_text("1 result in").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passage_says_which_child_chunk_matched() {
    let desk = Desk::start().await;
    let knowledge_base = desk.make_knowledge_base("Bridges").await;
    let rule = json!({"mode": "hierarchical", "rules": {
        "pre_processing_rules": [], "parent_mode": "full-doc",
        "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0},
        "subchunk_segmentation": {"separator": "\n", "max_tokens": 500, "chunk_overlap": 0}}});
    let body = json!({"name": "bridges.txt", "text": "Bridges carry roads.\nArches hold the load.\n桥梁跨越河流。",
        "indexing_technique": "economy", "doc_form": "hierarchical_model", "process_rule": rule});
    let made = desk.api("POST", &format!("datasets/{knowledge_base}/document/create-by-text"), Some(&body)).await;
    desk.indexed(&knowledge_base, made["document"]["id"].as_str().expect("an id")).await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/retrieval?q=arches&method=full_text_search")).await;
    desk.see_text("1 child chunk matched").await;
    desk.see_text("Child 2").await;
    desk.open(&format!("/local/knowledge-bases/{knowledge_base}/retrieval?q=%E6%B2%B3%E6%B5%81&method=full_text_search")).await;
    desk.see_text("Child 3").await;
    desk.finish(&[]).await;
}
