//! `POST /datasets`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{CreateDataset, Dataset, IndexingTechnique, Permission};

use super::{DESCRIPTION, NAME, PERMISSION, RETRIEVAL_MODEL, SUMMARY, TECHNIQUE, set_external, set_retrieval, set_technique};
use crate::api::extract::JsonBody;
use crate::api::models::choose::choose;
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host};
use crate::store::datasets::{self, DatasetRow, EXTERNAL};
use crate::store::new_id;

const BODY: &[Field] = &[
    must("name", NAME),
    DESCRIPTION,
    may("indexing_technique", TECHNIQUE),
    may("permission", PERMISSION),
    may("provider", Kind::OneOf(&["vendor", EXTERNAL])),
    may("embedding_model", TEXT),
    may("embedding_model_provider", TEXT),
    may("retrieval_model", Kind::Object(RETRIEVAL_MODEL)),
    may("external_knowledge_api_id", TEXT),
    may("external_knowledge_id", TEXT),
    may("summary_index_setting", SUMMARY),
];

/// Makes an empty knowledge base.
pub(crate) async fn handle(State(host): State<Host>, body: JsonBody) -> Result<Json<Dataset>, ApiError> {
    let body: CreateDataset = body.read("CreateDataset", BODY)?;
    let row = new_row(&host, body).await.map_err(ApiError::of_dataset_settings)?;
    let answer = host.store.write(move |tx| {
        if datasets::is_name_taken(tx, &row.name, None)? {
            return Err(ApiError::duplicate_name());
        }
        datasets::insert(tx, &row)?;
        Ok(datasets::to_wire(tx, &super::find(tx, &row.id)?)?)
    });
    Ok(Json(answer.await?))
}

async fn new_row(host: &Host, body: CreateDataset) -> Result<DatasetRow, ApiError> {
    let mut row = DatasetRow::new(new_id(), body.name);
    row.description = body.description.unwrap_or_default();
    row.permission = body.permission.filter(Permission::is_known).unwrap_or(row.permission);
    row.provider = body.provider.unwrap_or(row.provider);
    row.summary_index_setting = body.summary_index_setting;
    set_external(&mut row, body.external_knowledge_id, body.external_knowledge_api_id)?;
    if let Some(technique) = body.indexing_technique.filter(IndexingTechnique::is_known) {
        let model = match technique {
            IndexingTechnique::HighQuality => {
                let (model, provider) = (body.embedding_model.as_deref(), body.embedding_model_provider.as_deref());
                Some(choose(host, model, provider).await?)
            }
            _ => None,
        };
        set_technique(&mut row, technique, model)?;
    }
    set_retrieval(&mut row, body.retrieval_model)?;
    Ok(row)
}
