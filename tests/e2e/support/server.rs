//! The server's side of a desk, past the browser: things to look at, faults, the log of requests.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Desk, PATIENCE};

impl Desk {
    /// Makes a knowledge base through the API and gives its id.
    pub async fn make_knowledge_base(&self, name: &str) -> String {
        let made = self.api("POST", "datasets", Some(&json!({"name": name, "indexing_technique": "economy"}))).await;
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Makes a document through the API, waits until it is indexed and gives its id.
    pub async fn make_document(&self, knowledge_base: &str, name: &str, text: &str) -> String {
        let rule = json!({"mode": "custom", "rules": {"pre_processing_rules": [], "segmentation": {"separator": "\n\n", "max_tokens": 1000, "chunk_overlap": 0}}});
        let body = json!({"name": name, "text": text, "indexing_technique": "economy", "process_rule": rule});
        let made = self.api("POST", &format!("datasets/{knowledge_base}/document/create-by-text"), Some(&body)).await;
        let id = made["document"]["id"].as_str().expect("an id").to_owned();
        self.indexed(knowledge_base, &id).await;
        id
    }

    /// Makes so many one-line documents through the API, `document 00000.txt` first, without waiting for their indexing.
    pub async fn make_many_documents(&self, knowledge_base: &str, count: usize) {
        let path = format!("datasets/{knowledge_base}/document/create-by-text");
        for number in 0..count {
            let name = format!("document {number:05}.txt");
            let body = json!({"name": name, "text": "One line.", "indexing_technique": "economy", "process_rule": {"mode": "automatic"}});
            self.api("POST", &path, Some(&body)).await;
        }
    }

    /// Waits until a document is indexed.
    pub async fn indexed(&self, knowledge_base: &str, document: &str) {
        let start = Instant::now();
        loop {
            let detail = self.api("GET", &format!("datasets/{knowledge_base}/documents/{document}"), None).await;
            match detail["indexing_status"].as_str() {
                Some("completed") => return,
                Some("error") => panic!("indexing failed: {detail}"),
                _ => assert!(start.elapsed() < PATIENCE * 3, "never indexed: {detail}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The fault rule under which the desk finds another configuration of its one connection: `fields` are added to it.
    pub fn configured(&self, fields: &Value) -> Value {
        let mut connection = json!({"id": "local", "name": "This computer", "kind": "dify", "base": "api/local"});
        connection.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let body = json!({"connections": [connection], "server": {"name": "loredesk", "version": "0"}}).to_string();
        let action = json!({"status": {"status": 200, "body": body, "content_type": "application/json"}});
        json!({"method": "GET", "path_contains": "/config.json", "action": action})
    }

    /// A request to the embedded Knowledge API, past the browser.
    pub async fn api(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        self.request(method, &format!("/api/local/{path}"), body).await
    }

    /// Sets the fault layer's rules.
    pub async fn faults(&self, rules: Value) {
        self.request("POST", "/_faults", Some(&rules)).await;
    }

    /// Clears the fault layer's rules and its log.
    pub async fn no_faults(&self) {
        self.request("DELETE", "/_faults", None).await;
    }

    /// The API requests since the faults were last cleared, as the fault layer noted them: method, path, body, time.
    pub async fn log(&self) -> Vec<Value> {
        self.request("GET", "/_faults/log", None).await.as_array().cloned().unwrap_or_default()
    }

    /// Those of a method whose path holds a text.
    pub async fn sent(&self, method: &str, path: &str) -> Vec<Value> {
        let is_it = |entry: &Value| entry["method"] == method && entry["path"].as_str().is_some_and(|known| known.contains(path));
        self.log().await.into_iter().filter(is_it).collect()
    }

    /// The API requests since the faults were last cleared, as "METHOD path".
    pub async fn requests(&self) -> Vec<String> {
        let log = self.log().await;
        let line = |entry: &Value| {
            format!("{} {}", entry["method"].as_str().unwrap_or_default(), entry["path"].as_str().unwrap_or_default())
        };
        log.iter().map(line).collect()
    }

    async fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let authority = self.origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(authority).await.unwrap();
        let body = body.map(Value::to_string).unwrap_or_default();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n{}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.setup.headers,
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        serde_json::from_str(body).unwrap_or(Value::Null)
    }
}
