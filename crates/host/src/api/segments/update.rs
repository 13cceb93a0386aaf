//! `POST …/segments/{segment_id}`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{DocForm, NewSegment, Segment, SegmentAnswer, SegmentChange, UpdateSegment};
use rusqlite::Connection;

use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host, datasets};
use crate::indexing::prepare::{self, FoundBy};
use crate::store::documents;
use crate::store::documents::DocumentRow;
use crate::store::segments::{self, SegmentRow};

const BODY: &[Field] = &[must(
    "segment",
    Kind::Object(&[
        may("content", TEXT),
        may("answer", TEXT),
        may("keywords", Kind::Texts),
        may("enabled", Kind::Flag),
        may("regenerate_child_chunks", Kind::Flag),
        may("attachment_ids", Kind::Texts),
        may("summary", TEXT),
    ]),
)];

/// Changes a chunk. Empty text and empty keywords mean unchanged; a disabled chunk is only changed together with `enabled: true`.
/// Child chunks stay as they are unless they are to be made anew; then those that people wrote go as well.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document), Id(segment))): Ids<(Id, Id, Id)>,
    body: JsonBody,
) -> Result<Json<SegmentAnswer>, ApiError> {
    let change = body.read::<UpdateSegment>("UpdateSegment", BODY)?.segment;
    let ids = (dataset.clone(), document.clone(), segment.clone());
    let (before, form, is_high_quality, found_by) = host
        .store
        .read(move |connection| {
            let (document, row) = super::find(connection, &ids.0, &ids.1, &ids.2)?;
            let dataset = datasets::find(connection, &ids.0)?;
            let found_by = super::found_by(connection, &document)?;
            Ok::<_, ApiError>((row.segment, document.doc_form, dataset.is_high_quality(), found_by))
        })
        .await?;
    let wanted = merged(&before, &change, &form);
    let is_regenerated = matches!(found_by, FoundBy::Children(_)) && change.regenerate_child_chunks == Some(true);
    let found_by = match found_by {
        FoundBy::Children(_) if !is_regenerated => FoundBy::SameChildren,
        other => other,
    };
    let is_new_text = wanted.content != before.content || wanted.answer != before.answer || wanted.keywords != before.keywords;
    let is_new = is_new_text || is_regenerated;
    let new = if is_new { prepare::several(&host, vec![wanted], is_high_quality, found_by).await?.pop() } else { None };
    let answer = host.store.write(move |tx| {
        let (document_row, row) = super::find(tx, &dataset, &document, &segment)?;
        if row.segment.content != before.content {
            return Err(ApiError::invalid("Segment is indexing, please try again later"));
        }
        if change.enabled == Some(false) {
            segments::set_enabled(tx, row.seq, false)?;
            return answer(tx, &document_row, &row);
        }
        if !row.segment.enabled && change.enabled != Some(true) {
            return Err(ApiError::invalid("Can't update disabled segment"));
        }
        if let Some(new) = &new {
            segments::update(tx, document_row.dataset, &row, new)?;
            let grown = |new: u64, old: u64| i64::try_from(new).unwrap_or(0) - i64::try_from(old).unwrap_or(0);
            let (characters, tokens) = (grown(new.word_count, row.segment.word_count), grown(new.tokens, row.segment.tokens));
            documents::add_to_counts(tx, document_row.seq, characters, tokens)?;
        }
        if let Some(summary) = &change.summary {
            segments::set_summary(tx, row.seq, summary)?;
        }
        if !row.segment.enabled {
            segments::set_enabled(tx, row.seq, true)?;
        }
        answer(tx, &document_row, &row)
    });
    Ok(Json(answer.await?))
}

/// The chunk as it shall be.
fn merged(before: &Segment, change: &SegmentChange, form: &DocForm) -> NewSegment {
    let content = change.content.clone().filter(|text| !text.trim().is_empty());
    let keywords = change.keywords.clone().filter(|list| !list.is_empty());
    let is_new_text = content.as_ref().is_some_and(|content| *content != before.content);
    let answer = change.answer.clone().filter(|_| *form == DocForm::QuestionAnswer);
    NewSegment {
        content: content.unwrap_or_else(|| before.content.clone()),
        answer: answer.or_else(|| before.answer.clone()),
        // A new text without keywords of its own gets new ones; a parent chunk only ever has those that somebody gave it.
        keywords: keywords.or_else(|| before.keywords.clone().filter(|_| !is_new_text || *form == DocForm::Hierarchical)),
    }
}

fn answer(connection: &Connection, document: &DocumentRow, row: &SegmentRow) -> Result<SegmentAnswer, ApiError> {
    let row = segments::by_seq(connection, row.seq)?.ok_or_else(ApiError::no_segment)?;
    Ok(SegmentAnswer { data: row.to_wire(connection, &document.id)?, doc_form: document.doc_form.clone() })
}
