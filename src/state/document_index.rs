//! All documents of a knowledge base on the client, so that sorting, filtering and selecting see all of them and not a page.
//!
//! The first page is shown as soon as it is there, the others follow. Servers give no way to sort or to filter by type.

use std::sync::Arc;

use futures::future::join_all;
use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{BatchStatus, DisplayStatus, Document, IndexingStatus};

use crate::{
    api::{ApiError, Client, dify},
    dom::clock,
    model::{document::is_moving, id::KnowledgeBaseId},
};

/// Pages asked for at the same time.
const PARALLEL: u64 = 4;
/// How long a complete index is fresh, in milliseconds.
const FRESH_FOR: f64 = 5_000.0;

/// What is known of a knowledge base's documents.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The documents, newest first as the server has them.
    pub list: Vec<Arc<Document>>,
    /// Documents on the server; more than the list while pages are missing.
    pub total: u64,
    /// Whether pages are being fetched.
    pub is_loading: bool,
    /// Whether every page has been seen once.
    pub is_complete: bool,
    /// Why the latest load failed; the list is what was there before.
    pub error: Option<ApiError>,
}

impl Documents {
    /// The document of a name, for the question before a same-name upload.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&Arc<Document>> {
        self.list.iter().find(|document| document.name == name)
    }

    /// Whether the server still works on some of them.
    #[must_use]
    pub fn has_moving(&self) -> bool {
        self.list.iter().any(|document| is_moving(&document.display_status))
    }

    /// Takes a page in: known ids are renewed in place, new ones go where the page has them.
    fn merge(&mut self, page: Vec<Document>, first: usize) {
        for (offset, document) in page.into_iter().enumerate() {
            let document = Arc::new(document);
            match self.list.iter().position(|known| known.id == document.id) {
                Some(at) => self.list[at] = document,
                None => self.list.insert((first + offset).min(self.list.len()), document),
            }
        }
    }
}

/// The live index of one knowledge base. Cheap to clone; lives as long as somebody holds it.
#[derive(Clone)]
pub struct DocumentIndex {
    client: Client,
    knowledge_base: KnowledgeBaseId,
    documents: ArcRwSignal<Documents>,
    loaded_at: ArcStoredValue<f64>,
    generation: ArcStoredValue<u32>,
}

impl PartialEq for DocumentIndex {
    fn eq(&self, other: &Self) -> bool {
        self.client == other.client && self.knowledge_base == other.knowledge_base
    }
}

/// The indexes of the knowledge bases visited lately. Made once, in `App`.
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

    /// The index of a knowledge base: the one that is there, or an empty one.
    #[must_use]
    pub fn of(self, client: &Client, knowledge_base: &KnowledgeBaseId) -> DocumentIndex {
        let found = |index: &DocumentIndex| index.client == *client && index.knowledge_base == *knowledge_base;
        let known = self.0.with_value(|indexes| indexes.iter().find(|index| found(index)).cloned());
        known.unwrap_or_else(|| {
            let index = DocumentIndex {
                client: client.clone(),
                knowledge_base: knowledge_base.clone(),
                documents: ArcRwSignal::default(),
                loaded_at: ArcStoredValue::new(0.0),
                generation: ArcStoredValue::new(0),
            };
            self.0.update_value(|indexes| {
                indexes.truncate(Self::KEPT - 1);
                indexes.insert(0, index.clone());
            });
            index
        })
    }
}

impl DocumentIndex {
    /// The documents, to track.
    #[must_use]
    pub fn documents(&self) -> ArcRwSignal<Documents> {
        self.documents.clone()
    }

    /// Loads every page, unless that was done a moment ago.
    pub fn open(&self) {
        let is_fresh = clock::now() - self.loaded_at.get_value() < FRESH_FOR;
        if !(is_fresh && self.documents.with_untracked(|documents| documents.is_complete)) {
            self.reload();
        }
    }

    /// Loads every page again; what is on screen stays until it is renewed.
    pub fn reload(&self) {
        self.loaded_at.set_value(clock::now());
        self.generation.update_value(|generation| *generation += 1);
        let generation = self.generation.get_value();
        self.documents.update(|documents| {
            documents.is_loading = true;
            documents.error = None;
        });
        let this = self.clone();
        spawn_local(async move {
            let outcome = this.load(generation).await;
            if this.generation.get_value() != generation {
                return;
            }
            this.documents.update(|documents| {
                documents.is_loading = false;
                match outcome {
                    Ok(seen) => {
                        // What no page held is gone from the server.
                        documents.list.retain(|document| seen.contains(&document.id));
                        documents.is_complete = true;
                    }
                    Err(error) => documents.error = Some(error),
                }
            });
        });
    }

    async fn load(&self, generation: u32) -> Result<std::collections::HashSet<String>, ApiError> {
        let mut seen = std::collections::HashSet::new();
        let first = dify::documents::list(&self.client, &self.knowledge_base, 1).await?;
        let pages = first.total.div_ceil(dify::PAGE_MAX);
        self.take(generation, 1, first, &mut seen);
        let mut next = 2;
        while next <= pages && self.generation.get_value() == generation {
            let batch = (next..=pages.min(next + PARALLEL - 1))
                .map(|page| async move { (page, dify::documents::list(&self.client, &self.knowledge_base, page).await) });
            for (page, answer) in join_all(batch).await {
                self.take(generation, page, answer?, &mut seen);
            }
            next += PARALLEL;
        }
        Ok(seen)
    }

    fn take(
        &self,
        generation: u32,
        page: u64,
        answer: loredesk_wire::Page<Document>,
        seen: &mut std::collections::HashSet<String>,
    ) {
        if self.generation.get_value() != generation {
            return;
        }
        seen.extend(answer.data.iter().map(|document| document.id.clone()));
        let first = usize::try_from((page - 1) * dify::PAGE_MAX).unwrap_or_default();
        self.documents.update(|documents| {
            documents.total = answer.total;
            documents.merge(answer.data, first);
        });
    }

    /// Asks again for the pages on which documents are being worked on, at most three; for the poll of a list.
    pub async fn refresh_moving(&self) -> Result<(), ApiError> {
        let mut pages: Vec<u64> = self.documents.with_untracked(|documents| {
            let moving = documents.list.iter().enumerate().filter(|(_, document)| is_moving(&document.display_status));
            moving.map(|(at, _)| at as u64 / dify::PAGE_MAX + 1).collect()
        });
        pages.dedup();
        pages.truncate(3);
        for page in pages {
            let answer = dify::documents::list(&self.client, &self.knowledge_base, page).await?;
            let first = usize::try_from((page - 1) * dify::PAGE_MAX).unwrap_or_default();
            self.documents.update(|documents| {
                documents.total = answer.total;
                documents.merge(answer.data, first);
            });
        }
        Ok(())
    }

    /// Puts a document in that a create or an update has just answered.
    pub fn put(&self, document: Document) {
        self.documents.update(|documents| {
            let is_known = documents.list.iter().any(|known| known.id == document.id);
            documents.total += u64::from(!is_known);
            documents.merge(vec![document], 0);
        });
    }

    /// Takes a document out that has just been deleted.
    pub fn remove(&self, id: &str) {
        self.documents.update(|documents| {
            let before = documents.list.len();
            documents.list.retain(|document| document.id != id);
            documents.total = documents.total.saturating_sub((before - documents.list.len()) as u64);
        });
    }

    /// Shows what a batch status says, without asking for the list again.
    pub fn show_status(&self, answer: &BatchStatus) {
        self.documents.update(|documents| {
            let Some(at) = documents.list.iter().position(|known| known.id == answer.id) else { return };
            let mut document = (*documents.list[at]).clone();
            document.indexing_status = answer.indexing_status.clone();
            document.error.clone_from(&answer.error);
            document.display_status = match answer.indexing_status {
                IndexingStatus::Waiting => DisplayStatus::Queuing,
                IndexingStatus::Error => DisplayStatus::Error,
                IndexingStatus::Paused => DisplayStatus::Paused,
                IndexingStatus::Completed => DisplayStatus::Available,
                _ => DisplayStatus::Indexing,
            };
            documents.list[at] = Arc::new(document);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ids: &[&str]) -> Vec<Document> {
        ids.iter().map(|id| Document { id: (*id).to_owned(), ..Document::default() }).collect()
    }

    fn ids(documents: &Documents) -> Vec<&str> {
        documents.list.iter().map(|document| document.id.as_str()).collect()
    }

    #[test]
    fn a_page_that_shifted_while_we_read_brings_nothing_twice() {
        let mut documents = Documents::default();
        documents.merge(page(&["c", "b"]), 0);
        documents.merge(page(&["b", "a"]), 2);
        assert_eq!(ids(&documents), ["c", "b", "a"]);
        documents.merge(page(&["d", "c"]), 0);
        assert_eq!(ids(&documents), ["d", "c", "b", "a"]);
    }
}
