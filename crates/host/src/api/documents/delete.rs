//! `DELETE /datasets/{dataset_id}/documents/{document_id}`.

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, datasets};
use crate::store::documents;

/// Removes a document with its chunks and its file, also while it is being indexed.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document))): Ids<(Id, Id)>,
) -> Result<StatusCode, ApiError> {
    host.store
        .write(move |tx| {
            let dataset = datasets::find(tx, &dataset)?;
            let found = documents::find(tx, dataset.seq, &document)?;
            let row = found.ok_or_else(|| ApiError::not_found("Document Not Exists."))?;
            if row.archived {
                return Err(ApiError::archived());
            }
            Ok(documents::delete(tx, row.seq)?)
        })
        .await?;
    host.queue.purge();
    Ok(StatusCode::NO_CONTENT)
}
