//! `DELETE …/segments/{segment_id}`.

use axum::extract::State;
use axum::http::StatusCode;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};
use crate::store::{documents, segments};

/// Removes a chunk; the positions of the others stay.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document), Id(segment))): Ids<(Id, Id, Id)>,
) -> Result<StatusCode, ApiError> {
    host.store
        .write(move |tx| {
            let (document, row) = super::find_editable(tx, &dataset, &document, &segment)?;
            segments::remove(tx, Some(document.dataset), row.seq)?;
            let lost = |count: u64| i64::try_from(count).map_or(0, |count| -count);
            Ok::<_, ApiError>(documents::add_to_counts(tx, document.seq, lost(row.segment.word_count), lost(row.segment.tokens))?)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
