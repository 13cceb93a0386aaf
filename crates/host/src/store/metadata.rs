//! Metadata fields and the values of documents.

use loredesk_wire::{DocumentMetadata, MetadataField, MetadataType};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};

use super::{StoreError, new_id};

/// The fields of a knowledge base, in the order they were made.
pub fn fields(connection: &Connection, dataset: i64) -> Result<Vec<MetadataField>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id, name, kind FROM metadata_fields WHERE dataset = ?1 ORDER BY seq")?;
    let rows =
        statement.query_map([dataset], |row| Ok(MetadataField { id: row.get(0)?, name: row.get(1)?, kind: kind(row)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a field; answers its id.
pub fn insert_field(connection: &Connection, dataset: i64, name: &str, kind: &str) -> Result<String, StoreError> {
    let id = new_id();
    connection.execute(
        "INSERT INTO metadata_fields (id, dataset, name, kind) VALUES (?1, ?2, ?3, ?4)",
        params![id, dataset, name, kind],
    )?;
    Ok(id)
}

/// Sets the value of a document in the field of that name; answers whether there is such a field.
pub fn set_value(connection: &Connection, dataset: i64, document: &str, name: &str, value: &Value) -> Result<bool, StoreError> {
    let sql = "SELECT seq FROM metadata_fields WHERE dataset = ?1 AND name = ?2";
    let field: Option<i64> = connection.query_row(sql, params![dataset, name], |row| row.get(0)).optional()?;
    let Some(field) = field else { return Ok(false) };
    connection.execute(
        "INSERT INTO metadata_values (document, field, value) VALUES (?1, ?2, ?3) \
         ON CONFLICT (document, field) DO UPDATE SET value = excluded.value",
        params![document, field, value.to_string()],
    )?;
    Ok(true)
}

/// The values of a document, in the order of the fields.
pub fn of_document(connection: &Connection, document: &str) -> Result<Vec<DocumentMetadata>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT f.id, f.name, f.kind, v.value FROM metadata_values v JOIN metadata_fields f ON f.seq = v.field \
         WHERE v.document = ?1 ORDER BY f.seq",
    )?;
    let rows = statement.query_map([document], |row| {
        let json: String = row.get(3)?;
        let value = serde_json::from_str(&json).unwrap_or(Value::Null);
        Ok(DocumentMetadata { id: row.get(0)?, name: row.get(1)?, kind: kind(row)?, value })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The values as retrieval answers them: an object of name and value, or null.
pub fn as_object(values: &[DocumentMetadata]) -> Option<Value> {
    let object: Map<String, Value> = values.iter().map(|entry| (entry.name.clone(), entry.value.clone())).collect();
    (!object.is_empty()).then_some(Value::Object(object))
}

/// Removes the values of a document that is gone for good.
pub fn remove_values(connection: &Connection, document: &str) -> Result<(), StoreError> {
    connection.execute("DELETE FROM metadata_values WHERE document = ?1", [document])?;
    Ok(())
}

/// The third column as what a field holds.
fn kind(row: &Row<'_>) -> rusqlite::Result<MetadataType> {
    Ok(row.get::<_, String>(2)?.as_str().into())
}
