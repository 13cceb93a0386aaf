//! Follows what was sent until it is indexed: one timer for all, ever slower while nothing moves, none while the tab is hidden.

use std::collections::{HashMap, HashSet};

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{BatchStatus, IndexingStatus};

use super::{
    Polling, Uploads,
    later::{self, Work},
    queue::{Item, POLLED_OPEN, Problem, Stage},
};
use crate::{
    api::{ApiError, Client, ErrorKind, dify},
    dom::{clock, timers::Timer, visibility},
    model::id::{BatchId, DocumentId, KnowledgeBaseId},
    state::{cache::Resource, poll::BackOff},
};

/// How often screens hear that documents were indexed, in milliseconds: each time they ask for their counts again.
const NEWS_EVERY: f64 = 5_000.0;

/// Documents that have just ended, by where they are.
type Ended = HashMap<(String, KnowledgeBaseId), HashSet<String>>;

impl Uploads {
    /// Polls after the shortest wait, if there is anything to follow. A poll that comes sooner is left alone: many quick
    /// uploads would put it off for ever.
    pub(super) fn poll_soon(self) {
        let is_coming = self.polling.try_update_value(|polling| {
            polling.back_off = BackOff::default();
            let is_due = polling.timer.is_some() && polling.due_at <= clock::now() + 1_000.0;
            polling.is_asking || is_due
        });
        if is_coming == Some(false) {
            self.schedule(true);
        }
    }

    pub(super) fn schedule(self, has_changed: bool) {
        let has_indexing = self.queue.with_untracked(|queue| queue.count(Stage::Indexing) > 0);
        let is_wanted = has_indexing && !visibility::is_hidden();
        let _ = self.polling.try_update_value(|polling: &mut Polling| {
            polling.timer = is_wanted.then(|| {
                let wait = polling.back_off.next(has_changed);
                polling.due_at = clock::now() + f64::from(wait);
                Timer::start(wait, move || later::begin(self, Work::Follow))
            });
        });
    }

    pub(super) async fn poll(self) {
        let turn = self.polling.try_update_value(|polling| {
            polling.timer = None;
            polling.is_asking = true;
            polling.turn += 1;
            polling.turn
        });
        let (oldest, in_turn) = self.queue.with_untracked(|queue| queue.to_poll(turn.unwrap_or_default()));
        let mut ended = Ended::new();
        let mut has_changed = false;
        let mut open = 0;
        let mut asked = HashSet::new();
        for (id, is_oldest) in oldest.into_iter().map(|id| (id, true)).chain(in_turn.into_iter().map(|id| (id, false))) {
            if (is_oldest && open == POLLED_OPEN) || !asked.insert(id) {
                continue;
            }
            has_changed |= self.renew(id, &mut ended).await;
            open += usize::from(self.is_in(id, Stage::Indexing));
        }
        has_changed |= self.give_up_stalled();
        self.show_ended(ended);
        if has_changed {
            self.after_change();
        }
        let _ = self.polling.try_update_value(|polling| polling.is_asking = false);
        self.schedule(has_changed);
    }

    /// Follows no longer what does not move any more, so that no bar spins for ever; tells whether there was such a file.
    fn give_up_stalled(self) -> bool {
        let now = clock::now();
        let is_unseen = |item: &Item| item.stage == Stage::Indexing && item.moved_at == 0.0;
        if self.queue.with_untracked(|queue| queue.items.iter().any(is_unseen)) {
            // Kept over a reload, or only just sent.
            self.queue.update(|queue| queue.items.iter_mut().filter(|item| is_unseen(item)).for_each(|item| item.moved_at = now));
        }
        let stalled = self.queue.with_untracked(|queue| queue.stalled(now));
        for id in &stalled {
            self.end(*id, Stage::Failed, Some(Problem::Stalled));
        }
        !stalled.is_empty()
    }

    /// Asks about one file; tells whether the answer showed anything new.
    async fn renew(self, id: u32, ended: &mut Ended) -> bool {
        let Some(item) = self.queue.with_untracked(|queue| queue.item(id).cloned()) else { return false };
        // A connection that is configured no longer answers nothing.
        if let Some((_, client)) = self.session.connection(&item.connection) {
            match self.ask(&client, &item).await {
                Ok(Some(status)) => return self.advance(&client, &item, &status, ended),
                Ok(None) => {}
                // Asked again at the next poll, which comes later each time.
                Err(_) => return false,
            }
        }
        if self.is_in(id, Stage::Indexing) {
            self.end(id, Stage::Failed, Some(Problem::Gone));
        }
        true
    }

    /// The status of an item: by its batch, or by its document where the batch is not known or no longer there.
    async fn ask(self, client: &Client, item: &Item) -> Result<Option<BatchStatus>, ApiError> {
        if let Some(batch) = item.batch.as_deref().and_then(BatchId::parse) {
            match dify::documents::batch_status(client, &item.knowledge_base, &batch).await {
                Ok(answer) => {
                    let is_it = |status: &BatchStatus| item.document.as_ref().is_none_or(|id| *id == status.id);
                    if let Some(status) = answer.data.into_iter().find(is_it) {
                        return Ok(Some(status));
                    }
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
    fn advance(self, client: &Client, item: &Item, status: &BatchStatus, ended: &mut Ended) -> bool {
        let mut progress = item.progress.clone();
        progress.advance(status);
        // It may have been cancelled while the answer was on its way.
        if progress == item.progress || !self.is_in(item.id, Stage::Indexing) {
            return false;
        }
        self.indexes.of(client, &item.knowledge_base).show_status(status);
        let outcome = match progress.status {
            IndexingStatus::Completed => Some((Stage::Done, None)),
            IndexingStatus::Error | IndexingStatus::Paused => {
                Some((Stage::Failed, Some(Problem::Indexing(progress.error.clone().unwrap_or_default()))))
            }
            _ => None,
        };
        self.queue.update(|queue| queue.change(item.id, |item| (item.progress, item.moved_at) = (progress, clock::now())));
        if let Some((stage, problem)) = outcome {
            self.end(item.id, stage, problem);
            let place = (item.connection.clone(), item.knowledge_base.clone());
            ended.entry(place).or_default().insert(status.id.clone());
        }
        true
    }

    /// Words and hits are known only now: the lists read the pages of what has ended again, and the counts elsewhere are old.
    fn show_ended(self, ended: Ended) {
        let has_ended = !ended.is_empty();
        for ((connection, knowledge_base), ids) in ended {
            let Some((_, client)) = self.session.connection(&connection) else { continue };
            let index = self.indexes.of(&client, &knowledge_base);
            // Where this fails, the list shows the words when it is next loaded.
            spawn_local(async move { drop(index.refresh_these(&ids).await) });
        }
        let is_last = self.queue.with_untracked(|queue| queue.count(Stage::Indexing) == 0);
        let is_time = self.polling.try_update_value(|polling| {
            polling.has_news |= has_ended;
            let is_time = polling.has_news && (is_last || clock::now() - polling.told_at > NEWS_EVERY);
            if is_time {
                polling.has_news = false;
                polling.told_at = clock::now();
            }
            is_time
        });
        if is_time == Some(true) {
            for resource in [Resource::KnowledgeBases, Resource::KnowledgeBase, Resource::Document, Resource::Chunks] {
                self.cache.invalidate(resource);
            }
        }
    }
}
