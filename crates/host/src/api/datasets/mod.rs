//! Knowledge bases, which the wire calls datasets.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod update;

use loredesk_wire::{IndexingTechnique, RetrievalModel};
use rusqlite::Connection;

use super::models::PROVIDER;
use super::models::choose::Chosen;
use super::shape::{Field, Kind, TEXT, may, must};
use super::shapes::{RETRIEVAL_MODEL, TECHNIQUE};
use super::{ApiError, Host};
use crate::store::datasets::{self, DatasetRow};

const PERMISSION: Kind = Kind::OneOf(&["only_me", "all_team_members", "partial_members"]);
const NAME: Kind = Kind::Text { least: 1, most: 40 };
const DESCRIPTION: Field = may("description", Kind::Text { least: 0, most: 400 });
const MEMBERS: Kind = Kind::Objects(&[must("user_id", Kind::Text { least: 1, most: usize::MAX })]);
const EXTERNAL_RETRIEVAL: Kind =
    Kind::Object(&[may("top_k", Kind::Count), may("score_threshold", Kind::Share), may("score_threshold_enabled", Kind::Flag)]);
const SUMMARY: Kind = Kind::Object(&[
    may("enable", Kind::Flag),
    may("model_name", TEXT),
    may("model_provider_name", TEXT),
    may("summary_prompt", TEXT),
]);

/// The knowledge base with the id, or the contract's refusal.
pub(crate) fn find(connection: &Connection, id: &str) -> Result<DatasetRow, ApiError> {
    datasets::find(connection, id)?.ok_or_else(ApiError::no_dataset)
}

/// Answers whether there is such a knowledge base, before a body is read.
pub(crate) async fn exists(host: &Host, id: &str) -> Result<(), ApiError> {
    let id = id.to_owned();
    host.store.read(move |connection| find(connection, &id).map(|_| ())).await
}

/// Sets the indexing technique, and with it the embedding model. High quality needs one.
pub(crate) fn set_technique(row: &mut DatasetRow, technique: IndexingTechnique, model: Option<Chosen>) -> Result<(), ApiError> {
    if technique == IndexingTechnique::HighQuality {
        row.embedding_model = Some(model.ok_or_else(no_embeddings)?.0);
        row.embedding_model_provider = Some(PROVIDER.to_owned());
    } else {
        row.embedding_model = None;
        row.embedding_model_provider = None;
    }
    row.indexing_technique = Some(technique);
    Ok(())
}

/// Sets where an external knowledge base is; an internal one has no such place.
fn set_external(row: &mut DatasetRow, knowledge: Option<String>, api: Option<String>) -> Result<(), ApiError> {
    let (knowledge, api) = (knowledge.filter(|id| !id.is_empty()), api.filter(|id| !id.is_empty()));
    if !row.is_external() && (knowledge.is_some() || api.is_some()) {
        let message =
            "external_knowledge_id and external_knowledge_api_id belong to a knowledge base with the provider external.";
        return Err(ApiError::invalid(message));
    }
    row.external_knowledge_id = knowledge.or_else(|| row.external_knowledge_id.take());
    row.external_knowledge_api_id = api.or_else(|| row.external_knowledge_api_id.take());
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
