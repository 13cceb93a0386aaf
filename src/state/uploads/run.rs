//! Sends files and follows them until they are indexed: one timer for all, ever slower while nothing moves, none while the tab
//! is hidden.

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{BatchStatus, DocumentAccepted, IndexingStatus};

use super::{
    Uploads,
    queue::{Item, Problem, Stage},
};
use crate::{
    api::{ApiError, Client, ErrorKind, dify},
    dom::{clock, timers::Timer, visibility},
    model::id::{BatchId, DocumentId},
    state::cache::Resource,
};

/// Batches asked for in one poll: servers work in order, so the oldest are the ones that move.
const POLLED: usize = 6;

impl Uploads {
    /// Sends what may be sent now.
    pub(super) fn pump(self) {
        let sendable = self.queue.with_untracked(super::queue::Queue::sendable);
        for id in sendable {
            self.queue.update(|queue| {
                queue.change(id, |item| {
                    item.stage = Stage::Sending;
                    item.started_at = clock::now();
                });
            });
            self.send(id);
        }
    }

    fn send(self, id: u32) {
        let Some(item) = self.queue.with_untracked(|queue| queue.item(id).cloned()) else { return };
        let Some((_, client)) = self.session.connection(&item.connection) else { return };
        let held = self.held.with_value(|held| held.get(&id).map(|held| (held.file.clone(), held.data.clone())));
        let Some((file, data)) = held else { return };
        let on_progress = move |sent: f64, _: f64| {
            let _ = self.queue.try_update(|queue| queue.change(id, |item| item.sent = sent.min(item.size)));
        };
        let upload = dify::documents::create_by_file(&client, &item.knowledge_base, &file, &item.name, &data, on_progress);
        match upload {
            Err(error) => self.fail(id, Problem::Request(error)),
            Ok(upload) => {
                let abort = upload.abort_handle();
                self.held.update_value(|held| {
                    if let Some(held) = held.get_mut(&id) {
                        held.abort = Some(abort);
                    }
                });
                spawn_local(async move {
                    let outcome = upload.finish::<DocumentAccepted>().await;
                    self.sent(&client, &item, outcome).await;
                });
            }
        }
    }

    async fn sent(self, client: &Client, item: &Item, outcome: Result<DocumentAccepted, ApiError>) {
        let is_cancelled =
            self.queue.with_untracked(|queue| queue.item(item.id).is_none_or(|item| item.stage == Stage::Cancelled));
        if is_cancelled {
            return;
        }
        match outcome {
            Ok(accepted) => self.accept(client, item, accepted),
            Err(error) if error.kind == ErrorKind::Aborted => {}
            // The server may have it although its answer was lost: look before saying that it failed.
            Err(error) if error.is_outcome_unknown() => match self.find(client, item).await {
                Some(accepted) => self.accept(client, item, accepted),
                None => self.fail(item.id, Problem::Request(error)),
            },
            Err(error) => self.fail(item.id, Problem::Request(error)),
        }
    }

    /// The document that a lost answer spoke of: one of that name which was made since sending began.
    async fn find(self, client: &Client, item: &Item) -> Option<DocumentAccepted> {
        // Clocks differ between browser and server; a minute more takes in no older upload of the same name in practice.
        #[expect(clippy::cast_possible_truncation, reason = "epoch seconds")]
        let since = (item.started_at / 1000.0) as i64 - 60;
        let page = dify::documents::list(client, &item.knowledge_base, 1).await.ok()?;
        let document = page
            .data
            .into_iter()
            .find(|document| document.name == item.name && document.created_at.unwrap_or_default() >= since)?;
        Some(DocumentAccepted { document, batch: String::new() })
    }

    fn accept(self, client: &Client, item: &Item, accepted: DocumentAccepted) {
        self.queue.update(|queue| {
            queue.change(item.id, |item| {
                item.stage = Stage::Indexing;
                item.sent = item.size;
                item.batch = Some(accepted.batch.clone()).filter(|batch| !batch.is_empty());
                item.document = Some(accepted.document.id.clone());
            });
        });
        self.indexes.of(client, &item.knowledge_base).put(accepted.document);
        self.back_off.set_value(crate::state::poll::BackOff::default());
        self.after_change();
        self.poll_soon();
    }

    fn fail(self, id: u32, problem: Problem) {
        self.queue.update(|queue| {
            queue.change(id, |item| {
                item.stage = Stage::Failed;
                item.problem = Some(problem);
            });
        });
        self.after_change();
    }

    /// Polls after the shortest wait, if there is anything to follow.
    pub(super) fn poll_soon(self) {
        self.schedule(true);
    }

    fn schedule(self, has_changed: bool) {
        let has_indexing = self.queue.with_untracked(|queue| queue.count(Stage::Indexing) > 0);
        if !has_indexing || visibility::is_hidden() {
            self.set_timer(None);
            return;
        }
        let wait = self.back_off.try_update_value(|back_off| back_off.next(has_changed)).unwrap_or(10_000);
        self.set_timer(Some(Timer::start(wait, move || spawn_local(self.poll()))));
    }

    async fn poll(self) {
        let items: Vec<Item> = self.queue.with_untracked(|queue| {
            queue.items.iter().filter(|item| item.stage == Stage::Indexing).take(POLLED).cloned().collect()
        });
        let mut has_changed = false;
        for item in &items {
            let Some((_, client)) = self.session.connection(&item.connection) else { continue };
            match self.ask(&client, item).await {
                Ok(Some(status)) => has_changed |= self.advance(&client, item, &status),
                // The batch is gone: the document was deleted or replaced meanwhile.
                Ok(None) => {
                    self.fail(item.id, Problem::Request(ApiError::local(ErrorKind::NotFound, "GET", &item.name)));
                    has_changed = true;
                }
                // Asked again at the next poll, which comes later each time.
                Err(_) => {}
            }
        }
        if has_changed {
            self.queue.with_untracked(super::keep::save);
            self.pump();
        }
        self.schedule(has_changed);
    }

    /// The status of an item: by its batch, or by its document where the batch is not known or no longer there.
    async fn ask(self, client: &Client, item: &Item) -> Result<Option<BatchStatus>, ApiError> {
        if let Some(batch) = item.batch.as_deref().and_then(BatchId::parse) {
            match dify::documents::batch_status(client, &item.knowledge_base, &batch).await {
                Ok(answer) => {
                    return Ok(answer.data.into_iter().find(|status| item.document.as_ref().is_none_or(|id| *id == status.id)));
                }
                Err(error) if error.kind == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        let Some(document) = item.document.as_deref().and_then(DocumentId::parse) else { return Ok(None) };
        match dify::documents::get(client, &item.knowledge_base, &document).await {
            Ok(detail) => Ok(Some(BatchStatus {
                id: detail.id,
                completed_segments: if detail.indexing_status == IndexingStatus::Completed { detail.segment_count } else { 0 },
                total_segments: detail.segment_count,
                indexing_status: detail.indexing_status,
                error: detail.error,
                ..BatchStatus::default()
            })),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes a status in; tells whether it showed anything new.
    fn advance(self, client: &Client, item: &Item, status: &BatchStatus) -> bool {
        let mut progress = item.progress.clone();
        progress.advance(status);
        if progress == item.progress {
            return false;
        }
        let index = self.indexes.of(client, &item.knowledge_base);
        index.show_status(status);
        self.queue.update(|queue| {
            queue.change(item.id, |item| {
                match progress.status {
                    IndexingStatus::Completed => item.stage = Stage::Done,
                    IndexingStatus::Error | IndexingStatus::Paused => {
                        item.stage = Stage::Failed;
                        item.problem = Some(Problem::Indexing(progress.error.clone().unwrap_or_default()));
                    }
                    _ => {}
                }
                item.progress = progress;
            });
        });
        if self.queue.with_untracked(|queue| queue.item(item.id).is_some_and(|item| item.stage.is_ended())) {
            // Counts and words are known only now.
            self.cache.invalidate(Resource::KnowledgeBases);
            self.cache.invalidate(Resource::KnowledgeBase);
            self.cache.invalidate(Resource::Document);
            self.cache.invalidate(Resource::Chunks);
            let others = |other: &Item| other.knowledge_base == item.knowledge_base && other.stage == Stage::Indexing;
            if !self.queue.with_untracked(|queue| queue.items.iter().any(others)) {
                index.reload();
            }
        }
        true
    }
}
