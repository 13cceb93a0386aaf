//! Chunks, which the wire calls segments.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod update;

use rusqlite::Connection;

use super::{ApiError, documents};
use crate::store::documents::DocumentRow;
use crate::store::segments::{self, SegmentRow};

/// The document and the chunk, or the contract's refusal.
fn find(connection: &Connection, dataset: &str, document: &str, segment: &str) -> Result<(DocumentRow, SegmentRow), ApiError> {
    let document = documents::find(connection, dataset, document)?;
    let segment = segments::find(connection, document.seq, segment)?.ok_or_else(ApiError::no_segment)?;
    Ok((document, segment))
}

/// The same, for changing it: the chunks of a document that is put away stay as they are.
fn find_editable(
    connection: &Connection,
    dataset: &str,
    document: &str,
    segment: &str,
) -> Result<(DocumentRow, SegmentRow), ApiError> {
    let (document, segment) = find(connection, dataset, document, segment)?;
    if document.archived { Err(ApiError::archived()) } else { Ok((document, segment)) }
}
