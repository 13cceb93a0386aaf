//! Metadata fields of knowledge bases, and the values of their documents.

pub(crate) mod built_in;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod rename;
pub(crate) mod switch_built_in;
pub(crate) mod update_values;
mod value;

use rusqlite::Connection;

use super::ApiError;
use crate::store::datasets::DatasetRow;
use crate::store::metadata_fields::{self, FieldRow};

/// Longest name in characters.
const LONGEST_NAME: usize = 255;

/// The field with the id, or the contract's refusal.
fn find(connection: &Connection, dataset: &DatasetRow, id: &str) -> Result<FieldRow, ApiError> {
    metadata_fields::find(connection, dataset.seq, id)?.ok_or_else(|| ApiError::not_found("Metadata not found."))
}

/// Refuses a name that another field has, that is a built-in field's, that is too long or empty.
fn check_name(connection: &Connection, dataset: &DatasetRow, name: &str, except: Option<i64>) -> Result<(), ApiError> {
    if name.is_empty() {
        return Err(ApiError::invalid("Metadata name cannot be empty."));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(ApiError::invalid("Metadata name cannot exceed 255 characters."));
    }
    if metadata_fields::is_name_taken(connection, dataset.seq, name, except)? {
        return Err(ApiError::invalid("Metadata name already exists."));
    }
    if metadata_fields::built_in().iter().any(|field| field.name == name) {
        return Err(ApiError::invalid("Metadata name already exists in Built-in fields."));
    }
    Ok(())
}
