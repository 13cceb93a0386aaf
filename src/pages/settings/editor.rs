//! What the form holds, and its draft: both outlive a navigation, a reload and a failed save.
//!
//! Carries out: getDatasetDetail, updateDataset.

use leptos::prelude::*;

use crate::{
    components::settings_fields::SettingsState,
    model::{
        settings::{SettingsDraft, SettingsForm, is_conflict},
        shared_draft::Elsewhere,
    },
    state::shared_draft::DraftKeeper,
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
    /// The draft, which other tabs share.
    pub draft: DraftKeeper<SettingsForm>,
    /// Whether the form began with a draft from before.
    pub is_restored: bool,
}

impl Editor {
    /// An editor on what the server has, or on the draft that was left.
    #[must_use]
    pub fn new(key: String, server: &SettingsForm) -> Self {
        let (draft, stored) = DraftKeeper::open(key);
        let is_restored = stored.is_some();
        let fresh = || SettingsDraft { form: server.clone(), base: server.clone(), other: None };
        let SettingsDraft { form, base, .. } = stored.unwrap_or_else(fresh);
        let (state, base) = (SettingsState::new(&form), RwSignal::new(base));
        let is_dirty = Memo::new(move |_| {
            let now = state.now();
            base.with(|base| !now.differing(base).is_empty())
        });
        let editor = Self { state, base, is_dirty, draft, is_restored };
        // Kept at every change: a closed tab asks nobody.
        Effect::new(move |_| {
            let (form, base) = (state.now(), base.get());
            editor.show(draft.store(form, base.clone(), &base, is_dirty.get()));
        });
        draft.on_change_elsewhere(move || {
            let base = base.get_untracked();
            editor.show(draft.hear(editor.now(), base.clone(), &base));
        });
        editor
    }

    /// Shows what another tab has made of the draft.
    fn show(self, change: Option<Elsewhere<SettingsForm>>) {
        match change {
            Some(Elsewhere::Show(draft)) => {
                self.base.set(draft.base);
                if self.now() != draft.form {
                    self.state.fill(draft.form);
                }
            }
            Some(Elsewhere::Ended) => self.start_over(self.base.get_untracked()),
            None => {}
        }
    }

    /// Shows what was typed in another tab at the same time, and keeps what stands here in its place.
    pub fn swap(self) {
        if let Some(other) = self.draft.other.get_untracked() {
            self.draft.other.set(Some(self.now()));
            self.state.fill(other);
        }
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
