//! `PATCH /datasets/{dataset_id}`.
//!
//! Operation: updateDataset.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{Dataset, IndexingTechnique, Permission, UpdateDataset};

use super::{DESCRIPTION, NAME, PERMISSION, RETRIEVAL_MODEL, TECHNIQUE, set_retrieval, set_technique};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may};
use crate::api::{ApiError, Host};
use crate::config::EmbeddingService;
use crate::store::datasets::{self, DatasetRow};
use crate::store::reindex;

const BODY: &[Field] = &[
    may("name", NAME),
    DESCRIPTION,
    may("indexing_technique", TECHNIQUE),
    may("permission", PERMISSION),
    may("embedding_model", TEXT),
    may("embedding_model_provider", TEXT),
    may("retrieval_model", Kind::Object(RETRIEVAL_MODEL)),
];

/// Changes what is sent. A new indexing technique indexes every document again.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(id)): Ids<Id>, body: JsonBody) -> Result<Json<Dataset>, ApiError> {
    let body: UpdateDataset = body.read("UpdateDataset", BODY)?;
    let service = host.config.embeddings.clone();
    let answer = host.store.write(move |tx| {
        let mut row = super::find(tx, &id)?;
        let before = (row.indexing_technique.clone(), row.embedding_model.clone());
        apply(&mut row, body, service.as_ref())?;
        if datasets::is_name_taken(tx, &row.name, Some(&row.id))? {
            // The contract has 409 for a new one only; the words are a real server's.
            return Err(ApiError::invalid("Dataset name already exists"));
        }
        datasets::update(tx, &row)?;
        if before.0.is_some() && before != (row.indexing_technique.clone(), row.embedding_model.clone()) {
            reindex::all(tx, row.seq)?;
        }
        Ok(datasets::to_wire(tx, &super::find(tx, &row.id)?)?)
    });
    let answer = answer.await?;
    host.queue.wake();
    host.queue.purge();
    Ok(Json(answer))
}

fn apply(row: &mut DatasetRow, body: UpdateDataset, service: Option<&EmbeddingService>) -> Result<(), ApiError> {
    row.name = body.name.unwrap_or_else(|| row.name.clone());
    row.description = body.description.unwrap_or_else(|| row.description.clone());
    row.permission = body.permission.filter(Permission::is_known).unwrap_or_else(|| row.permission.clone());
    if let Some(technique) = body.indexing_technique.filter(IndexingTechnique::is_known) {
        set_technique(row, technique, body.embedding_model, body.embedding_model_provider, service)?;
    }
    set_retrieval(row, body.retrieval_model)
}
