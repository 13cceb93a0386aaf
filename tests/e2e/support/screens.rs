//! Every screen of the desk, with something on it.

use serde_json::json;

use super::Desk;

/// A screen.
#[derive(Clone, Debug)]
pub struct Screen {
    /// What it is called in a failure.
    pub name: &'static str,
    /// Its address.
    pub path: String,
    /// An element that is there once it is.
    pub sign: &'static str,
}

impl Desk {
    /// Makes what the screens show, and gives them. Names of things hold no word of either language but "Ωmega".
    pub async fn screens(&self) -> Vec<Screen> {
        let knowledge_base = self.make_knowledge_base("Ωmega").await;
        let empty = self.make_knowledge_base("Ωmega 2").await;
        let piped = json!({"name": "Ωmega 3", "runtime_mode": "rag_pipeline", "indexing_technique": "economy"});
        let piped = self.api("POST", "datasets", Some(&piped)).await["id"].as_str().expect("an id").to_owned();
        let document = self.make_document(&knowledge_base, "Ωmega.txt", "Ωmega 1.\n\nΩmega 2.").await;
        let segments = format!("datasets/{knowledge_base}/documents/{document}/segments");
        let chunks = self.api("GET", &segments, None).await;
        let chunk = chunks["data"][0]["id"].as_str().expect("a chunk").to_owned();
        self.api(
            "POST",
            &format!("{segments}/{chunk}"),
            Some(&json!({"segment": {"content": "Ωmega 1.", "keywords": ["Ωmega"], "enabled": false}})),
        )
        .await;
        let base = format!("/local/knowledge-bases/{knowledge_base}");
        let screen = |name, path: String, sign| Screen { name, path, sign };
        vec![
            screen("knowledge bases", "/local/knowledge-bases".to_owned(), "td.name a"),
            screen("documents", format!("{base}/documents"), "td.name a"),
            screen("empty documents", format!("/local/knowledge-bases/{empty}/documents"), ".empty"),
            screen("document", format!("{base}/documents/{document}"), ".chunk-text"),
            screen("chunk", format!("{base}/documents/{document}/chunks/{chunk}"), ".drawer textarea"),
            screen("retrieval", format!("{base}/retrieval"), ".empty"),
            screen("retrieved", format!("{base}/retrieval?q=%CE%A9mega"), ".records li"),
            screen("pipeline", format!("/local/knowledge-bases/{piped}/pipeline"), ".drop-place"),
            screen("empty documents of a pipeline", format!("/local/knowledge-bases/{piped}/documents"), ".empty"),
            screen("nothing here", "/local/nothing".to_owned(), "main a"),
        ]
    }
}
