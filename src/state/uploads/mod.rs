//! The upload queue: files and texts of every knowledge base, three sent at a time, then followed until they are indexed.
//!
//! It lives in `App`, so that it goes on while one looks elsewhere. `item` is one file, `queue` holds the rules, `send` sends,
//! `follow` polls, `lookup` finds what a lost answer spoke of, `keep` carries what is known over a reload. What they do is left out
//! of the first load (`later`); what screens show of the queue and may ask of it is here.

mod follow;
mod item;
mod keep;
mod later;
mod lookup;
pub mod queue;
mod send;
pub mod speed;

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::CreateDocumentByFile;

use self::{
    keep::KeptText,
    later::Work,
    queue::{Item, Purpose, Queue, Stage},
    speed::SpeedMeter,
};
use super::{
    capabilities::Capabilities, document_index::DocumentIndexes, pipeline_files::PipelineFiles, poll::BackOff, query::QueryCache,
    session::Session,
};
use crate::{
    api::{Client, upload::AbortHandle},
    dom::{before_unload, clock, timers::Timer, visibility},
    model::id::{DocumentId, KnowledgeBaseId},
};

/// How long a burst of changes is waited for, in milliseconds.
const SAVE_AFTER: u32 = 300;

/// What is sent.
#[derive(Clone)]
pub enum Source {
    /// A file of the person's computer.
    File(web_sys::File),
    /// A text that was typed or pasted.
    Text(Arc<str>),
}

impl Source {
    /// Bytes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a size that people read")]
    pub fn size(&self) -> f64 {
        match self {
            Self::File(file) => file.size(),
            Self::Text(text) => text.len() as f64,
        }
    }
}

/// A document to make or to replace.
pub struct NewUpload {
    /// Where its content comes from.
    pub source: Source,
    /// The name that the document shall have.
    pub name: String,
    /// Process rule and technique.
    pub data: Arc<CreateDocumentByFile>,
    /// The document that it takes the place of, whatever its name.
    pub target: Option<DocumentId>,
    /// Whether it may replace a document of its name.
    pub may_replace: bool,
}

/// What only the browser can hold: the content and the running request of an item.
struct Held {
    source: Source,
    data: Arc<CreateDocumentByFile>,
    abort: Option<AbortHandle>,
}

/// The upload queue. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Uploads {
    queue: RwSignal<Queue>,
    shown: Signal<Queue>,
    held: StoredValue<HashMap<u32, Held>, LocalStorage>,
    meter: StoredValue<SpeedMeter>,
    polling: StoredValue<Polling, LocalStorage>,
    saving: StoredValue<Option<Timer>, LocalStorage>,
    /// Whether what was kept over a reload is not back yet: until then nothing is kept in its place.
    is_restoring: StoredValue<bool>,
    session: Session,
    indexes: DocumentIndexes,
    cache: QueryCache,
    capabilities: Capabilities,
    pipeline_files: PipelineFiles,
}

/// The state of the poll.
#[derive(Default)]
struct Polling {
    timer: Option<Timer>,
    due_at: f64,
    is_asking: bool,
    turn: usize,
    back_off: BackOff,
    /// Whether something has ended of which the screens have not heard yet.
    has_news: bool,
    told_at: f64,
}

impl Uploads {
    /// The queue as the last page left it: what was sent is followed on, texts are sent, lost files are listed.
    #[must_use]
    pub fn new(
        session: Session,
        indexes: DocumentIndexes,
        cache: QueryCache,
        capabilities: Capabilities,
        pipeline_files: PipelineFiles,
    ) -> Self {
        let queue = RwSignal::new(Queue::default());
        let uploads = Self {
            queue,
            shown: queue.into(),
            held: StoredValue::new_local(HashMap::new()),
            meter: StoredValue::new(SpeedMeter::default()),
            polling: StoredValue::new_local(Polling::default()),
            saving: StoredValue::new_local(None),
            is_restoring: StoredValue::new(keep::is_kept()),
            session,
            indexes,
            cache,
            capabilities,
            pipeline_files,
        };
        visibility::on_change(move |is_hidden| {
            if !is_hidden {
                uploads.poll_soon();
            }
        });
        before_unload::on_leave(move || uploads.save_now());
        before_unload::ask_while(move || uploads.queue.with_untracked(Queue::has_unsent));
        if uploads.is_restoring.get_value() {
            later::begin(uploads, Work::Restore);
        }
        uploads
    }

    /// What the last page left: behind what was added meanwhile.
    fn restore(self) {
        let texts = self.queue.try_update(keep::restore).unwrap_or_default();
        let held = texts
            .into_iter()
            .map(|(id, kept)| (id, Held { source: Source::Text(kept.text.into()), data: Arc::new(kept.data), abort: None }));
        self.held.update_value(|all| all.extend(held));
        self.is_restoring.set_value(false);
        self.after_change();
        self.poll_soon();
    }

    /// The queue, to track.
    #[must_use]
    pub fn queue(self) -> Signal<Queue> {
        self.shown
    }

    /// Bytes a second that go out now.
    #[must_use]
    pub fn speed(self) -> Option<f64> {
        self.meter.with_value(|meter| meter.bytes_per_second(clock::now()))
    }

    /// Puts documents at the end of the queue.
    pub fn add(self, client: &Client, knowledge_base: &KnowledgeBaseId, new: Vec<NewUpload>) {
        self.queue.update(|queue| {
            for new in new {
                let id = queue.push(client.connection(), knowledge_base, &new.name, new.source.size());
                queue.change(id, |item| (item.target, item.may_replace) = (new.target, new.may_replace));
                let held = Held { source: new.source, data: new.data, abort: None };
                self.held.update_value(|all| drop(all.insert(id, held)));
            }
        });
        // Before anything is sent.
        self.save_now();
        self.pump();
    }

    /// Sends files for a pipeline, each perhaps for an input variable. They become documents only when it is run with them.
    pub fn add_for_pipeline(
        self,
        client: &Client,
        knowledge_base: &KnowledgeBaseId,
        files: Vec<web_sys::File>,
        variable: Option<&str>,
    ) {
        let data = Arc::new(CreateDocumentByFile::default());
        self.queue.update(|queue| {
            for file in files {
                let id = queue.push(client.connection(), knowledge_base, &file.name(), file.size());
                queue.change(id, |item| item.purpose = Purpose::Pipeline(variable.map(str::to_owned)));
                let held = Held { source: Source::File(file), data: Arc::clone(&data), abort: None };
                self.held.update_value(|all| drop(all.insert(id, held)));
            }
        });
        self.save_now();
        self.pump();
    }

    /// Takes files off the list that a pipeline has taken in: their documents are followed from here on.
    pub fn clear_for_pipeline(self, client: &Client, knowledge_base: &KnowledgeBaseId) {
        self.queue.update(|queue| {
            let is_taken = |item: &Item| {
                item.purpose != Purpose::Document
                    && item.stage == Stage::Done
                    && item.connection == client.connection()
                    && item.knowledge_base == *knowledge_base
            };
            queue.items.retain(|item| !is_taken(item));
        });
        let left = self.queue.with_untracked(|queue| queue.items.iter().map(|item| item.id).collect::<Vec<_>>());
        self.held.update_value(|held| held.retain(|id, _| left.contains(id)));
    }

    /// Follows documents that a pipeline has made until they are indexed, each by its id and name.
    pub fn follow_made(
        self,
        client: &Client,
        knowledge_base: &KnowledgeBaseId,
        batch: Option<&str>,
        documents: Vec<(String, String)>,
    ) {
        self.queue.update(|queue| {
            for (document, name) in documents {
                let id = queue.push(client.connection(), knowledge_base, &name, 0.0);
                queue.change(id, |item| {
                    item.stage = Stage::Indexing;
                    (item.batch, item.document) = (batch.map(str::to_owned), Some(document));
                });
            }
        });
        self.after_change();
        self.poll_soon();
    }

    /// Lists files that are not sent, each with its size and the reason.
    pub fn add_skipped(self, client: &Client, knowledge_base: &KnowledgeBaseId, files: Vec<(String, f64, queue::Problem)>) {
        self.queue.update(|queue| {
            for (name, size, problem) in files {
                let id = queue.push(client.connection(), knowledge_base, &name, size);
                queue.change(id, |item| {
                    item.stage = Stage::Skipped;
                    item.problem = Some(problem);
                });
            }
        });
    }

    /// Stops sending after the files under way, or goes on.
    pub fn set_paused(self, is_paused: bool) {
        self.queue.update(|queue| queue.is_paused = is_paused);
        self.after_change();
    }

    /// Stops one file. What the server already has stays there, and is followed no longer.
    pub fn cancel(self, id: u32) {
        let Some(item) = self.queue.with_untracked(|queue| queue.item(id).cloned()) else { return };
        if item.stage.is_ended() {
            return;
        }
        self.end(id, Stage::Cancelled, None);
        let abort = self.held.try_update_value(|held| held.get_mut(&id).and_then(|held| held.abort.take())).flatten();
        if let Some(abort) = abort {
            abort.abort();
        }
        if item.stage == Stage::Sending {
            self.look_after_cancel(&item);
        }
        self.after_change();
    }

    /// Stops everything that has not ended.
    pub fn cancel_all(self) {
        let open = self.queue.with_untracked(|queue| {
            let open = queue.items.iter().filter(|item| !item.stage.is_ended());
            open.map(|item| item.id).collect::<Vec<_>>()
        });
        // Newest first, so that none of the waiting ones is sent because another made room.
        open.into_iter().rev().for_each(|id| self.cancel(id));
    }

    /// Sends a failed or cancelled file again.
    pub fn retry(self, id: u32) {
        if self.can_retry(id) {
            self.queue.update(|queue| queue.change(id, Item::begin_again));
            self.after_change();
        }
    }

    /// Sends every failed file again that can be.
    pub fn retry_failed(self) {
        let failed = self.queue.with_untracked(|queue| queue.ids(Stage::Failed));
        failed.into_iter().for_each(|id| self.retry(id));
    }

    /// Whether a file is still here to be sent again; after a reload it is not.
    #[must_use]
    pub fn can_retry(self, id: u32) -> bool {
        let is_over = |stage| matches!(stage, Stage::Failed | Stage::Cancelled);
        self.held.with_value(|held| held.contains_key(&id))
            && self.queue.with_untracked(|queue| queue.item(id).is_some_and(|item| is_over(item.stage)))
    }

    /// Takes everything that has ended off the list.
    pub fn clear_ended(self) {
        self.queue.update(Queue::clear_ended);
        let left = self.queue.with_untracked(|queue| queue.items.iter().map(|item| item.id).collect::<Vec<_>>());
        self.held.update_value(|held| held.retain(|id, _| left.contains(id)));
        self.after_change();
    }

    /// After the queue changed: keep it for a reload, and send what may be sent.
    fn after_change(self) {
        self.save_soon();
        self.pump();
    }

    /// Keeps the queue once a burst of changes is over: with six hundred files each write takes a moment.
    fn save_soon(self) {
        let start = || Timer::start(SAVE_AFTER, move || self.save_now());
        let _ = self.saving.try_update_value(|saving| {
            saving.get_or_insert_with(start);
        });
    }

    /// Keeps the queue for a reload.
    fn save_now(self) {
        let _ = self.saving.try_update_value(Option::take);
        if self.is_restoring.get_value() {
            return;
        }
        let text = |id: u32| {
            self.held.with_value(|held| match held.get(&id) {
                Some(Held { source: Source::Text(text), data, .. }) => {
                    Some(KeptText { text: text.to_string(), data: (**data).clone() })
                }
                _ => None,
            })
        };
        self.queue.with_untracked(|queue| keep::save(queue, text));
    }

    fn is_in(self, id: u32, stage: Stage) -> bool {
        self.queue.with_untracked(|queue| queue.item(id).is_some_and(|item| item.stage == stage))
    }

    fn end(self, id: u32, stage: Stage, problem: Option<queue::Problem>) {
        self.queue.update(|queue| {
            queue.change(id, |item| {
                item.stage = stage;
                item.problem = problem;
                item.ended_at = clock::now();
            });
        });
    }

    fn fail(self, id: u32, problem: queue::Problem) {
        self.end(id, Stage::Failed, Some(problem));
        self.after_change();
    }
}
