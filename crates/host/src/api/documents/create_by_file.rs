//! `POST /datasets/{dataset_id}/document/create-by-file`.
//!
//! Operation: createDocumentFromFile.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use loredesk_wire::DocumentAccepted;

use super::accept::{Submission, accept};
use super::settings;
use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, datasets, upload};

/// Takes a file as a document; an enabled one of the same name is replaced.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids(Id(dataset)): Ids<Id>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Json<DocumentAccepted>, ApiError> {
    let multipart = multipart.map_err(|_| upload::no_file())?;
    if let Err(error) = datasets::takes_documents(&host, &dataset).await {
        upload::discard(&host, multipart).await;
        return Err(error);
    }
    let upload = upload::receive(&host, multipart).await.map_err(as_documented)?;
    let file = upload.file.ok_or_else(upload::no_file)?;
    let settings = settings(upload.data.as_deref())?;
    let name = file.row.name.clone();
    Ok(Json(accept(&host, Submission { dataset, name, file, settings, may_lack_rule: false }).await?))
}

/// The contract has 413 and 415 for an update, and for a new document only 400.
fn as_documented(error: ApiError) -> ApiError {
    if error.is_about_the_file() { error.into_bad_request() } else { error }
}
