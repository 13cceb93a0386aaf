//! Knowledge bases.

use loredesk_wire::{DocForm, IndexingTechnique};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::dataset_rows::to_json;
pub use super::dataset_rows::{DatasetRow, EXTERNAL, to_wire};
use super::functions::fold;
use super::{StoreError, index_tables, now};

/// What all documents of a knowledge base add up to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// Documents in whatever state.
    pub documents: u64,
    /// Documents that retrieval can find.
    pub available: u64,
    /// Characters.
    pub characters: u64,
}

/// Finds one by its id.
pub fn find(connection: &Connection, id: &str) -> Result<Option<DatasetRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM datasets WHERE id = ?1 AND deleted = 0")?;
    Ok(statement.query_row([id], DatasetRow::read).optional()?)
}

/// Finds one by its key.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<DatasetRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM datasets WHERE seq = ?1 AND deleted = 0")?;
    Ok(statement.query_row([seq], DatasetRow::read).optional()?)
}

/// Whether another one has the name.
pub fn is_name_taken(connection: &Connection, name: &str, except: Option<&str>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM datasets WHERE name = ?1 AND deleted = 0 AND id <> coalesce(?2, ''))";
    Ok(connection.query_row(sql, params![name, except], |row| row.get(0))?)
}

/// Adds one, with its full-text index.
pub fn insert(connection: &Transaction<'_>, row: &DatasetRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO datasets (id, name, description, permission, provider, summary_index_setting, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            row.id,
            row.name,
            row.description,
            row.permission.as_str(),
            row.provider,
            to_json(row.summary_index_setting.as_ref()),
            row.created_at,
            row.updated_at
        ],
    )?;
    let seq = connection.last_insert_rowid();
    write_back(connection, &DatasetRow { seq, ..row.clone() }, row.updated_at)?;
    index_tables::create(connection, seq)
}

/// Writes back what can change, with a new `updated_at`.
pub fn update(connection: &Connection, row: &DatasetRow) -> Result<(), StoreError> {
    write_back(connection, row, now())
}

fn write_back(connection: &Connection, row: &DatasetRow, updated_at: i64) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE datasets SET name = ?2, description = ?3, permission = ?4, indexing_technique = ?5, embedding_model = ?6, \
         embedding_model_provider = ?7, retrieval_model = ?8, doc_form = ?9, updated_at = ?10, partial_members = ?11, \
         external_knowledge_id = ?12, external_knowledge_api_id = ?13, external_retrieval_model = ?14 WHERE seq = ?1",
        params![
            row.seq,
            row.name,
            row.description,
            row.permission.as_str(),
            row.indexing_technique.as_ref().map(IndexingTechnique::as_str),
            row.embedding_model,
            row.embedding_model_provider,
            to_json(row.retrieval_model.as_ref()),
            row.doc_form.as_ref().map(DocForm::as_str),
            updated_at,
            to_json(Some(&row.partial_members)),
            row.external_knowledge_id,
            row.external_knowledge_api_id,
            to_json(row.external_retrieval_model.as_ref())
        ],
    )?;
    Ok(())
}

/// Switches built-in metadata on or off.
pub fn set_built_in_fields(connection: &Connection, seq: i64, is_on: bool) -> Result<(), StoreError> {
    let sql = "UPDATE datasets SET built_in_field_enabled = ?2, updated_at = ?3 WHERE seq = ?1";
    connection.execute(sql, params![seq, is_on, now()])?;
    Ok(())
}

/// Takes it out of every list at once, with all its documents; `purge` removes the rest in the background.
pub fn delete(connection: &Connection, row: &DatasetRow) -> Result<(), StoreError> {
    connection.execute("UPDATE datasets SET deleted = 1 WHERE seq = ?1", [row.seq])?;
    connection.execute("UPDATE documents SET deleted = 1 WHERE dataset = ?1 AND deleted = 0", [row.seq])?;
    connection.execute("DELETE FROM dataset_tags WHERE dataset = ?1", [row.seq])?;
    Ok(())
}

/// What a list of knowledge bases asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Part of the name, in whatever case; empty for all.
    pub keyword: String,
    /// Ids of tags of which one at least has to be there; empty for all.
    pub tags: Vec<String>,
}

/// One page, newest first, and how many there are on all pages.
pub fn list(connection: &Connection, wanted: &Wanted, offset: u64, limit: u64) -> Result<(Vec<DatasetRow>, u64), StoreError> {
    let keyword = fold(&wanted.keyword);
    let tags = to_json(Some(&wanted.tags));
    let condition = "deleted = 0 AND (?1 = '' OR holds(name, ?1)) AND (?2 = '[]' OR seq IN (SELECT dt.dataset FROM dataset_tags dt \
                     JOIN tags t ON t.seq = dt.tag WHERE t.id IN (SELECT value FROM json_each(?2))))";
    let sql = format!("SELECT count(*) FROM datasets WHERE {condition}");
    let total = connection.query_row(&sql, params![keyword, tags], |row| row.get(0))?;
    let sql = format!("SELECT * FROM datasets WHERE {condition} ORDER BY seq DESC LIMIT ?3 OFFSET ?4");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![keyword, tags, limit, offset], DatasetRow::read)?;
    Ok((rows.collect::<Result<_, _>>()?, total))
}

/// Adds up its documents.
pub fn totals(connection: &Connection, seq: i64) -> Result<Totals, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*), coalesce(sum(indexing_status = 'completed' AND enabled AND NOT archived), 0), \
         coalesce(sum(word_count), 0) FROM documents WHERE dataset = ?1 AND deleted = 0",
    )?;
    let totals = statement
        .query_row([seq], |row| Ok(Totals { documents: row.get(0)?, available: row.get(1)?, characters: row.get(2)? }))?;
    Ok(totals)
}

/// How many chunks a knowledge base has, roughly while documents are being indexed, and their mean length in characters.
#[expect(clippy::cast_precision_loss, reason = "counts lie far inside the exact range")]
pub fn chunk_figures(connection: &Connection, seq: i64) -> Result<(u64, f64), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(completed_segments), 0), coalesce(sum(word_count), 0) FROM documents WHERE dataset = ?1 AND deleted = 0",
    )?;
    let (chunks, characters): (u64, u64) = statement.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((chunks, characters as f64 / chunks.max(1) as f64))
}
