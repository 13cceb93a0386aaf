//! Texts that were typed and not saved: kept in the browser until they are saved or thrown away.

use serde::{Serialize, de::DeserializeOwned};

use crate::dom::storage;

/// Reads a draft.
#[must_use]
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&storage::get(&full(key))?).ok()
}

/// Keeps a draft. `false` when the browser would not store it, so that it will not survive a reload.
pub fn set(key: &str, draft: &impl Serialize) -> bool {
    serde_json::to_string(draft).is_ok_and(|text| storage::set(&full(key), &text))
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
