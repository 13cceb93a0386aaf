//! `POST /datasets/tags/binding`.

use axum::extract::State;
use axum::http::StatusCode;
use loredesk_wire::BindTags;

use crate::api::extract::JsonBody;
use crate::api::shape::{Field, Kind, TEXT, must};
use crate::api::{ApiError, Host, datasets};
use crate::store::tags;

const BODY: &[Field] = &[must("tag_ids", Kind::SomeTexts), must("target_id", TEXT)];

/// Gives a knowledge base tags. By the contract, ids of tags that there are not are passed over.
pub(crate) async fn handle(State(host): State<Host>, body: JsonBody) -> Result<StatusCode, ApiError> {
    let BindTags { tag_ids, target_id } = body.read("BindTags", BODY)?;
    let done = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &target_id.to_lowercase())?;
        for tag in tag_ids {
            tags::bind(tx, dataset.seq, &tag.to_lowercase())?;
        }
        Ok::<_, ApiError>(())
    });
    done.await?;
    Ok(StatusCode::NO_CONTENT)
}
