//! All documents of a knowledge base on the client, so that sorting, filtering and selecting see all of them and not a page.
//!
//! The first page is shown as soon as it is there, the others follow. Servers give no way to sort or to filter by type.

mod documents;
mod leaving;

use std::collections::{HashMap, HashSet};

use futures::future::join_all;
use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{BatchStatus, Document};

pub use self::{documents::Documents, leaving::Leaving};
use crate::{
    api::{ApiError, Client, dify},
    dom::clock,
    model::{document_action::DocumentAction, id::KnowledgeBaseId},
};

/// Pages asked for at the same time.
const PARALLEL: u64 = 4;
/// Pages renewed in one poll.
const RENEWED: usize = 3;
/// How long a complete index is fresh, in milliseconds.
const FRESH_FOR: f64 = 5_000.0;
/// How long the newest documents are taken to be known, in milliseconds: many uploads in a row ask once.
const NEWEST_FOR: f64 = 2_000.0;

/// The live index of one knowledge base. Cheap to clone; lives as long as somebody holds it.
#[derive(Clone)]
pub struct DocumentIndex {
    client: Client,
    knowledge_base: KnowledgeBaseId,
    documents: ArcRwSignal<Documents>,
    loaded_at: ArcStoredValue<f64>,
    /// When the newest documents were last read.
    newest_at: ArcStoredValue<f64>,
    generation: ArcStoredValue<u32>,
    /// Documents that will be deleted unless that is taken back, and the key of what will delete them.
    leaving: ArcRwSignal<HashMap<String, String>>,
}

impl PartialEq for DocumentIndex {
    fn eq(&self, other: &Self) -> bool {
        self.is_of(&other.client, &other.knowledge_base)
    }
}

/// The indexes of the knowledge bases used lately. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct DocumentIndexes(StoredValue<Vec<DocumentIndex>>);

impl Default for DocumentIndexes {
    fn default() -> Self {
        Self::new()
    }
}

impl DocumentIndexes {
    /// Knowledge bases whose documents are kept.
    const KEPT: usize = 4;

    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    /// The index of a knowledge base: the one that is there, or an empty one. The longest unused one makes room.
    #[must_use]
    pub fn of(self, client: &Client, knowledge_base: &KnowledgeBaseId) -> DocumentIndex {
        let mut index = None;
        self.0.update_value(|indexes| {
            let at = indexes.iter().position(|index| index.is_of(client, knowledge_base));
            let used = at.map_or_else(|| DocumentIndex::new(client, knowledge_base), |at| indexes.remove(at));
            indexes.insert(0, used.clone());
            indexes.truncate(Self::KEPT);
            index = Some(used);
        });
        index.unwrap_or_else(|| DocumentIndex::new(client, knowledge_base))
    }
}

impl DocumentIndex {
    fn new(client: &Client, knowledge_base: &KnowledgeBaseId) -> Self {
        Self {
            client: client.clone(),
            knowledge_base: knowledge_base.clone(),
            documents: ArcRwSignal::default(),
            loaded_at: ArcStoredValue::new(0.0),
            newest_at: ArcStoredValue::new(0.0),
            generation: ArcStoredValue::new(0),
            leaving: ArcRwSignal::default(),
        }
    }

    fn is_of(&self, client: &Client, knowledge_base: &KnowledgeBaseId) -> bool {
        self.client == *client && self.knowledge_base == *knowledge_base
    }

    /// The documents, to track.
    #[must_use]
    pub fn documents(&self) -> ArcRwSignal<Documents> {
        self.documents.clone()
    }

    /// Documents that will be deleted unless that is taken back, with the key of what will delete them, to track.
    #[must_use]
    pub fn leaving(&self) -> ArcRwSignal<HashMap<String, String>> {
        self.leaving.clone()
    }

    /// Loads every page, unless that is being done or was done a moment ago.
    pub fn open(&self) {
        let is_fresh = clock::now() - self.loaded_at.get_value() < FRESH_FOR;
        let is_here = self.documents.with_untracked(|documents| documents.is_loading || (is_fresh && documents.is_complete));
        if !is_here {
            self.reload();
        }
    }

    /// Loads every page again; what is on screen stays until it is renewed.
    pub fn reload(&self) {
        self.generation.update_value(|generation| *generation += 1);
        let generation = self.generation.get_value();
        self.documents.update(Documents::begin);
        let this = self.clone();
        spawn_local(async move {
            let outcome = this.load(generation).await;
            if this.generation.get_value() == generation {
                this.loaded_at.set_value(clock::now());
                this.documents.update(|documents| documents.end(outcome));
            }
        });
    }

    async fn load(&self, generation: u32) -> Result<(), ApiError> {
        let pages = self.renew(generation, &[1]).await?.div_ceil(dify::PAGE_MAX);
        let mut next = 2;
        while next <= pages && self.generation.get_value() == generation {
            let wanted: Vec<u64> = (next..=pages.min(next + PARALLEL - 1)).collect();
            self.renew(generation, &wanted).await?;
            next += PARALLEL;
        }
        Ok(())
    }

    /// Fetches some pages together and takes them in, unless a newer load has begun; gives the total.
    async fn renew(&self, generation: u32, wanted: &[u64]) -> Result<u64, ApiError> {
        let answers = wanted.iter().map(|page| dify::documents::list(&self.client, &self.knowledge_base, *page));
        let mut pages = Vec::new();
        let mut total = 0;
        for (page, answer) in wanted.iter().zip(join_all(answers).await) {
            let answer = answer?;
            total = answer.total;
            pages.push((usize::try_from((page - 1) * dify::PAGE_MAX).unwrap_or_default(), answer.data));
        }
        if self.generation.get_value() == generation {
            self.take(pages, total);
        }
        Ok(total)
    }

    /// Takes pages in; tells whether anything is different now. Screens hear of it only then.
    fn take(&self, pages: Vec<(usize, Vec<Document>)>, total: u64) -> bool {
        self.documents
            .try_maybe_update(|documents| {
                let has_changed = documents.at(now()).merge(pages) || documents.total != total;
                documents.total = total;
                (has_changed, has_changed)
            })
            .unwrap_or_default()
    }

    /// Asks again for pages on which documents are being worked on, except for those that the upload queue follows; tells
    /// whether anything has changed. Where one of them is on no page any more, the whole list is read again.
    ///
    /// # Errors
    /// See [`crate::api::ErrorKind`].
    pub async fn refresh_moving(&self, followed: &HashSet<String>) -> Result<bool, ApiError> {
        let moving = self.documents.with_untracked(|documents| documents.moving(followed));
        self.refresh(moving).await
    }

    /// Asks again for the pages of some documents, such as those that were just indexed.
    ///
    /// # Errors
    /// See [`crate::api::ErrorKind`].
    pub async fn refresh_these(&self, ids: &HashSet<String>) -> Result<bool, ApiError> {
        let these = self.documents.with_untracked(|documents| {
            let found = documents.list.iter().enumerate().filter(|(_, document)| ids.contains(&document.id));
            found.map(|(at, document)| (at, document.id.clone())).collect()
        });
        self.refresh(these).await
    }

    /// Asks again for the first page, where what is new stands.
    ///
    /// # Errors
    /// See [`crate::api::ErrorKind`].
    pub async fn refresh_newest(&self) -> Result<bool, ApiError> {
        let answer = dify::documents::list(&self.client, &self.knowledge_base, 1).await?;
        self.newest_at.set_value(clock::now());
        Ok(self.take(vec![(0, answer.data)], answer.total))
    }

    /// Sees to it that what others have just added is known, before a name is taken to be free. What cannot be read just now is
    /// taken as it was.
    pub async fn know_newest(&self) {
        if clock::now() - self.newest_at.get_value() > NEWEST_FOR {
            drop(self.refresh_newest().await);
        }
    }

    async fn refresh(&self, documents: Vec<(usize, String)>) -> Result<bool, ApiError> {
        let page_of = |at: usize| at as u64 / dify::PAGE_MAX + 1;
        let mut pages: Vec<u64> = documents.iter().map(|(at, _)| page_of(*at)).collect();
        pages.dedup();
        pages.truncate(RENEWED);
        let mut answers = Vec::new();
        let mut total = 0;
        for page in &pages {
            let answer = dify::documents::list(&self.client, &self.knowledge_base, *page).await?;
            total = answer.total;
            answers.push((usize::try_from((page - 1) * dify::PAGE_MAX).unwrap_or_default(), answer.data));
        }
        if pages.is_empty() {
            return Ok(false);
        }
        let is_missing = documents.iter().filter(|(at, _)| pages.contains(&page_of(*at))).any(|(_, id)| {
            let is_here = |page: &(usize, Vec<Document>)| page.1.iter().any(|document| document.id == *id);
            !answers.iter().any(is_here) && self.documents.with_untracked(|documents| documents.by_id(id).is_some())
        });
        let has_changed = self.take(answers, total);
        if is_missing && !self.documents.with_untracked(|documents| documents.is_loading) {
            self.reload();
        }
        Ok(has_changed)
    }

    /// Puts a document in that a create or an update has just answered.
    pub fn put(&self, document: Document) {
        self.documents.update(|documents| documents.at(now()).put(document));
    }

    /// Takes a document out that has just been deleted.
    pub fn remove(&self, id: &str) {
        self.documents.update(|documents| documents.remove(id));
    }

    /// Notes when a document that is worked on last moved, in epoch seconds, as its detail says.
    pub fn note_moved(&self, id: &str, at: i64) {
        self.documents.update(|documents| documents.note_moved(id, at));
    }

    /// Shows documents as they are after an action, before a list says so.
    pub fn apply(&self, ids: &[String], action: DocumentAction) {
        self.documents.update(|documents| documents.apply(ids, action));
    }

    /// Shows what a batch status says, without asking for the list again.
    pub fn show_status(&self, answer: &BatchStatus) {
        self.documents.maybe_update(|documents| documents.at(now()).show_status(answer));
    }
}

/// Epoch seconds.
#[expect(clippy::cast_possible_truncation, reason = "epoch seconds")]
fn now() -> i64 {
    (clock::now() / 1000.0) as i64
}
