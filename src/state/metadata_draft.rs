//! Changed values of metadata that are not saved: one draft a knowledge base, for its grid and for the page of each document.
//!
//! It is stored at every change, and shared with other tabs by value: what each of them changes is merged, and of one value that both
//! changed the later change counts.

use leptos::prelude::*;

use super::drafts;
use crate::{
    api::Client,
    model::{id::KnowledgeBaseId, metadata::MetadataValue, metadata_edits::Edits},
};

/// The draft of a knowledge base. Copy it into handlers.
#[derive(Clone, Copy)]
pub struct MetadataDraft {
    /// The changes.
    pub edits: RwSignal<Edits>,
    /// Whether the browser refused to keep them.
    pub is_unstored: RwSignal<bool>,
    /// Whether another tab has changed the draft while it is open here.
    pub is_shared: RwSignal<bool>,
    /// Counts up whenever another tab has saved or discarded changes: the server may have other values now.
    pub ended_elsewhere: RwSignal<u32>,
    key: StoredValue<String>,
    /// What is stored, as far as this tab knows.
    known: StoredValue<Edits>,
}

impl MetadataDraft {
    /// The draft that the browser has kept. Stores every change until the owner goes away.
    #[must_use]
    pub fn open(client: &Client, knowledge_base: &KnowledgeBaseId) -> Self {
        let key = format!("metadata.{}/{knowledge_base}", client.connection());
        let kept: Edits = drafts::get(&key).unwrap_or_default();
        let draft = Self {
            edits: RwSignal::new(kept.clone()),
            is_unstored: RwSignal::new(false),
            is_shared: RwSignal::new(false),
            ended_elsewhere: RwSignal::new(0),
            key: StoredValue::new(key.clone()),
            known: StoredValue::new(kept),
        };
        Effect::new(move |_| {
            draft.edits.track();
            draft.store();
        });
        drafts::on_change_elsewhere(&key, move || draft.take_in());
        draft
    }

    /// Stores what was changed here since this tab last looked, on top of what other tabs have stored meanwhile.
    fn store(self) {
        let (key, known) = (self.key.get_value(), self.known.get_value());
        let mut now = self.edits.get_untracked();
        if now.is_same(&known) {
            return;
        }
        let stored: Edits = drafts::get(&key).unwrap_or_default();
        let has_ended = now.merge(&known, &stored);
        let is_stored = if now.values() == 0 {
            drafts::remove(&key);
            true
        } else {
            drafts::set(&key, &now)
        };
        self.known.set_value(now.clone());
        self.is_unstored.set(!is_stored);
        self.show(now, has_ended);
    }

    /// Another tab has stored something else.
    fn take_in(self) {
        // `None` once the page is left.
        let (Some(key), Some(known)) = (self.key.try_get_value(), self.known.try_get_value()) else { return };
        let Some(mut now) = self.edits.try_get_untracked() else { return };
        let stored: Edits = drafts::get(&key).unwrap_or_default();
        if stored.is_same(&known) {
            return;
        }
        let has_ended = now.merge(&known, &stored);
        self.known.set_value(stored);
        self.is_shared.set(true);
        self.show(now, has_ended);
    }

    /// What takes written values out of the draft, also once the page that began to write them is left.
    #[must_use]
    pub fn writer(self) -> DraftWriter {
        DraftWriter { draft: self, key: self.key.get_value() }
    }

    fn show(self, now: Edits, has_ended: bool) {
        if self.edits.with_untracked(|edits| !edits.is_same(&now)) {
            self.edits.set(now);
        }
        if has_ended {
            self.ended_elsewhere.update(|count| *count += 1);
        }
    }
}

/// Takes written values out of a draft.
#[derive(Clone)]
pub struct DraftWriter {
    draft: MetadataDraft,
    key: String,
}

impl DraftWriter {
    /// The server has these values of a document now, by the ids of their fields.
    pub fn written(&self, document: &str, values: &[(String, MetadataValue)]) {
        let take = |edits: &mut Edits| values.iter().for_each(|(field, value)| edits.written(document, field, value));
        if self.draft.edits.try_update(take).is_some() {
            return;
        }
        let Some(mut stored) = drafts::get::<Edits>(&self.key) else { return };
        take(&mut stored);
        if stored.values() == 0 {
            drafts::remove(&self.key);
        } else {
            drafts::set(&self.key, &stored);
        }
    }
}
