//! Asking before the page goes while something would be lost with it.

use leptos::{ev, prelude::*};

/// Lets the browser ask the person before the page is closed or loaded anew, as long as `is_wanted` says so; until the owner
/// goes away. The words are the browser's.
pub fn ask_while(is_wanted: impl Fn() -> bool + 'static) {
    let handle = window_event_listener(ev::beforeunload, move |event| {
        if is_wanted() {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Calls `callback` when the page goes, to keep what is not kept yet; until the owner goes away.
pub fn on_leave(callback: impl Fn() + 'static) {
    let handle = window_event_listener(ev::Custom::<web_sys::Event>::new("pagehide"), move |_| callback());
    on_cleanup(move || handle.remove());
}
