//! What is known of a knowledge base's documents, and how pages of answers are taken in. No requests, no signals.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use loredesk_wire::{BatchStatus, DisplayStatus, Document, IndexingStatus};

use crate::{
    api::ApiError,
    model::{document::is_moving, document_action::DocumentAction, stuck::has_moved},
};

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
    /// What the load under way has seen, and what was put in meanwhile.
    seen: HashSet<String>,
    /// What was taken out while the load is under way: a page that was read before must not bring it back.
    gone: HashSet<String>,
    /// When documents that are worked on were last seen to move, in epoch seconds.
    moved_at: HashMap<String, i64>,
    /// The time, in epoch seconds; told by whoever takes answers in.
    now: i64,
}

impl Documents {
    /// The document of a name, for the question before a same-name upload.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&Arc<Document>> {
        self.list.iter().find(|document| document.name == name)
    }

    /// Whether every page has been seen just now, so that a name that is not here is free.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.is_complete && !self.is_loading && self.error.is_none()
    }

    /// How far the load is: documents seen, and documents in all.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        let seen = if self.is_loading { self.seen.len() } else { self.list.len() } as u64;
        (seen.min(self.total), self.total)
    }

    /// The document of that id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Arc<Document>> {
        self.list.iter().find(|document| document.id == id)
    }

    /// Ids and places of the documents that the server still works on, except those that somebody else follows.
    #[must_use]
    pub fn moving(&self, followed: &HashSet<String>) -> Vec<(usize, String)> {
        let documents = self.list.iter().enumerate();
        documents
            .filter(|(_, document)| is_moving(&document.display_status) && !followed.contains(&document.id))
            .map(|(at, document)| (at, document.id.clone()))
            .collect()
    }

    /// When documents that are worked on were last seen to move, in epoch seconds.
    #[must_use]
    pub fn moved_at(&self) -> &HashMap<String, i64> {
        &self.moved_at
    }

    /// Notes when a document that is worked on last moved, in epoch seconds.
    pub(super) fn note_moved(&mut self, id: &str, at: i64) {
        let known = self.moved_at.entry(id.to_owned()).or_insert(at);
        *known = at.max(*known);
    }

    /// What comes next was answered at this time, in epoch seconds.
    pub(super) fn at(&mut self, now: i64) -> &mut Self {
        self.now = now;
        self
    }

    /// Puts a document in the place of an older state of itself.
    fn renew(&mut self, at: usize, document: Document) {
        if is_moving(&document.display_status) {
            if has_moved(&self.list[at], &document) {
                self.moved_at.insert(document.id.clone(), self.now);
            }
        } else {
            self.moved_at.remove(&document.id);
        }
        self.list[at] = Arc::new(document);
    }

    /// Shows documents as they are after an action, before a list says so.
    pub(super) fn apply(&mut self, ids: &[String], action: DocumentAction) {
        let ids: HashSet<&String> = ids.iter().collect();
        for document in self.list.iter_mut().filter(|document| ids.contains(&document.id)) {
            *document = Arc::new(action.applied(document));
        }
    }

    /// A load of every page begins; what is on screen stays.
    pub(super) fn begin(&mut self) {
        self.is_loading = true;
        self.error = None;
        self.seen.clear();
        self.gone.clear();
    }

    /// The load has ended. What no page held is gone from the server; what was put in meanwhile is not.
    pub(super) fn end(&mut self, outcome: Result<(), ApiError>) {
        self.is_loading = false;
        match outcome {
            Ok(()) => {
                let seen = std::mem::take(&mut self.seen);
                self.list.retain(|document| seen.contains(&document.id));
                self.is_complete = true;
                self.total = self.list.len() as u64;
            }
            Err(error) => self.error = Some(error),
        }
        self.gone.clear();
    }

    /// Takes pages in, each with the place of its first document: known ids are renewed in place, new ones go where the page
    /// has them. Tells whether anything is different now.
    pub(super) fn merge(&mut self, pages: Vec<(usize, Vec<Document>)>) -> bool {
        let places: HashMap<String, usize> =
            self.list.iter().enumerate().map(|(at, document)| (document.id.clone(), at)).collect();
        let mut has_changed = false;
        let mut new = Vec::new();
        for (first, page) in pages {
            for (offset, document) in page.into_iter().enumerate() {
                if self.gone.contains(&document.id) {
                    continue;
                }
                let is_first_seen = self.seen.insert(document.id.clone());
                match places.get(&document.id) {
                    Some(at) if *self.list[*at] == document => {}
                    Some(at) => {
                        self.renew(*at, document);
                        has_changed = true;
                    }
                    // A page that shifted while it was read shows a document twice.
                    None if is_first_seen || !new.iter().any(|(_, known): &(usize, Arc<Document>)| known.id == document.id) => {
                        new.push((first + offset, Arc::new(document)));
                    }
                    None => {}
                }
            }
        }
        has_changed |= !new.is_empty();
        for (at, document) in new {
            self.list.insert(at.min(self.list.len()), document);
        }
        has_changed
    }

    /// Puts a document in that a create or an update has just answered.
    pub(super) fn put(&mut self, document: Document) {
        self.gone.remove(&document.id);
        if self.by_id(&document.id).is_none() {
            self.total += 1;
        }
        self.merge(vec![(0, vec![document])]);
    }

    /// Takes a document out that has just been deleted.
    pub(super) fn remove(&mut self, id: &str) {
        let before = self.list.len();
        self.list.retain(|document| document.id != id);
        self.total = self.total.saturating_sub((before - self.list.len()) as u64);
        self.gone.insert(id.to_owned());
        self.seen.remove(id);
        self.moved_at.remove(id);
    }

    /// Shows what a batch status says; tells whether that is new.
    pub(super) fn show_status(&mut self, answer: &BatchStatus) -> bool {
        let Some(at) = self.list.iter().position(|known| known.id == answer.id) else { return false };
        let mut document = (*self.list[at]).clone();
        document.indexing_status = answer.indexing_status.clone();
        document.error.clone_from(&answer.error);
        document.display_status = match answer.indexing_status {
            IndexingStatus::Waiting => DisplayStatus::Queuing,
            IndexingStatus::Error => DisplayStatus::Error,
            IndexingStatus::Paused => DisplayStatus::Paused,
            IndexingStatus::Completed if document.archived => DisplayStatus::Archived,
            IndexingStatus::Completed if !document.enabled => DisplayStatus::Disabled,
            IndexingStatus::Completed => DisplayStatus::Available,
            _ => DisplayStatus::Indexing,
        };
        if document == *self.list[at] {
            return false;
        }
        self.renew(at, document);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ids: &[&str]) -> Vec<Document> {
        ids.iter().map(|id| Document { id: (*id).to_owned(), enabled: true, ..Document::default() }).collect()
    }

    fn ids(documents: &Documents) -> Vec<&str> {
        documents.list.iter().map(|document| document.id.as_str()).collect()
    }

    #[test]
    fn a_page_that_shifted_while_we_read_brings_nothing_twice() {
        let mut documents = Documents::default();
        documents.begin();
        documents.merge(vec![(0, page(&["c", "b"]))]);
        documents.merge(vec![(2, page(&["b", "a"]))]);
        assert_eq!(ids(&documents), ["c", "b", "a"]);
        documents.merge(vec![(0, page(&["e", "d"])), (2, page(&["d", "c"]))]);
        assert_eq!(ids(&documents), ["e", "d", "c", "b", "a"]);
    }

    #[test]
    fn an_upload_during_a_load_survives_its_end() {
        let mut documents = Documents::default();
        documents.begin();
        documents.merge(vec![(0, page(&["b", "a"]))]);
        documents.put(Document { id: "new".to_owned(), ..Document::default() });
        documents.end(Ok(()));
        assert_eq!(ids(&documents), ["new", "b", "a"]);
        assert_eq!(documents.total, 3);
    }

    #[test]
    fn a_deleted_document_is_not_brought_back_by_a_page_read_before() {
        let mut documents = Documents::default();
        documents.begin();
        documents.merge(vec![(0, page(&["b", "a"]))]);
        documents.remove("a");
        documents.merge(vec![(0, page(&["b", "a"]))]);
        documents.end(Ok(()));
        assert_eq!(ids(&documents), ["b"]);
        // The next load sees it again if it is there again after all.
        documents.begin();
        documents.merge(vec![(0, page(&["b", "a"]))]);
        assert_eq!(ids(&documents), ["b", "a"]);
    }

    #[test]
    fn names_are_known_only_after_a_whole_load() {
        let mut documents = Documents::default();
        assert!(!documents.is_current());
        documents.begin();
        documents.total = 3;
        documents.merge(vec![(0, page(&["b", "a"]))]);
        assert_eq!((documents.is_current(), documents.progress()), (false, (2, 3)));
        documents.merge(vec![(2, page(&["c"]))]);
        documents.end(Ok(()));
        assert!(documents.is_current());
        documents.begin();
        assert_eq!((documents.is_current(), documents.progress()), (false, (0, 3)));
        documents.end(Err(ApiError::local(crate::api::ErrorKind::Offline, "GET", "x")));
        assert!(!documents.is_current());
    }

    #[test]
    fn a_load_takes_out_what_the_server_no_longer_has() {
        let mut documents = Documents::default();
        documents.begin();
        documents.merge(vec![(0, page(&["b", "a"]))]);
        documents.end(Ok(()));
        documents.begin();
        documents.merge(vec![(0, page(&["b"]))]);
        documents.end(Ok(()));
        assert_eq!(ids(&documents), ["b"]);
    }

    #[test]
    fn an_answer_like_the_one_before_changes_nothing() {
        let mut documents = Documents::default();
        assert!(documents.merge(vec![(0, page(&["a"]))]));
        assert!(!documents.merge(vec![(0, page(&["a"]))]));
        let status = BatchStatus { id: "a".to_owned(), indexing_status: IndexingStatus::Indexing, ..BatchStatus::default() };
        assert!(documents.show_status(&status));
        assert!(!documents.show_status(&status));
        assert_eq!(documents.moving(&HashSet::new()), [(0, "a".to_owned())]);
        assert!(documents.moving(&HashSet::from(["a".to_owned()])).is_empty());
    }

    #[test]
    fn an_archived_document_stays_archived_when_it_is_indexed() {
        let mut documents = Documents::default();
        documents.merge(vec![(0, vec![Document { id: "a".to_owned(), archived: true, ..Document::default() }])]);
        let status = BatchStatus { id: "a".to_owned(), indexing_status: IndexingStatus::Completed, ..BatchStatus::default() };
        documents.show_status(&status);
        assert_eq!(documents.list[0].display_status, DisplayStatus::Archived);
    }

    #[test]
    fn what_moves_is_noted_with_its_time() {
        let of = |status, indexing| Document {
            id: "a".to_owned(),
            display_status: status,
            indexing_status: indexing,
            ..Document::default()
        };
        let mut documents = Documents::default();
        documents.at(100).merge(vec![(0, vec![of(DisplayStatus::Available, IndexingStatus::Completed)])]);
        // It is replaced: its age in the list says nothing about how long it has been worked on.
        documents.at(200).put(of(DisplayStatus::Queuing, IndexingStatus::Waiting));
        assert_eq!(documents.moved_at().get("a"), Some(&200));
        documents.at(300).merge(vec![(0, vec![of(DisplayStatus::Queuing, IndexingStatus::Waiting)])]);
        assert_eq!(documents.moved_at().get("a"), Some(&200));
        documents.at(400).merge(vec![(0, vec![of(DisplayStatus::Indexing, IndexingStatus::Parsing)])]);
        assert_eq!(documents.moved_at().get("a"), Some(&400));
        documents.at(500).merge(vec![(0, vec![of(DisplayStatus::Available, IndexingStatus::Completed)])]);
        assert!(documents.moved_at().is_empty());
    }

    #[test]
    fn an_action_shows_before_the_list_is_read_again() {
        let mut documents = Documents::default();
        documents.merge(vec![(0, page(&["b", "a"]))]);
        documents.apply(&["a".to_owned()], DocumentAction::Archive);
        let archived: Vec<bool> = documents.list.iter().map(|document| document.archived).collect();
        assert_eq!(archived, [false, true]);
    }

    #[test]
    fn ten_thousand_documents_are_taken_in_quickly() {
        let mut documents = Documents::default();
        documents.begin();
        for start in (0..10_000).step_by(100) {
            let page = (start..start + 100).map(|n| Document { id: n.to_string(), ..Document::default() }).collect();
            documents.merge(vec![(start, page)]);
        }
        assert_eq!(documents.list.len(), 10_000);
        assert!(documents.list.iter().enumerate().all(|(at, document)| document.id == at.to_string()));
    }
}
