//! Whether the tab is seen.

use leptos::{ev, prelude::*};

/// Whether the tab is hidden now.
#[must_use]
pub fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Calls `callback` with "is hidden" at every change, until the owner goes away.
pub fn on_change(callback: impl Fn(bool) + 'static) {
    let handle = window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| callback(is_hidden()));
    on_cleanup(move || handle.remove());
}
