//! `POST …/segments`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{CreateSegments, DocForm, IndexingStatus, NewSegment, SegmentsAnswer};

use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host, datasets, documents as find};
use crate::indexing::prepare;
use crate::store::{documents, segments};

const BODY: &[Field] =
    &[must("segments", Kind::Objects(&[must("content", TEXT), may("answer", TEXT), may("keywords", Kind::Texts)]))];

/// Adds chunks at the end of a document: all of them, or none when one is not right.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document))): Ids<(Id, Id)>,
    body: JsonBody,
) -> Result<Json<SegmentsAnswer>, ApiError> {
    let body: CreateSegments = body.read("CreateSegments", BODY)?;
    if body.segments.iter().any(|segment| segment.content.trim().is_empty()) {
        return Err(ApiError::invalid("Content is empty"));
    }
    let (dataset_id, document_id) = (dataset.clone(), document.clone());
    let (form, is_high_quality, found_by) = host
        .store
        .read(move |connection| {
            let dataset = datasets::find(connection, &dataset_id)?;
            let row = find::find(connection, &dataset_id, &document_id)?;
            let found_by = super::found_by(connection, &row)?;
            Ok::<_, ApiError>((row.doc_form, dataset.is_high_quality(), found_by))
        })
        .await?;
    if form == DocForm::QuestionAnswer && body.segments.iter().any(|s| s.answer.as_deref().is_none_or(|a| a.trim().is_empty())) {
        return Err(ApiError::invalid("Answer is required"));
    }
    let wanted = body.segments.into_iter().map(|segment| NewSegment {
        answer: segment.answer.filter(|_| form == DocForm::QuestionAnswer),
        keywords: segment.keywords.filter(|list| !list.is_empty()),
        ..segment
    });
    let new = prepare::several(&host, wanted.collect(), is_high_quality, found_by).await?;
    let answer = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &dataset)?;
        let document = find::find(tx, &dataset.id, &document)?;
        if document.indexing_status != IndexingStatus::Completed {
            return Err(ApiError::not_found("Document is not completed."));
        }
        if !document.enabled {
            return Err(ApiError::not_found("Document is disabled."));
        }
        let first = segments::next_position(tx, document.seq)?;
        let mut data = Vec::with_capacity(new.len());
        for (position, new) in (first..).zip(&new) {
            let seq = segments::insert(tx, dataset.seq, document.seq, position, new)?;
            if let Some(row) = segments::by_seq(tx, seq)? {
                data.push(row.to_wire(tx, &document.id)?);
            }
        }
        let sum = |count: fn(&segments::NewSegment) -> u64| i64::try_from(new.iter().map(count).sum::<u64>()).unwrap_or(0);
        documents::add_to_counts(tx, document.seq, sum(|new| new.word_count), sum(|new| new.tokens))?;
        Ok(SegmentsAnswer { data, doc_form: document.doc_form, ..SegmentsAnswer::default() })
    });
    Ok(Json(answer.await?))
}
