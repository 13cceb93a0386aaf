//! Metadata fields of knowledge bases.

use loredesk_wire::{BUILT_IN_ID, BuiltInField, MetadataField, MetadataFieldUse, MetadataType};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::datasets::DatasetRow;
use super::{StoreError, new_id};

/// A field with its key inside the database.
#[derive(Clone, Debug)]
pub struct FieldRow {
    /// The key.
    pub seq: i64,
    /// The field as the wire sends it.
    pub field: MetadataField,
}

impl FieldRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind: String = row.get("kind")?;
        let field = MetadataField { id: row.get("id")?, name: row.get("name")?, kind: kind.as_str().into() };
        Ok(Self { seq: row.get("seq")?, field })
    }
}

/// The fields that every document has once they are switched on, in the contract's order.
pub fn built_in() -> Vec<BuiltInField> {
    let field = |name: &str, kind| BuiltInField { name: name.to_owned(), kind };
    vec![
        field("document_name", MetadataType::Text),
        field("uploader", MetadataType::Text),
        field("upload_date", MetadataType::Time),
        field("last_update_date", MetadataType::Time),
        field("source", MetadataType::Text),
    ]
}

/// The fields as the knowledge base itself carries them: its own, in the order they were made, then the built-in ones if on.
pub fn of_dataset(connection: &Connection, dataset: &DatasetRow) -> Result<Vec<MetadataField>, StoreError> {
    let mut fields: Vec<_> = all(connection, dataset.seq)?.into_iter().map(|row| row.field).collect();
    if dataset.built_in_field_enabled {
        let with_id = |field: BuiltInField| MetadataField { id: BUILT_IN_ID.to_owned(), name: field.name, kind: field.kind };
        fields.extend(built_in().into_iter().map(with_id));
    }
    Ok(fields)
}

/// The fields of a knowledge base, in the order they were made.
pub fn all(connection: &Connection, dataset: i64) -> Result<Vec<FieldRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM metadata_fields WHERE dataset = ?1 ORDER BY seq")?;
    let rows = statement.query_map([dataset], FieldRow::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The same, with the number of living documents that carry each.
pub fn uses(connection: &Connection, dataset: i64) -> Result<Vec<MetadataFieldUse>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT f.*, (SELECT count(*) FROM metadata_values v JOIN documents d ON d.id = v.document AND d.deleted = 0 \
         WHERE v.field = f.seq) AS uses FROM metadata_fields f WHERE f.dataset = ?1 ORDER BY f.seq",
    )?;
    let rows = statement.query_map([dataset], |row| {
        let MetadataField { id, name, kind } = FieldRow::read(row)?.field;
        Ok(MetadataFieldUse { id, name, kind, count: row.get("uses")? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Finds one by its id.
pub fn find(connection: &Connection, dataset: i64, id: &str) -> Result<Option<FieldRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT * FROM metadata_fields WHERE dataset = ?1 AND id = ?2")?;
    Ok(statement.query_row(params![dataset, id], FieldRow::read).optional()?)
}

/// Whether another field of the knowledge base has the name.
pub fn is_name_taken(connection: &Connection, dataset: i64, name: &str, except: Option<i64>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM metadata_fields WHERE dataset = ?1 AND name = ?2 AND seq IS NOT ?3)";
    Ok(connection.query_row(sql, params![dataset, name, except], |row| row.get(0))?)
}

/// Adds a field.
pub fn insert(tx: &Transaction<'_>, dataset: i64, name: &str, kind: &MetadataType) -> Result<MetadataField, StoreError> {
    let id = new_id();
    let sql = "INSERT INTO metadata_fields (id, dataset, name, kind) VALUES (?1, ?2, ?3, ?4)";
    tx.execute(sql, params![id, dataset, name, kind.as_str()])?;
    Ok(MetadataField { id, name: name.to_owned(), kind: kind.clone() })
}

/// Gives a field another name; the values stay with it.
pub fn rename(tx: &Transaction<'_>, seq: i64, name: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE metadata_fields SET name = ?2 WHERE seq = ?1", params![seq, name])?;
    Ok(())
}

/// Removes a field with its values.
pub fn delete(tx: &Transaction<'_>, seq: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM metadata_fields WHERE seq = ?1", [seq])?;
    Ok(())
}
