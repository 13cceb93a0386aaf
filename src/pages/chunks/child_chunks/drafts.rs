//! Texts of child chunks that were typed and not saved. Those of one parent are kept together, so that a text is not lost when
//! its child chunk goes: making child chunks anew gives them other ids.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::state::drafts;

/// The name of the draft of a child chunk to be added.
pub const NEW: &str = "new";

/// A text that was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChildDraft {
    /// What was typed.
    pub text: String,
    /// What the server had when that began.
    pub base: String,
}

/// The drafts of one parent chunk, by the ids of its child chunks.
#[derive(Clone, Copy)]
pub struct ChildDrafts {
    key: StoredValue<String>,
    all: RwSignal<BTreeMap<String, ChildDraft>>,
    is_unstored: RwSignal<bool>,
}

impl ChildDrafts {
    /// The drafts as the browser has them.
    #[must_use]
    pub fn load(key: String) -> Self {
        let all = drafts::get(&key).unwrap_or_default();
        Self { key: StoredValue::new(key), all: RwSignal::new(all), is_unstored: RwSignal::new(false) }
    }

    /// A draft, without tracking.
    #[must_use]
    pub fn get(self, id: &str) -> Option<ChildDraft> {
        self.all.with_untracked(|all| all.get(id).cloned())
    }

    /// Keeps a text; one that is as the server has it is none.
    pub fn keep(self, id: &str, text: String, base: String) {
        if text == base {
            self.remove(id);
        } else if self.get(id).is_none_or(|known| known.text != text || known.base != base) {
            self.all.update(|all| drop(all.insert(id.to_owned(), ChildDraft { text, base })));
            self.store(id);
        }
    }

    /// Throws a draft away.
    pub fn remove(self, id: &str) {
        if self.get(id).is_some() {
            self.all.update(|all| drop(all.remove(id)));
            self.store(id);
        }
    }

    /// The same as [`Self::remove`], also where the page may be left by now; then its draft is an orphan, and shown as one.
    pub fn forget(self, id: &str) {
        if self.all.try_with_untracked(|all| all.contains_key(id)) == Some(true) {
            self.remove(id);
        }
    }

    /// The key of what is known of a child chunk that was to be added and may be there.
    #[must_use]
    pub fn tried(self) -> String {
        self.key.with_value(|key| format!("{key}/tried"))
    }

    /// Drafts of child chunks that are not among these, to track.
    #[must_use]
    pub fn orphans(self, ids: &[String]) -> Vec<(String, ChildDraft)> {
        let is_orphan = |id: &String| id != NEW && !ids.contains(id);
        self.all.with(|all| all.iter().filter(|(id, _)| is_orphan(id)).map(|(id, draft)| (id.clone(), draft.clone())).collect())
    }

    /// Whether the drafts would not survive a reload.
    #[must_use]
    pub fn is_unstored(self) -> Signal<bool> {
        self.is_unstored.into()
    }

    /// Stores them, with those that other tabs have stored meanwhile: of one child chunk the later text counts.
    fn store(self, changed: &str) {
        self.key.with_value(|key| {
            let mut stored: BTreeMap<String, ChildDraft> = drafts::get(key).unwrap_or_default();
            match self.get(changed) {
                Some(draft) => drop(stored.insert(changed.to_owned(), draft)),
                None => drop(stored.remove(changed)),
            }
            if self.all.with_untracked(|all| *all != stored) {
                self.all.set(stored);
            }
            if self.all.with_untracked(BTreeMap::is_empty) {
                drafts::remove(key);
                self.is_unstored.set(false);
            } else {
                self.is_unstored.set(!self.all.with_untracked(|all| drafts::set(key, all)));
            }
        });
    }
}
