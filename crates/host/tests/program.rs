//! The real program: what it says at its start, what it logs, and how it ends.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::any;
use hyper::Method;
use serde_json::{Value, json};
use support::upstream::serve;
use support::{Client, Folder};

fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loredesk-host"));
    command.args(["--port", "0", "--app", "/nowhere", "--data"]).arg(folder.0.join("data")).args(arguments);
    command.env("PLANTED_KEY", "planted-key-of-the-server").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

struct Program {
    process: Child,
    address: SocketAddr,
    base: String,
}

impl Program {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut process = command(folder, arguments).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line:?}"));
        let (address, base) = url.split_once('/').map_or((url, ""), |(address, base)| (address, base));
        Self { address: address.parse().unwrap(), base: base.to_owned(), process }
    }

    fn signal(&self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Ends it in order; answers what it said on the standard error.
    fn end(self) -> String {
        self.signal();
        let output = self.process.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

fn write(folder: &Folder, text: &str) -> String {
    let path = folder.0.join("loredesk.toml");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn the_log_tells_who_changed_what_and_nothing_of_what_was_in_it() {
    let far = serve(Router::new().fallback(any(|| async { r#"{"planted":"answer-planted"}"# }))).await;
    let folder = Folder::new();
    let file = write(
        &folder,
        &format!(
            "base = \"/kb/\"\nlog = \"json\"\n[[connections]]\nid = \"far\"\nkind = \"dify\"\nurl = \"http://{far}/v1\"\nkey_env = \"PLANTED_KEY\"\n[[connections]]\nid = \"own\"\nkind = \"embedded\"\n"
        ),
    );
    let program = Program::start(&folder, &["--config", &file]);
    assert_eq!(program.base, "kb/");
    let own = Client { address: program.address, base: "/kb/api/own".to_owned() };
    let far = Client { base: "/kb/api/far".to_owned(), ..own.clone() };
    let id = own.dataset("name-planted").await;
    let document = own.text(&id, "document-planted", "text-planted").await;
    own.retrieve(&id, "query-planted", "full_text_search", 1).await;
    own.get("/datasets?keyword=keyword-planted").await;
    let url = own.get(&format!("/datasets/{id}/documents/{document}/download")).await.json()["url"].as_str().unwrap().to_owned();
    own.get(&format!("/{url}")).await;
    let headers = [("authorization", "Bearer bearer-planted"), ("cookie", "cookie-planted"), ("x-request-id", "id-of-the-proxy")];
    far.send(Method::PATCH, &format!("/datasets/{id}?q=planted"), &headers, r#"{"name":"body-planted"}"#.into()).await;
    own.get("//kb/boot.js").await;
    own.get("//kb/config.json").await;
    own.get("//kb/healthz").await;
    let log = program.end();
    assert!(!log.contains("planted"), "{log}");
    assert!(!log.contains(url.rsplit('/').next().unwrap()), "whoever has a file's id has the file: {log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let requests: Vec<&Value> = lines.iter().filter(|line| line["target"] == "request").collect();
    let changes: Vec<_> = requests
        .iter()
        .filter(|line| line["change"] == true)
        .map(|line| (line["method"].as_str().unwrap(), line["connection"].as_str().unwrap(), line["operation"].as_str().unwrap()))
        .collect();
    assert_eq!(
        changes,
        [
            ("POST", "own", "/datasets"),
            ("POST", "own", "/datasets/{dataset_id}/document/create-by-text"),
            ("PATCH", "far", "/datasets/{dataset_id}")
        ]
    );
    let patched = requests.iter().find(|line| line["method"] == "PATCH").unwrap();
    assert_eq!(patched["path"], format!("/api/far/datasets/{id}"));
    assert_eq!((&patched["request_id"], &patched["status"]), (&json!("id-of-the-proxy"), &json!(200)));
    assert_eq!((&patched["received"], &patched["sent"], &patched["outcome"]), (&json!(23), &json!(28), &json!("whole")));
    assert!(requests.iter().all(|line| line["outcome"] == "whole"), "files of known length too: {log}");
    assert!(patched["milliseconds"].is_u64() && patched["timestamp"].is_string());
    assert!(requests.iter().all(|line| line["path"] != "/config.json" && line["path"] != "/healthz"), "{log}");
    assert!(requests.iter().any(|line| line["path"] == "/boot.js" && line["status"] == 404), "what fails is in it: {log}");
}

#[test]
fn mistakes_end_it_with_a_sentence() {
    let folder = Folder::new();
    let file = write(
        &folder,
        "[[connections]]\nid = \"dify\"\nkind = \"dify\"\nurl = \"https://h/v1\"\nkey_env = \"NOT_SET_ANYWHERE\"\n",
    );
    let output = command(&folder, &["--config", &file]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let sentence = said(&output);
    assert!(sentence.contains("line 5") && sentence.contains("\"dify\"") && sentence.contains("NOT_SET_ANYWHERE"), "{sentence}");
    assert!(!sentence.contains("Usage"), "one sentence, not a page: {sentence}");

    let file = write(
        &folder,
        "[[connections]]\nid = \"dify\"\nname = \"Ours\"\nkind = \"dify\"\nurl = \"https://h/v1\"\nkey_env = \"PLANTED_KEY\"\nread_only = true\n",
    );
    let output = command(&folder, &["--config", &file, "--check-config"]).output().unwrap();
    let sentence = said(&output);
    assert!(
        output.status.success() && sentence.contains("is right") && sentence.contains("Ours at https://h/v1, read-only"),
        "{sentence}"
    );
    assert!(!sentence.contains("planted"), "{sentence}");
    let output = command(
        &folder,
        &[
            "--config",
            &file,
            "--check-config",
            "--embeddings-url",
            "https://h",
            "--embeddings-model",
            "m",
            "--embeddings-ca-file",
            "/nowhere.pem",
        ],
    )
    .output()
    .unwrap();
    assert!(output.status.code() == Some(2) && said(&output).contains("/nowhere.pem"), "{}", said(&output));
    let output = command(&folder, &["--listen", "0.0.0.0:0"]).output().unwrap();
    assert!(output.status.code() == Some(2), "two addresses");
    assert!(said(&command(&folder, &["--help"]).output().unwrap()).contains("--check-config"));
    assert!(said(&command(&folder, &["--version"]).output().unwrap()).starts_with("loredesk-host 0."));
}

/// Begins an upload whose second half comes later.
fn begin_upload(address: SocketAddr, dataset: &str) -> (TcpStream, String) {
    let part = |field: &str, name: &str, content: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{field}\"{name}\r\n\r\n{content}\r\n")
    };
    let data = json!({ "indexing_technique": "economy", "process_rule": support::by_paragraph() }).to_string();
    let body =
        format!("{}{}--B--\r\n", part("data", "", &data), part("file", "; filename=\"slow.txt\"", "first half, second half"));
    let at = body.find("second").unwrap();
    let head = format!(
        "POST /api/local/datasets/{dataset}/document/create-by-file HTTP/1.1\r\nHost: {address}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: {}\r\n\r\n{}",
        body.len(),
        &body[..at]
    );
    let mut socket = TcpStream::connect(address).unwrap();
    socket.write_all(head.as_bytes()).unwrap();
    (socket, body[at..].to_owned())
}

fn is_listening(address: SocketAddr) -> bool {
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
}

fn wait_until_it_listens_no_more(address: SocketAddr) {
    let until = Instant::now() + Duration::from_secs(10);
    while is_listening(address) {
        assert!(Instant::now() < until, "it still listens");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_running_upload_is_finished_before_it_stops() {
    let folder = Folder::new();
    let program = Program::start(&folder, &["--stop-seconds", "30"]);
    let client = Client::new(program.address);
    let id = client.dataset("KB").await;
    let (mut socket, rest) = begin_upload(program.address, &id);
    // A request that will never be whole does not hold it up.
    let mut lazy = TcpStream::connect(program.address).unwrap();
    lazy.write_all(
        b"POST /api/local/datasets HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    )
    .unwrap();
    std::thread::sleep(Duration::from_millis(200));
    program.signal();
    wait_until_it_listens_no_more(program.address);
    // Longer than what other requests get.
    std::thread::sleep(Duration::from_secs(7));
    socket.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("slow.txt"), "{answer}");
    let mut process = program.process;
    let ended = Instant::now();
    assert!(process.wait().unwrap().success());
    assert!(ended.elapsed() < Duration::from_secs(5), "with the upload, whatever else is open");
    let program = Program::start(&folder, &[]);
    let client = Client::new(program.address);
    let documents = client.get(&format!("/datasets/{id}/documents")).await.json();
    assert_eq!((&documents["total"], &documents["data"][0]["name"]), (&json!(1), &json!("slow.txt")));
    program.end();
}

#[tokio::test]
async fn an_upload_that_never_ends_does_not_hold_it_up_for_ever() {
    let folder = Folder::new();
    let program = Program::start(&folder, &["--stop-seconds", "1", "--log", "off"]);
    let id = Client::new(program.address).dataset("KB").await;
    let (_socket, _rest) = begin_upload(program.address, &id);
    std::thread::sleep(Duration::from_millis(200));
    let told = Instant::now();
    let log = program.end();
    assert!(told.elapsed() < Duration::from_secs(6), "{:?}", told.elapsed());
    assert_eq!(log, "", "a log that is off says nothing");
}
