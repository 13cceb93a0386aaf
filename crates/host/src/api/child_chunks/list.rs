//! `GET …/segments/{segment_id}/child_chunks`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::ChildChunkPage;

use crate::api::extract::{Id, Ids, Params};
use crate::api::{ApiError, Host, segments};
use crate::store::children;

/// One page of a chunk's child chunks, by position. A page or limit below 1 is refused here, unlike in other lists.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document), Id(segment))): Ids<(Id, Id, Id)>,
    params: Params,
) -> Result<Json<ChildChunkPage>, ApiError> {
    let page = params.strict_page()?;
    let keyword = params.text("keyword").to_owned();
    let answer = host.store.read(move |connection| {
        let (_, segment) = segments::find(connection, &dataset, &document, &segment)?;
        let (rows, total) = children::list(connection, segment.seq, &keyword, page.offset(), page.limit)?;
        Ok::<_, ApiError>(ChildChunkPage {
            data: rows.into_iter().map(|row| row.to_wire(&segment.segment.id)).collect(),
            total,
            total_pages: total.div_ceil(page.limit),
            page: page.page,
            limit: page.limit,
        })
    });
    Ok(Json(answer.await?))
}
