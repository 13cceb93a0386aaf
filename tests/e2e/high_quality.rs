//! High quality in the browser: making such a knowledge base, searching by meaning, what a change of the index costs, and child chunks
//! made anew. The embedding service is a double (`support/embeddings.rs`); the host and everything before it are real.
//!
//! Proves: createDataset, updateDataset, getAvailableModels, retrieveSegments, updateSegment.

use fantoccini::{Locator, key::Key};
use serde_json::{Value, json};

use crate::support::Desk;

const TEXT: &str = "The automobile has four wheels.\n\nA physician looks after patients.\n\nBridges carry roads over rivers.";

/// Chooses a model by its name, whatever the provider is called.
async fn choose_model(desk: &Desk, model: &str) {
    let field = desk.field("Embedding model").await;
    let value = desk
        .script(&format!(
            "return [...document.querySelectorAll('option')].find((option) => option.text.includes('{model}')).value"
        ))
        .await;
    field.select_by_value(value.as_str().unwrap()).await.unwrap();
}

async fn make_high_quality(desk: &Desk, name: &str) -> String {
    let providers = desk.api("GET", "workspaces/current/models/model-types/text-embedding", None).await;
    let provider = providers["data"][0]["provider"].clone();
    let body = json!({"name": name, "indexing_technique": "high_quality", "embedding_model": "hash-small", "embedding_model_provider": provider});
    desk.api("POST", "datasets", Some(&body)).await["id"].as_str().expect("an id").to_owned()
}

async fn make_text(desk: &Desk, knowledge_base: &str, technique: &str) -> String {
    let rule = json!({"mode": "custom", "rules": {"pre_processing_rules": [], "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0}}});
    let body = json!({"name": "mixed.txt", "text": TEXT, "indexing_technique": technique, "process_rule": rule});
    let made = desk.api("POST", &format!("datasets/{knowledge_base}/document/create-by-text"), Some(&body)).await;
    let document = made["document"]["id"].as_str().expect("an id").to_owned();
    desk.indexed(knowledge_base, &document).await;
    document
}

/// The texts that are found, best first.
async fn found(desk: &Desk) -> Vec<String> {
    let texts = desk.script("return [...document.querySelectorAll('.records li')].map((one) => one.innerText)").await;
    texts.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_high_quality_knowledge_base_is_made_and_searched_by_meaning() {
    let desk = Desk::with_embeddings().await;
    desk.open("/local/knowledge-bases").await;
    desk.click("New knowledge base").await;
    desk.type_into("Name", "Meanings").await;
    desk.click("More settings").await;
    desk.field("High quality").await.click().await.unwrap();
    desk.click("Create").await;
    desk.see_text("High quality needs an embedding model.").await;
    choose_model(&desk, "hash-small").await;
    desk.field("Set the retrieval defaults now").await.click().await.unwrap();
    desk.field("Hybrid").await.click().await.unwrap();
    desk.field("By weights").await.click().await.unwrap();
    desk.click("Create").await;
    desk.see_text("“Meanings” was created.").await;
    let made = desk.api("GET", "datasets", None).await["data"][0].clone();
    assert_eq!((&made["indexing_technique"], &made["embedding_model"]), (&json!("high_quality"), &json!("hash-small")));
    assert_eq!(made["retrieval_model_dict"]["search_method"], "hybrid_search");
    assert_eq!(made["retrieval_model_dict"]["reranking_mode"], "weighted_score");
    let id = made["id"].as_str().unwrap();
    make_text(&desk, id, "high_quality").await;

    // Another word for the same thing is found by meaning only.
    desk.open(&format!("/local/knowledge-bases/{id}/retrieval")).await;
    desk.field("Meaning").await.click().await.unwrap();
    desk.type_into("Question or search words", "vehicle").await;
    desk.press(char::from(Key::Enter)).await;
    desk.see_text("The automobile has four wheels.").await;
    assert!(found(&desk).await[0].contains("automobile"), "{:?}", found(&desk).await);
    desk.field("Full text").await.click().await.unwrap();
    desk.click("Retrieve").await;
    desk.see_text("Nothing found").await;

    // A least score leaves out what only stands behind.
    desk.field("Meaning").await.click().await.unwrap();
    desk.replace("Question or search words", "vehicle with four wheels").await;
    desk.field("Least score").await.click().await.unwrap();
    desk.click("Retrieve").await;
    desk.path_becomes("one with a least score", |path| path.contains("least=") && !path.contains("least=off")).await;
    desk.see_text("1 result in").await;
    assert!(found(&desk).await.iter().all(|text| text.contains("automobile")));

    // Hybrid, with weights in the address; they survive a reload.
    desk.field("Hybrid").await.click().await.unwrap();
    desk.click("Retrieve").await;
    desk.path_becomes("the hybrid search", |path| path.contains("method=hybrid_search") || !path.contains("method=")).await;
    desk.see_text("automobile").await;
    desk.browser.refresh().await.unwrap();
    desk.see_text("automobile").await;
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_change_of_the_index_costs_is_said_before_and_then_done() {
    let desk = Desk::with_embeddings().await;
    let id = desk.make_knowledge_base("Pumps").await;
    let document = make_text(&desk, &id, "economy").await;
    let settings = format!("/local/knowledge-bases/{id}/settings");
    desk.open(&settings).await;
    desk.see(Locator::Css(".settings-form")).await;
    desk.field("High quality").await.click().await.unwrap();
    choose_model(&desk, "hash-small").await;
    desk.see_text("Its one document gets embeddings").await;
    assert_eq!(desk.embedded_texts("hash-small"), 0, "nothing is done before it is saved");
    desk.click("Save").await;
    desk.see_text("Before this is saved").await;
    desk.click("Save anyway").await;
    desk.see_text("“Pumps” was saved.").await;
    desk.indexed(&id, &document).await;
    assert_eq!(desk.embedded_texts("hash-small"), 3);

    // Another model: every chunk anew, said before.
    desk.open(&settings).await;
    desk.see(Locator::Css(".settings-form")).await;
    choose_model(&desk, "hash-large").await;
    desk.see_text("A new embedding model embeds its one document anew").await;
    desk.click("Save").await;
    desk.click("Save anyway").await;
    desk.see_text("“Pumps” was saved.").await;
    desk.indexed(&id, &document).await;
    // Three chunks, and one text by which the host tries a model that it was not told.
    assert_eq!(desk.embedded_texts("hash-large"), 4);
    desk.open(&format!("/local/knowledge-bases/{id}/retrieval?q=vehicle&method=semantic_search")).await;
    desk.see_text("The automobile has four wheels.").await;

    // The way back cannot be undone, which is said too.
    desk.open(&settings).await;
    desk.see(Locator::Css(".settings-form")).await;
    desk.field("Economy").await.click().await.unwrap();
    desk.see_text("High quality → economy cannot be undone").await;
    desk.click("Discard").await;
    assert_eq!(desk.api("GET", &format!("datasets/{id}"), None).await["embedding_model"], "hash-large");
    desk.finish(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn child_chunks_are_made_anew_with_their_embeddings() {
    let desk = Desk::with_embeddings().await;
    let id = make_high_quality(&desk, "Bridges").await;
    let rule = json!({"mode": "hierarchical", "rules": {
        "pre_processing_rules": [], "parent_mode": "paragraph",
        "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0},
        "subchunk_segmentation": {"separator": ". ", "max_tokens": 500, "chunk_overlap": 0}}});
    let body = json!({"name": "bridges.txt", "text": "Bridges carry roads. Arches hold the load.",
        "indexing_technique": "high_quality", "doc_form": "hierarchical_model", "process_rule": rule});
    let made = desk.api("POST", &format!("datasets/{id}/document/create-by-text"), Some(&body)).await;
    let document = made["document"]["id"].as_str().unwrap().to_owned();
    desk.indexed(&id, &document).await;
    let segments = format!("datasets/{id}/documents/{document}/segments");
    let chunk = desk.api("GET", &segments, None).await["data"][0]["id"].as_str().unwrap().to_owned();
    desk.open(&format!("/local/knowledge-bases/{id}/documents/{document}/chunks/{chunk}")).await;
    desk.see_text("Child 2").await;
    desk.replace("Content", "A physician looks after patients. An automobile has wheels.").await;
    desk.click("Save").await;
    desk.see_text("What about its child chunks?").await;
    desk.click("Save and make them anew").await;
    desk.see_text("was saved.").await;
    let children = desk.api("GET", &format!("{segments}/{chunk}/child_chunks"), None).await;
    let texts: Vec<&str> = children["data"].as_array().unwrap().iter().map(|child| child["content"].as_str().unwrap()).collect();
    assert_eq!(texts, ["A physician looks after patients", "An automobile has wheels."]);
    // Found by the meaning of a new child chunk, which is named.
    desk.open(&format!("/local/knowledge-bases/{id}/retrieval?q=doctor&method=semantic_search&top_k=1")).await;
    desk.see_text("child chunk").await;
    desk.see_text("physician").await;
    desk.finish(&[]).await;
}
