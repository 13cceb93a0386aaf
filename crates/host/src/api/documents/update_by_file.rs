//! `PATCH /datasets/{dataset_id}/documents/{document_id}`, and its older form `POST …/update-by-file`.
//!
//! Operation: updateDocument, updateDocumentByFile.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use loredesk_wire::{CreateDocumentByFile, DocumentAccepted};

use super::replace::{Change, replace};
use super::{exists, settings};
use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, upload};

/// Replaces the file (and with it the name) or the rule of a document; every chunk is made anew.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document))): Ids<(Id, Id)>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Json<DocumentAccepted>, ApiError> {
    let multipart =
        multipart.map_err(|_| ApiError::invalid("The request has to be a multipart form with a file, a data part or both."))?;
    if let Err(error) = exists(&host, &dataset, &document).await {
        upload::discard(&host, multipart).await;
        return Err(error);
    }
    let upload = upload::receive(&host, multipart).await?;
    let settings: CreateDocumentByFile = settings(upload.data.as_deref())?;
    let change = Change {
        dataset,
        document,
        name: upload.file.as_ref().map(|file| file.row.name.clone()),
        file: upload.file,
        process_rule: settings.process_rule,
        doc_form: settings.doc_form,
        doc_language: settings.doc_language,
    };
    Ok(Json(replace(&host, change).await?))
}
