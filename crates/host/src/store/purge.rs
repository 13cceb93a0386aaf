//! Removes what was deleted or replaced, a few chunks at a time, so that nobody waits for it.

use rusqlite::{OptionalExtension, Transaction};

use super::{Files, StoreError, index_tables, metadata, segments};

/// Chunks that one step removes.
const STEP: u64 = 500;

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is left to remove.
    Done,
    /// There may be more.
    More,
    /// A document is gone, and nothing needs the file with this id any more.
    File(String),
}

/// Removes some chunks of one deleted document, or the document's row when it has none left, or a deleted knowledge base.
pub fn step(transaction: &Transaction<'_>) -> Result<Progress, StoreError> {
    if let Some(dataset) = index_tables::next_to_drop(transaction)? {
        index_tables::drop(transaction, dataset)?;
        return Ok(Progress::More);
    }
    let sql = "SELECT d.seq, d.id, d.file, d.process_rule, iif(k.deleted, NULL, k.seq) \
               FROM documents d JOIN datasets k ON k.seq = d.dataset WHERE d.deleted = 1 ORDER BY d.seq LIMIT 1";
    let found = transaction
        .query_row(sql, [], |row| {
            let keys = (row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(4)?, row.get::<_, i64>(3)?);
            Ok((keys, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    let Some(((seq, dataset, rule), id, file)) = found else {
        let removed = transaction.execute("DELETE FROM datasets WHERE deleted = 1", [])?;
        return Ok(if removed == 0 { Progress::Done } else { Progress::More });
    };
    if segments::remove_some(transaction, dataset, seq, STEP)? > 0 {
        return Ok(Progress::More);
    }
    transaction.execute("DELETE FROM documents WHERE seq = ?1", [seq])?;
    if !is_used(transaction, "id", &id)? {
        metadata::remove_values(transaction, &id)?;
    }
    remove_rule(transaction, rule)?;
    if is_used(transaction, "file", &file)? {
        return Ok(Progress::More);
    }
    transaction.execute("DELETE FROM files WHERE id = ?1", [&file])?;
    Ok(Progress::File(file))
}

/// Removes the file that a step freed. If it fails, the next start removes the orphan.
pub fn remove_file(files: &Files, id: &str) -> Result<(), StoreError> {
    files.remove(id)
}

fn is_used(transaction: &Transaction<'_>, column: &str, value: &str) -> Result<bool, StoreError> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM documents WHERE {column} = ?1)");
    Ok(transaction.query_row(&sql, [value], |row| row.get(0))?)
}

/// A rule goes with its last document, unless it is the one that the knowledge base remembers.
fn remove_rule(transaction: &Transaction<'_>, rule: i64) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM process_rules WHERE seq = ?1 AND NOT EXISTS (SELECT 1 FROM documents WHERE process_rule = ?1) \
         AND seq < (SELECT max(r.seq) FROM process_rules r WHERE r.dataset = process_rules.dataset)",
        [rule],
    )?;
    Ok(())
}
