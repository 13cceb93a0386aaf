//! `POST /datasets/tags`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{CreateTag, TagWithCount};

use super::{NAME, check_name, find};
use crate::api::extract::JsonBody;
use crate::api::shape::{Field, must};
use crate::api::{ApiError, Host};
use crate::store::tags;

const BODY: &[Field] = &[must("name", NAME)];

/// Makes a tag that no knowledge base carries yet.
pub(crate) async fn handle(State(host): State<Host>, body: JsonBody) -> Result<Json<TagWithCount>, ApiError> {
    let CreateTag { name } = body.read("CreateTag", BODY)?;
    let answer = host.store.write(move |tx| {
        check_name(tx, &name, None)?;
        let id = tags::insert(tx, &name)?;
        find(tx, &id)
    });
    Ok(Json(answer.await?))
}
