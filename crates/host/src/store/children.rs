//! Child chunks, and their words and embeddings in the index.
//!
//! In the full-text index a child chunk stands under its key moved below zero, where a chunk stands under its own: both kinds are told
//! apart there, and new rows still come behind the older ones, without which the index would write every one by itself.

use loredesk_wire::ChildChunk;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::functions::fold;
use super::segments::SegmentRow;
use super::{StoreError, index_tables, new_id, now};

/// Made by the split of the parent chunk.
pub const AUTOMATIC: &str = "automatic";
/// Written or changed by somebody.
pub const CUSTOMIZED: &str = "customized";

/// How far keys are moved; no database ever has so many child chunks.
const MOVED: i64 = 1 << 40;

/// The row of a child chunk in the full-text index.
pub fn index_row(seq: i64) -> i64 {
    seq - MOVED
}

/// The key of the child chunk behind a row of the full-text index; none when a chunk stands there.
pub fn of_index_row(row: i64) -> Option<i64> {
    (row < 0).then_some(row + MOVED)
}

/// A child chunk to add.
#[derive(Clone, Debug, Default)]
pub struct NewChild {
    /// Text.
    pub content: String,
    /// The words of the text, as the index wants them.
    pub terms: String,
    /// The embedding, in high quality; none for a text of blanks.
    pub vector: Option<Vec<u8>>,
}

/// A child chunk as the database keeps it.
#[derive(Clone, Debug)]
pub struct ChildRow {
    /// Key.
    pub seq: i64,
    /// Key of the parent chunk.
    pub segment: i64,
    /// The child chunk as the wire sends it, but for the parent's id.
    pub child: ChildChunk,
}

impl ChildRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            segment: row.get("segment")?,
            child: ChildChunk {
                id: row.get("id")?,
                segment_id: String::new(),
                content: row.get("content")?,
                position: row.get("position")?,
                word_count: row.get("word_count")?,
                kind: row.get("kind")?,
                created_at: row.get("created_at")?,
                updated_at: row.get("updated_at")?,
            },
        })
    }

    /// The child chunk as the wire sends it.
    pub fn to_wire(self, segment_id: &str) -> ChildChunk {
        ChildChunk { segment_id: segment_id.to_owned(), ..self.child }
    }
}

/// Adds the child chunks that a split made, behind those that are there, and counts them.
pub fn insert_all(tx: &Transaction<'_>, dataset: i64, segment: i64, new: &[NewChild]) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    for (position, new) in (next_position(tx, segment)?..).zip(new) {
        insert_row(tx, dataset, segment, position, AUTOMATIC, new)?;
    }
    count(tx, segment, i64::try_from(new.len()).unwrap_or(i64::MAX))
}

/// Adds a child chunk that somebody wrote, behind the others; answers it.
pub fn insert(tx: &Transaction<'_>, dataset: i64, segment: i64, new: &NewChild) -> Result<ChildRow, StoreError> {
    let seq = insert_row(tx, dataset, segment, next_position(tx, segment)?, CUSTOMIZED, new)?;
    count(tx, segment, 1)?;
    by_seq(tx, seq)?.ok_or(StoreError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
}

fn insert_row(
    tx: &Transaction<'_>,
    dataset: i64,
    segment: i64,
    position: u64,
    kind: &str,
    new: &NewChild,
) -> Result<i64, StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO child_chunks (id, segment, position, word_count, kind, created_at, updated_at, content) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
    )?;
    statement.execute(params![new_id(), segment, position, characters(&new.content), kind, now(), new.content])?;
    let seq = tx.last_insert_rowid();
    index(tx, dataset, segment, seq, new)?;
    Ok(seq)
}

/// Writes back the text of a child chunk, which is customized from then on; answers it.
pub fn update(tx: &Transaction<'_>, dataset: i64, row: &ChildRow, new: &NewChild) -> Result<ChildRow, StoreError> {
    let sql = "UPDATE child_chunks SET content = ?2, word_count = ?3, kind = ?4, updated_at = ?5 WHERE seq = ?1";
    tx.prepare_cached(sql)?.execute(params![row.seq, new.content, characters(&new.content), CUSTOMIZED, now()])?;
    index_tables::remove(tx, dataset, index_row(row.seq))?;
    tx.prepare_cached("DELETE FROM child_vectors WHERE child = ?1")?.execute([row.seq])?;
    index(tx, dataset, row.segment, row.seq, new)?;
    by_seq(tx, row.seq)?.ok_or(StoreError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
}

/// Removes a child chunk. The positions of the others stay.
pub fn remove(tx: &Transaction<'_>, dataset: i64, row: &ChildRow) -> Result<(), StoreError> {
    remove_row(tx, Some(dataset), row.seq)?;
    count(tx, row.segment, -1)
}

/// Removes at most `limit` child chunks of a parent chunk; answers how many. Without a knowledge base their words are left alone.
pub fn remove_some(tx: &Transaction<'_>, dataset: Option<i64>, segment: i64, limit: u64) -> Result<u64, StoreError> {
    let mut statement = tx.prepare_cached("SELECT seq FROM child_chunks WHERE segment = ?1 LIMIT ?2")?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found: Vec<i64> = statement.query_map(params![segment, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for seq in &found {
        remove_row(tx, dataset, *seq)?;
    }
    if !found.is_empty() {
        count(tx, segment, i64::try_from(found.len()).map_or(0, |found| -found))?;
    }
    Ok(found.len() as u64)
}

fn remove_row(tx: &Transaction<'_>, dataset: Option<i64>, seq: i64) -> Result<(), StoreError> {
    if let Some(dataset) = dataset {
        index_tables::remove(tx, dataset, index_row(seq))?;
    }
    // Its embedding goes with it.
    tx.prepare_cached("DELETE FROM child_chunks WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

fn index(tx: &Transaction<'_>, dataset: i64, segment: i64, seq: i64, new: &NewChild) -> Result<(), StoreError> {
    if !new.terms.is_empty() {
        index_tables::insert(tx, dataset, index_row(seq), &new.terms, "")?;
    }
    if let Some(vector) = &new.vector {
        let sql = "INSERT INTO child_vectors (child, segment, dataset, vector) VALUES (?1, ?2, ?3, ?4)";
        tx.prepare_cached(sql)?.execute(params![seq, segment, dataset, vector])?;
    }
    Ok(())
}

/// Keeps the document's count, which the ranking uses.
fn count(tx: &Transaction<'_>, segment: i64, more: i64) -> Result<(), StoreError> {
    let sql = "UPDATE documents SET child_chunks = max(child_chunks + ?2, 0) \
               WHERE seq = (SELECT document FROM segments WHERE seq = ?1)";
    tx.prepare_cached(sql)?.execute(params![segment, more])?;
    Ok(())
}

fn next_position(connection: &Connection, segment: i64) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(position), 0) + 1 FROM child_chunks WHERE segment = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([segment], |row| row.get(0))?)
}

fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}

/// Finds a child chunk of a parent chunk by its id.
pub fn find(connection: &Connection, segment: i64, id: &str) -> Result<Option<ChildRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM child_chunks WHERE id = ?1 AND segment = ?2")?;
    Ok(statement.query_row(params![id, segment], ChildRow::read).optional()?)
}

/// Finds a child chunk by its key.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<ChildRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM child_chunks WHERE seq = ?1")?;
    Ok(statement.query_row([seq], ChildRow::read).optional()?)
}

/// All child chunks of a chunk as the wire sends them, by position.
pub fn of_segment(connection: &Connection, row: &SegmentRow) -> Result<Vec<ChildChunk>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM child_chunks WHERE segment = ?1 ORDER BY position")?;
    let rows = statement.query_map([row.seq], |child| Ok(ChildRow::read(child)?.to_wire(&row.segment.id)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One page by position, and how many there are on all pages. The keyword is looked for in whatever case; empty for all.
pub fn list(
    connection: &Connection,
    segment: i64,
    keyword: &str,
    offset: u64,
    limit: u64,
) -> Result<(Vec<ChildRow>, u64), StoreError> {
    let keyword = fold(keyword);
    let filter = "segment = ?1 AND (?2 = '' OR holds(content, ?2))";
    let mut statement = connection.prepare_cached(&format!("SELECT count(*) FROM child_chunks WHERE {filter}"))?;
    let total = statement.query_row(params![segment, keyword], |row| row.get(0))?;
    let sql = format!("SELECT * FROM child_chunks WHERE {filter} ORDER BY position LIMIT ?3 OFFSET ?4");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![segment, keyword, limit, offset], ChildRow::read)?;
    Ok((rows.collect::<Result<_, _>>()?, total))
}
