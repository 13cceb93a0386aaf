//! Texts that were typed and not saved: kept in the browser until they are saved or thrown away.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::dom::storage;

thread_local! {
    // Drafts are kept from many places, and a browser page has one thread.
    static IS_FLEETING: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// Whether drafts have been kept that last only as long as the page, because the browser gives it no storage.
#[must_use]
pub fn is_fleeting() -> Signal<bool> {
    IS_FLEETING.with(ArcRwSignal::clone).into()
}

/// Reads a draft.
#[must_use]
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&storage::get(&full(key))?).ok()
}

/// Keeps a draft. `false` when the browser would not store it, so that it will not survive a reload. Where it stores nothing at all,
/// that is said once for all drafts ([`is_fleeting`]) and not by each form.
pub fn set(key: &str, draft: &impl Serialize) -> bool {
    let is_kept = serde_json::to_string(draft).is_ok_and(|text| storage::set(&full(key), &text));
    let is_blocked = !is_kept && storage::is_blocked();
    if is_blocked {
        IS_FLEETING.with(|signal| signal.maybe_update(|is_fleeting| !std::mem::replace(is_fleeting, true)));
    }
    is_kept || is_blocked
}

/// Throws a draft away.
pub fn remove(key: &str) {
    storage::remove(&full(key));
}

/// Calls `callback` when another tab has changed a draft, until the owner goes away.
pub fn on_change_elsewhere(key: &str, callback: impl Fn() + 'static) {
    storage::on_change_elsewhere(full(key), callback);
}

fn full(key: &str) -> String {
    format!("loredesk.draft.{key}")
}
