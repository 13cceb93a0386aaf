//! `POST /datasets/{dataset_id}/document/create-by-text`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{CreateDocumentByFile, CreateDocumentByText, DocumentAccepted};

use super::accept::{Submission, accept};
use super::{cut_name, keep_text};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::shapes::{DOC_FORM, PROCESS_RULE, RETRIEVAL_MODEL, TECHNIQUE};
use crate::api::{ApiError, Host, datasets};

const BODY: &[Field] = &[
    must("name", Kind::Text { least: 1, most: usize::MAX }),
    must("text", TEXT),
    may("indexing_technique", TECHNIQUE),
    may("doc_form", DOC_FORM),
    may("doc_language", TEXT),
    may("process_rule", Kind::Object(PROCESS_RULE)),
    may("retrieval_model", Kind::Object(RETRIEVAL_MODEL)),
    may("embedding_model", TEXT),
    may("embedding_model_provider", TEXT),
    may("original_document_id", Kind::Id),
];

/// Takes a text as a document; an enabled one of the same name is replaced.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids(Id(dataset)): Ids<Id>,
    body: JsonBody,
) -> Result<Json<DocumentAccepted>, ApiError> {
    datasets::takes_documents(&host, &dataset).await?;
    let body: CreateDocumentByText = body.read("CreateDocumentByText", BODY)?;
    let name = cut_name(&body.name);
    let file = keep_text(&host, name.clone(), body.text).await?;
    let settings = CreateDocumentByFile {
        indexing_technique: body.indexing_technique,
        doc_form: body.doc_form,
        doc_language: body.doc_language,
        process_rule: body.process_rule,
        retrieval_model: body.retrieval_model,
        embedding_model: body.embedding_model,
        embedding_model_provider: body.embedding_model_provider,
        original_document_id: body.original_document_id,
    };
    Ok(Json(accept(&host, Submission { dataset, name, file, settings, may_lack_rule: true }).await?))
}
