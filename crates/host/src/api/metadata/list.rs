//! `GET /datasets/{dataset_id}/metadata`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::MetadataFieldList;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, datasets};
use crate::store::metadata_fields;

/// The fields that people made, with how many documents carry each.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(dataset)): Ids<Id>) -> Result<Json<MetadataFieldList>, ApiError> {
    let answer = host.store.read(move |connection| {
        let dataset = datasets::find(connection, &dataset)?;
        let doc_metadata = metadata_fields::uses(connection, dataset.seq)?;
        Ok::<_, ApiError>(MetadataFieldList { doc_metadata, built_in_field_enabled: dataset.built_in_field_enabled })
    });
    Ok(Json(answer.await?))
}
