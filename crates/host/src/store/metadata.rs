//! The metadata values of documents. They are kept by the document's id, so that they survive its replacement.

use loredesk_wire::{BUILT_IN_ID, DocumentMetadata};
use rusqlite::{Connection, Transaction, params};
use serde_json::{Map, Value};

use super::documents::DocumentRow;
use super::{ACCOUNT_NAME, StoreError, metadata_fields, now};

/// Sets the value of a document in a field.
pub fn set_value(tx: &Transaction<'_>, document: &str, field: i64, value: &Value) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO metadata_values (document, field, value) VALUES (?1, ?2, ?3) \
         ON CONFLICT (document, field) DO UPDATE SET value = excluded.value",
    )?;
    statement.execute(params![document, field, value.to_string()])?;
    Ok(())
}

/// Removes the values of a document: before others are set, or when it is gone for good.
pub fn remove_values(tx: &Transaction<'_>, document: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM metadata_values WHERE document = ?1")?.execute([document])?;
    Ok(())
}

/// Notes that values of a document changed.
pub fn touch(tx: &Transaction<'_>, document: &str) -> Result<(), StoreError> {
    let sql = "UPDATE documents SET updated_at = ?2 WHERE id = ?1 AND deleted = 0";
    tx.prepare_cached(sql)?.execute(params![document, now()])?;
    Ok(())
}

/// The values that people gave a document, in the order of the fields.
pub fn of_document(connection: &Connection, document: &str) -> Result<Vec<DocumentMetadata>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT f.id, f.name, f.kind, v.value FROM metadata_values v JOIN metadata_fields f ON f.seq = v.field \
         WHERE v.document = ?1 ORDER BY f.seq",
    )?;
    let rows = statement.query_map([document], |row| {
        let (kind, json): (String, String) = (row.get(2)?, row.get(3)?);
        let value = serde_json::from_str(&json).unwrap_or(Value::Null);
        Ok(DocumentMetadata { id: row.get(0)?, name: row.get(1)?, kind: kind.as_str().into(), value })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The values as the detail of a document shows them. As on real servers, built-in ones follow where they are switched on or
/// the document has others, and their times are digits in a text.
pub fn shown(connection: &Connection, document: &DocumentRow) -> Result<Vec<DocumentMetadata>, StoreError> {
    let mut values = of_document(connection, &document.id)?;
    if !values.is_empty() || has_built_in(connection, document.dataset)? {
        values.extend(built_in(document).map(|entry| DocumentMetadata {
            value: entry.value.as_i64().map_or(entry.value, |seconds| format!("{seconds}.0").into()),
            ..entry
        }));
    }
    Ok(values)
}

/// The same as lists show them: every value is a text.
pub fn listed(connection: &Connection, document: &DocumentRow) -> Result<Vec<DocumentMetadata>, StoreError> {
    let mut values = shown(connection, document)?;
    for entry in &mut values {
        if entry.value.is_number() {
            entry.value = entry.value.to_string().into();
        }
    }
    Ok(values)
}

/// The values as retrieval answers them: an object of name and value, or none.
pub fn retrieved(connection: &Connection, document: &DocumentRow) -> Result<Option<Value>, StoreError> {
    let mut values = of_document(connection, &document.id)?;
    if has_built_in(connection, document.dataset)? {
        values.extend(built_in(document));
    }
    let object: Map<String, Value> = values.into_iter().map(|entry| (entry.name, entry.value)).collect();
    Ok((!object.is_empty()).then_some(Value::Object(object)))
}

/// The built-in values of a document, times in epoch seconds.
pub fn built_in(document: &DocumentRow) -> impl Iterator<Item = DocumentMetadata> {
    let value = |name: &str| -> Value {
        match name {
            "document_name" => document.name.as_str().into(),
            "uploader" => ACCOUNT_NAME.into(),
            "upload_date" => document.created_at.into(),
            "last_update_date" => document.updated_at.into(),
            _ => "file_upload".into(),
        }
    };
    metadata_fields::built_in().into_iter().map(move |field| DocumentMetadata {
        id: BUILT_IN_ID.to_owned(),
        value: value(&field.name),
        name: field.name,
        kind: field.kind,
    })
}

fn has_built_in(connection: &Connection, dataset: i64) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT built_in_field_enabled FROM datasets WHERE seq = ?1")?;
    Ok(statement.query_row([dataset], |row| row.get(0))?)
}
