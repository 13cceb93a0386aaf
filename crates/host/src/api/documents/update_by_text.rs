//! `POST /datasets/{dataset_id}/documents/{document_id}/update-by-text`.
//!
//! Operation: updateDocumentByText.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{DocumentAccepted, UpdateDocumentByText};

use super::replace::{Change, replace};
use super::{cut_name, exists, keep_text};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may};
use crate::api::shapes::{DOC_FORM, PROCESS_RULE};
use crate::api::{ApiError, Host};

const BODY: &[Field] = &[
    may("name", Kind::Text { least: 1, most: usize::MAX }),
    may("text", TEXT),
    may("process_rule", Kind::Object(PROCESS_RULE)),
    may("doc_form", DOC_FORM),
    may("doc_language", TEXT),
];

/// Replaces the text or the rule of a document; every chunk is made anew.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document))): Ids<(Id, Id)>,
    body: JsonBody,
) -> Result<Json<DocumentAccepted>, ApiError> {
    exists(&host, &dataset, &document).await?;
    let body: UpdateDocumentByText = body.read("UpdateDocumentByText", BODY)?;
    let name = body.name.as_deref().map(cut_name);
    let file = match (body.text, &name) {
        (None, _) => None,
        (Some(_), None) => return Err(ApiError::invalid("name is required when text is provided.")),
        (Some(text), Some(name)) => Some(keep_text(&host, name.clone(), text).await?),
    };
    let change = Change {
        dataset,
        document,
        name,
        file,
        process_rule: body.process_rule,
        doc_form: body.doc_form,
        doc_language: body.doc_language,
    };
    Ok(Json(replace(&host, change).await?))
}
