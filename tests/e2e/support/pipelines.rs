//! Pipelines for tests: made through the API, and what their sources and runs answer.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Desk;

/// Makes a knowledge base that a pipeline fills, and gives its id.
pub async fn make(desk: &Desk, name: &str) -> String {
    let body = json!({"name": name, "runtime_mode": "rag_pipeline", "indexing_technique": "economy"});
    desk.api("POST", "datasets", Some(&body)).await["id"].as_str().expect("an id").to_owned()
}

/// The address of its page.
pub fn page(knowledge_base: &str) -> String {
    format!("/local/knowledge-bases/{knowledge_base}/pipeline")
}

/// How many requests of the log are of that method and end.
pub async fn count(desk: &Desk, method: &str, end: &str) -> usize {
    desk.requests().await.iter().filter(|line| line.starts_with(method) && line.ends_with(end)).count()
}

/// The names of its documents.
pub async fn names(desk: &Desk, knowledge_base: &str) -> Vec<String> {
    let list = desk.api("GET", &format!("datasets/{knowledge_base}/documents"), None).await;
    let name = |row: &Value| row["name"].as_str().unwrap_or_default().to_owned();
    let mut names: Vec<String> = list["data"].as_array().into_iter().flatten().map(name).collect();
    names.sort();
    names
}

/// Waits until the knowledge base has these documents.
pub async fn has(desk: &Desk, knowledge_base: &str, wanted: &[&str]) {
    let start = Instant::now();
    loop {
        let now = names(desk, knowledge_base).await;
        if now == wanted {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "never {wanted:?}: {now:?}");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// Keeps the bodies that the page sends to a run, as `window.runs`.
pub async fn keep_bodies(desk: &Desk) {
    let script = "const real = window.fetch; window.runs = []; window.fetch = (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'POST' && request.url.includes('/pipeline/')) request.clone().text().then((text) => window.runs.push(JSON.parse(text)));
        return real(request);
    };";
    desk.before_each_page(script).await;
}

/// The action that answers with this.
pub fn answer(body: &Value) -> Value {
    json!({"status": {"status": 200, "body": body.to_string(), "content_type": "application/json"}})
}

/// An event of a stream.
pub fn event(value: &Value) -> String {
    format!("data: {value}\n\n")
}

/// A pipeline as somebody may have built it: two sources, one of which asks for things.
pub fn sources() -> Value {
    json!([
        {"node_id": "11", "plugin_id": "p", "provider_name": "crawler", "datasource_type": "website_crawl", "title": "Handbook site",
            "user_input_variables": [
                {"variable": "url", "label": "Start page", "type": "text-input", "required": true, "tooltips": "Where to begin."},
                {"variable": "limit", "label": "Pages", "type": "number", "default_value": 10},
                {"variable": "depth", "label": "Depth", "type": "select", "options": ["1", "2"], "required": true},
                {"variable": "below", "label": "Only pages below", "type": "checkbox", "default_value": true},
            ],
            "credentials": [{"id": "c1", "name": "Team", "type": "api-key", "is_default": true}, {"id": "c2", "name": "Own", "type": "api-key", "is_default": false}]},
        {"node_id": "12", "plugin_id": "p", "provider_name": "drive", "datasource_type": "online_drive", "title": "Shared drive",
            "user_input_variables": [], "credentials": []},
    ])
}

/// A pipeline with one file uploaded and chosen, on its page.
pub async fn with_a_file(desk: &Desk, name: &str) -> String {
    let id = make(desk, "Manuals").await;
    desk.open(&page(&id)).await;
    desk.see_text("Drop files anywhere on this page.").await;
    desk.choose_files(&[desk.file(name, "Grease the bearing.")]).await;
    desk.see_text("1 chosen").await;
    id
}
