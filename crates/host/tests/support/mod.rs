//! What the tests of the host share: a host with a folder of its own, and a small HTTP client.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod http;
pub mod recorded;
pub mod upstream;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use loredesk_host::config::Config;
use loredesk_host::server::{Running, start};
use serde_json::{Value, json};

pub use http::Client;

/// A folder that is removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("loredesk-host-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

/// A host on a free port, in this process.
pub struct TestHost {
    pub client: Client,
    pub folder: Folder,
    running: Option<Running>,
}

impl TestHost {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::begin(Folder::new(), change).await
    }

    /// On a folder that another host has used.
    pub async fn on(folder: Folder) -> Self {
        Self::begin(folder, |_| {}).await
    }

    /// On a folder that was prepared.
    pub async fn begin(folder: Folder, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            data: folder.0.join("data"),
            app: folder.0.join("app"),
            ..Config::default()
        };
        change(&mut config);
        let running = start(config).await.unwrap();
        Self { client: Client::new(running.address), folder, running: Some(running) }
    }

    pub async fn stop(mut self) -> Folder {
        self.running.take().unwrap().stop().await;
        std::mem::replace(&mut self.folder, Folder::new())
    }

    /// Names of the files in a folder of the data.
    pub fn data_files(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.0.join("data").join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }
}

/// A rule that makes each paragraph a chunk.
pub fn by_paragraph() -> Value {
    json!({ "mode": "custom", "rules": {
        "pre_processing_rules": [{ "id": "remove_extra_spaces", "enabled": true }],
        "segmentation": { "separator": "\n\n", "max_tokens": 500, "chunk_overlap": 0 } } })
}

/// A rule of hierarchical mode: paragraphs (or whole documents) are parent chunks, sentences their child chunks.
pub fn by_sentence(parent_mode: &str) -> Value {
    json!({ "mode": "hierarchical", "rules": {
        "pre_processing_rules": [{ "id": "remove_extra_spaces", "enabled": true }, { "id": "remove_urls_emails", "enabled": false }],
        "segmentation": { "separator": "\n\n", "max_tokens": 4000, "chunk_overlap": 0 },
        "parent_mode": parent_mode,
        "subchunk_segmentation": { "separator": ". ", "max_tokens": 60, "chunk_overlap": 0 } } })
}

/// What most tests begin with.
impl Client {
    /// Makes an economy knowledge base; answers its id.
    pub async fn dataset(&self, name: &str) -> String {
        let answer = self.post("/datasets", &json!({ "name": name, "indexing_technique": "economy" })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// Adds a text whose paragraphs are its chunks, and waits until it is indexed; answers the document's id.
    pub async fn text(&self, dataset: &str, name: &str, text: &str) -> String {
        let body = json!({ "name": name, "text": text, "process_rule": by_paragraph() });
        let answer = self.post(&format!("/datasets/{dataset}/document/create-by-text"), &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = answer.json();
        self.indexed(dataset, answer["batch"].as_str().unwrap()).await;
        answer["document"]["id"].as_str().unwrap().to_owned()
    }

    /// Adds a text in hierarchical mode, and waits until it is indexed; answers the document's id.
    pub async fn hierarchical(&self, dataset: &str, name: &str, text: &str) -> String {
        let body =
            json!({ "name": name, "text": text, "doc_form": "hierarchical_model", "process_rule": by_sentence("paragraph") });
        let answer = self.post(&format!("/datasets/{dataset}/document/create-by-text"), &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = answer.json();
        let status = self.indexed(dataset, answer["batch"].as_str().unwrap()).await;
        assert_eq!(status["indexing_status"], "completed", "{status}");
        answer["document"]["id"].as_str().unwrap().to_owned()
    }

    /// The records that a query finds.
    pub async fn retrieve(&self, dataset: &str, query: &str, method: &str, top_k: u64) -> Vec<Value> {
        let model =
            json!({ "search_method": method, "reranking_enable": false, "top_k": top_k, "score_threshold_enabled": false });
        let body = json!({ "query": query, "retrieval_model": model });
        let answer = self.post(&format!("/datasets/{dataset}/retrieve"), &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["records"].as_array().unwrap().clone()
    }

    /// Waits until the batch is completed or failed; answers its status.
    pub async fn indexed(&self, dataset: &str, batch: &str) -> Value {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let answer = self.get(&format!("/datasets/{dataset}/documents/{batch}/indexing-status")).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            let status = answer.json()["data"][0].clone();
            if ["completed", "error"].contains(&status["indexing_status"].as_str().unwrap()) {
                return status;
            }
            assert!(Instant::now() < until, "still {status}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The chunks of a document, at most a hundred.
    pub async fn segments(&self, dataset: &str, document: &str) -> Vec<Value> {
        let answer = self.get(&format!("/datasets/{dataset}/documents/{document}/segments?limit=100")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["data"].as_array().unwrap().clone()
    }
}
