//! Tags of knowledge bases.

pub(crate) mod bind;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod of_dataset;
pub(crate) mod rename;
pub(crate) mod unbind;

use loredesk_wire::TagWithCount;
use rusqlite::Connection;

use super::ApiError;
use super::shape::Kind;
use crate::store::tags;

const NAME: Kind = Kind::Text { least: 1, most: 50 };

/// The tag with the id, or the contract's refusal.
fn find(connection: &Connection, id: &str) -> Result<TagWithCount, ApiError> {
    tags::find(connection, id)?.ok_or_else(ApiError::no_tag)
}

/// Refuses a name that another tag has.
fn check_name(connection: &Connection, name: &str, except: Option<&str>) -> Result<(), ApiError> {
    if tags::is_name_taken(connection, name, except)? {
        return Err(ApiError::invalid("Tag name already exists"));
    }
    Ok(())
}
