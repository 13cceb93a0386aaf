//! `GET /datasets/{dataset_id}/documents/{batch}/indexing-status`.
//!
//! Operation: getDocumentIndexingStatus.

use axum::Json;
use axum::extract::State;
use loredesk_wire::BatchStatusList;

use crate::api::extract::Ids;
use crate::api::{ApiError, Host, datasets};
use crate::store::batches;

/// How far the documents of a batch have got. A batch id is no UUID.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((dataset, batch)): Ids<(crate::api::extract::Id, String)>,
) -> Result<Json<BatchStatusList>, ApiError> {
    let answer = host.store.read(move |connection| {
        let dataset = datasets::find(connection, &dataset.0)?;
        let data = batches::status(connection, dataset.seq, &batch)?;
        if data.is_empty() {
            return Err(ApiError::not_found("Documents not found."));
        }
        Ok(BatchStatusList { data })
    });
    Ok(Json(answer.await?))
}
