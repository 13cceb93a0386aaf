//! Chunks, which the wire calls segments, and their words in the full-text index.

use std::collections::HashMap;

use loredesk_wire::{Segment, SegmentStatus};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::children::{self, NewChild};
use super::functions::fold;
use super::{ACCOUNT, StoreError, index_tables, new_id, now};

/// A chunk to add. The words are prepared outside the transaction, because that takes longer than writing them.
#[derive(Clone, Debug, Default)]
pub struct NewSegment {
    /// Text.
    pub content: String,
    /// Answer, in question-and-answer mode.
    pub answer: Option<String>,
    /// Keywords; none in high quality.
    pub keywords: Option<Vec<String>>,
    /// Characters.
    pub word_count: u64,
    /// Tokens.
    pub tokens: u64,
    /// The words of text and answer, as the index wants them.
    pub terms: String,
    /// The words of the keywords, as the index wants them.
    pub keyword_terms: String,
    /// The embedding, in high quality.
    pub vector: Option<Vec<u8>>,
    /// Child chunks to make, or to make anew; none where there are none or they stay as they are.
    pub children: Option<Vec<NewChild>>,
}

/// A chunk as the database keeps it.
#[derive(Clone, Debug)]
pub struct SegmentRow {
    /// Key, which is its row in the full-text index too.
    pub seq: i64,
    /// Key of the version of the document.
    pub document: i64,
    /// The chunk as the wire sends it, but for the document's id.
    pub segment: Segment,
}

impl SegmentRow {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let content: String = row.get("content")?;
        let keywords: Option<String> = row.get("keywords")?;
        Ok(Self {
            seq: row.get("seq")?,
            document: row.get("document")?,
            segment: Segment {
                id: row.get("id")?,
                position: row.get("position")?,
                document_id: String::new(),
                sign_content: Some(content.clone()),
                content,
                answer: row.get("answer")?,
                word_count: row.get("word_count")?,
                tokens: row.get("tokens")?,
                keywords: keywords.and_then(|json| serde_json::from_str(&json).ok()),
                index_node_id: row.get("node_id")?,
                index_node_hash: row.get("node_hash")?,
                hit_count: row.get("hit_count")?,
                enabled: row.get("enabled")?,
                disabled_at: row.get("disabled_at")?,
                disabled_by: row.get("disabled_by")?,
                status: row.get::<_, String>("status")?.as_str().into(),
                created_by: Some(ACCOUNT.to_owned()),
                created_at: row.get("created_at")?,
                updated_at: row.get("updated_at")?,
                updated_by: row.get("updated_by")?,
                indexing_at: row.get("indexing_at")?,
                completed_at: row.get("completed_at")?,
                error: row.get("error")?,
                stopped_at: row.get("stopped_at")?,
                summary: row.get("summary")?,
                ..Segment::default()
            },
        })
    }

    /// The chunk as the wire sends it, with its child chunks.
    pub fn to_wire(mut self, connection: &Connection, document_id: &str) -> Result<Segment, StoreError> {
        self.segment.child_chunks = children::of_segment(connection, &self)?;
        Ok(self.to_wire_alone(document_id))
    }

    /// The chunk as the wire sends it where its child chunks are left out.
    pub fn to_wire_alone(mut self, document_id: &str) -> Segment {
        document_id.clone_into(&mut self.segment.document_id);
        self.segment
    }
}

/// Adds a chunk at a position; answers its key.
pub fn insert(tx: &Transaction<'_>, dataset: i64, document: i64, position: u64, new: &NewSegment) -> Result<i64, StoreError> {
    let now = now();
    let mut statement = tx.prepare_cached(
        "INSERT INTO segments (id, document, position, word_count, tokens, status, created_at, updated_at, indexing_at, \
         completed_at, node_id, node_hash, keywords, answer, content) \
         VALUES (?1, ?2, ?3, ?4, ?5, 'completed', ?6, ?6, ?6, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    statement.execute(params![
        new_id(),
        document,
        position,
        new.word_count,
        new.tokens,
        now,
        new_id(),
        content_hash(&new.content),
        json(new.keywords.as_deref()),
        new.answer,
        new.content
    ])?;
    let seq = tx.last_insert_rowid();
    index(tx, dataset, seq, new)?;
    children::insert_all(tx, dataset, seq, new.children.as_deref().unwrap_or_default())?;
    Ok(seq)
}

/// Writes back a chunk whose text, answer or keywords changed.
pub fn update(tx: &Transaction<'_>, dataset: i64, row: &SegmentRow, new: &NewSegment) -> Result<(), StoreError> {
    let now = now();
    tx.execute(
        "UPDATE segments SET content = ?2, answer = ?3, keywords = ?4, word_count = ?5, tokens = ?6, node_hash = ?7, \
         status = ?8, error = NULL, updated_at = ?9, updated_by = ?10, indexing_at = ?9, completed_at = ?9 WHERE seq = ?1",
        params![
            row.seq,
            new.content,
            new.answer,
            json(new.keywords.as_deref()),
            new.word_count,
            new.tokens,
            content_hash(&new.content),
            SegmentStatus::Completed.as_str(),
            now,
            ACCOUNT
        ],
    )?;
    unindex(tx, Some(dataset), row.seq)?;
    index(tx, dataset, row.seq, new)?;
    if let Some(children) = &new.children {
        while children::remove_some(tx, Some(dataset), row.seq, u64::MAX)? > 0 {}
        children::insert_all(tx, dataset, row.seq, children)?;
    }
    Ok(())
}

/// Switches a chunk on or off.
pub fn set_enabled(tx: &Transaction<'_>, seq: i64, enabled: bool) -> Result<(), StoreError> {
    let now = now();
    let (at, by) = if enabled { (None, None) } else { (Some(now), Some(ACCOUNT)) };
    tx.execute(
        "UPDATE segments SET enabled = ?2, disabled_at = ?3, disabled_by = ?4, updated_at = ?5, updated_by = ?6 WHERE seq = ?1",
        params![seq, enabled, at, by, now, ACCOUNT],
    )?;
    Ok(())
}

/// Sets the summary of a chunk.
pub fn set_summary(tx: &Transaction<'_>, seq: i64, summary: &str) -> Result<(), StoreError> {
    let sql = "UPDATE segments SET summary = ?2, updated_at = ?3, updated_by = ?4 WHERE seq = ?1";
    tx.execute(sql, params![seq, summary, now(), ACCOUNT])?;
    Ok(())
}

/// Removes a chunk and its child chunks. The positions of the others stay. Without a knowledge base its words are left alone: their table
/// is gone.
pub fn remove(tx: &Transaction<'_>, dataset: Option<i64>, seq: i64) -> Result<(), StoreError> {
    children::remove_some(tx, dataset, seq, u64::MAX)?;
    unindex(tx, dataset, seq)?;
    tx.prepare_cached("DELETE FROM segments WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// Removes at most `limit` chunks and child chunks of a version; answers how many.
pub fn remove_some(tx: &Transaction<'_>, dataset: Option<i64>, document: i64, limit: u64) -> Result<u64, StoreError> {
    let mut statement = tx.prepare_cached("SELECT seq FROM segments WHERE document = ?1 LIMIT ?2")?;
    let found: Vec<i64> = statement.query_map(params![document, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut removed = 0;
    for seq in found {
        removed += children::remove_some(tx, dataset, seq, limit - removed)?;
        if removed >= limit {
            break;
        }
        remove(tx, dataset, seq)?;
        removed += 1;
    }
    Ok(removed)
}

fn index(tx: &Transaction<'_>, dataset: i64, seq: i64, new: &NewSegment) -> Result<(), StoreError> {
    // A parent chunk is found by its child chunks, and by keywords that somebody gave it.
    if !(new.terms.is_empty() && new.keyword_terms.is_empty()) {
        index_tables::insert(tx, dataset, seq, &new.terms, &new.keyword_terms)?;
    }
    if let Some(vector) = &new.vector {
        let mut statement = tx.prepare_cached("INSERT INTO segment_vectors (segment, dataset, vector) VALUES (?1, ?2, ?3)")?;
        statement.execute(params![seq, dataset, vector])?;
    }
    Ok(())
}

fn unindex(tx: &Transaction<'_>, dataset: Option<i64>, seq: i64) -> Result<(), StoreError> {
    if let Some(dataset) = dataset {
        index_tables::remove(tx, dataset, seq)?;
    }
    tx.prepare_cached("DELETE FROM segment_vectors WHERE segment = ?1")?.execute([seq])?;
    Ok(())
}

/// Finds a chunk of a version by its id.
pub fn find(connection: &Connection, document: i64, id: &str) -> Result<Option<SegmentRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM segments WHERE id = ?1 AND document = ?2")?;
    Ok(statement.query_row(params![id, document], SegmentRow::read).optional()?)
}

/// Finds a chunk by its key.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<SegmentRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM segments WHERE seq = ?1")?;
    Ok(statement.query_row([seq], SegmentRow::read).optional()?)
}

/// The position after the last chunk of a version.
pub fn next_position(connection: &Connection, document: i64) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(position), 0) + 1 FROM segments WHERE document = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([document], |row| row.get(0))?)
}

/// What a list of chunks asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Part of the text or the answer, in whatever case; empty for all.
    pub keyword: String,
    /// Stages; empty for all.
    pub statuses: Vec<String>,
}

/// One page in the order of the document, and how many there are on all pages.
pub fn list(
    connection: &Connection,
    document: i64,
    wanted: &Wanted,
    offset: u64,
    limit: u64,
) -> Result<(Vec<SegmentRow>, u64), StoreError> {
    let keyword = fold(&wanted.keyword);
    let text = if keyword.is_empty() { "?2 = ''" } else { "(holds(content, ?2) OR holds(coalesce(answer, ''), ?2))" };
    let statuses = serde_json::to_string(&wanted.statuses).unwrap_or_default();
    let status = if wanted.statuses.is_empty() { "?3 = '[]'" } else { "status IN (SELECT value FROM json_each(?3))" };
    let filter = format!("document = ?1 AND {text} AND {status}");
    let mut statement = connection.prepare_cached(&format!("SELECT count(*) FROM segments WHERE {filter}"))?;
    let total = statement.query_row(params![document, keyword, statuses], |row| row.get(0))?;
    let sql = format!("SELECT * FROM segments WHERE {filter} ORDER BY position LIMIT ?4 OFFSET ?5");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![document, keyword, statuses, limit, offset], SegmentRow::read)?;
    Ok((rows.collect::<Result<_, _>>()?, total))
}

/// Adds hits to chunks and to their documents, whose count is the sum of their chunks'.
pub fn count_hits(tx: &Transaction<'_>, hits: &HashMap<i64, u64>) -> Result<(), StoreError> {
    let mut chunk = tx.prepare_cached("UPDATE segments SET hit_count = hit_count + ?2 WHERE seq = ?1")?;
    let mut document = tx.prepare_cached(
        "UPDATE documents SET hit_count = hit_count + ?2 WHERE seq = (SELECT document FROM segments WHERE seq = ?1)",
    )?;
    for (seq, count) in hits {
        chunk.execute(params![seq, count])?;
        document.execute(params![seq, count])?;
    }
    Ok(())
}

fn json(keywords: Option<&[String]>) -> Option<String> {
    keywords.and_then(|list| serde_json::to_string(list).ok())
}

/// A fingerprint of the text (FNV-1a, 64 bits) that tells an unchanged chunk from a changed one.
fn content_hash(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
