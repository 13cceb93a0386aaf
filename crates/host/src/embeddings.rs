//! Asks an OpenAI-compatible embedding service. Knows texts and vectors, no chunks and no database.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http_body_util::{BodyExt, Limited};
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Method, Request, StatusCode, Uri};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Handle;

use crate::config::EmbeddingService;
use crate::http_client::HttpClient;

/// Texts in one request.
const TEXTS: usize = 32;
/// How long one request may take: small models on a CPU are slow.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long the list of models may take: somebody waits for it, and the configured model is known without it.
const PATIENCE_FOR_LIST: Duration = Duration::from_secs(5);
/// Largest answer: 32 vectors of 8,192 numbers with twenty digits each.
const MOST: usize = 16 << 20;

/// The service.
#[derive(Clone, Debug)]
pub struct Embeddings {
    service: Arc<EmbeddingService>,
    client: HttpClient,
    runtime: Handle,
}

/// A text's place among all texts: a vector of length one.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector(pub Vec<f32>);

/// Why there are no embeddings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddingError(String);

impl fmt::Display for EmbeddingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The embedding service failed: {}.", self.0)
    }
}

impl Embeddings {
    /// The service, asked on this runtime.
    ///
    /// # Errors
    /// What is wrong with its file of authorities.
    pub fn new(service: EmbeddingService, connect: Duration) -> Result<Self, String> {
        let client =
            HttpClient::new(service.ca_file.as_deref(), connect).map_err(|error| format!("The embedding service: {error}"))?;
        Ok(Self { service: Arc::new(service), client, runtime: Handle::current() })
    }

    /// The model asked for.
    pub fn model(&self) -> &str {
        &self.service.model
    }

    /// The same service, asked for another model.
    pub fn with_model(&self, model: &str) -> Self {
        let service = EmbeddingService { model: model.to_owned(), ..(*self.service).clone() };
        Self { service: Arc::new(service), client: self.client.clone(), runtime: self.runtime.clone() }
    }

    /// The models that the service names, the configured one first; that one alone where the service has no list.
    pub async fn models(&self) -> Vec<String> {
        let mut models = vec![self.service.model.clone()];
        let asked = tokio::time::timeout(PATIENCE_FOR_LIST, self.send(Method::GET, "models", String::new())).await;
        let Ok(Ok(answer)) = asked else { return models };
        let Ok(listed) = serde_json::from_slice::<Listed>(&answer) else { return models };
        for entry in listed.data {
            if !models.contains(&entry.id) {
                models.push(entry.id);
            }
        }
        models
    }

    /// One vector for each text, in their order.
    pub async fn of(&self, texts: Vec<String>) -> Result<Vec<Vector>, EmbeddingError> {
        let mut vectors = Vec::with_capacity(texts.len());
        for texts in texts.chunks(TEXTS) {
            let asked = tokio::time::timeout(PATIENCE, self.ask(texts)).await;
            vectors.extend(asked.map_err(|_| EmbeddingError(format!("it gave no answer in {} s", PATIENCE.as_secs())))??);
        }
        Ok(vectors)
    }

    /// The same for the indexing, which is on a blocking thread already.
    pub fn of_blocking(&self, texts: Vec<String>) -> Result<Vec<Vector>, EmbeddingError> {
        self.runtime.block_on(self.of(texts))
    }

    async fn ask(&self, texts: &[String]) -> Result<Vec<Vector>, EmbeddingError> {
        let body = json!({ "model": self.service.model, "input": texts, "encoding_format": "float" }).to_string();
        let answer = self.send(Method::POST, "embeddings", body).await?;
        let answer: Answer =
            serde_json::from_slice(&answer).map_err(|error| EmbeddingError(format!("its answer is not understood ({error})")))?;
        let mut data = answer.data;
        data.sort_by_key(|entry| entry.index);
        let length = data.first().map_or(0, |entry| entry.embedding.len());
        if data.len() != texts.len() || length == 0 || data.iter().any(|entry| entry.embedding.len() != length) {
            return Err(EmbeddingError("its answer does not have one vector for each text".to_owned()));
        }
        Ok(data.into_iter().map(|entry| Vector::normalized(entry.embedding)).collect())
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Result<Bytes, EmbeddingError> {
        let failed = |error: &dyn fmt::Display| EmbeddingError(format!("{}: {error}", self.service.url));
        let uri: Uri = format!("{}/{path}", self.service.url).parse().map_err(|error| failed(&error))?;
        let mut request = Request::builder().method(method).uri(uri).header(CONTENT_TYPE, "application/json");
        if let Some(key) = &self.service.key {
            request = request.header(AUTHORIZATION, format!("Bearer {}", key.expose()));
        }
        let request = request.body(Body::from(body)).map_err(|error| failed(&error))?;
        // Embedding a text twice does no harm.
        let response = self.client.repeatable(request).await.map_err(|failure| failed(&failure))?;
        let status = response.status();
        let bytes = Limited::new(response.into_body(), MOST).collect().await.map_err(|error| failed(&error))?.to_bytes();
        match status {
            StatusCode::OK => Ok(bytes),
            status => Err(EmbeddingError(format!("it answered {status}"))),
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    index: usize,
    embedding: Vec<f32>,
}

#[derive(Deserialize)]
struct Listed {
    data: Vec<ListedModel>,
}

#[derive(Deserialize)]
struct ListedModel {
    id: String,
}

impl Vector {
    /// Brings the numbers to length one, so that a product of two vectors is their cosine.
    fn normalized(mut numbers: Vec<f32>) -> Self {
        let length = numbers.iter().map(|number| number * number).sum::<f32>().sqrt();
        if length > 0.0 && length.is_finite() {
            numbers.iter_mut().for_each(|number| *number /= length);
        }
        Self(numbers)
    }

    /// As the database keeps it.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// The cosine with a vector as the database keeps it; none when it has another number of dimensions.
    pub fn cosine(&self, bytes: &[u8]) -> Option<f32> {
        if bytes.len() != self.0.len() * 4 {
            return None;
        }
        // Eight sums at once, which the compiler turns into vector instructions.
        let mut sums = [0.0_f32; 8];
        let (own, other) = (self.0.chunks(8), bytes.chunks(32));
        for (own, other) in own.zip(other) {
            for ((sum, own), other) in sums.iter_mut().zip(own).zip(other.chunks_exact(4)) {
                *sum += own * f32::from_le_bytes([other[0], other[1], other[2], other[3]]);
            }
        }
        Some(sums.iter().sum())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::Vector;

    #[test]
    fn cosine_of_stored_vectors() {
        let a = Vector::normalized((0_u8..19).map(f32::from).collect());
        let b = Vector::normalized(vec![1.0; 19]);
        assert!((a.cosine(&a.to_bytes()).unwrap() - 1.0).abs() < 1e-5);
        let plain: f32 = a.0.iter().zip(&b.0).map(|(a, b)| a * b).sum();
        assert!((a.cosine(&b.to_bytes()).unwrap() - plain).abs() < 1e-5);
        assert_eq!(a.cosine(&[0; 8]), None);
    }
}
