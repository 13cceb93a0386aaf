//! localStorage that may be full, blocked or absent: then values live in memory until the page goes.

use std::{cell::RefCell, collections::HashMap};

use leptos::{ev, prelude::*};

thread_local! {
    // A browser page has one thread; this is the fallback's only home.
    static MEMORY: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Reads a value.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    let kept = MEMORY.with_borrow(|memory| memory.get(key).cloned());
    kept.or_else(|| local()?.get_item(key).ok().flatten())
}

/// Whether the browser gives the page no storage at all, as in some frames.
#[must_use]
pub fn is_blocked() -> bool {
    local().is_none()
}

/// Writes a value. `false` when it is kept in memory only and will not survive a reload.
pub fn set(key: &str, value: &str) -> bool {
    let is_stored = local().is_some_and(|storage| storage.set_item(key, value).is_ok());
    MEMORY.with_borrow_mut(|memory| {
        if is_stored {
            memory.remove(key);
        } else {
            memory.insert(key.to_owned(), value.to_owned());
        }
    });
    is_stored
}

/// Removes a value.
pub fn remove(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.remove(key));
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

/// Calls `callback` when another tab has changed what is stored under `key`, until the owner goes away.
pub fn on_change_elsewhere(key: String, callback: impl Fn() + 'static) {
    let handle = window_event_listener(ev::storage, move |event| {
        // Without a key, everything was removed.
        if event.key().is_none_or(|changed| changed == key) {
            callback();
        }
    });
    on_cleanup(move || handle.remove());
}
