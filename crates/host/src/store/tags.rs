//! Tags, and which knowledge bases carry them.

use loredesk_wire::{Tag, TagWithCount};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{StoreError, new_id};

/// What every tag is for.
const KIND: &str = "knowledge";

/// The columns of a [`TagWithCount`].
const SELECT: &str = "SELECT id, name, (SELECT count(*) FROM dataset_tags dt WHERE dt.tag = tags.seq) FROM tags";

fn read(row: &Row<'_>) -> rusqlite::Result<TagWithCount> {
    Ok(TagWithCount { id: row.get(0)?, name: row.get(1)?, kind: KIND.to_owned(), binding_count: Some(row.get(2)?) })
}

/// All of them, newest first.
pub fn all(connection: &Connection) -> Result<Vec<TagWithCount>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} ORDER BY seq DESC"))?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Finds one by its id.
pub fn find(connection: &Connection, id: &str) -> Result<Option<TagWithCount>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    Ok(statement.query_row([id], read).optional()?)
}

/// Whether another one has the name.
pub fn is_name_taken(connection: &Connection, name: &str, except: Option<&str>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM tags WHERE name = ?1 AND id <> coalesce(?2, ''))";
    Ok(connection.query_row(sql, params![name, except], |row| row.get(0))?)
}

/// Adds one; answers its id.
pub fn insert(tx: &Transaction<'_>, name: &str) -> Result<String, StoreError> {
    let id = new_id();
    tx.execute("INSERT INTO tags (id, name) VALUES (?1, ?2)", params![id, name])?;
    Ok(id)
}

/// Gives one another name; answers whether there is such a tag.
pub fn rename(tx: &Transaction<'_>, id: &str, name: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("UPDATE tags SET name = ?2 WHERE id = ?1", params![id, name])? == 1)
}

/// Removes one from the workspace and from every knowledge base; answers whether there was such a tag.
pub fn delete(tx: &Transaction<'_>, id: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM tags WHERE id = ?1", [id])? == 1)
}

/// The tags of a knowledge base, oldest first.
pub fn of_dataset(connection: &Connection, dataset: i64) -> Result<Vec<Tag>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT t.id, t.name FROM dataset_tags dt JOIN tags t ON t.seq = dt.tag WHERE dt.dataset = ?1 ORDER BY t.seq",
    )?;
    let rows = statement.query_map([dataset], |row| Ok(Tag { id: row.get(0)?, name: row.get(1)?, kind: KIND.to_owned() }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives a knowledge base a tag; one that it has already, or that there is not, changes nothing.
pub fn bind(tx: &Transaction<'_>, dataset: i64, tag: &str) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO dataset_tags (dataset, tag) SELECT ?1, seq FROM tags WHERE id = ?2";
    tx.prepare_cached(sql)?.execute(params![dataset, tag])?;
    Ok(())
}

/// Takes a tag from a knowledge base; one that it has not changes nothing.
pub fn unbind(tx: &Transaction<'_>, dataset: i64, tag: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM dataset_tags WHERE dataset = ?1 AND tag = (SELECT seq FROM tags WHERE id = ?2)";
    tx.prepare_cached(sql)?.execute(params![dataset, tag])?;
    Ok(())
}
