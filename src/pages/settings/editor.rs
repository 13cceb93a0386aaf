//! What the form holds, and its draft: both outlive a navigation, a reload and a failed save.
//!
//! Carries out: getDatasetDetail, updateDataset.

use leptos::prelude::*;

use crate::{
    components::settings_fields::SettingsState,
    model::settings::{SettingsDraft, SettingsForm, is_conflict},
    state::drafts,
};

/// The form's state. `Copy`, so that every handler of the form can have it.
#[derive(Clone, Copy)]
pub struct Editor {
    /// What the fields hold.
    pub state: SettingsState,
    /// What the server had when the edit began.
    pub base: RwSignal<SettingsForm>,
    /// Whether something differs from that.
    pub is_dirty: Memo<bool>,
    /// Whether the draft would not survive a reload.
    pub is_unstored: RwSignal<bool>,
    /// Whether the form began with a draft from before.
    pub is_restored: bool,
}

impl Editor {
    /// An editor on what the server has, or on the draft that was left.
    #[must_use]
    pub fn new(key: String, server: &SettingsForm) -> Self {
        let stored = drafts::get::<SettingsDraft>(&key);
        let is_restored = stored.is_some();
        let SettingsDraft { form, base } = stored.unwrap_or_else(|| SettingsDraft { form: server.clone(), base: server.clone() });
        let (state, base) = (SettingsState::new(&form), RwSignal::new(base));
        let is_dirty = Memo::new(move |_| {
            let now = state.now();
            base.with(|base| !now.differing(base).is_empty())
        });
        let is_unstored = RwSignal::new(false);
        // Kept at every change: a closed tab asks nobody.
        Effect::new(move |was_kept: Option<bool>| {
            let form = state.now();
            let is_kept = is_dirty.get();
            if is_kept {
                is_unstored.set(!drafts::set(&key, &SettingsDraft { form, base: base.get() }));
            } else if was_kept.unwrap_or(is_restored) {
                drafts::remove(&key);
                is_unstored.set(false);
            }
            is_kept
        });
        Self { state, base, is_dirty, is_unstored, is_restored }
    }

    /// What is set now, without tracking.
    #[must_use]
    pub fn now(self) -> SettingsForm {
        untrack(move || self.state.now())
    }

    /// Starts over on what the server has.
    pub fn start_over(self, server: SettingsForm) {
        self.base.set(server.clone());
        self.state.fill(server);
    }

    /// Follows the server while nothing is changed.
    pub fn follow(self, server: Memo<SettingsForm>) {
        Effect::new(move |_| {
            let server = server.get();
            if !self.is_dirty.get_untracked() && self.now() != server {
                self.start_over(server);
            }
        });
    }

    /// Whether saving would need a question, as far as is known.
    #[must_use]
    pub fn is_overtaken(self, server: Memo<SettingsForm>) -> Memo<bool> {
        Memo::new(move |_| {
            let now = self.state.now();
            self.is_dirty.get() && self.base.with(|base| server.with(|server| is_conflict(base, &now, server)))
        })
    }
}
