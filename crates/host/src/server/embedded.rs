//! Starts the embedded server: the store, the indexing, the counting of hits.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::StartError;
use crate::api::{Host, Shared};
use crate::config::{Config, EmbeddingService};
use crate::embeddings::Embeddings;
use crate::extract::ExtractLimits;
use crate::http_client::HttpClient;
use crate::indexing::{self, Queue, Tools};
use crate::retrieval::hits::Hits;
use crate::store::{Store, StoreError};

/// What the handlers work with, and what works in the background until the host stops.
pub(super) async fn start(config: &Arc<Config>, stopping: &watch::Receiver<bool>) -> Result<(Host, JoinHandle<()>), StartError> {
    let embeddings = config.embeddings.clone().map(|service| Embeddings::new(service, config.time_outs.connect));
    let embeddings = embeddings.transpose().map_err(StartError::Configuration)?;
    let folder = config.data.clone();
    let opened = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        Store::open(&folder)
    });
    let store = opened.await.map_err(|_| StartError::Store(StoreError::Stopped))?.map_err(StartError::Store)?;
    let queue = Queue::default();
    let tools = Tools { store: store.clone(), limits: limits(config), embeddings: embeddings.clone() };
    let hits = Hits::default();
    let counting = hits.clone().keep_writing(store.clone(), stopping.clone());
    let indexing = indexing::start(&queue, &tools, stopping);
    let background = tokio::spawn(async move {
        tokio::join!(counting, async { drop(indexing.await) });
    });
    Ok((Arc::new(Shared { config: config.clone(), store, queue, embeddings, hits }), background))
}

/// Says what is wrong with the file of authorities.
pub(super) fn check(service: &EmbeddingService, config: &Config) -> Result<(), String> {
    HttpClient::new(service.ca_file.as_deref(), config.time_outs.connect)
        .map(drop)
        .map_err(|error| format!("The embedding service: {error}"))
}

fn limits(config: &Config) -> ExtractLimits {
    let own = if config.reads_in_helper { ExtractLimits::with_own_program() } else { ExtractLimits::default() };
    let upload = usize::try_from(config.limits.max_upload_bytes).unwrap_or(usize::MAX);
    ExtractLimits { max_text_bytes: upload.max(32 << 20), ..own }
}
