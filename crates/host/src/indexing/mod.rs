//! Turns documents into chunks, in the background: two at a time, in the order they came.
//!
//! The queue is the database itself, so it survives whatever ends the process. Knows nothing of HTTP.

mod pairs;
pub(crate) mod prepare;
pub(crate) mod rule;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::embeddings::Embeddings;
use crate::extract::ExtractLimits;
use crate::store::purge::{self, Progress};
use crate::store::{Store, StoreError, now, pipeline_files, queue};

/// Documents that are indexed at the same time.
const WORKERS: usize = 2;
/// How often files are swept that were uploaded for a pipeline and never used.
const SWEEP: Duration = Duration::from_secs(3600);
/// How long a failing database is left alone.
const PAUSE: Duration = Duration::from_secs(2);

/// Tells the background that there is work.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    waiting: Arc<Notify>,
    deleted: Arc<Notify>,
}

impl Queue {
    /// A document waits.
    pub fn wake(&self) {
        self.waiting.notify_one();
    }

    /// Something was deleted or replaced.
    pub fn purge(&self) {
        self.deleted.notify_one();
    }
}

/// What a worker needs.
#[derive(Clone)]
pub(crate) struct Tools {
    pub(crate) store: Store,
    pub(crate) limits: ExtractLimits,
    pub(crate) embeddings: Option<Embeddings>,
}

/// Starts the workers, the purge and the sweep; they end when `stop` turns true.
pub(crate) fn start(queue: &Queue, tools: &Tools, stop: &watch::Receiver<bool>) -> JoinHandle<()> {
    let mut tasks = JoinSet::new();
    for _ in 0..WORKERS {
        tasks.spawn(work(queue.clone(), tools.clone(), stop.clone()));
    }
    tasks.spawn(purge_deleted(queue.clone(), tools.store.clone(), stop.clone()));
    tasks.spawn(sweep_uploads(tools.store.clone(), stop.clone()));
    tokio::spawn(async move { while tasks.join_next().await.is_some() {} })
}

async fn work(queue: Queue, tools: Tools, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match tools.store.write(queue::take).await {
            Ok(Some(row)) => {
                // There may be more than one; the other worker looks for itself.
                queue.wake();
                let seq = row.seq;
                let (own, stopping) = (tools.clone(), stop.clone());
                let done = tokio::task::spawn_blocking(move || worker::index(&own, &row, &|| *stopping.borrow())).await;
                if done.is_err() {
                    let sentence = "The indexing of this document broke off unexpectedly.";
                    report(tools.store.write(move |tx| queue::fail(tx, seq, sentence)).await);
                }
            }
            Ok(None) => {
                tokio::select! {
                    () = queue.waiting.notified() => {}
                    _ = stop.wait_for(|stop| *stop) => {}
                }
            }
            Err(error) => {
                report(Err(error));
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn purge_deleted(queue: Queue, store: Store, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match store.write(purge::step).await {
            Ok(Progress::More) => {}
            Ok(Progress::File(id)) => {
                let files = store.files.clone();
                let removed = tokio::task::spawn_blocking(move || purge::remove_file(&files, &id)).await;
                report(removed.unwrap_or(Err(StoreError::Stopped)));
            }
            Ok(Progress::Done) => {
                tokio::select! {
                    () = queue.deleted.notified() => {}
                    _ = stop.wait_for(|stop| *stop) => {}
                }
            }
            Err(error) => {
                report(Err(error));
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn sweep_uploads(store: Store, mut stop: watch::Receiver<bool>) {
    loop {
        match store.write(|tx| pipeline_files::sweep(tx, now() - pipeline_files::KEPT)).await {
            Ok(swept) => {
                let files = store.files.clone();
                let removed = tokio::task::spawn_blocking(move || swept.iter().try_for_each(|id| files.remove(id))).await;
                report(removed.unwrap_or(Err(StoreError::Stopped)));
            }
            Err(error) => report(Err(error)),
        }
        if tokio::time::timeout(SWEEP, stop.wait_for(|stop| *stop)).await.is_ok() {
            return;
        }
    }
}

/// Nobody waits for the answer, so the terminal gets it.
fn report(result: Result<(), StoreError>) {
    if let Err(error) = result {
        tracing::error!("{error}");
    }
}
