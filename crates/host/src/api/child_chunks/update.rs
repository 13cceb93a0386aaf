//! `PATCH …/segments/{segment_id}/child_chunks/{child_chunk_id}`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{ChildChunkAnswer, WriteChildChunk};

use super::{BODY, find, is_high_quality};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::{ApiError, Host};
use crate::indexing::prepare;
use crate::store::children;

/// Changes the text of a child chunk, which is customized from then on. The text of its parent stays.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document), Id(segment), Id(child))): Ids<(Id, Id, Id, Id)>,
    body: JsonBody,
) -> Result<Json<ChildChunkAnswer>, ApiError> {
    let ids = (dataset.clone(), document.clone(), segment.clone(), child.clone());
    host.store.read(move |connection| find(connection, (&ids.0, &ids.1, &ids.2), &ids.3).map(|_| ())).await?;
    let body: WriteChildChunk = body.read("WriteChildChunk", BODY)?;
    let is_high_quality = is_high_quality(&host, &dataset).await?;
    let new = prepare::single_child(&host, body.content, is_high_quality).await?;
    let answer = host.store.write(move |tx| {
        let (document, segment, row) = find(tx, (&dataset, &document, &segment), &child)?;
        let row = children::update(tx, document.dataset, &row, &new)?;
        Ok::<_, ApiError>(ChildChunkAnswer { data: row.to_wire(&segment.segment.id) })
    });
    Ok(Json(answer.await?))
}
