//! SQL functions of our own: what SQLite's LIKE and lower() cannot do beyond ASCII.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// Adds `holds(text, part)`: whether the text holds the part, which is folded already, in whatever case.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("holds", 2, flags, |context| {
        let text = context.get_raw(0).as_str().unwrap_or_default();
        let part = context.get_raw(1).as_str().unwrap_or_default();
        Ok(fold(text).contains(part))
    })
}

/// Text for comparing without regard to case.
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}
