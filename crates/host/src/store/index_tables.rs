//! The full-text index: one FTS5 table a knowledge base, with the words that `retrieval::terms` makes, and no copy of the text.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;

/// Makes the table of a new knowledge base.
pub fn create(tx: &Transaction<'_>, dataset: i64) -> Result<(), StoreError> {
    tx.execute_batch(&format!(
        "CREATE VIRTUAL TABLE {} USING fts5 (terms, keywords, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3')",
        name(dataset)
    ))?;
    Ok(())
}

/// Removes the table of a knowledge base that is gone; answers whether it was there.
pub fn drop(tx: &Transaction<'_>, dataset: i64) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1)";
    let is_there = tx.query_row(sql, [name(dataset)], |row| row.get(0))?;
    if is_there {
        tx.execute_batch(&format!("DROP TABLE {}", name(dataset)))?;
    }
    Ok(is_there)
}

/// Adds the words of a chunk.
pub fn insert(tx: &Transaction<'_>, dataset: i64, seq: i64, terms: &str, keywords: &str) -> Result<(), StoreError> {
    let sql = format!("INSERT INTO {} (rowid, terms, keywords) VALUES (?1, ?2, ?3)", name(dataset));
    tx.prepare_cached(&sql)?.execute(params![seq, terms, keywords])?;
    Ok(())
}

/// Removes the words of a chunk.
pub fn remove(tx: &Transaction<'_>, dataset: i64, seq: i64) -> Result<(), StoreError> {
    tx.prepare_cached(&format!("DELETE FROM {} WHERE rowid = ?1", name(dataset)))?.execute([seq])?;
    Ok(())
}

/// How many chunks match. Counted up to `most`; beyond that it is estimated from how far the count has got by then.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an estimate")]
pub fn count(connection: &Connection, dataset: i64, expression: &str, most: u64) -> Result<u64, StoreError> {
    let table = name(dataset);
    let sql = format!("SELECT count(*), max(rowid) FROM (SELECT rowid FROM {table} WHERE {table} MATCH ?1 LIMIT ?2)");
    let (counted, last): (u64, Option<i64>) =
        connection.prepare_cached(&sql)?.query_row(params![expression, most], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some(last) = last.filter(|_| counted >= most) else { return Ok(counted) };
    // Child chunks stand below zero, chunks above: how far the count has got is looked for among its own kind.
    let kind = if last < 0 { "id < 0" } else { "id > 0" };
    let sql =
        format!("SELECT (SELECT min(id) FROM {table}_docsize WHERE {kind}), (SELECT max(id) FROM {table}_docsize WHERE {kind})");
    let (least, greatest): (i64, i64) = connection.prepare_cached(&sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let share = ((last - least) as f64 / (greatest - least).max(1) as f64).clamp(0.001, 1.0);
    Ok((counted as f64 / share) as u64)
}

/// Calls back with the chunks that match, best first, until the callback answers false.
pub fn ranked(
    connection: &Connection,
    dataset: i64,
    expression: &str,
    each: &mut dyn FnMut(i64) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let table = name(dataset);
    // A keyword says more than a word of the text.
    let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 ORDER BY bm25({table}, 1.0, 2.0)");
    stream(connection, &sql, expression, each)
}

/// The same in whatever order, for words that are in so many chunks that ranking all of them takes too long.
pub fn unranked(
    connection: &Connection,
    dataset: i64,
    expression: &str,
    each: &mut dyn FnMut(i64) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let table = name(dataset);
    stream(connection, &format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1"), expression, each)
}

fn stream(
    connection: &Connection,
    sql: &str,
    expression: &str,
    each: &mut dyn FnMut(i64) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([expression])?;
    while let Some(row) = rows.next()? {
        if !each(row.get(0)?)? {
            break;
        }
    }
    Ok(())
}

/// A knowledge base that is deleted and still has its table.
pub fn next_to_drop(tx: &Transaction<'_>) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT seq FROM datasets WHERE deleted = 1 AND EXISTS \
               (SELECT 1 FROM sqlite_schema WHERE name = 'terms_' || datasets.seq) LIMIT 1";
    Ok(tx.query_row(sql, [], |row| row.get(0)).optional()?)
}

fn name(dataset: i64) -> String {
    format!("terms_{dataset}")
}
