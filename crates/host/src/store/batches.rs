//! Batches: what one create or replacement set going.

use std::time::{SystemTime, UNIX_EPOCH};

use loredesk_wire::BatchStatus;
use rusqlite::{Connection, params};

use super::StoreError;

/// A new batch id: 20 digits that begin with the time, as real servers make them.
pub fn new_id() -> String {
    let micros = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
    format!("{micros:016}{:04}", uuid::Uuid::new_v4().as_u128() % 10_000)
}

/// How far each living document of the batch has got; empty when there is none.
pub fn status(connection: &Connection, dataset: i64, batch: &str) -> Result<Vec<BatchStatus>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT *, (SELECT count(*) FROM segments s WHERE s.document = documents.seq) AS present \
         FROM documents WHERE dataset = ?1 AND batch = ?2 AND deleted = 0 ORDER BY seq",
    )?;
    let rows = statement.query_map(params![dataset, batch], |row| {
        let status: String = row.get("indexing_status")?;
        let present: u64 = row.get("present")?;
        // Afterwards chunks come and go; the figures follow them.
        let (completed_segments, total_segments) = match status.as_str() {
            "completed" => (present, present),
            _ => (row.get("completed_segments")?, row.get("total_segments")?),
        };
        Ok(BatchStatus {
            id: row.get("id")?,
            indexing_status: status.as_str().into(),
            processing_started_at: row.get("processing_started_at")?,
            parsing_completed_at: row.get("parsing_completed_at")?,
            cleaning_completed_at: row.get("cleaning_completed_at")?,
            splitting_completed_at: row.get("splitting_completed_at")?,
            completed_at: row.get("completed_at")?,
            paused_at: row.get("paused_at")?,
            error: row.get("error")?,
            stopped_at: row.get("stopped_at")?,
            completed_segments,
            total_segments,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
