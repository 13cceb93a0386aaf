//! `GET /datasets/{dataset_id}/tags`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{DatasetTags, Tag};

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, datasets};
use crate::store::tags;

/// The tags of one knowledge base, without their type.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(id)): Ids<Id>) -> Result<Json<DatasetTags>, ApiError> {
    let answer = host.store.read(move |connection| {
        let dataset = datasets::find(connection, &id)?;
        let tags = tags::of_dataset(connection, dataset.seq)?;
        let data: Vec<_> = tags.into_iter().map(|tag| Tag { kind: String::new(), ..tag }).collect();
        Ok::<_, ApiError>(DatasetTags { total: data.len() as u64, data })
    });
    Ok(Json(answer.await?))
}
