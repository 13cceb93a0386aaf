//! The two switches of a document: whether retrieval may find it, and whether it is put away.

use rusqlite::{Transaction, params};

use super::{ACCOUNT, StoreError, now};

/// Switches a version on or off. Answers whether that changed anything.
pub fn set_enabled(tx: &Transaction<'_>, seq: i64, is_on: bool) -> Result<bool, StoreError> {
    let now = now();
    let (at, by) = if is_on { (None, None) } else { (Some(now), Some(ACCOUNT)) };
    let mut statement = tx.prepare_cached(
        "UPDATE documents SET enabled = ?2, disabled_at = ?3, disabled_by = ?4, updated_at = ?5 WHERE seq = ?1 AND enabled <> ?2",
    )?;
    Ok(statement.execute(params![seq, is_on, at, by, now])? == 1)
}

/// Puts a version away or takes it out again. Answers whether that changed anything.
pub fn set_archived(tx: &Transaction<'_>, seq: i64, is_away: bool) -> Result<bool, StoreError> {
    let sql = "UPDATE documents SET archived = ?2, updated_at = ?3 WHERE seq = ?1 AND archived <> ?2";
    Ok(tx.prepare_cached(sql)?.execute(params![seq, is_away, now()])? == 1)
}
