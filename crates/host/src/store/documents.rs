//! Documents.

use loredesk_wire::{DisplayStatus, DocForm};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

pub use super::document_rows::DocumentRow;
use super::document_rows::{SELECT, condition};
use super::functions::fold;
use super::{StoreError, now};

/// What a new version of a document needs.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// Document id.
    pub id: String,
    /// Key of the knowledge base.
    pub dataset: i64,
    /// Place in the knowledge base; none takes the next one.
    pub position: Option<u64>,
    /// Name.
    pub name: String,
    /// Batch id.
    pub batch: String,
    /// Id of the original file, whose row is there already.
    pub file: String,
    /// Key of the process rule.
    pub process_rule: i64,
    /// Chunk mode.
    pub doc_form: DocForm,
    /// Language of question-and-answer mode.
    pub doc_language: String,
    /// `api` or `web`.
    pub created_from: String,
    /// Epoch seconds.
    pub created_at: i64,
    /// The old version's characters, shown until the new ones are counted.
    pub word_count: Option<u64>,
    /// The old version's tokens.
    pub tokens: Option<u64>,
    /// The old version's hits.
    pub hit_count: u64,
}

/// Finds a living document of a knowledge base.
pub fn find(connection: &Connection, dataset: i64, id: &str) -> Result<Option<DocumentRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE d.id = ?1 AND d.deleted = 0 AND d.dataset = ?2"))?;
    Ok(statement.query_row(params![id, dataset], DocumentRow::read).optional()?)
}

/// Finds a living version by its key.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<DocumentRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE d.seq = ?1 AND d.deleted = 0"))?;
    Ok(statement.query_row([seq], DocumentRow::read).optional()?)
}

/// The enabled document of that name, which a create replaces.
pub fn enabled_namesake(connection: &Connection, dataset: i64, name: &str) -> Result<Option<DocumentRow>, StoreError> {
    let sql = format!("{SELECT} WHERE d.dataset = ?1 AND d.name = ?2 AND d.deleted = 0 AND d.enabled = 1 ORDER BY d.seq LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row(params![dataset, name], DocumentRow::read).optional()?)
}

/// Adds a version, which waits for its turn; answers it as it stands.
pub fn insert(connection: &Transaction<'_>, new: &NewDocument) -> Result<DocumentRow, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO documents (id, dataset, position, name, batch, file, process_rule, doc_form, doc_language, created_from, \
         created_at, updated_at, word_count, tokens, hit_count) VALUES (?1, ?2, \
         coalesce(?3, (SELECT coalesce(max(position), 0) + 1 FROM documents WHERE dataset = ?2 AND deleted = 0)), \
         ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    statement.execute(params![
        new.id,
        new.dataset,
        new.position,
        new.name,
        new.batch,
        new.file,
        new.process_rule,
        new.doc_form.as_str(),
        new.doc_language,
        new.created_from,
        new.created_at,
        now(),
        new.word_count,
        new.tokens,
        new.hit_count
    ])?;
    by_seq(connection, connection.last_insert_rowid())?.ok_or(StoreError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
}

/// Takes a version out of every list at once; `purge` removes its chunks and its file in the background.
pub fn delete(connection: &Connection, seq: i64) -> Result<(), StoreError> {
    connection.execute("UPDATE documents SET deleted = 1 WHERE seq = ?1", [seq])?;
    Ok(())
}

/// What a list of documents asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Part of the name, in whatever case; empty for all.
    pub keyword: String,
    /// What the list shows; a status that does not exist is ignored.
    pub status: Option<DisplayStatus>,
}

/// One page, newest first, and how many there are on all pages.
pub fn list(
    connection: &Connection,
    dataset: i64,
    wanted: &Wanted,
    offset: u64,
    limit: u64,
) -> Result<(Vec<DocumentRow>, u64), StoreError> {
    let status = wanted.status.as_ref().and_then(condition).unwrap_or("1");
    let keyword = fold(&wanted.keyword);
    let name = if keyword.is_empty() { "?2 = ''" } else { "holds(d.name, ?2)" };
    let filter = format!("d.dataset = ?1 AND d.deleted = 0 AND {status} AND {name}");
    let mut statement = connection.prepare_cached(&format!("SELECT count(*) FROM documents d WHERE {filter}"))?;
    let total = statement.query_row(params![dataset, keyword], |row| row.get(0))?;
    let sql = format!("{SELECT} WHERE {filter} ORDER BY d.position DESC LIMIT ?3 OFFSET ?4");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![dataset, keyword, limit, offset], DocumentRow::read)?;
    Ok((rows.collect::<Result<_, _>>()?, total))
}

/// How many chunks a version has, and their mean length in characters.
pub fn segment_figures(connection: &Connection, seq: i64) -> Result<(u64, f64), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT count(*), coalesce(avg(word_count), 0.0) FROM segments WHERE document = ?1")?;
    Ok(statement.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Adds to the totals of a version after one of its chunks changed.
pub fn add_to_counts(connection: &Connection, seq: i64, characters: i64, tokens: i64) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE documents SET word_count = max(coalesce(word_count, 0) + ?2, 0), tokens = max(coalesce(tokens, 0) + ?3, 0), \
         updated_at = ?4 WHERE seq = ?1",
        params![seq, characters, tokens, now()],
    )?;
    Ok(())
}

/// All living documents of a knowledge base, in their order.
pub fn all(connection: &Connection, dataset: i64) -> Result<Vec<DocumentRow>, StoreError> {
    let mut statement = connection.prepare(&format!("{SELECT} WHERE d.dataset = ?1 AND d.deleted = 0 ORDER BY d.position"))?;
    let rows = statement.query_map([dataset], DocumentRow::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
