//! What is done with chunks of the list: one or many, on as many pages as were looked through, each with its own result.

mod bar;
mod deletion;
mod report;
mod switching;

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use leptos::prelude::*;
use loredesk_wire::Segment;

pub use self::{bar::SelectionBar, report::ReportDialog};
use super::{DocumentPlace, listing::Listing};
use crate::{
    components::reason_words,
    i18n::{
        Locale,
        chunk_actions::{Action, ChunkActions, chunk_actions},
        use_locale,
    },
    model::batch::{Item, Outcome},
    state::{batch::BatchRun, cache::Resource, delayed::Delayed, query::QueryCache, toasts::Toasts},
};

/// Characters of a chunk that name it in a report.
const BEGINNING: usize = 60;

/// A chunk that was picked, with what a report says of it: it may be on another page by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub position: u64,
    /// How it begins.
    pub beginning: String,
    /// Whether retrieval may find it.
    pub is_enabled: bool,
}

impl Picked {
    /// The chunk as it is.
    #[must_use]
    pub fn of(chunk: &Segment) -> Self {
        let line = chunk.content.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
        let mut beginning: String = line.chars().take(BEGINNING).collect();
        if beginning.len() < line.len() {
            beginning.push('…');
        }
        Self { id: chunk.id.clone(), position: chunk.position, beginning, is_enabled: chunk.enabled }
    }
}

/// What is done with chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Retrieval may find them.
    Enable,
    /// It may not.
    Disable,
    /// They go.
    Delete,
}

impl Deed {
    /// Its messages.
    #[must_use]
    pub fn words(self, locale: Locale) -> &'static Action {
        let messages = chunk_actions(locale);
        match self {
            Self::Enable => &messages.enable,
            Self::Disable => &messages.disable,
            Self::Delete => &messages.delete,
        }
    }
}

/// A batch that was begun: what it does, and how far it is.
#[derive(Clone, Copy)]
pub struct Job {
    /// What it does.
    pub deed: Deed,
    /// How far it is.
    pub run: BatchRun,
}

/// The selection, and what is done with it. Provided by the page; copy it into handlers.
#[derive(Clone, Copy)]
pub struct Many {
    /// The list.
    pub listing: Listing,
    /// The chunks that are selected, by their ids.
    pub selection: RwSignal<BTreeMap<String, Picked>>,
    /// The batch that the report is about.
    pub job: RwSignal<Option<Job>>,
    /// Whether the report is open.
    pub is_reporting: RwSignal<bool>,
    /// Chunks whose time is over and which the server deletes just now.
    going: RwSignal<HashSet<String>>,
    place: StoredValue<DocumentPlace>,
    /// Owns the batches: they outlive the bar in which they are begun, and go with the page.
    batches: StoredValue<Owner>,
    locale: Locale,
    delayed: Delayed,
    toasts: Toasts,
    cache: QueryCache,
}

/// What the page provides.
#[must_use]
pub fn use_many() -> Many {
    expect_context::<Many>()
}

impl Many {
    /// Nothing selected, nothing under way.
    #[must_use]
    pub fn new(place: DocumentPlace, listing: Listing) -> Self {
        Self {
            listing,
            selection: RwSignal::new(BTreeMap::new()),
            job: RwSignal::new(None),
            is_reporting: RwSignal::new(false),
            going: RwSignal::new(HashSet::new()),
            place: StoredValue::new(place),
            batches: StoredValue::new(Owner::new()),
            locale: use_locale(),
            delayed: expect_context(),
            toasts: expect_context(),
            cache: expect_context(),
        }
    }

    /// Selects a chunk, or takes it out of the selection.
    pub fn select(self, chunk: Picked, is_selected: bool) {
        self.selection.update(|selection| {
            if is_selected {
                selection.insert(chunk.id.clone(), chunk);
            } else {
                selection.remove(&chunk.id);
            }
        });
    }

    fn messages(self) -> &'static ChunkActions {
        chunk_actions(self.locale)
    }

    fn items(self, chunks: &[Picked]) -> Vec<Item> {
        let name = |chunk: &Picked| (self.messages().item)(chunk.position, &chunk.beginning);
        chunks.iter().map(|chunk| Item { id: chunk.id.clone(), name: name(chunk) }).collect()
    }

    /// After a batch: the screens ask again, one that went well is told in a line, one that did not in a report.
    fn ended(self, job: Job, chunks: &Arc<Vec<Picked>>) {
        for resource in [Resource::Chunks, Resource::Chunk, Resource::Document, Resource::Retrieval] {
            self.cache.invalidate(resource);
        }
        let words = job.deed.words(self.locale);
        let (total, done) = job.run.batch().with_untracked(|batch| (batch.total(), batch.done()));
        if done == total {
            let _ = self.is_reporting.try_set(false);
            self.toasts.done(match chunks.as_slice() {
                [one] => (words.done_one)(one.position),
                many => (words.done_many)(&self.locale.number(many.len() as u64)),
            });
        } else if self.is_reporting.try_set(true).is_some() {
            // The page is left: what went wrong is said wherever one is now.
            let said = job.run.batch().with_untracked(|batch| {
                let left = (total - done) as u64;
                let first = batch.items().find_map(|(_, outcome)| match outcome {
                    Outcome::Refused(reason) => Some(reason_words(self.locale, reason)),
                    _ => None,
                });
                format!("{}: {}", (words.title)(left, &self.locale.number(left)), first.unwrap_or_default())
            });
            self.toasts.problem(said);
        }
    }
}
