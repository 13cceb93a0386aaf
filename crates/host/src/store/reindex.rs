//! Queues documents again, as new versions of themselves.

use rusqlite::Transaction;

use super::StoreError;
use super::documents::{self, DocumentRow, NewDocument};

/// A new version of a document with the same file, rule and place.
pub fn again(row: &DocumentRow) -> NewDocument {
    NewDocument {
        id: row.id.clone(),
        dataset: row.dataset,
        position: Some(row.position),
        name: row.name.clone(),
        batch: row.batch.clone(),
        file: row.file.id.clone(),
        process_rule: row.process_rule,
        doc_form: row.doc_form.clone(),
        doc_language: row.doc_language.clone(),
        created_from: row.created_from.clone(),
        created_at: row.created_at,
        word_count: row.word_count,
        tokens: row.tokens,
        hit_count: row.hit_count,
    }
}

/// Replaces a version by another one, which waits for its turn.
pub fn replace(tx: &Transaction<'_>, old: &DocumentRow, new: &NewDocument) -> Result<DocumentRow, StoreError> {
    documents::delete(tx, old.seq)?;
    let inserted = documents::insert(tx, new)?;
    let sql = "UPDATE documents SET enabled = o.enabled, disabled_at = o.disabled_at, disabled_by = o.disabled_by, \
               archived = o.archived FROM documents o WHERE o.seq = ?1 AND documents.seq = ?2";
    tx.execute(sql, [old.seq, inserted.seq])?;
    Ok(documents::by_seq(tx, inserted.seq)?.unwrap_or(inserted))
}

/// Queues every document of a knowledge base again.
pub fn all(tx: &Transaction<'_>, dataset: i64) -> Result<(), StoreError> {
    for old in documents::all(tx, dataset)? {
        replace(tx, &old, &again(&old))?;
    }
    Ok(())
}
