//! Short messages at the edge of the screen that say what was done.

use leptos::prelude::*;

use crate::dom::timers::Timer;

/// How long a message stays, in milliseconds.
const SHOWN_FOR: u32 = 6_000;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Number for the list.
    pub id: u32,
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub is_problem: bool,
}

/// The messages on screen. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
    timers: StoredValue<Vec<(u32, Timer)>, LocalStorage>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

impl Toasts {
    /// No messages.
    #[must_use]
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0), timers: StoredValue::new_local(Vec::new()) }
    }

    /// The messages, oldest first.
    #[must_use]
    pub fn list(self) -> Signal<Vec<Toast>> {
        self.list.into()
    }

    /// Says that something was done.
    pub fn done(self, text: impl Into<String>) {
        self.push(text.into(), false);
    }

    /// Says that something went wrong which has no place of its own on screen. Stays until it is closed.
    pub fn problem(self, text: impl Into<String>) {
        self.push(text.into(), true);
    }

    /// Takes a message away.
    pub fn close(self, id: u32) {
        let _ = self.list.try_update(|list| list.retain(|toast| toast.id != id));
        let _ = self.timers.try_update_value(|timers| timers.retain(|(timer, _)| *timer != id));
    }

    fn push(self, text: String, is_problem: bool) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| list.push(Toast { id, text, is_problem }));
        if !is_problem {
            let timer = Timer::start(SHOWN_FOR, move || self.close(id));
            self.timers.update_value(|timers| timers.push((id, timer)));
        }
    }
}
