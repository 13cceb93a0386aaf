//! Adding a chunk, or many, at the end of a document.
//!
//! Carries out: createSegments.

use leptos::prelude::*;
use loredesk_wire::{NewSegment, SegmentStatus};

use super::{
    ChunkKind, DocumentPlace,
    add_many::AddMany,
    editor::Editor,
    fields::Fields,
    listing::{Listing, PAGE},
};
use crate::{
    api::{
        ApiError,
        add_chunks::{self, Addition, RemoteDocument},
    },
    components::{ErrorLine, FormShell, SharedDraftNote},
    dom::focus,
    i18n::{child_chunks::child_chunks, chunk_import::chunk_import, use_locale},
    model::chunk::ChunkForm,
    state::{cache::Resource, drafts, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, Icon, Segment, Segmented},
};

/// The dialog. What is typed outlives it until it is added or discarded.
#[component]
pub fn AddDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The document.
    place: DocumentPlace,
    /// The list.
    listing: Listing,
    /// What kind of chunks the document has.
    kind: ChunkKind,
    /// Chunks of the document in all.
    total: Signal<u64>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let words = chunk_import(locale);
    let mutation = Mutation::new();
    let is_sending = RwSignal::new(false);
    let is_held = Signal::derive(move || mutation.is_pending().get() || is_sending.get());
    // What was pasted and not added is shown again.
    let is_many = RwSignal::new(false);
    let many_key = place.draft_key("many");
    Effect::new(move |_| {
        if open.get() {
            is_many.set(drafts::get::<serde_json::Value>(&many_key).is_some());
        }
    });
    let value = Signal::derive(move || if is_many.get() { "several" } else { "one" }.to_owned());
    let option = |value: &str, words: &str| Segment { value: value.to_owned(), words: words.to_owned(), reason: None };
    let options = Signal::stored(vec![option("one", words.one), option("several", words.several)]);
    let choose = move |value: String| {
        if !is_held.get_untracked() {
            is_many.set(value == "several");
        }
    };
    view! {
        <Dialog open title=messages.add_title.to_owned() close_label=locale.messages.common.close class="wide" is_held>
            <Segmented label=words.how_many value options hint=Signal::stored(String::new()) on_change=choose />
            {
                let place = place.clone();
                move || {
                    let place = place.clone();
                    if is_many.get() {
                        view! { <AddMany open is_sending place listing has_answers=kind.has_answers /> }.into_any()
                    } else {
                        view! { <Form open mutation place listing kind total /> }.into_any()
                    }
                }
            }
        </Dialog>
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    mutation: Mutation,
    place: DocumentPlace,
    listing: Listing,
    kind: ChunkKind,
    total: Signal<u64>,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    mutation.clear();
    let key = place.draft_key("new");
    let tried = place.draft_key("new-tried");
    let forgotten = tried.clone();
    let empty = ChunkForm { enabled: true, ..ChunkForm::default() };
    let editor = Editor::new(key.clone(), &empty, listing);
    let has_answers = kind.has_answers;
    let no_keywords = kind.has_children.get_untracked().then(|| child_chunks(use_locale()).no_keywords);
    let problem = editor.problem(has_answers);
    let has_tried = RwSignal::new(false);
    let add = Callback::new(move |()| {
        has_tried.set(true);
        if problem.get_untracked().is_some() {
            focus::first("dialog[open] [aria-invalid]");
            return;
        }
        let form = editor.now();
        let new = NewSegment {
            content: form.content,
            answer: Some(form.answer).filter(|answer| !answer.is_empty()),
            keywords: Some(form.keywords).filter(|keywords| !keywords.is_empty()),
        };
        let DocumentPlace { client, knowledge_base, id } = place.clone();
        let (key, tried) = (key.clone(), tried.clone());
        mutation.run(
            async move {
                let outcome = create(&RemoteDocument { client, knowledge_base, id }, new, &tried).await;
                if outcome.is_ok() {
                    drafts::remove(&key);
                }
                cache.invalidate(Resource::Chunks);
                cache.invalidate(Resource::Document);
                outcome
            },
            move |chunk| {
                let page = (total.get_untracked() + 1).div_ceil(PAGE);
                open.set(false);
                listing.urls.set(&[
                    ("search", ""),
                    ("show", ""),
                    ("page", &if page <= 1 { String::new() } else { page.to_string() }),
                ]);
                listing.focus.set(Some(chunk.id));
                // A success may hold a failure: the chunk is there, but retrieval does not find it.
                if chunk.status == SegmentStatus::Error {
                    toasts.problem(format!("{} {}", messages.chunk_failed, chunk.error.unwrap_or_default()).trim_end());
                } else {
                    toasts.done((messages.created)(chunk.position));
                }
            },
        );
    });
    let shown_problem = Signal::derive(move || problem.get().filter(|_| has_tried.get()));
    let clear = move |_| {
        has_tried.set(false);
        drafts::remove(&forgotten);
        editor.start_over(ChunkForm { enabled: true, ..ChunkForm::default() });
        focus::first("dialog[open] textarea");
    };
    view! {
        <FormShell on_submit=add>
            <Fields editor has_answers problem=shown_problem no_keywords autofocus=true />
            {no_keywords.is_none().then(|| view! { <p class="hint">{messages.keywords_hint}</p> })}
            <SharedDraftNote draft=editor.draft on_swap=move |()| editor.swap() />
            <Show when=move || editor.draft.is_unstored.get()>
                <p class="note"><Icon name="warning" /><span>{messages.not_stored}</span></p>
            </Show>
            <ErrorLine error=mutation.error() />
            <footer class="dialog-foot">
                <span class="hint grow">{messages.draft_kept}</span>
                <Button kind=ButtonKind::Quiet disabled=Signal::derive(move || !editor.is_dirty.get()) on_click=clear>{messages.discard}</Button>
                <Button
                    kind=ButtonKind::Primary
                    kind_attribute="submit"
                    pending=mutation.is_pending()
                    title=Signal::stored("Ctrl+Enter".to_owned())
                >{messages.add_submit}</Button>
            </footer>
        </FormShell>
    }
}

/// Adds it. What is being tried is kept, so that another try, also one after a reload, first looks what this one has done.
async fn create(end: &RemoteDocument, new: NewSegment, tried: &str) -> Result<loredesk_wire::Segment, ApiError> {
    let addition = match drafts::get::<Addition>(tried).filter(|addition| addition.content == new.content) {
        Some(addition) => addition,
        None => Addition::look(end, &new.content).await?,
    };
    drafts::set(tried, &addition);
    let outcome = add_chunks::add_one(end, new, &addition).await;
    if outcome.is_ok() {
        drafts::remove(tried);
    }
    outcome
}
