//! `GET …/segments/{segment_id}`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::SegmentAnswer;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};

/// One chunk.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document), Id(segment))): Ids<(Id, Id, Id)>,
) -> Result<Json<SegmentAnswer>, ApiError> {
    let answer = host.store.read(move |connection| {
        let (document, row) = super::find(connection, &dataset, &document, &segment)?;
        Ok::<_, ApiError>(SegmentAnswer { data: row.to_wire(connection, &document.id)?, doc_form: document.doc_form })
    });
    Ok(Json(answer.await?))
}
