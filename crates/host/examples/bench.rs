//! Measures the host's budgets: 100,000 chunks in one knowledge base, through the real API of a host in a process of its own.
//!
//! `cargo xtask bench`, or `cargo run --profile host -p loredesk-host --example bench`. Texts come from the folder LOREDESK_CORPUS
//! and the folders in it (the books as text, .txt.gz or .txt, repeated until there are enough), or are made up.
//! LOREDESK_CHUNKS changes the number of chunks.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot go on stops")]

#[path = "../tests/support/http.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod http;

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use http::Client;
use hyper::Method;
use serde_json::{Value, json};

const CLIENTS: usize = 4;
const REQUESTS: usize = 100;
const FILE_BYTES: usize = 1_000_000;

fn main() -> ExitCode {
    // Started with arguments, this program is the host that is measured.
    if std::env::args_os().nth(1).is_some() {
        return loredesk_host::server::main();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(bench())
}

async fn bench() -> ExitCode {
    let folder = std::env::temp_dir().join(format!("loredesk-bench-{}", std::process::id()));
    let mut host = Host::start(&folder);
    let client = host.client.clone();
    let texts = texts();
    let chunks: u64 = std::env::var("LOREDESK_CHUNKS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);

    let dataset = client.post("/datasets", &json!({ "name": "Bench", "indexing_technique": "economy" })).await.json();
    let dataset = dataset["id"].as_str().unwrap().to_owned();
    let (bytes, seconds, count) = index(&client, &dataset, &texts, chunks).await;
    let speed = bytes / 1e6 / seconds;
    let cpu = host.cpu_seconds();
    println!(
        "indexing: {count} chunks, {:.1} MB of text in {seconds:.1} s: {speed:.2} MB/s, {cpu:.1} s of CPU time",
        bytes / 1e6
    );

    let documents = client.get(&format!("/datasets/{dataset}/documents?limit=100")).await.json();
    let documents: Vec<String> =
        documents["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    let mut segments = Vec::new();
    for document in &documents {
        let page = client.get(&format!("/datasets/{dataset}/documents/{document}/segments?limit=100")).await.json();
        for segment in page["data"].as_array().unwrap() {
            segments.push((
                document.clone(),
                segment["id"].as_str().unwrap().to_owned(),
                segment["content"].as_str().unwrap().to_owned(),
            ));
        }
    }
    let mut is_good = speed >= 2.0;
    let list = |n: usize| (Method::GET, format!("/datasets/{dataset}/documents?page={}&limit=20", n % 3 + 1), Value::Null);
    is_good &= measure("list of a page", &client, REQUESTS, list).await;
    for (name, words) in [("retrieve, one word", 1), ("retrieve, three words", 3), ("retrieve, a sentence", 12)] {
        for method in ["keyword_search", "full_text_search"] {
            let query = |n: usize| {
                let (_, _, content) = &segments[n * 7919 % segments.len()];
                let query: Vec<&str> = content.split_whitespace().skip(n % 5).take(words).collect();
                let model =
                    json!({ "search_method": method, "reranking_enable": false, "top_k": 5, "score_threshold_enabled": false });
                let query: String = query.join(" ").chars().take(250).collect();
                let query = if query.is_empty() { "system".to_owned() } else { query };
                (Method::POST, format!("/datasets/{dataset}/retrieve"), json!({ "query": query, "retrieval_model": model }))
            };
            is_good &= measure(&format!("{name}, {method}"), &client, REQUESTS, query).await;
        }
    }
    let update = |n: usize| {
        let (document, segment, content) = &segments[n * 6271 % segments.len()];
        let path = format!("/datasets/{dataset}/documents/{document}/segments/{segment}");
        (Method::POST, path, json!({ "segment": { "content": format!("{content} changed {n}") } }))
    };
    is_good &= measure("chunk update", &client, REQUESTS, update).await;

    println!("requests: {:.1} s of CPU time", host.cpu_seconds() - cpu);
    let (peak, now) = (host.memory("VmHWM"), host.memory("VmRSS"));
    println!("memory: at most {peak} MB, now {now} MB");
    is_good &= peak < 300;
    host.process.kill().unwrap();
    host.process.wait().unwrap();
    let size: u64 = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    println!("database: {} MB", size / 1_000_000);
    std::fs::remove_dir_all(&folder).unwrap();
    println!("{}", if is_good { "all budgets are kept" } else { "A BUDGET IS BROKEN" });
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Host {
    process: Child,
    client: Client,
}

impl Host {
    fn start(folder: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--port", "0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit('/').next().unwrap().parse().unwrap();
        Self { process, client: Client::new(address) }
    }

    /// CPU time of the host so far; unlike the other figures it does not depend on what else runs.
    fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
    }

    /// A figure of /proc in MB.
    fn memory(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).unwrap_or_default() / 1024
    }
}

/// Uploads files until there are enough chunks; answers bytes of text, seconds and chunks.
async fn index(client: &Client, dataset: &str, texts: &[(String, String)], chunks: u64) -> (f64, f64, u64) {
    let rule = json!({ "mode": "custom", "rules": {
        "pre_processing_rules": [{ "id": "remove_extra_spaces", "enabled": true }],
        "segmentation": { "separator": "\n\n", "max_tokens": 200, "chunk_overlap": 0 } } });
    let started = Instant::now();
    let (mut bytes, mut batches, mut done, mut number) = (0, Vec::new(), 0, 0);
    while done < chunks {
        for (extension, text) in texts {
            number += 1;
            let path = format!("/datasets/{dataset}/document/create-by-file");
            let name = format!("file {number}.{extension}");
            let answer = client.upload(Method::POST, &path, &name, text.as_bytes(), &json!({ "process_rule": rule })).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            bytes += text.len();
            batches.push(answer.json()["batch"].as_str().unwrap().to_owned());
            // A few ahead of the indexing, so that the queue is never empty and the count not far off.
            while batches.len() > 3 {
                done += finished(client, dataset, &batches.remove(0)).await;
            }
            if done >= chunks {
                break;
            }
        }
    }
    for batch in batches {
        done += finished(client, dataset, &batch).await;
    }
    (bytes as f64, started.elapsed().as_secs_f64(), done)
}

async fn finished(client: &Client, dataset: &str, batch: &str) -> u64 {
    loop {
        let status =
            client.get(&format!("/datasets/{dataset}/documents/{batch}/indexing-status")).await.json()["data"][0].clone();
        match status["indexing_status"].as_str().unwrap() {
            "completed" => return status["total_segments"].as_u64().unwrap(),
            "error" => panic!("{status}"),
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Times a request with several clients at once; answers whether the budget is kept.
async fn measure(name: &str, client: &Client, requests: usize, make: impl Fn(usize) -> (Method, String, Value)) -> bool {
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let client = client.clone();
        let work: Vec<_> = (0..requests).map(|n| make(n * CLIENTS + number)).collect();
        clients.push(tokio::spawn(async move {
            let mut times = Vec::new();
            for (method, path, body) in work {
                let started = Instant::now();
                let answer = match method {
                    Method::GET => client.get(&path).await,
                    method => client.json(method, &path, &body).await,
                };
                times.push(started.elapsed());
                assert_eq!(answer.status, 200, "{answer:?}");
            }
            times
        }));
    }
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await.unwrap());
    }
    times.sort_unstable();
    let ms = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1000.0;
    println!("{name}: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms", ms(50), ms(95), ms(100 - 1));
    ms(50) < 50.0 && ms(95) < 150.0
}

/// Texts with their extensions, about a megabyte each.
fn texts() -> Vec<(String, String)> {
    let Some(folder) = std::env::var_os("LOREDESK_CORPUS") else {
        return (0..50).map(|seed| ("txt".to_owned(), made_up(seed))).collect();
    };
    let mut files = Vec::new();
    walk(Path::new(&folder), &mut files);
    files.sort();
    let texts: Vec<_> = files.iter().filter_map(|path| Some(("txt".to_owned(), book(path)?))).collect();
    assert!(!texts.is_empty(), "there is no .txt and no .txt.gz under {}", folder.display());
    texts
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

/// The text of a file, if it is one.
fn book(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    if name.ends_with(".txt") {
        return std::fs::read_to_string(path).ok();
    }
    let packed = name.ends_with(".txt.gz").then(|| std::fs::File::open(path).unwrap())?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    Some(text)
}

/// Paragraphs of words as frequent as in a real language: the n-th word comes up in proportion to 1/n.
fn made_up(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    let mut text = String::new();
    while text.len() < FILE_BYTES {
        for _ in 0..60 + random(40) {
            // 2^(0..16): every power of two is as likely as the next, which is the law of Zipf.
            let power = random(16);
            let rank = (1 << power) + random(1 << power);
            let mut rest = rank;
            while rest > 0 {
                text.push_str(["ka", "to", "mi", "ren", "sul", "va", "do", "pe"][usize::try_from(rest % 8).unwrap()]);
                rest /= 8;
            }
            text.push(' ');
        }
        text.push_str(".\n\n");
    }
    text
}
