//! `DELETE /datasets/tags`.

use axum::extract::State;
use axum::http::StatusCode;
use loredesk_wire::DeleteTag;

use crate::api::extract::JsonBody;
use crate::api::shape::{Field, TEXT, must};
use crate::api::{ApiError, Host};
use crate::store::tags;

const BODY: &[Field] = &[must("tag_id", TEXT)];

/// Removes a tag; the knowledge bases that carried it stay.
pub(crate) async fn handle(State(host): State<Host>, body: JsonBody) -> Result<StatusCode, ApiError> {
    let DeleteTag { tag_id } = body.read("DeleteTag", BODY)?;
    let is_gone = host.store.write(move |tx| Ok::<_, ApiError>(tags::delete(tx, &tag_id.to_lowercase())?)).await?;
    if is_gone { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::no_tag()) }
}
