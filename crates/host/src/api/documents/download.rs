//! `GET /datasets/{dataset_id}/documents/{document_id}/download`.
//!
//! Operation: downloadDocument.

use axum::Json;
use axum::extract::{OriginalUri, State};
use loredesk_wire::DownloadUrl;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};

/// The address of the original file. It is relative to the origin; its only secret is the file's random id.
pub(crate) async fn handle(
    State(host): State<Host>,
    OriginalUri(uri): OriginalUri,
    Ids((Id(dataset), Id(document))): Ids<(Id, Id)>,
) -> Result<Json<DownloadUrl>, ApiError> {
    let row = host.store.read(move |connection| super::find(connection, &dataset, &document)).await?;
    if !tokio::fs::try_exists(host.store.files.path(&row.file.id)).await.unwrap_or(false) {
        return Err(ApiError::not_found("Uploaded file not found."));
    }
    // The prefix that this request came under, so that the answer works behind a base path as well.
    let prefix = uri.path().split("/datasets/").next().unwrap_or_default();
    Ok(Json(DownloadUrl { url: format!("{prefix}/files/{}", row.file.id) }))
}
