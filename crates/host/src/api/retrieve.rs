//! `POST /datasets/{dataset_id}/retrieve`, also known as `hit-testing`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{
    RetrievalModel, RetrievalQuery, RetrieveAnswer, RetrieveRecord, RetrieveRequest, RetrievedChildChunk, RetrievedDocument,
    SearchMethod, Segment,
};
use rusqlite::Connection;

use super::datasets::{self, refuse_reranking};
use super::extract::{Id, Ids, JsonBody};
use super::shape::{Field, Kind, may, must};
use super::shapes::RETRIEVAL_MODEL;
use super::{ApiError, Host};
use crate::embeddings::Vector;
use crate::retrieval::{self, Found, Search, Weights};
use crate::store::children::{self, ChildRow};
use crate::store::datasets::DatasetRow;
use crate::store::{documents, metadata, segments};

/// Results that one query can have.
const MOST_RESULTS: u64 = 100;

const BODY: &[Field] = &[
    must("query", Kind::Text { least: 1, most: 250 }),
    may("retrieval_model", Kind::Object(RETRIEVAL_MODEL)),
    may("attachment_ids", Kind::Texts),
];

/// Looks for chunks, and counts the hit of each that it answers.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids(Id(dataset)): Ids<Id>,
    body: JsonBody,
) -> Result<Json<RetrieveAnswer>, ApiError> {
    let RetrieveRequest { query, retrieval_model } = body.read("RetrieveRequest", BODY)?;
    let id = dataset.clone();
    let row = host.store.read(move |connection| datasets::find(connection, &id)).await?;
    let settings = retrieval_model.unwrap_or_else(|| row.retrieval_settings());
    refuse_reranking(&settings)?;
    let vector = embed(&host, &row, &settings, &query).await?;
    let search = Search {
        query: query.clone(),
        weights: Weights::from_wire(settings.weights.as_ref()),
        top_k: usize::try_from(settings.top_k.min(MOST_RESULTS)).unwrap_or_default(),
        score_threshold: settings.score_threshold.filter(|_| settings.score_threshold_enabled),
        filter: settings.metadata_filtering_conditions,
        method: settings.search_method,
        vector,
    };
    let answer = host.store.read(move |connection| {
        // It may have been deleted while the embedding service was asked, and its index with it.
        let found = retrieval::find(connection, &datasets::find(connection, &dataset)?, &search)?;
        let records = found.iter().map(|found| record(connection, found)).collect::<Result<Vec<_>, ApiError>>()?;
        Ok::<_, ApiError>((found, records))
    });
    let (found, records) = answer.await?;
    host.hits.add(found.iter().map(|found| found.seq));
    Ok(Json(RetrieveAnswer { query: RetrievalQuery { content: query }, records: records.into_iter().flatten().collect() }))
}

/// The query's embedding, where the method needs one.
async fn embed(host: &Host, dataset: &DatasetRow, settings: &RetrievalModel, query: &str) -> Result<Option<Vector>, ApiError> {
    if ![SearchMethod::Semantic, SearchMethod::Hybrid].contains(&settings.search_method) {
        return Ok(None);
    }
    let embeddings = host.embeddings.as_ref().ok_or_else(datasets::no_embeddings)?;
    if !dataset.is_high_quality() {
        return Err(ApiError::no_model(
            "This knowledge base has the economy index, without embeddings. Use keyword_search or full_text_search, \
             or change its indexing_technique to high_quality.",
        ));
    }
    let vectors = embeddings.of(vec![query.to_owned()]).await;
    Ok(vectors.map_err(|error| ApiError::no_model(error.to_string()))?.pop())
}

/// The record of a chunk; none when it was removed meanwhile.
fn record(connection: &Connection, found: &Found) -> Result<Option<RetrieveRecord>, ApiError> {
    let Some(row) = segments::by_seq(connection, found.seq)? else { return Ok(None) };
    let Some(document) = documents::by_seq(connection, row.document)? else { return Ok(None) };
    let values = metadata::of_document(connection, &document.id)?;
    let mut child_chunks = Vec::with_capacity(found.children.len());
    for hit in &found.children {
        let Some(ChildRow { child, .. }) = children::by_seq(connection, hit.seq)? else { continue };
        let (id, content, position) = (child.id, child.content, child.position);
        child_chunks.push(RetrievedChildChunk { id, content, position, score: hit.score });
    }
    Ok(Some(RetrieveRecord {
        segment: Segment {
            document: Some(RetrievedDocument {
                id: document.id.clone(),
                data_source_type: Some("upload_file".to_owned()),
                name: document.name,
                doc_type: None,
                doc_metadata: metadata::as_object(&values),
            }),
            ..row.to_wire_alone(&document.id)
        },
        score: found.score,
        child_chunks,
        ..RetrieveRecord::default()
    }))
}
