//! `POST /datasets/{dataset_id}/retrieve`.
use axum::Json;
use axum::extract::State;
use loredesk_wire::RetrieveAnswer;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};

pub(crate) async fn handle(State(_host): State<Host>, Ids(Id(_dataset)): Ids<Id>) -> Result<Json<RetrieveAnswer>, ApiError> {
    Ok(Json(RetrieveAnswer::default()))
}
