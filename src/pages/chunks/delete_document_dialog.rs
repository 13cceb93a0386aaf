//! Deleting a document from its own page.
//!
//! Carries out: deleteDocument.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::DocumentDetail;

use super::DocumentPlace;
use crate::{
    api::{ApiError, ErrorKind, dify},
    components::{ErrorLine, use_go},
    i18n::use_locale,
    state::{cache::Resource, document_index::DocumentIndexes, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog},
};

/// The dialog.
#[component]
pub fn DeleteDocumentDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The document.
    place: DocumentPlace,
    /// What is known of it.
    detail: Signal<Arc<DocumentDetail>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let indexes = expect_context::<DocumentIndexes>();
    let go = use_go();
    let mutation = Mutation::new();
    let title = Signal::derive(move || detail.with(|detail| (messages.delete_document_title)(&detail.name)));
    let delete = Callback::new(move |()| {
        let (place, list, go) = (place.clone(), place.list(), go.clone());
        let name = detail.with_untracked(|detail| detail.name.clone());
        mutation.run(
            async move {
                send(&place).await?;
                indexes.of(&place.client, &place.knowledge_base).remove(place.id.as_str());
                cache.invalidate(Resource::KnowledgeBases);
                cache.invalidate(Resource::KnowledgeBase);
                Ok(())
            },
            move |()| {
                open.set(false);
                toasts.done((messages.document_deleted)(&name));
                go(&list, "");
            },
        );
    });
    view! {
        <Dialog open title close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <div class="form">
                <p>{move || detail.with(|detail| (messages.delete_document_text)(detail.segment_count))}</p>
                <ErrorLine error=mutation.error() />
                <footer class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                    <Button kind=ButtonKind::Danger icon="delete" pending=mutation.is_pending() on_click=move |_| delete.run(())>
                        {messages.delete_document_submit}
                    </Button>
                </footer>
            </div>
        </Dialog>
    }
}

/// Deletes it; one that is not there any more is deleted, and after a lost answer it is looked for.
async fn send(place: &DocumentPlace) -> Result<(), ApiError> {
    let DocumentPlace { client, knowledge_base, id } = place;
    match dify::documents::delete(client, knowledge_base, id).await {
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(error) if error.is_outcome_unknown() => match dify::documents::get(client, knowledge_base, id).await {
            Err(gone) if gone.kind == ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        },
        outcome => outcome,
    }
}
