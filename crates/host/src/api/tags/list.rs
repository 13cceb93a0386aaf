//! `GET /datasets/tags`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::TagWithCount;

use crate::api::{ApiError, Host};
use crate::store::tags;

/// All tags, newest first.
pub(crate) async fn handle(State(host): State<Host>) -> Result<Json<Vec<TagWithCount>>, ApiError> {
    Ok(Json(host.store.read(|connection| Ok::<_, ApiError>(tags::all(connection)?)).await?))
}
