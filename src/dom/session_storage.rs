//! sessionStorage: what survives a reload but belongs to this tab alone. Without it nothing is kept.

fn session() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Reads a value.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

/// Writes a value. `false` when it will not survive a reload.
pub fn set(key: &str, value: &str) -> bool {
    session().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Removes a value.
pub fn remove(key: &str) {
    if let Some(storage) = session() {
        let _ = storage.remove_item(key);
    }
}
