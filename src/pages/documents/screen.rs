//! What the parts of the documents screen share.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use leptos::prelude::*;
use loredesk_wire::{Dataset, Document};

use super::actions::Job;
use crate::{
    api::Client,
    dom::{focus, picked::PickedFiles},
    model::{id::KnowledgeBaseId, stuck::Delay},
    state::document_index::{DocumentIndex, Documents},
    ui::VirtualRows,
};

/// The knowledge base of the screen, what is selected, and which dialog is open on what. Provided by the page.
#[derive(Clone)]
pub struct Screen {
    /// The connection.
    pub client: Client,
    /// The knowledge base's id.
    pub knowledge_base: KnowledgeBaseId,
    /// The knowledge base, once it is known.
    pub dataset: Memo<Option<Arc<Dataset>>>,
    /// Its documents.
    pub index: DocumentIndex,
    /// Its documents, to track.
    pub documents: ArcRwSignal<Documents>,
    /// Ids of the selected documents; some may be gone by now.
    pub selection: RwSignal<HashSet<String>>,
    /// Whether files can be put into it.
    pub can_add: Memo<bool>,
    /// Whether a pipeline fills it.
    pub has_pipeline: Memo<bool>,
    /// The files that the dialog for adding looks over.
    pub picked: RwSignal<PickedFiles, LocalStorage>,
    /// Whether that dialog is open.
    pub is_adding: RwSignal<bool>,
    /// Whether the dialog for a text is open.
    pub is_pasting: RwSignal<bool>,
    /// The rows of the list, while there are some.
    pub rows: StoredValue<Option<VirtualRows>>,
    /// The time in epoch seconds, renewed while something moves.
    pub now: RwSignal<i64>,
    /// Documents of which it is known when they last moved: lists tell only when one was added, its detail tells more.
    pub verified: RwSignal<HashSet<String>>,
    /// Documents that take long, by their ids.
    pub delays: Memo<HashMap<String, Delay>>,
    /// Owns the batches: they outlive the menu or the bar in which they are begun, and go with the page.
    pub batches: Owner,
    /// The batch that the report is about.
    pub job: RwSignal<Option<Job>>,
    /// Whether the report is open.
    pub is_reporting: RwSignal<bool>,
    /// The deletion of many that runs, or that did not delete all.
    pub deletion: RwSignal<Option<Job>>,
    /// The documents that the question before indexing again is about.
    pub to_reindex: RwSignal<Vec<Arc<Document>>>,
    /// Whether that question is open.
    pub is_asking: RwSignal<bool>,
    /// The document that the dialog for replacing is about.
    pub to_replace: RwSignal<Option<Arc<Document>>>,
    /// Whether that dialog is open.
    pub is_replacing: RwSignal<bool>,
}

impl Screen {
    /// Looks files over before they are sent; more may come while the dialog is open.
    pub fn add(&self, more: PickedFiles) {
        if !self.can_add.get_untracked() || (more.files.is_empty() && more.unreadable.is_empty()) {
            return;
        }
        if !self.is_adding.get_untracked() {
            self.picked.set(PickedFiles::default());
        }
        self.picked.update(|picked| {
            picked.files.extend(more.files);
            picked.unreadable.extend(more.unreadable);
        });
        self.is_adding.set(true);
    }

    /// After documents are gone: the focus goes to the row that stands there now, or to what an empty page offers.
    pub fn focus_again(&self) {
        match self
            .rows
            .try_get_value()
            .flatten()
            .filter(|_| self.documents.with_untracked(|documents| !documents.list.is_empty()))
        {
            Some(rows) => rows.focus_row(rows.current().unwrap_or_default()),
            // Once the empty page is there; elsewhere there is none, and nothing happens.
            None => request_animation_frame(|| focus::first(".empty-actions button")),
        }
    }

    /// Puts a document in the selection, or takes it out.
    pub fn select(&self, id: &str, is_selected: bool) {
        self.selection.update(|selection| {
            if is_selected {
                selection.insert(id.to_owned());
            } else {
                selection.remove(id);
            }
        });
    }
}

/// The screen that the page provides.
#[must_use]
pub fn use_screen() -> Screen {
    expect_context::<Screen>()
}
