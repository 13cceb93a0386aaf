//! `POST /datasets/pipeline/file-upload`.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use loredesk_wire::PipelineFile;

use crate::api::{ApiError, Host, to_the_end, upload};
use crate::civil;
use crate::store::{ACCOUNT, files, pipeline_files};

/// Takes a file for a run. Without one it is removed after a day.
pub(crate) async fn handle(
    State(host): State<Host>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<PipelineFile>), ApiError> {
    let multipart = multipart.map_err(|_| upload::no_file())?;
    let file = upload::receive(&host, multipart).await?.file.ok_or_else(upload::no_file)?;
    to_the_end(async move {
        let row = file.row.clone();
        let answer = PipelineFile {
            id: row.id.clone(),
            name: row.name.clone(),
            size: row.size,
            extension: row.extension.clone(),
            mime_type: Some(row.mime_type.clone()),
            created_by: Some(ACCOUNT.to_owned()),
            created_at: Some(civil::iso(row.created_at)),
        };
        host.store
            .write(move |tx| {
                files::insert(tx, &row)?;
                pipeline_files::insert(tx, &row)
            })
            .await?;
        file.settle();
        Ok((StatusCode::CREATED, Json(answer)))
    })
    .await
}
