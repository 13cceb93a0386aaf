//! `POST /datasets/tags/unbinding`.

use axum::extract::State;
use axum::http::StatusCode;
use loredesk_wire::UnbindTags;

use crate::api::extract::JsonBody;
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host, datasets};
use crate::store::tags;

const BODY: &[Field] = &[may("tag_ids", Kind::SomeTexts), may("tag_id", TEXT), must("target_id", TEXT)];

/// Takes tags from a knowledge base, named in a list or, as older clients do, one alone. A tag that it has not is passed over.
pub(crate) async fn handle(State(host): State<Host>, body: JsonBody) -> Result<StatusCode, ApiError> {
    let UnbindTags { mut tag_ids, tag_id, target_id } = body.read("UnbindTags", BODY)?;
    tag_ids.extend(tag_id.filter(|id| !id.is_empty()));
    if tag_ids.is_empty() {
        return Err(ApiError::invalid("1 validation error for UnbindTags\ntag_ids\n  is required"));
    }
    let done = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &target_id.to_lowercase())?;
        for tag in tag_ids {
            tags::unbind(tx, dataset.seq, &tag.to_lowercase())?;
        }
        Ok::<_, ApiError>(())
    });
    done.await?;
    Ok(StatusCode::NO_CONTENT)
}
