//! `DELETE /datasets/{dataset_id}`.
//!
//! Operation: deleteDataset.

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};
use crate::store::datasets;

/// Removes a knowledge base with everything in it.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(id)): Ids<Id>) -> Result<StatusCode, ApiError> {
    host.store
        .write(move |tx| {
            let row = super::find(tx, &id)?;
            Ok::<_, ApiError>(datasets::delete(tx, &row)?)
        })
        .await?;
    host.queue.purge();
    Ok(StatusCode::NO_CONTENT)
}
