//! Deleting a document from its own page: ten seconds in which it can be taken back, spent in its list.
//!
//! Carries out: deleteDocument.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::DocumentDetail;

use super::DocumentPlace;
use crate::{
    api::safe_delete::delete_document,
    components::{use_go, words::error_words},
    i18n::use_locale,
    state::{
        cache::Resource,
        delayed::Delayed,
        document_index::{DocumentIndexes, Leaving},
        query::QueryCache,
        toasts::Toasts,
    },
};

/// What deletes the document and goes to its list, where it can be taken back.
pub fn use_delete_document(place: &DocumentPlace, detail: Signal<Arc<DocumentDetail>>) -> Callback<()> {
    let locale = use_locale();
    let words = locale.document_actions();
    let (delayed, toasts) = (expect_context::<Delayed>(), expect_context::<Toasts>());
    let (cache, indexes) = (expect_context::<QueryCache>(), expect_context::<DocumentIndexes>());
    let go = StoredValue::new_local(use_go());
    let place = place.clone();
    Callback::new(move |()| {
        let DocumentPlace { client, knowledge_base, id } = place.clone();
        let name = detail.with_untracked(|detail| detail.name.clone());
        let index = indexes.of(&client, &knowledge_base);
        let key = Leaving::key(id.as_str());
        let text = (words.deletion.pending_one)(&name);
        let leaving = Leaving::begin(&index, &key, vec![id.to_string()]);
        delayed.start(&key, text, move || {
            // Nothing of the page: it is left by now.
            spawn_local(async move {
                let outcome = delete_document(&client, &knowledge_base, &id).await;
                leaving.settle(id.as_str());
                match outcome {
                    Ok(()) => {
                        index.remove(id.as_str());
                        toasts.done((words.delete.done)(&name));
                    }
                    Err(error) => {
                        let said = error_words(locale.messages, &error);
                        toasts.problem(format!("{}: {} {}", (words.delete.title)(1, "1"), said.cause, said.remedy));
                    }
                }
                for resource in [Resource::KnowledgeBases, Resource::KnowledgeBase, Resource::Document] {
                    cache.invalidate(resource);
                }
            });
        });
        let list = place.list();
        go.with_value(|go| go(&list, ""));
    })
}
