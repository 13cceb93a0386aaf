//! Saving the changes: what is sent of them, and what becomes of the draft when a document is written or refused.
//!
//! Carries out: batchUpdateDocumentMetadata.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;

use super::screen::Screen;
use crate::{
    api::safe_metadata::{self, PartialUpdate, RemoteMetadata, Wish, WishedValue},
    components::metadata_values::take_in,
    i18n::Locale,
    model::{
        batch::{Item, PIECE_MAX},
        id::DocumentId,
        metadata::{Field, MetadataValue},
    },
    state::{
        batch::{PieceAnswer, Reason},
        cache::Resource,
        document_index::DocumentIndex,
        metadata_draft::DraftWriter,
        query::QueryCache,
    },
};

/// A changed value for the preview.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// Document id.
    pub document: String,
    /// Document name.
    pub name: String,
    /// The field.
    pub field: Field,
    /// What the person saw.
    pub before: MetadataValue,
    /// What it shall be.
    pub after: MetadataValue,
}

/// The changes that can be saved, by document in the list's order, and how many values do not fit.
pub fn lines(screen: Screen) -> (Vec<Line>, usize) {
    let (mut lines, mut unfit) = (Vec::new(), 0);
    screen.edits.with_untracked(|edits| {
        screen.documents.with_untracked(|documents| {
            screen.fields.with_untracked(|fields| {
                for document in &documents.list {
                    let Some(changed) = edits.of(&document.id) else { continue };
                    for field in fields {
                        let Some(edit) = changed.get(&field.id) else { continue };
                        if edit.wanted.fits(&field.kind) {
                            lines.push(Line {
                                document: document.id.clone(),
                                name: document.name.clone(),
                                field: field.clone(),
                                before: edit.base.clone(),
                                after: edit.wanted.clone(),
                            });
                        } else {
                            unfit += 1;
                        }
                    }
                }
            });
        });
    });
    (lines, unfit)
}

/// What hears of written values, also once the screen is left.
#[derive(Clone)]
struct Known {
    draft: DraftWriter,
    index: DocumentIndex,
}

/// Writes the changes of these lines' documents; the report is the screen's batch.
pub fn start(screen: Screen, locale: Locale, cache: QueryCache, lines: &[Line], on_end: impl Fn() + 'static) {
    let items = lines.iter().map(|line| Item { id: line.document.clone(), name: line.name.clone() }).collect();
    let (client, knowledge_base) = (screen.client.get_value(), screen.knowledge_base.get_value());
    let store = RemoteMetadata { client, knowledge_base };
    let partial = screen.partial.get_value();
    let known = Known { draft: screen.draft.writer(), index: screen.index.get_value() };
    let work = move |ids: Vec<String>| write(screen, locale, store.clone(), known.clone(), Rc::clone(&partial), ids);
    let end = move || {
        for resource in [Resource::MetadataFields, Resource::DocumentValues, Resource::Document, Resource::Retrieval] {
            cache.invalidate(resource);
        }
        screen.index.with_value(DocumentIndex::reload);
        on_end();
    };
    screen.run.start(items, PIECE_MAX, work, end);
}

/// Writes one piece.
async fn write(
    screen: Screen,
    locale: Locale,
    store: RemoteMetadata,
    known: Known,
    partial: Rc<Cell<PartialUpdate>>,
    ids: Vec<String>,
) -> PieceAnswer {
    let messages = &locale.metadata().save;
    let mut refused = Vec::new();
    let mut wishes = Vec::new();
    for id in ids {
        match DocumentId::parse(&id) {
            Some(document) => wishes.extend(wish(screen, document)),
            None => refused.push((id, Reason::Words(messages.bad_id.to_owned()))),
        }
    }
    let results = safe_metadata::write(&store, &partial, &wishes).await?;
    for (document, written) in results {
        let id = document.to_string();
        let Some(wish) = wishes.iter().find(|wish| wish.document == document) else { continue };
        refused.extend(take_in(locale, &known.draft, &known.index, wish, &written).map(|reason| (id, Reason::Words(reason))));
    }
    Ok(refused)
}

fn wish(screen: Screen, document: DocumentId) -> Option<Wish> {
    let values = screen.edits.try_with_untracked(|edits| {
        let changed = edits.of(document.as_str())?;
        screen.fields.try_with_untracked(|fields| {
            let fields = fields.iter().filter_map(|field| Some((field, changed.get(&field.id)?)));
            let fitting = fields.filter(|(field, edit)| edit.wanted.fits(&field.kind));
            fitting
                .map(|(field, edit)| WishedValue { field: field.clone(), base: edit.base.clone(), wanted: edit.wanted.clone() })
                .collect::<Vec<_>>()
        })
    });
    let values = values.flatten().unwrap_or_default();
    (!values.is_empty()).then_some(Wish { document, values })
}
