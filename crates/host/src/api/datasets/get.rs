//! `GET /datasets/{dataset_id}`.
//!
//! Operation: getDatasetDetail.

use axum::Json;
use axum::extract::State;
use loredesk_wire::Dataset;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};
use crate::store::datasets;

/// One knowledge base.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(id)): Ids<Id>) -> Result<Json<Dataset>, ApiError> {
    let has_embeddings = host.config.embeddings.is_some();
    let answer = host.store.read(move |connection| {
        let row = super::find(connection, &id)?;
        let embedding_available = Some(has_embeddings || !row.is_high_quality());
        Ok::<_, ApiError>(Dataset { embedding_available, ..datasets::to_wire(connection, &row)? })
    });
    Ok(Json(answer.await?))
}
