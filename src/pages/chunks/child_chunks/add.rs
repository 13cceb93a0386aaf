//! Adding a child chunk.
//!
//! Carries out: createChildChunk.

use leptos::prelude::*;
use loredesk_wire::ChildChunk;

use super::{PAGE, Shared, drafts::NEW, page_text, renew};
use crate::{
    api::{
        ApiError,
        safe_child_chunk::{self, Addition},
        safe_chunk::RemoteChunk,
    },
    components::{ErrorLine, FormShell},
    dom::focus,
    i18n::{child_chunks::child_chunks, use_locale},
    pages::chunks::listing::Listing,
    state::{drafts as kept, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, TextArea},
};

/// The form. What is typed outlives it until it is added or discarded.
#[component]
pub fn Add(shared: Shared, is_adding: RwSignal<bool>, listing: Listing, total: Memo<u64>) -> impl IntoView {
    let messages = child_chunks(use_locale());
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let text = RwSignal::new(shared.drafts.get(NEW).map(|draft| draft.text).unwrap_or_default());
    let has_tried = RwSignal::new(false);
    let mutation = Mutation::new();
    Effect::new(move |_| shared.drafts.keep(NEW, text.get(), String::new()));
    let is_empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let add = Callback::new(move |()| {
        has_tried.set(true);
        if is_empty.get_untracked() {
            focus::first(".child-add textarea");
            return;
        }
        let (parent, wanted, drafts) = (shared.parent.get_value(), text.get_untracked(), shared.drafts);
        let tried = drafts.tried();
        let write = async move {
            let outcome = create(&parent, &wanted, &tried).await;
            if outcome.is_ok() && drafts.get(NEW).is_some_and(|draft| draft.text == wanted) {
                drafts.remove(NEW);
            }
            renew(cache);
            outcome
        };
        mutation.run(write, move |child| {
            toasts.done((messages.added)(child.position));
            is_adding.set(false);
            // It is the last one.
            let page = (total.get_untracked() + 1).div_ceil(PAGE).max(1);
            listing.urls.set(&[("child", ""), ("children", &page_text(page))]);
            focus::first(".child-chunks header button:last-child");
        });
    });
    let discard = move |_| {
        shared.drafts.remove(NEW);
        kept::remove(&shared.drafts.tried());
        is_adding.set(false);
        focus::first(".child-chunks header button:last-child");
    };
    let error = Signal::derive(move || (has_tried.get() && is_empty.get()).then(|| messages.no_text.to_owned()));
    view! {
        <FormShell class="form child-add" on_submit=add>
            <TextArea label=messages.new_text value=text rows=3 error />
            <ErrorLine error=mutation.error() />
            <p class="row-buttons">
                <Button disabled=mutation.is_pending() on_click=discard>{messages.discard}</Button>
                <Button
                    kind=ButtonKind::Primary
                    kind_attribute="submit"
                    pending=mutation.is_pending()
                    title=Signal::stored("Ctrl+Enter".to_owned())
                >{messages.add_submit}</Button>
            </p>
        </FormShell>
    }
}

/// Adds it. What is being tried is kept, so that another try, also one after a reload, first looks what this one has done.
async fn create(parent: &RemoteChunk, wanted: &str, tried: &str) -> Result<ChildChunk, ApiError> {
    let addition = match kept::get::<Addition>(tried).filter(|addition| addition.content == wanted) {
        Some(addition) => addition,
        None => Addition::look(parent, wanted).await?,
    };
    kept::set(tried, &addition.tried());
    let outcome = safe_child_chunk::create(parent, &addition).await;
    if outcome.is_ok() {
        kept::remove(tried);
    }
    outcome
}
