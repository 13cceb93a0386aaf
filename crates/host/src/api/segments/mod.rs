//! Chunks, which the wire calls segments.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod update;

use rusqlite::Connection;

use super::{ApiError, documents};
use crate::indexing::prepare::FoundBy;
use crate::indexing::rule;
use crate::store::documents::DocumentRow;
use crate::store::process_rules;
use crate::store::segments::{self, SegmentRow};

/// The document and the chunk, or the contract's refusal.
pub(crate) fn find(
    connection: &Connection,
    dataset: &str,
    document: &str,
    segment: &str,
) -> Result<(DocumentRow, SegmentRow), ApiError> {
    let document = documents::find(connection, dataset, document)?;
    let segment = segments::find(connection, document.seq, segment)?.ok_or_else(ApiError::no_segment)?;
    Ok((document, segment))
}

/// What new chunks of the document are found by.
fn found_by(connection: &Connection, document: &DocumentRow) -> Result<FoundBy, ApiError> {
    let rule = process_rules::find(connection, document.process_rule)?.unwrap_or_default();
    let children = rule::of_children(&rule, &document.doc_form).map_err(|error| ApiError::invalid(error.to_string()))?;
    Ok(children.map_or(FoundBy::Text, FoundBy::Children))
}
