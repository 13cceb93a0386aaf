//! Things that are done in ten seconds unless somebody takes them back: the way everything but a knowledge base is deleted.
//!
//! Nothing is sent before the time is up, so closing the tab before does nothing. Going elsewhere in the app does not stop it.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;

use crate::dom::timers::Timer;

/// How long there is to take it back, in milliseconds.
pub const DELAY: u32 = 10_000;

/// Something that will be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Number for the list.
    pub id: u32,
    /// What it is about, such as connection and id: a screen shows it as gone meanwhile.
    pub key: String,
    /// What will be done, as a sentence.
    pub text: String,
}

/// What will be done, and when.
struct Waiting {
    id: u32,
    action: Option<Box<dyn FnOnce()>>,
    _timer: Timer,
}

/// What is pending. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Delayed {
    list: RwSignal<Vec<Pending>>,
    next: StoredValue<u32>,
    waiting: StoredValue<Rc<RefCell<Vec<Waiting>>>, LocalStorage>,
}

impl Default for Delayed {
    fn default() -> Self {
        Self::new()
    }
}

impl Delayed {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0), waiting: StoredValue::new_local(Rc::default()) }
    }

    /// What is pending, oldest first.
    #[must_use]
    pub fn list(self) -> Signal<Vec<Pending>> {
        self.list.into()
    }

    /// Does `action` after [`DELAY`], unless it is taken back. A key that is pending already is not done twice.
    pub fn start(self, key: &str, text: String, action: impl FnOnce() + 'static) {
        if self.list.with_untracked(|list| list.iter().any(|pending| pending.key == key)) {
            return;
        }
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let timer = Timer::start(DELAY, move || self.finish(id));
        let waiting = Waiting { id, action: Some(Box::new(action)), _timer: timer };
        self.waiting.get_value().borrow_mut().push(waiting);
        self.list.update(|list| list.push(Pending { id, key: key.to_owned(), text }));
    }

    /// Takes it back: nothing was sent, and nothing will be.
    pub fn undo(self, id: u32) {
        drop(self.take(id));
    }

    /// Takes back what is pending under that key; tells whether there was something.
    pub fn undo_key(self, key: &str) -> bool {
        let found = self.list.with_untracked(|list| list.iter().find(|pending| pending.key == key).map(|pending| pending.id));
        found.map(|id| self.undo(id)).is_some()
    }

    /// Does it now, without waiting on.
    pub fn finish(self, id: u32) {
        if let Some(action) = self.take(id).and_then(|mut waiting| waiting.action.take()) {
            action();
        }
    }

    /// Whether something of that key is pending, to track.
    #[must_use]
    pub fn is_pending(self, key: &str) -> bool {
        self.list.with(|list| list.iter().any(|pending| pending.key == key))
    }

    fn take(self, id: u32) -> Option<Waiting> {
        let waiting = self.waiting.get_value();
        let at = waiting.borrow().iter().position(|waiting| waiting.id == id)?;
        let taken = waiting.borrow_mut().remove(at);
        let _ = self.list.try_update(|list| list.retain(|pending| pending.id != id));
        Some(taken)
    }
}
