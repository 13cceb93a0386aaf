//! `DELETE …/segments/{segment_id}/child_chunks/{child_chunk_id}`.

use axum::extract::State;
use axum::http::StatusCode;

use super::find;
use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};
use crate::store::children;

/// Removes a child chunk; the positions of the others and the text of the parent stay.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document), Id(segment), Id(child))): Ids<(Id, Id, Id, Id)>,
) -> Result<StatusCode, ApiError> {
    host.store
        .write(move |tx| {
            let (document, _, row) = find(tx, (&dataset, &document, &segment), &child)?;
            Ok::<_, ApiError>(children::remove(tx, document.dataset, &row)?)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
