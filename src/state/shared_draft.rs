//! The draft of a form, shared by all tabs that have the form open: each shows what is typed in any of them.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::drafts;
use crate::model::shared_draft::{Elsewhere, SharedDraft, SharedForm, take_in};

/// What a form stores and what it hears of other tabs. Copy it into handlers.
pub struct DraftKeeper<Form: 'static, Base: 'static = Form> {
    /// Whether the browser refused to keep it.
    pub is_unstored: RwSignal<bool>,
    /// Whether another tab has changed it while it is open here.
    pub is_shared: RwSignal<bool>,
    /// What was typed in another tab where this was typed at the same time.
    pub other: RwSignal<Option<Form>>,
    /// Counts up whenever another tab has saved or discarded it: the server may have something else now.
    pub ended_elsewhere: RwSignal<u32>,
    key: StoredValue<String>,
    /// What is stored, as far as this tab knows.
    known: StoredValue<Option<SharedDraft<Form, Base>>>,
}

impl<Form: 'static, Base: 'static> Clone for DraftKeeper<Form, Base> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Form: 'static, Base: 'static> Copy for DraftKeeper<Form, Base> {}

impl<Form, Base> DraftKeeper<Form, Base>
where
    Form: SharedForm + Default + Serialize + DeserializeOwned + Send + Sync + 'static,
    Base: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// What the browser has kept, if there is something.
    #[must_use]
    pub fn open(key: String) -> (Self, Option<SharedDraft<Form, Base>>) {
        let kept = drafts::get::<SharedDraft<Form, Base>>(&key);
        // One that found no room lasts as long as the page. There may be some by now.
        let is_unstored = kept.as_ref().is_some_and(|kept| !drafts::set(&key, kept));
        let keeper = Self {
            is_unstored: RwSignal::new(is_unstored),
            is_shared: RwSignal::new(false),
            other: RwSignal::new(kept.as_ref().and_then(|kept| kept.other.clone())),
            ended_elsewhere: RwSignal::new(0),
            key: StoredValue::new(key),
            known: StoredValue::new(kept.clone()),
        };
        (keeper, kept)
    }

    /// Stores what is typed, or that there is nothing to keep, on top of what other tabs have stored meanwhile. Answers what the form
    /// has to show because of those.
    pub fn store(self, form: Form, base: Base, start: &Form, is_dirty: bool) -> Option<Elsewhere<Form, Base>> {
        let key = self.key.try_get_value()?;
        let mut now = is_dirty.then(|| SharedDraft { form: form.clone(), base: base.clone(), other: None });
        let change = self.hear(form, base, start);
        match &change {
            Some(Elsewhere::Show(draft)) => now = Some(draft.clone()),
            Some(Elsewhere::Ended) => now = None,
            None => {}
        }
        if let Some(draft) = &mut now {
            draft.other = self.other.get_untracked();
        } else {
            self.other.set(None);
        }
        if self.known.with_value(|known| *known != now) {
            match &now {
                Some(draft) => self.is_unstored.set(!drafts::set(&key, draft)),
                None => {
                    drafts::remove(&key);
                    self.is_unstored.set(false);
                }
            }
            self.known.set_value(now);
        }
        change
    }

    /// Answers what the form has to show because of another tab, where that has stored something else than is known here.
    pub fn hear(self, form: Form, base: Base, start: &Form) -> Option<Elsewhere<Form, Base>> {
        // `None` once the page is left.
        let (key, known) = (self.key.try_get_value()?, self.known.try_get_value()?);
        let stored = drafts::get::<SharedDraft<Form, Base>>(&key);
        if stored == known {
            return None;
        }
        self.known.set_value(stored.clone());
        let now = SharedDraft { form, base, other: self.other.get_untracked() };
        // What this tab itself has saved or thrown away is no news.
        let change = take_in(&now, start, known.as_ref(), stored.as_ref()).filter(|_| stored.is_some() || now.form != *start);
        match &change {
            Some(Elsewhere::Show(draft)) => {
                self.is_shared.set(true);
                self.other.set(draft.other.clone());
            }
            Some(Elsewhere::Ended) => {
                self.is_shared.set(false);
                self.other.set(None);
                self.ended_elsewhere.update(|count| *count += 1);
            }
            None => {}
        }
        change
    }

    /// Calls `callback` when another tab has changed the draft, until the owner goes away.
    pub fn on_change_elsewhere(self, callback: impl Fn() + 'static) {
        let is_open = move || self.key.try_get_value().is_some();
        let heard = move || {
            if is_open() {
                callback();
            }
        };
        self.key.with_value(|key| drafts::on_change_elsewhere(key, heard));
    }
}
