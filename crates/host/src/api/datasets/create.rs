//! `POST /datasets`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{CreateDataset, Dataset, DocForm, IndexingTechnique};

use super::{DESCRIPTION, NAME, PERMISSION, RETRIEVAL_MODEL, TECHNIQUE, set_retrieval, set_technique};
use crate::api::extract::JsonBody;
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host, pipeline};
use crate::store::datasets::{self, DatasetRow};
use crate::store::new_id;

const BODY: &[Field] = &[
    must("name", NAME),
    DESCRIPTION,
    may("indexing_technique", TECHNIQUE),
    may("permission", PERMISSION),
    may("provider", Kind::OneOf(&["vendor"])),
    may("embedding_model", TEXT),
    may("embedding_model_provider", TEXT),
    may("retrieval_model", Kind::Object(RETRIEVAL_MODEL)),
    may("runtime_mode", Kind::OneOf(&["general", "rag_pipeline"])),
];

/// Makes an empty knowledge base.
///
/// `runtime_mode: "rag_pipeline"` is an extension of this host: the contract has operations for pipelines, but none to make a knowledge base
/// with one. It gives the built-in pipeline, which takes files and makes plain chunks; without an `indexing_technique` it is economy.
pub(crate) async fn handle(State(host): State<Host>, body: JsonBody) -> Result<Json<Dataset>, ApiError> {
    let body: CreateDataset = body.read("CreateDataset", BODY)?;
    let mut row = DatasetRow::new(new_id(), body.name);
    row.description = body.description.unwrap_or_default();
    row.permission = body.permission.filter(loredesk_wire::Permission::is_known).unwrap_or(row.permission);
    if let Some(technique) = body.indexing_technique.filter(IndexingTechnique::is_known) {
        let service = host.config.embeddings.as_ref();
        set_technique(&mut row, technique, body.embedding_model, body.embedding_model_provider, service)?;
    }
    if body.runtime_mode.as_deref() == Some("rag_pipeline") {
        row.pipeline_id = Some(pipeline::new_id());
        row.indexing_technique = row.indexing_technique.or(Some(IndexingTechnique::Economy));
        row.doc_form = Some(DocForm::Text);
    }
    set_retrieval(&mut row, body.retrieval_model)?;
    let answer = host.store.write(move |tx| {
        if datasets::is_name_taken(tx, &row.name, None)? {
            return Err(ApiError::duplicate_name());
        }
        datasets::insert(tx, &row)?;
        Ok(datasets::to_wire(tx, &super::find(tx, &row.id)?)?)
    });
    Ok(Json(answer.await?))
}
