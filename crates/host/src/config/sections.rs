//! The sections of the configuration.

use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use super::Secret;

/// What is accepted.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Largest file.
    pub max_upload_bytes: u64,
    /// File name extensions in lower case, without the dot.
    pub extensions: Vec<String>,
}

impl Default for Limits {
    fn default() -> Self {
        let extensions = crate::extract::accepted_extensions().iter().map(|&extension| extension.to_owned()).collect();
        Self { max_upload_bytes: 15 * 1024 * 1024, extensions }
    }
}

/// An OpenAI-compatible embedding service.
#[derive(Clone, Debug)]
pub struct EmbeddingService {
    /// Its address up to and without `/embeddings`.
    pub url: String,
    /// The model asked for.
    pub model: String,
    /// Its key, sent as a bearer token.
    pub key: Option<Secret>,
    /// The authorities whose certificates are trusted, besides the public ones.
    pub ca_file: Option<PathBuf>,
}

/// Who is let in. With neither a password file nor a trusted header there is no login.
#[derive(Clone, Debug)]
pub struct Login {
    /// File with a line for each person: `name:argon2id PHC string`.
    pub password_file: Option<PathBuf>,
    /// How long a session lasts.
    pub session: Duration,
    /// The header in which an authenticating proxy names the person, in lower case.
    pub trusted_header: Option<String>,
    /// Where that proxy asks from; from elsewhere the header counts nothing.
    pub trusted_from: Vec<IpNet>,
}

impl Default for Login {
    fn default() -> Self {
        Self { password_file: None, session: Duration::from_secs(12 * 3600), trusted_header: None, trusted_from: Vec::new() }
    }
}

impl Login {
    /// Whether anybody has to sign in.
    pub fn is_required(&self) -> bool {
        self.password_file.is_some() || self.trusted_header.is_some()
    }
}

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct TimeOuts {
    /// Until a server behind the desk accepts a connection, its TLS included.
    pub connect: Duration,
    /// From the end of a request to the beginning of its answer, and between two pieces of the answer.
    pub answer: Duration,
    /// Between two pieces of an upload.
    pub upload: Duration,
    /// For uploads to end when the host is told to stop.
    pub stop: Duration,
}

impl Default for TimeOuts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            // The desk itself waits 120 s for a write: the sentence of this side should reach it before it gives up.
            answer: Duration::from_secs(110),
            upload: Duration::from_secs(60),
            stop: Duration::from_secs(60),
        }
    }
}

/// What the log on the standard error looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// Lines for people.
    Plain,
    /// No requests, only what goes wrong in the host itself.
    Off,
}
