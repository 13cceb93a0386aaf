//! A double of an OpenAI-compatible embedding service, for what cannot run here: a real model needs weights and minutes.
//!
//! Its vectors are made by hashing words, so they are always the same; words of one meaning share a place, so that meaning and
//! spelling differ. It offers two models: `hash-small` and `hash-large`, whose vectors have different lengths.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The models, with the lengths of their vectors; the first one is what the host is told.
pub const MODELS: [(&str, usize); 2] = [("hash-small", 256), ("hash-large", 1024)];

/// The running service; it ends with this.
pub struct Embeddings {
    address: String,
    asked: Arc<Mutex<Vec<(String, usize)>>>,
    accepting: JoinHandle<()>,
}

impl Drop for Embeddings {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Embeddings {
    /// The host's flags for this service.
    pub fn flags(&self) -> Vec<String> {
        let flags = ["--embeddings-url", &self.address, "--embeddings-model", MODELS[0].0];
        flags.map(str::to_owned).to_vec()
    }

    /// How many texts a model has been asked for.
    pub fn texts(&self, model: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|(name, _)| name == model).map(|(_, texts)| texts).sum()
    }
}

/// Starts the service.
pub async fn start() -> Embeddings {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let own = asked.clone();
    let accepting = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let asked = own.clone();
            // A client may close early; that is no fault.
            tokio::spawn(async move { drop(answer(stream, &asked).await) });
        }
    });
    Embeddings { address, asked, accepting }
}

/// Reads one request and answers it.
async fn answer(stream: TcpStream, asked: &Mutex<Vec<(String, usize)>>) -> std::io::Result<()> {
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
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let (status, answer) = match head.split_whitespace().nth(1) {
        Some("/v1/models") => ("200 OK", json!({"data": MODELS.map(|(id, _)| json!({"id": id, "object": "model"}))})),
        Some("/v1/embeddings") => embed(&body, asked),
        _ => ("404 Not Found", json!({"error": {"message": "no such path"}})),
    };
    let answer = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        answer.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(answer.as_bytes()).await
}

fn embed(body: &Value, asked: &Mutex<Vec<(String, usize)>>) -> (&'static str, Value) {
    let model = body["model"].as_str().unwrap_or_default();
    let Some((_, length)) = MODELS.iter().find(|(name, _)| *name == model) else {
        return ("404 Not Found", json!({"error": {"message": "no such model"}}));
    };
    let texts: Vec<&str> = body["input"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    asked.lock().unwrap().push((model.to_owned(), texts.len()));
    let data = texts.iter().enumerate().map(|(index, text)| json!({"index": index, "embedding": vector(text, *length)}));
    ("200 OK", json!({"object": "list", "model": model, "data": data.collect::<Vec<_>>()}))
}

fn vector(text: &str, length: usize) -> Vec<f32> {
    let mut numbers = vec![0.0; length];
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2) {
        let meaning = match word {
            "automobile" | "vehicle" => "car",
            "physician" => "doctor",
            other => other,
        };
        let hash = meaning.bytes().fold(5381_usize, |hash, byte| hash.wrapping_mul(131) ^ usize::from(byte));
        numbers[hash % length] += 1.0;
    }
    numbers
}
