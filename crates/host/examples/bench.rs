//! Measures the host's budgets: 100,000 chunks in one knowledge base, through the real API of a host in a process of its own.
//!
//! `cargo xtask bench`, or `cargo run --profile host -p loredesk-host --example bench`. Texts come from the folder LOREDESK_CORPUS
//! and the folders in it (the books as text, .txt.gz or .txt, repeated until there are enough), or are made up.
//! LOREDESK_CHUNKS changes the number of chunks.

#[path = "../tests/support/http.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
#[expect(clippy::unwrap_used, clippy::panic, reason = "it is the tests' own")]
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

/// What keeps the bench from going on.
type Failed = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    // Started with arguments, this program is the host that is measured.
    if std::env::args_os().nth(1).is_some() {
        return loredesk_host::server::main();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime.map_err(Failed::from).and_then(|runtime| runtime.block_on(bench())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failed) => {
            eprintln!("The bench could not go on: {failed}");
            ExitCode::FAILURE
        }
    }
}

/// A text field of an answer.
fn field(answer: &Value, name: &str) -> Result<String, Failed> {
    Ok(answer[name].as_str().ok_or_else(|| format!("no {name} in {answer}"))?.to_owned())
}

/// The list in an answer.
fn data(answer: &Value) -> Result<&Vec<Value>, Failed> {
    Ok(answer["data"].as_array().ok_or_else(|| format!("no data in {answer}"))?)
}

/// Prints the figures; answers whether every budget is kept.
async fn bench() -> Result<bool, Failed> {
    let folder = std::env::temp_dir().join(format!("loredesk-bench-{}", std::process::id()));
    let host = Host::start(&folder)?;
    let client = host.client.clone();
    let texts = texts()?;
    let chunks: u64 = std::env::var("LOREDESK_CHUNKS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);

    let dataset = client.post("/datasets", &json!({ "name": "Bench", "indexing_technique": "economy" })).await.json();
    let dataset = field(&dataset, "id")?;
    let (bytes, seconds, count) = index(&client, &dataset, &texts, chunks).await?;
    let speed = bytes / 1e6 / seconds;
    let cpu = host.cpu_seconds();
    println!(
        "indexing: {count} chunks, {:.1} MB of text in {seconds:.1} s: {speed:.2} MB/s, {cpu:.1} s of CPU time",
        bytes / 1e6
    );

    let documents = client.get(&format!("/datasets/{dataset}/documents?limit=100")).await.json();
    let documents = data(&documents)?.iter().map(|row| field(row, "id")).collect::<Result<Vec<_>, _>>()?;
    let mut segments = Vec::new();
    for document in &documents {
        let page = client.get(&format!("/datasets/{dataset}/documents/{document}/segments?limit=100")).await.json();
        for segment in data(&page)? {
            segments.push((document.clone(), field(segment, "id")?, field(segment, "content")?));
        }
    }
    if segments.is_empty() {
        return Err("nothing was indexed".into());
    }
    let mut is_good = speed >= 2.0;
    let list = |n: usize| (Method::GET, format!("/datasets/{dataset}/documents?page={}&limit=20", n % 3 + 1), Value::Null);
    is_good &= measure("list of a page", &client, REQUESTS, list).await?;
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
            is_good &= measure(&format!("{name}, {method}"), &client, REQUESTS, query).await?;
        }
    }
    let update = |n: usize| {
        let (document, segment, content) = &segments[n * 6271 % segments.len()];
        let path = format!("/datasets/{dataset}/documents/{document}/segments/{segment}");
        (Method::POST, path, json!({ "segment": { "content": format!("{content} changed {n}") } }))
    };
    is_good &= measure("chunk update", &client, REQUESTS, update).await?;

    println!("requests: {:.1} s of CPU time", host.cpu_seconds() - cpu);
    let (peak, now) = (host.memory("VmHWM"), host.memory("VmRSS"));
    println!("memory: at most {peak} MB, now {now} MB");
    is_good &= peak < 300;
    drop(host);
    let mut size = 0;
    for entry in std::fs::read_dir(&folder)? {
        size += entry?.metadata()?.len();
    }
    println!("database: {} MB", size / 1_000_000);
    std::fs::remove_dir_all(&folder)?;
    println!("{}", if is_good { "all budgets are kept" } else { "A BUDGET IS BROKEN" });
    Ok(is_good)
}

struct Host {
    process: Child,
    client: Client,
}

impl Drop for Host {
    /// However the bench ends, its host does not outlive it.
    fn drop(&mut self) {
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}

impl Host {
    fn start(folder: &Path) -> Result<Self, Failed> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["--port", "0", "--log", "off", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let address = line.trim().rsplit('/').next().unwrap_or_default().parse();
        let address = address.map_err(|_| format!("the host said {line:?} in place of its address"))?;
        Ok(Self { process, client: Client::new(address) })
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
async fn index(client: &Client, dataset: &str, texts: &[(String, String)], chunks: u64) -> Result<(f64, f64, u64), Failed> {
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
            batches.push(field(&answer.json(), "batch")?);
            // A few ahead of the indexing, so that the queue is never empty and the count not far off.
            while batches.len() > 3 {
                done += finished(client, dataset, &batches.remove(0)).await?;
            }
            if done >= chunks {
                break;
            }
        }
    }
    for batch in batches {
        done += finished(client, dataset, &batch).await?;
    }
    Ok((bytes as f64, started.elapsed().as_secs_f64(), done))
}

async fn finished(client: &Client, dataset: &str, batch: &str) -> Result<u64, Failed> {
    loop {
        let status =
            client.get(&format!("/datasets/{dataset}/documents/{batch}/indexing-status")).await.json()["data"][0].clone();
        match status["indexing_status"].as_str() {
            Some("completed") => return Ok(status["total_segments"].as_u64().unwrap_or_default()),
            Some("error") | None => return Err(status.to_string().into()),
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Times a request with several clients at once; answers whether the budget is kept.
async fn measure(
    name: &str,
    client: &Client,
    requests: usize,
    make: impl Fn(usize) -> (Method, String, Value),
) -> Result<bool, Failed> {
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
        times.extend(client.await?);
    }
    times.sort_unstable();
    let ms = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1000.0;
    println!("{name}: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms", ms(50), ms(95), ms(100 - 1));
    Ok(ms(50) < 50.0 && ms(95) < 150.0)
}

/// Texts with their extensions, about a megabyte each.
fn texts() -> Result<Vec<(String, String)>, Failed> {
    let Some(folder) = std::env::var_os("LOREDESK_CORPUS") else {
        return Ok((0..50).map(|seed| ("txt".to_owned(), made_up(seed))).collect());
    };
    let mut files = Vec::new();
    walk(Path::new(&folder), &mut files)?;
    files.sort();
    let mut texts = Vec::new();
    for path in &files {
        texts.extend(book(path)?.map(|text| ("txt".to_owned(), text)));
    }
    if texts.is_empty() {
        return Err(format!("there is no .txt and no .txt.gz under {}", folder.display()).into());
    }
    Ok(texts)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The text of a file, if it is one.
fn book(path: &Path) -> std::io::Result<Option<String>> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut text = String::new();
    if name.ends_with(".txt") {
        text = std::fs::read_to_string(path)?;
    } else if name.ends_with(".txt.gz") {
        flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_string(&mut text)?;
    } else {
        return Ok(None);
    }
    Ok(Some(text))
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
                text.push_str(["ka", "to", "mi", "ren", "sul", "va", "do", "pe"][usize::try_from(rest % 8).unwrap_or_default()]);
                rest /= 8;
            }
            text.push(' ');
        }
        text.push_str(".\n\n");
    }
    text
}
