//! `POST …/segments/{segment_id}/child_chunks`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{ChildChunkAnswer, WriteChildChunk};

use super::{BODY, check_form, is_high_quality};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::{ApiError, Host, segments};
use crate::indexing::prepare;
use crate::store::children;

/// Adds a child chunk behind the others. An empty text is accepted, as on real servers; nothing finds it.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document), Id(segment))): Ids<(Id, Id, Id)>,
    body: JsonBody,
) -> Result<Json<ChildChunkAnswer>, ApiError> {
    let ids = (dataset.clone(), document.clone(), segment.clone());
    host.store.read(move |connection| check_form(&segments::find(connection, &ids.0, &ids.1, &ids.2)?.0)).await?;
    let body: WriteChildChunk = body.read("WriteChildChunk", BODY)?;
    let is_high_quality = is_high_quality(&host, &dataset).await?;
    let new = prepare::single_child(&host, body.content, is_high_quality).await?;
    let answer = host.store.write(move |tx| {
        let (document, segment) = segments::find(tx, &dataset, &document, &segment)?;
        let row = children::insert(tx, document.dataset, segment.seq, &new)?;
        Ok::<_, ApiError>(ChildChunkAnswer { data: row.to_wire(&segment.segment.id) })
    });
    Ok(Json(answer.await?))
}
