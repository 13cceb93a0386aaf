//! Deleting the document from its own page: nothing is sent for ten seconds, which one spends on the list that it is in. There its
//! row says so and can be taken back.
//!
//! Carries out: deleteDocument.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::DocumentDetail;

use super::DocumentPlace;
use crate::{
    api::safe_document,
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

/// What the button and the menu do.
pub fn use_delete(place: &DocumentPlace, detail: Signal<Arc<DocumentDetail>>) -> Callback<()> {
    let locale = use_locale();
    let (cache, toasts) = (expect_context::<QueryCache>(), expect_context::<Toasts>());
    let (delayed, indexes) = (expect_context::<Delayed>(), expect_context::<DocumentIndexes>());
    let (go, place) = (use_go(), place.clone());
    Callback::new(move |()| {
        let words = locale.document_actions();
        let DocumentPlace { client, knowledge_base, id } = place.clone();
        let index = indexes.of(&client, &knowledge_base);
        if !index.leaving().with_untracked(|leaving| leaving.contains_key(id.as_str())) {
            let name = detail.with_untracked(|detail| detail.name.clone());
            let key = format!("documents {id}");
            let leaving = Leaving::begin(&index, &key, vec![id.to_string()]);
            let delete = async move {
                match safe_document::delete(&client, &knowledge_base, &id).await {
                    Ok(()) => {
                        index.remove(id.as_str());
                        toasts.done((words.delete.done)(&name));
                    }
                    Err(error) => {
                        let cause = error_words(locale.messages, &error).cause;
                        toasts.problem((words.deletion.not_deleted)(&name, &cause));
                    }
                }
                drop(leaving);
                for resource in [Resource::KnowledgeBases, Resource::KnowledgeBase, Resource::Document] {
                    cache.invalidate(resource);
                }
            };
            // Nothing of the page: it is left by then.
            let text = (words.deletion.pending_one)(&detail.with_untracked(|detail| detail.name.clone()));
            delayed.start(&key, text, move || spawn_local(delete));
        }
        go(&place.list(), "");
    })
}
