//! `DELETE /datasets/{dataset_id}/metadata/{metadata_id}`.

use axum::extract::State;
use axum::http::StatusCode;

use super::find;
use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, datasets};
use crate::store::metadata_fields;

/// Removes a field and the values that documents have in it.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(field))): Ids<(Id, Id)>,
) -> Result<StatusCode, ApiError> {
    let done = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &dataset)?;
        let row = find(tx, &dataset, &field)?;
        Ok::<_, ApiError>(metadata_fields::delete(tx, row.seq)?)
    });
    done.await?;
    Ok(StatusCode::NO_CONTENT)
}
