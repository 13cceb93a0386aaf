//! `PATCH /datasets/tags`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{RenameTag, TagWithCount};

use super::{NAME, check_name, find};
use crate::api::extract::JsonBody;
use crate::api::shape::{Field, TEXT, must};
use crate::api::{ApiError, Host};
use crate::store::tags;

const BODY: &[Field] = &[must("tag_id", TEXT), must("name", NAME)];

/// Gives a tag another name; the one that it has already is no mistake.
pub(crate) async fn handle(State(host): State<Host>, body: JsonBody) -> Result<Json<TagWithCount>, ApiError> {
    let RenameTag { tag_id, name } = body.read("RenameTag", BODY)?;
    let id = tag_id.to_lowercase();
    let answer = host.store.write(move |tx| {
        find(tx, &id)?;
        check_name(tx, &name, Some(&id))?;
        tags::rename(tx, &id, &name)?;
        find(tx, &id)
    });
    Ok(Json(answer.await?))
}
