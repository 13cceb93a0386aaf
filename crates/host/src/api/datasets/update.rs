//! `PATCH /datasets/{dataset_id}`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{Dataset, IndexingTechnique, Permission, UpdateDataset};

use super::{
    DESCRIPTION, EXTERNAL_RETRIEVAL, MEMBERS, NAME, PERMISSION, RETRIEVAL_MODEL, TECHNIQUE, set_external, set_retrieval,
    set_technique,
};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::models::choose::{Chosen, choose};
use crate::api::shape::{Field, Kind, TEXT, may};
use crate::api::{ApiError, Host};
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
    may("partial_member_list", MEMBERS),
    may("external_retrieval_model", EXTERNAL_RETRIEVAL),
    may("external_knowledge_id", TEXT),
    may("external_knowledge_api_id", TEXT),
];

/// Changes what is sent. A new indexing technique or embedding model indexes every document again.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(id)): Ids<Id>, body: JsonBody) -> Result<Json<Dataset>, ApiError> {
    super::exists(&host, &id).await?;
    let body: UpdateDataset = body.read("UpdateDataset", BODY)?;
    let model = chosen(&host, &id, &body).await.map_err(ApiError::of_dataset_settings)?;
    let answer = host.store.write(move |tx| {
        let mut row = super::find(tx, &id)?;
        let before = (row.indexing_technique.clone(), row.embedding_model.clone());
        apply(&mut row, body, model).map_err(ApiError::of_dataset_settings)?;
        if datasets::is_name_taken(tx, &row.name, Some(&row.id))? {
            // The contract knows no 409 here, and real servers send none.
            return Err(ApiError::invalid("Dataset name already exists"));
        }
        datasets::update(tx, &row)?;
        if before.0.is_some() && before != (row.indexing_technique.clone(), row.embedding_model.clone()) {
            reindex::all(tx, row.seq)?;
        }
        let row = super::find(tx, &row.id)?;
        Ok(Dataset { partial_member_list: Some(row.partial_members.clone()), ..datasets::to_wire(tx, &row)? })
    });
    let answer = answer.await?;
    host.queue.wake();
    host.queue.purge();
    Ok(Json(answer))
}

/// The embedding model that the knowledge base is to have: the one that is sent, or else its own, or else the host's. None in the
/// economy index, where a model that is sent means nothing.
async fn chosen(host: &Host, id: &str, body: &UpdateDataset) -> Result<Option<Chosen>, ApiError> {
    let id = id.to_owned();
    let row = host.store.read(move |connection| super::find(connection, &id)).await?;
    let technique =
        body.indexing_technique.clone().filter(IndexingTechnique::is_known).or_else(|| row.indexing_technique.clone());
    let is_sent = body.indexing_technique.is_some() || body.embedding_model.is_some();
    if technique != Some(IndexingTechnique::HighQuality) || !is_sent {
        return Ok(None);
    }
    let sent = body.embedding_model.as_deref().filter(|model| !model.is_empty());
    match (sent, row.embedding()) {
        (sent, Some(own)) if sent.is_none_or(|sent| sent == own) => Ok(Some(Chosen(own))),
        (sent, _) => choose(host, sent, body.embedding_model_provider.as_deref()).await.map(Some),
    }
}

fn apply(row: &mut DatasetRow, body: UpdateDataset, model: Option<Chosen>) -> Result<(), ApiError> {
    row.name = body.name.unwrap_or_else(|| row.name.clone());
    row.description = body.description.unwrap_or_else(|| row.description.clone());
    row.permission = body.permission.filter(Permission::is_known).unwrap_or_else(|| row.permission.clone());
    if let Some(members) = body.partial_member_list {
        row.partial_members = members.into_iter().map(|member| member.user_id).collect();
    }
    if row.permission != Permission::PartialMembers {
        row.partial_members.clear();
    }
    let technique = body.indexing_technique.filter(IndexingTechnique::is_known).or_else(|| row.indexing_technique.clone());
    match (technique, model) {
        (Some(IndexingTechnique::HighQuality), None) if row.is_high_quality() => {}
        (Some(technique), model) => set_technique(row, technique, model)?,
        (None, _) => {}
    }
    set_external(row, body.external_knowledge_id, body.external_knowledge_api_id)?;
    // Real servers answer such settings for internal ones too, so clients send them back: there they mean nothing.
    if row.is_external() {
        row.external_retrieval_model = body.external_retrieval_model.or_else(|| row.external_retrieval_model.take());
    }
    set_retrieval(row, body.retrieval_model)
}
