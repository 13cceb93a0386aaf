//! Counts how often each chunk was found.
//!
//! The counts are written once a second and not with each query: every write makes all readers forget their page caches, and a
//! query would read everything from the disk again. A crash loses the counts of the last second, a stop none.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::store::{Store, segments};

/// How long counts wait.
const PAUSE: Duration = Duration::from_secs(1);

/// Counts that are not written yet, by the chunk's key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits(Arc<Mutex<HashMap<i64, u64>>>);

impl Hits {
    /// Counts one hit for each.
    pub(crate) fn add(&self, found: impl Iterator<Item = i64>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for seq in found {
            *counts.entry(seq).or_default() += 1;
        }
    }

    /// Writes what has come together, until the host stops.
    pub(crate) async fn keep_writing(self, store: Store, mut stop: watch::Receiver<bool>) {
        loop {
            let is_last = tokio::time::timeout(PAUSE, stop.wait_for(|stop| *stop)).await.is_ok();
            let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
            if !counts.is_empty()
                && let Err(error) = store.write(move |tx| segments::count_hits(tx, &counts)).await
            {
                tracing::warn!("hits were not counted: {error}");
            }
            if is_last {
                return;
            }
        }
    }
}
