//! Knowledge bases, which the wire calls datasets.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod update;

use loredesk_wire::{IndexingTechnique, RetrievalModel};
use rusqlite::Connection;

use super::shape::{Field, Kind, may};
use super::shapes::{RETRIEVAL_MODEL, TECHNIQUE};
use super::{ApiError, Host};
use crate::config::EmbeddingService;
use crate::store::datasets::{self, DatasetRow};

const PERMISSION: Kind = Kind::OneOf(&["only_me", "all_team_members", "partial_members"]);
const NAME: Kind = Kind::Text { least: 1, most: 40 };
const DESCRIPTION: Field = may("description", Kind::Text { least: 0, most: 400 });

/// The knowledge base with the id, or the contract's refusal.
pub(crate) fn find(connection: &Connection, id: &str) -> Result<DatasetRow, ApiError> {
    datasets::find(connection, id)?.ok_or_else(ApiError::no_dataset)
}

/// Answers whether there is such a knowledge base, before a body is read.
pub(crate) async fn exists(host: &Host, id: &str) -> Result<(), ApiError> {
    let id = id.to_owned();
    host.store.read(move |connection| find(connection, &id).map(|_| ())).await
}

/// Answers whether documents are added to it directly, before a body is read: with a pipeline they come from its runs only.
pub(crate) async fn takes_documents(host: &Host, id: &str) -> Result<(), ApiError> {
    let id = id.to_owned();
    let row = host.store.read(move |connection| find(connection, &id)).await?;
    if row.pipeline_id.is_none() {
        return Ok(());
    }
    Err(ApiError::invalid(
        "This knowledge base gets its documents from its pipeline. Upload the file with POST /datasets/pipeline/file-upload \
         and run the pipeline with POST /datasets/{dataset_id}/pipeline/run.",
    ))
}

/// Sets the indexing technique, and with it the embedding model. High quality needs the embedding service.
pub(crate) fn set_technique(
    row: &mut DatasetRow,
    technique: IndexingTechnique,
    model: Option<String>,
    provider: Option<String>,
    service: Option<&EmbeddingService>,
) -> Result<(), ApiError> {
    if technique == IndexingTechnique::HighQuality {
        let service = service.ok_or_else(no_embeddings)?;
        if let Some(other) = model.filter(|model| !model.is_empty() && *model != service.model) {
            let message = format!("The embedding model {other} is not available; this host uses {}.", service.model);
            return Err(ApiError::invalid(message));
        }
        row.embedding_model = Some(service.model.clone());
        row.embedding_model_provider = Some(provider.filter(|name| !name.is_empty()).unwrap_or_else(|| "openai".to_owned()));
    } else {
        row.embedding_model = None;
        row.embedding_model_provider = None;
    }
    row.indexing_technique = Some(technique);
    Ok(())
}

/// The refusal of everything that needs embeddings on a host without them.
pub(crate) fn no_embeddings() -> ApiError {
    ApiError::no_model(
        "No embedding model is configured. Start the host with --embeddings-url and --embeddings-model, \
         or use the economy index with keyword_search or full_text_search.",
    )
}

/// Sets the retrieval settings. There is no reranking model here.
pub(crate) fn set_retrieval(row: &mut DatasetRow, model: Option<RetrievalModel>) -> Result<(), ApiError> {
    if let Some(model) = model {
        refuse_reranking(&model)?;
        row.retrieval_model = Some(model);
    }
    Ok(())
}

/// Refuses settings that name a reranking model, because this host has none.
pub(crate) fn refuse_reranking(model: &RetrievalModel) -> Result<(), ApiError> {
    let named = model.reranking_model.as_ref().is_some_and(|model| !model.reranking_model_name.is_empty());
    if model.reranking_enable && named && model.reranking_mode.as_deref() != Some("weighted_score") {
        return Err(ApiError::no_model("No reranking model is configured. Switch reranking off, or use weighted_score."));
    }
    Ok(())
}
