//! `GET /datasets/{dataset_id}/metadata/built-in`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::BuiltInFields;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, datasets};
use crate::store::metadata_fields;

/// The fields that the server fills in, whether they are on or not.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(dataset)): Ids<Id>) -> Result<Json<BuiltInFields>, ApiError> {
    datasets::exists(&host, &dataset).await?;
    Ok(Json(BuiltInFields { fields: metadata_fields::built_in() }))
}
