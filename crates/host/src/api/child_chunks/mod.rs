//! Child chunks: the small texts by which retrieval finds a parent chunk, in hierarchical mode.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod update;

use loredesk_wire::DocForm;
use rusqlite::Connection;

use super::shape::{Field, TEXT, must};
use super::{ApiError, Host, datasets, segments};
use crate::store::children::{self, ChildRow};
use crate::store::documents::DocumentRow;
use crate::store::segments::SegmentRow;

const BODY: &[Field] = &[must("content", TEXT)];

/// The document, the chunk and the child chunk, or the contract's refusal.
fn find(
    connection: &Connection,
    (dataset, document, segment): (&str, &str, &str),
    child: &str,
) -> Result<(DocumentRow, SegmentRow, ChildRow), ApiError> {
    let (document, segment) = segments::find(connection, dataset, document, segment)?;
    let child = children::find(connection, segment.seq, child)?.ok_or_else(|| ApiError::not_found("Child chunk not found."))?;
    Ok((document, segment, child))
}

/// Refuses what no retrieval would ever look at.
fn check_form(document: &DocumentRow) -> Result<(), ApiError> {
    if document.doc_form == DocForm::Hierarchical {
        return Ok(());
    }
    Err(ApiError::invalid("Only the chunks of a document in hierarchical_model have child chunks."))
}

/// Answers whether its knowledge base has embeddings, before a text is prepared.
async fn is_high_quality(host: &Host, dataset: &str) -> Result<bool, ApiError> {
    let dataset = dataset.to_owned();
    host.store.read(move |connection| Ok(datasets::find(connection, &dataset)?.is_high_quality())).await
}
