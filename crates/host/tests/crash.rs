//! The real program is killed with SIGKILL while it indexes, and started again on the same folder.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, Folder, by_paragraph, by_sentence};

/// Chunks of a long document: some seconds of work.
const LONG: usize = 40_000;

struct Program {
    process: Child,
    client: Client,
}

impl Program {
    fn start(folder: &Folder) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_loredesk-host"))
            .args(["--port", "0", "--log", "off", "--app", "/nowhere", "--data"])
            .arg(folder.0.join("data"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { client: Client::new(line.trim().rsplit('/').next().unwrap().parse().unwrap()), process }
    }

    /// SIGKILL: nothing can be put in order.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

async fn documents(client: &Client, dataset: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    for page in 1.. {
        let answer = client.get(&format!("/datasets/{dataset}/documents?limit=100&page={page}")).await.json();
        rows.extend(answer["data"].as_array().unwrap().clone());
        if answer["has_more"] == false {
            break;
        }
    }
    rows
}

#[tokio::test]
async fn a_queue_of_a_thousand_survives_kill_9() {
    let folder = Folder::new();
    let program = Program::start(&folder);
    let client = program.client.clone();
    let id = client.dataset("Queue").await;
    // Two long ones in front keep the workers busy, so that the kill meets them half written and the others in the queue.
    let long = "A paragraph of some words that are indexed.\n\n".repeat(LONG);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..1000 {
        let (client, path) = (client.clone(), format!("/datasets/{id}/document/create-by-text"));
        let text = if number < 2 { long.clone() } else { format!("Document {number}.\n\nSecond paragraph.\n\nThird.") };
        let body = json!({ "name": format!("doc {number}"), "text": text, "process_rule": by_paragraph() });
        let sent = async move { client.post(&path, &body).await.status };
        if number < 2 {
            assert_eq!(sent.await, 200);
        } else {
            tasks.spawn(sent);
        }
        if tasks.len() >= 8 {
            assert_eq!(tasks.join_next().await.unwrap().unwrap(), 200);
        }
    }
    while let Some(status) = tasks.join_next().await {
        assert_eq!(status.unwrap(), 200);
    }
    let queuing = client.get(&format!("/datasets/{id}/documents?status=queuing")).await.json()["total"].as_u64().unwrap();
    assert!(queuing > 900, "only {queuing} were still waiting");
    program.kill();

    let mut client = client;
    let mut rounds = 0;
    let until = Instant::now() + Duration::from_secs(120);
    // Killed again and again while it works, it still gets through.
    let rows = loop {
        let program = Program::start(&folder);
        client = Client { address: program.client.address, ..client };
        rounds += 1;
        if rounds < 5 {
            tokio::time::sleep(Duration::from_millis(60 * rounds)).await;
            program.kill();
            continue;
        }
        let rows = loop {
            let rows = documents(&client, &id).await;
            if rows.iter().all(|row| row["display_status"] == "available") {
                break rows;
            }
            assert!(Instant::now() < until, "still at work");
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        for row in &rows {
            let document = row["id"].as_str().unwrap();
            let chunks = client.get(&format!("/datasets/{id}/documents/{document}/segments?limit=100")).await.json();
            let is_long = ["doc 0", "doc 1"].contains(&row["name"].as_str().unwrap());
            let expected = if is_long { LONG } else { 3 };
            assert_eq!(chunks["total"], expected, "{row}");
            let positions: BTreeSet<_> =
                chunks["data"].as_array().unwrap().iter().map(|c| c["position"].as_u64().unwrap()).collect();
            assert_eq!(positions.len(), chunks["data"].as_array().unwrap().len(), "nothing double");
        }
        let found = client.post(&format!("/datasets/{id}/retrieve"), &json!({ "query": "paragraph" })).await.json();
        assert!(!found["records"].as_array().unwrap().is_empty());
        program.kill();
        break rows;
    };
    let names: BTreeSet<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!((rows.len(), names.len()), (1000, 1000));
}

#[tokio::test]
async fn hierarchical_indexing_survives_kill_9() {
    let folder = Folder::new();
    let mut program = Program::start(&folder);
    let id = program.client.dataset("Tree").await;
    let text: String =
        (0..6_000).map(|number| format!("Parent {number} first. Parent {number} second. Parent {number} third\n\n")).collect();
    let body =
        json!({ "name": "long", "text": text, "doc_form": "hierarchical_model", "process_rule": by_sentence("paragraph") });
    let accepted = program.client.post(&format!("/datasets/{id}/document/create-by-text"), &body).await.json();
    let (document, batch) = (accepted["document"]["id"].as_str().unwrap(), accepted["batch"].as_str().unwrap());
    let status = format!("/datasets/{id}/documents/{batch}/indexing-status");
    let until = Instant::now() + Duration::from_secs(120);
    // Killed half written, again and again: the children written so far go with their parents.
    for round in 0..3 {
        loop {
            let now = program.client.get(&status).await.json()["data"][0].clone();
            assert!(Instant::now() < until, "{now}");
            if now["indexing_status"] == "completed" || now["completed_segments"].as_u64().unwrap() > 200 * (round + 1) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        program.kill();
        program = Program::start(&folder);
    }
    let client = &program.client;
    assert_eq!(client.indexed(&id, batch).await["total_segments"], 6_000);
    let path = format!("/datasets/{id}/documents/{document}/segments");
    for page in [1, 30, 60] {
        let page = client.get(&format!("{path}?limit=100&page={page}")).await.json();
        for parent in page["data"].as_array().unwrap() {
            let children = parent["child_chunks"].as_array().unwrap();
            assert_eq!(children.len(), 3, "{parent}");
            assert_eq!(children[2]["position"], 3);
        }
    }
    for number in [0, 2_999, 5_999] {
        let found = client.retrieve(&id, &format!("{number} second"), "full_text_search", 1).await;
        assert_eq!(found[0]["child_chunks"][0]["content"], format!("Parent {number} second"), "{found:?}");
    }
    program.kill();
}

#[tokio::test]
async fn a_stop_signal_ends_it_in_order() {
    let folder = Folder::new();
    let mut program = Program::start(&folder);
    let id = program.client.dataset("KB").await;
    program.client.text(&id, "t", "one").await;
    let signalled = Command::new("kill").args(["-TERM", &program.process.id().to_string()]).status().unwrap();
    assert!(signalled.success());
    let status = program.process.wait().unwrap();
    assert!(status.success(), "{status}");
    let program = Program::start(&folder);
    assert_eq!(program.client.get(&format!("/datasets/{id}/documents")).await.json()["total"], 1);
    program.kill();
}

#[tokio::test]
async fn leftovers_of_a_crash_are_removed_at_the_start() {
    let folder = Folder::new();
    let program = Program::start(&folder);
    let id = program.client.dataset("KB").await;
    program.client.text(&id, "t", "one").await;
    program.kill();
    let data = folder.0.join("data");
    std::fs::write(data.join("tmp/half"), "half").unwrap();
    std::fs::write(data.join("files/orphan"), "orphan").unwrap();
    let program = Program::start(&folder);
    assert!(!data.join("tmp/half").exists() && !data.join("files/orphan").exists());
    assert_eq!(std::fs::read_dir(data.join("files")).unwrap().count(), 1);
    program.kill();
}
