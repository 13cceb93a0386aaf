//! A stand-in for a real Dify 1.12.1: the built app, and the recorded answers of such a server behind `api/real`.
//!
//! A read is answered as the server answered it at one moment of the recordings: with the latest recording of that
//! question until then. A write moves the moment on to the next recording of such a write, so that what is read
//! afterwards fits it. What was never recorded is a 404, which the browser's console tells.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

const RECORDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dify-wire.jsonl");

/// The running server; it ends with this.
pub struct Replay {
    /// Its address without a slash at its end.
    pub origin: String,
    accepting: JoinHandle<()>,
}

impl Drop for Replay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// The recordings, and how far in them the server is.
struct Tape {
    exchanges: Vec<Value>,
    now: Mutex<usize>,
}

/// A question to the server.
struct Asked {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Value,
}

/// Starts the server at the moment of the recording of that name, with the built app of this folder.
pub async fn start(app: &Path, moment: &str) -> Replay {
    let exchanges: Vec<Value> =
        std::fs::read_to_string(RECORDINGS).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let now = exchanges.iter().position(|exchange| exchange["name"] == moment).expect("a recording of that name");
    let tape = Arc::new(Tape { exchanges, now: Mutex::new(now) });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let app = app.to_owned();
    let accepting = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (tape, app) = (tape.clone(), app.clone());
            // A browser opens connections that it never uses, and closes others early; neither is a fault.
            tokio::spawn(async move { drop(answer(stream, &tape, &app).await) });
        }
    });
    Replay { origin, accepting }
}

/// Reads one request and answers it.
async fn answer(stream: TcpStream, tape: &Tape, app: &Path) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    stream.read_line(&mut head).await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? <= 2 {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    let mut words = head.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or("/"));
    let url = url::Url::parse("http://replay").and_then(|base| base.join(target)).expect("a browser's target");
    let (status, kind, content) = match url.path().strip_prefix("/api/real/") {
        Some(path) => {
            let query = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
            let body = serde_json::from_slice(&body).unwrap_or_default();
            tape.play(&Asked { method: method.to_owned(), path: format!("/v1/{path}"), query, body })
        }
        None if url.path() == "/config.json" => (200, "application/json", config()),
        None => file(app, url.path()).await,
    };
    let head = format!(
        "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        content.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&content).await?;
    stream.shutdown().await
}

fn config() -> Vec<u8> {
    let connection = json!({"id": "real", "name": "Dify 1.12.1", "kind": "dify", "base": "api/real"});
    json!({"connections": [connection]}).to_string().into_bytes()
}

async fn file(app: &Path, path: &str) -> (u64, &'static str, Vec<u8>) {
    let name: PathBuf = path.split('/').filter(|part| !part.is_empty() && *part != "..").collect();
    let kind = match name.extension().and_then(|extension| extension.to_str()) {
        Some("wasm") => "application/wasm",
        Some("bin") => "application/octet-stream",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("json" | "webmanifest") => "application/json",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        // Every other address is one of the app's screens.
        _ => return (200, "text/html", tokio::fs::read(app.join("index.html")).await.expect("a built app")),
    };
    match tokio::fs::read(app.join(name)).await {
        Ok(content) => (200, kind, content),
        Err(_) => (404, "text/plain", Vec::new()),
    }
}

impl Tape {
    fn play(&self, asked: &Asked) -> (u64, &'static str, Vec<u8>) {
        let mut now = self.now.lock().unwrap();
        let fits = |at: &usize| asked.is(&self.exchanges[*at]["request"], &self.exchanges[*at]["response"]);
        // Retrieval is a question though it is a POST.
        let is_read = asked.method == "GET" || asked.path.ends_with("/retrieve");
        let (before, after) = (0..=*now, *now + 1..self.exchanges.len());
        let found = match is_read {
            true => before.rev().find(fits).or_else(|| after.clone().find(fits)),
            false => after.clone().find(fits).or_else(|| before.rev().find(fits)),
        };
        let Some(at) = found else {
            // As the real server does for addresses that it does not know.
            return (404, "text/html", b"<!doctype html><title>404 Not Found</title>".to_vec());
        };
        if !is_read {
            *now = at;
        }
        let response = &self.exchanges[at]["response"];
        let status = response["status"].as_u64().unwrap_or(500);
        match response.get("json") {
            Some(json) => (status, "application/json", json.to_string().into_bytes()),
            None => (status, "text/html", response["text"].as_str().unwrap_or_default().as_bytes().to_vec()),
        }
    }
}

impl Asked {
    /// Whether a recording answers this question, well or ill as it was then.
    fn is(&self, request: &Value, response: &Value) -> bool {
        request["method"] == self.method.as_str()
            && request["path"] == self.path.as_str()
            && response["status"].as_u64().is_some_and(|status| status < 300)
            && filters(&self.query) == filters(&pairs(&request["query"]))
            && is_whole(&request["query"], &response["json"])
            && (self.body["query"].is_null() || self.body["query"] == request["json"]["query"])
    }
}

/// The query without what only cuts pages.
fn filters(query: &[(String, String)]) -> Vec<&(String, String)> {
    let mut filters: Vec<_> = query.iter().filter(|(name, _)| !["page", "limit"].contains(&name.as_str())).collect();
    filters.sort();
    filters
}

fn pairs(query: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match query {
        Value::Object(query) => query.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
        Value::Array(query) => query.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
        _ => Vec::new(),
    }
}

/// The desk asks for a hundred at once, so only a page with everything answers it.
fn is_whole(query: &Value, answer: &Value) -> bool {
    let Some(total) = answer["total"].as_u64() else { return true };
    let is_first = query["page"].is_null() || query["page"] == 1;
    is_first && answer["data"].as_array().is_some_and(|data| data.len() as u64 == total)
}
