//! Deleting: nothing is sent for ten seconds, in which it can be taken back, then one document after the other goes.
//!
//! It goes on when the page is left; closing the tab before deletes nothing.
//!
//! Carries out: deleteDocument.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{Actions, Job, first_name, items};
use crate::{
    api::safe_document,
    model::{
        document_action::{DocumentAction, Obstacle},
        id::DocumentId,
    },
    state::{batch::BatchRun, document_index::Leaving},
};

impl Actions {
    pub(super) fn delete(&self, documents: &[Arc<Document>]) {
        let action = DocumentAction::Delete;
        let leaving = self.screen.index.leaving();
        let is_new = |document: &&Arc<Document>| leaving.with_untracked(|leaving| !leaving.contains_key(&document.id));
        let documents: Vec<Arc<Document>> = documents.iter().filter(is_new).cloned().collect();
        let obstacles = self.obstacles(action, &documents);
        let going: Vec<String> = documents
            .iter()
            .filter(|document| !obstacles.contains_key(&document.id))
            .map(|document| document.id.clone())
            .collect();
        let Some(first) = going.first() else { return };
        let words = &self.locale.document_actions().deletion;
        let name = first_name(&documents);
        let text = if documents.len() == 1 {
            (words.pending_one)(&name)
        } else {
            (words.pending_many)(&self.locale.number(going.len() as u64))
        };
        let key = format!("documents {first}");
        let guard = Leaving::begin(&self.screen.index, &key, going);
        self.screen.selection.update(|selection| selection.retain(|id| !documents.iter().any(|document| document.id == *id)));
        let this = self.clone();
        self.delayed.start(&key, text, move || this.delete_now(&documents, obstacles, guard, name));
        self.keep_focus();
    }

    /// Takes the deletion of a document back, with all that go with it.
    pub fn undo_deletion(&self, id: &str) {
        let key = self.screen.index.leaving().with_untracked(|leaving| leaving.get(id).cloned());
        let pending =
            self.delayed.list().with_untracked(|list| list.iter().find(|pending| Some(&pending.key) == key.as_ref()).cloned());
        if let Some(pending) = pending {
            self.delayed.undo(pending.id);
            self.keep_focus();
        }
    }

    fn delete_now(&self, documents: &[Arc<Document>], obstacles: HashMap<String, Obstacle>, leaving: Leaving, name: String) {
        // Called by a timer, so these signals belong to no screen and live on when the page is left.
        let job = Job { action: DocumentAction::Delete, run: BatchRun::new() };
        let leaving = Rc::new(leaving);
        let (this, end) = (self.clone(), self.clone());
        let obstacles = Arc::new(obstacles);
        let work = move |ids: Vec<String>| {
            let (this, leaving, obstacles) = (this.clone(), Rc::clone(&leaving), Arc::clone(&obstacles));
            async move {
                let mut refused = Vec::new();
                for id in ids {
                    if let Some(obstacle) = obstacles.get(&id) {
                        refused.push((id, this.refused(*obstacle)));
                        continue;
                    }
                    let outcome = match DocumentId::parse(&id) {
                        Some(document) => {
                            safe_document::delete(&this.screen.client, &this.screen.knowledge_base, &document).await
                        }
                        None => Ok(()),
                    };
                    if outcome.is_ok() {
                        this.screen.index.remove(&id);
                    }
                    leaving.settle(&id);
                    this.keep_focus();
                    outcome?;
                }
                Ok(refused)
            }
        };
        if documents.len() > 1 {
            let _ = self.screen.deletion.try_set(Some(job));
        }
        job.run.start(items(documents), 1, work, move || end.deletion_ended(job, &name));
    }

    fn deletion_ended(&self, job: Job, name: &str) {
        self.renew();
        // Those after a stop are there still, and look so.
        let left: Vec<String> = job.run.batch().with_untracked(|batch| batch.items().map(|(item, _)| item.id.clone()).collect());
        self.screen.index.leaving().update(|leaving| leaving.retain(|id, _| !left.contains(id)));
        let (total, done) = job.run.batch().with_untracked(|batch| (batch.total(), batch.done()));
        if done == total {
            let _ = self.screen.deletion.try_set(None);
            self.toasts.done(if total == 1 {
                (self.words(job.action).done)(name)
            } else {
                (self.locale.document_actions().deletion.all_gone)(&self.locale.number(total as u64))
            });
        } else if self.screen.deletion.try_set(Some(job)).is_some() {
            self.tell_first(job);
        }
    }
}
