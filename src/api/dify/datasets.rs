//! Knowledge bases.

use loredesk_wire::{CreateDataset, Dataset, Page, UpdateDataset};

use super::PAGE_MAX;
use crate::{
    api::{ApiError, Client, http::encode_component, pipeline_guard::learn},
    model::id::KnowledgeBaseId,
};

/// Every knowledge base that the key may see, page after page, newest first. Ids are taken once, because a page may shift
/// while we read; `total` ends the loop, not `has_more`. A key of one knowledge base may not list: that one is all.
///
/// Operation: listDatasets.
///
/// # Errors
/// The first page that fails ends it.
pub async fn list_all(client: &Client) -> Result<Vec<Dataset>, ApiError> {
    if let Some(only) = &client.access().only {
        return Ok(vec![get(client, only).await?]);
    }
    let mut all: Vec<Dataset> = Vec::new();
    for page in 1_u64.. {
        let answer: Page<Dataset> = client.get(&format!("datasets?page={page}&limit={PAGE_MAX}")).await?;
        let is_empty = answer.data.is_empty();
        for dataset in answer.data {
            learn(client, &dataset);
            if !all.iter().any(|known| known.id == dataset.id) {
                all.push(dataset);
            }
        }
        if is_empty || page * PAGE_MAX >= answer.total {
            break;
        }
    }
    Ok(all)
}

/// The first knowledge bases whose name holds a text.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn search(client: &Client, text: &str) -> Result<Vec<Dataset>, ApiError> {
    if !client.access().has_list() {
        return Ok(Vec::new());
    }
    let path = format!("datasets?page=1&limit=20&keyword={}", encode_component(text));
    let answer: Page<Dataset> = client.get(&path).await?;
    answer.data.iter().for_each(|dataset| learn(client, dataset));
    Ok(answer.data)
}

/// One knowledge base.
///
/// Operation: getDatasetDetail.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn get(client: &Client, id: &KnowledgeBaseId) -> Result<Dataset, ApiError> {
    let dataset = client.get(&format!("datasets/{id}")).await?;
    learn(client, &dataset);
    Ok(dataset)
}

/// Makes an empty knowledge base.
///
/// Operation: createDataset.
///
/// # Errors
/// `Conflict` when the name is taken.
pub async fn create(client: &Client, body: &CreateDataset) -> Result<Dataset, ApiError> {
    let dataset = client.post("datasets", body).await?;
    learn(client, &dataset);
    Ok(dataset)
}

/// Changes what `body` holds.
///
/// Operation: updateDataset.
///
/// # Errors
/// `Conflict` when the name is taken.
pub async fn update(client: &Client, id: &KnowledgeBaseId, body: &UpdateDataset) -> Result<Dataset, ApiError> {
    client.patch(&format!("datasets/{id}"), body).await
}

/// Deletes a knowledge base with everything in it.
///
/// Operation: deleteDataset.
///
/// # Errors
/// `Conflict` when apps still use it.
pub async fn delete(client: &Client, id: &KnowledgeBaseId) -> Result<(), ApiError> {
    client.delete(&format!("datasets/{id}")).await
}
