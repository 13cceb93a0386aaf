//! The queue of documents to index: the rows with status `waiting`, in the order of their keys.

use loredesk_wire::IndexingStatus;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::documents::{self, DocumentRow};
use super::{StoreError, now, segments};

/// Takes the next document; it is `parsing` from then on.
pub fn take(connection: &Transaction<'_>) -> Result<Option<DocumentRow>, StoreError> {
    let sql = "SELECT seq FROM documents WHERE deleted = 0 AND indexing_status = 'waiting' ORDER BY seq LIMIT 1";
    let next: Option<i64> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    let Some(seq) = next else { return Ok(None) };
    connection.execute(
        "UPDATE documents SET indexing_status = 'parsing', processing_started_at = ?2 WHERE seq = ?1",
        params![seq, now()],
    )?;
    documents::by_seq(connection, seq)
}

/// Notes that a stage is done and the next one begins; answers false when the version was deleted or replaced meanwhile.
pub fn advance(connection: &Connection, seq: i64, to: &IndexingStatus) -> Result<bool, StoreError> {
    let done = match to {
        IndexingStatus::Cleaning => "parsing_completed_at",
        IndexingStatus::Splitting => "cleaning_completed_at",
        _ => "splitting_completed_at",
    };
    let sql = format!("UPDATE documents SET indexing_status = ?2, {done} = ?3 WHERE seq = ?1 AND deleted = 0");
    Ok(connection.prepare_cached(&sql)?.execute(params![seq, to.as_str(), now()])? == 1)
}

/// Sets how many chunks there will be.
pub fn set_total(connection: &Connection, seq: i64, total: u64) -> Result<(), StoreError> {
    connection.execute("UPDATE documents SET total_segments = ?2 WHERE seq = ?1", params![seq, total])?;
    Ok(())
}

/// Adds to the chunks that are done; answers false when the version was deleted or replaced meanwhile.
pub fn add_done(connection: &Connection, seq: i64, count: u64) -> Result<bool, StoreError> {
    let sql = "UPDATE documents SET completed_segments = completed_segments + ?2 WHERE seq = ?1 AND deleted = 0";
    Ok(connection.prepare_cached(sql)?.execute(params![seq, count])? == 1)
}

/// Notes that the document can be found.
pub fn complete(connection: &Connection, seq: i64, characters: u64, tokens: u64, seconds: f64) -> Result<(), StoreError> {
    let now = now();
    connection.execute(
        "UPDATE documents SET indexing_status = 'completed', completed_at = ?2, updated_at = ?2, error = NULL, \
         stopped_at = NULL, word_count = ?3, tokens = ?4, indexing_latency = ?5 WHERE seq = ?1 AND deleted = 0",
        params![seq, now, characters, tokens, seconds],
    )?;
    Ok(())
}

/// Notes that it failed, with the sentence that says why.
pub fn fail(connection: &Connection, seq: i64, sentence: &str) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE documents SET indexing_status = 'error', error = ?2, stopped_at = ?3, updated_at = ?3, \
         completed_segments = 0, total_segments = 0 WHERE seq = ?1 AND deleted = 0",
        params![seq, sentence, now()],
    )?;
    Ok(())
}

/// Puts documents that a stop or a crash interrupted back to the queue, in their old place and without the chunks written so far.
pub(super) fn requeue_interrupted(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    let sql = "SELECT seq, dataset FROM documents \
               WHERE deleted = 0 AND indexing_status IN ('parsing', 'cleaning', 'splitting', 'indexing')";
    let interrupted: Vec<(i64, i64)> =
        transaction.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (seq, dataset) in interrupted {
        while segments::remove_some(&transaction, Some(dataset), seq, 1000)? > 0 {}
        transaction.execute(
            "UPDATE documents SET indexing_status = 'waiting', processing_started_at = NULL, parsing_completed_at = NULL, \
             cleaning_completed_at = NULL, splitting_completed_at = NULL, completed_segments = 0, total_segments = 0 WHERE seq = ?1",
            [seq],
        )?;
    }
    transaction.commit()?;
    Ok(())
}
