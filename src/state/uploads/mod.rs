//! The upload queue: files of every knowledge base, three sent at a time, then followed until they are indexed.
//!
//! It lives in `App`, so that it goes on while one looks elsewhere. `queue` holds the rules, `run` sends and polls, `keep`
//! carries what is known over a reload.

mod keep;
pub mod queue;
mod run;

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::CreateDocumentByFile;

use self::queue::{Item, Queue, Stage};
use super::{document_index::DocumentIndexes, poll::BackOff, query::QueryCache, session::Session};
use crate::{
    api::{Client, upload::AbortHandle},
    dom::{timers::Timer, visibility},
    model::id::KnowledgeBaseId,
};

/// A file to send.
pub struct NewUpload {
    /// The file.
    pub file: web_sys::File,
    /// The name that the document shall have.
    pub name: String,
    /// Process rule and technique.
    pub data: Arc<CreateDocumentByFile>,
}

/// What only the browser can hold: the file and the running request of an item.
struct Held {
    file: web_sys::File,
    data: Arc<CreateDocumentByFile>,
    abort: Option<AbortHandle>,
}

/// The upload queue. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Uploads {
    queue: RwSignal<Queue>,
    held: StoredValue<HashMap<u32, Held>, LocalStorage>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    back_off: StoredValue<BackOff>,
    session: Session,
    indexes: DocumentIndexes,
    cache: QueryCache,
}

impl Uploads {
    /// The queue as the last page left it: what was sent is followed on, what was not is listed as lost.
    #[must_use]
    pub fn new(session: Session, indexes: DocumentIndexes, cache: QueryCache) -> Self {
        let uploads = Self {
            queue: RwSignal::new(keep::restore()),
            held: StoredValue::new_local(HashMap::new()),
            timer: StoredValue::new_local(None),
            back_off: StoredValue::new(BackOff::default()),
            session,
            indexes,
            cache,
        };
        visibility::on_change(move |is_hidden| {
            if !is_hidden {
                uploads.poll_soon();
            }
        });
        uploads.poll_soon();
        uploads
    }

    /// The queue, to track.
    #[must_use]
    pub fn queue(self) -> Signal<Queue> {
        self.queue.into()
    }

    /// Puts files at the end of the queue.
    pub fn add(self, client: &Client, knowledge_base: &KnowledgeBaseId, files: Vec<NewUpload>) {
        self.queue.update(|queue| {
            for new in files {
                let size = new.file.size();
                let id = queue.push(client.connection(), knowledge_base, &new.name, size);
                self.held.update_value(|held| drop(held.insert(id, Held { file: new.file, data: new.data, abort: None })));
            }
        });
        self.pump();
    }

    /// Lists a file that is not sent, with the reason.
    pub fn add_skipped(self, client: &Client, knowledge_base: &KnowledgeBaseId, name: &str, size: f64, problem: queue::Problem) {
        self.queue.update(|queue| {
            let id = queue.push(client.connection(), knowledge_base, name, size);
            queue.change(id, |item| {
                item.stage = Stage::Skipped;
                item.problem = Some(problem);
            });
        });
    }

    /// Stops sending after the files under way, or goes on.
    pub fn set_paused(self, is_paused: bool) {
        self.queue.update(|queue| queue.is_paused = is_paused);
        self.pump();
    }

    /// Stops one file. What the server already has stays there, and is followed no longer.
    pub fn cancel(self, id: u32) {
        let abort = self.held.try_update_value(|held| held.get_mut(&id).and_then(|held| held.abort.take())).flatten();
        if let Some(abort) = abort {
            abort.abort();
        }
        self.queue.update(|queue| queue.change(id, |item| item.stage = Stage::Cancelled));
        self.after_change();
    }

    /// Sends a failed or cancelled file again.
    pub fn retry(self, id: u32) {
        if self.held.with_value(|held| held.contains_key(&id)) {
            self.queue.update(|queue| queue.change(id, Item::begin_again));
            self.pump();
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
        self.held.with_value(|held| held.contains_key(&id))
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
        self.queue.with_untracked(keep::save);
        self.pump();
    }

    fn set_timer(self, timer: Option<Timer>) {
        let _ = self.timer.try_update_value(|slot| *slot = timer);
    }
}
