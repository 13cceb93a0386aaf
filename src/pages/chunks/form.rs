//! The form of a chunk in the drawer: edit, save safely, switch on and off, delete.
//!
//! Carries out: updateSegment.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Attachment, Segment, SegmentStatus};

use super::{
    ChunkKind, DocumentPlace,
    child_chunks::SaveDialog,
    conflict_dialog::{Collision, ConflictDialog},
    editor::Editor,
    fields::Fields,
    listing::Listing,
    many::{Picked, use_many},
};
use crate::{
    api::safe_chunk::{self, Written},
    components::{DraftNotes, DraftWords, ErrorLine, FormShell, SaveButtons, SharedDraftNote, Time},
    dom::{focus, focus_keeper},
    i18n::{child_chunks::child_chunks, use_locale},
    model::{
        chunk::{self, Children, ChunkDraft, Verdict},
        id::ChunkId,
    },
    state::{cache::Resource, drafts, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Icon, Switch},
};

/// The form.
#[component]
pub fn ChunkForm(
    /// The document.
    place: DocumentPlace,
    /// The list.
    listing: Listing,
    /// The chunk's id.
    id: ChunkId,
    /// The chunk as the server has it.
    chunk: Signal<Arc<Segment>>,
    /// What kind of chunks the document has.
    kind: ChunkKind,
    /// Closes the drawer.
    on_close: Callback<()>,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let server = Memo::new(move |_| chunk.with(|chunk| chunk::ChunkForm::of(chunk)));
    let editor = Editor::new(place.draft_key(id.as_str()), &server.get_untracked(), listing);
    editor.follow(server);
    renew_after_end(editor);
    let is_overtaken = editor.is_overtaken(chunk);
    let has_answers = kind.has_answers;
    let problem = editor.problem(has_answers);
    let has_tried = RwSignal::new(false);
    let discarded = RwSignal::new(None::<chunk::ChunkForm>);
    let collision = RwSignal::new(None::<Collision>);
    let mutation = Mutation::new();
    let send = use_save(place, id, chunk, editor, mutation, collision);
    let is_asking = RwSignal::new(false);
    let save = Callback::new(move |()| {
        has_tried.set(true);
        if problem.get_untracked().is_some() {
            focus::first(".drawer [aria-invalid]");
        } else if editor.is_dirty.get_untracked() {
            discarded.set(None);
            // A new text leaves child chunks with the old one behind: only a person knows whether that is meant.
            let has_new_text = editor.content.get_untracked() != chunk.with_untracked(|chunk| chunk.content.clone());
            let has_children = chunk.with_untracked(|chunk| !chunk.child_chunks.is_empty());
            match (kind.has_children.get_untracked() && has_new_text, has_children) {
                (true, true) => is_asking.set(true),
                (true, false) => send.run(Children::Anew),
                (false, _) => send.run(Children::Keep),
            }
        }
    });
    let discard = move |()| {
        keep_in_drawer();
        discarded.set(Some(editor.now()));
        has_tried.set(false);
        mutation.clear();
        editor.start_over(server.get_untracked());
    };
    let undo = move |_| {
        if let Some(form) = discarded.get_untracked() {
            editor.fill(form);
            discarded.set(None);
        }
    };
    let many = use_many();
    let delete = move |_| {
        // The focus goes to the chunk that comes after it in the list.
        let neighbour = listing.shown.with_untracked(|shown| {
            let here = shown.iter().position(|known| chunk.with_untracked(|chunk| chunk.id == known.id))?;
            shown.get(here + 1).or_else(|| shown.get(here.checked_sub(1)?)).map(|chunk| chunk.id.clone())
        });
        many.delete(vec![chunk.with_untracked(|chunk| Picked::of(chunk))]);
        on_close.run(());
        if neighbour.is_some() {
            listing.focus.set(neighbour);
        }
    };
    let shown_problem = Signal::derive(move || problem.get().filter(|_| has_tried.get()));
    let compare = Callback::new(move |()| collision.set(Some(Collision::Changed(chunk.get_untracked()))));
    let words = DraftWords {
        changed_meanwhile: messages.changed_meanwhile,
        compare: messages.compare,
        draft_found: messages.draft_found,
        not_stored: messages.not_stored,
    };
    let no_keywords = match (chunk.with_untracked(|chunk| chunk.keywords.is_some()), kind.has_children.get_untracked()) {
        (_, true) => Some(child_chunks(use_locale()).no_keywords),
        (false, false) => Some(messages.no_keywords),
        (true, false) => None,
    };
    view! {
        <FormShell class="form chunk-form" on_submit=save>
            <IndexingError chunk />
            <DraftNotes
                words
                is_overtaken
                on_compare=compare
                is_restored=Signal::derive(move || editor.is_restored && editor.is_dirty.get())
                is_unstored=editor.draft.is_unstored
            />
            <SharedDraftNote draft=editor.draft on_swap=move |()| editor.swap() />
            <Fields editor has_answers problem=shown_problem no_keywords />
            <Switch value=editor.enabled label=messages.enabled />
            <ErrorLine error=mutation.error() />
            <Show when=move || discarded.with(Option::is_some) && !editor.is_dirty.get()>
                <p class="note"><Icon name="info" /><span>{messages.discarded}</span><Button on_click=undo>{messages.undo}</Button></p>
            </Show>
            <footer class="drawer-foot">
                <Button kind=ButtonKind::Quiet icon="delete" on_click=delete>{messages.delete}</Button>
                <span class="grow"></span>
                <SaveButtons is_dirty=editor.is_dirty is_pending=mutation.is_pending() discard=messages.discard on_discard=discard />
            </footer>
            <ChunkFacts chunk />
        </FormShell>
        <SaveDialog open=is_asking chunk on_choice=send />
        <ConflictDialog collision editor on_keep=save />
    }
}

/// What another tab has saved is on the server now.
fn renew_after_end(editor: Editor) {
    let cache = expect_context::<QueryCache>();
    Effect::new(move |_| {
        if editor.draft.ended_elsewhere.get() > 0 {
            for resource in [Resource::Chunks, Resource::Chunk, Resource::ChildChunks, Resource::Document] {
                cache.invalidate(resource);
            }
        }
    });
}

/// Buttons that saved or discarded are switched off then: the drawer takes the focus that one of them had.
fn keep_in_drawer() {
    focus_keeper::once_settled(|| {
        if focus_keeper::is_lost() {
            focus::first(".drawer");
        }
    });
}

/// What happens on saving, whether the form is still there when the answer comes or not.
fn use_save(
    place: DocumentPlace,
    id: ChunkId,
    chunk: Signal<Arc<Segment>>,
    editor: Editor,
    mutation: Mutation,
    collision: RwSignal<Option<Collision>>,
) -> Callback<Children> {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let position = chunk.get_untracked().position;
    let key = place.draft_key(id.as_str());
    let remote = place.chunk(id);
    Callback::new(move |children: Children| {
        let (base, sent) = (editor.base.get_untracked(), editor.now());
        let (remote, key, wanted) = (remote.clone(), key.clone(), sent.clone());
        let write = async move {
            let written = safe_chunk::write(&remote, &base, &wanted, children).await;
            // Also where the form is gone: a draft that was saved is none.
            let is_saved = matches!(&written, Written::Done(_, Verdict::Good | Verdict::KeptKeywords | Verdict::KeptChildren));
            if is_saved && drafts::get::<ChunkDraft>(&key).is_some_and(|draft| draft.form == wanted) {
                drafts::remove(&key);
            }
            for resource in [Resource::Chunks, Resource::Chunk, Resource::ChildChunks, Resource::Document, Resource::Retrieval] {
                cache.invalidate(resource);
            }
            match written {
                Written::Failed(error, now) => {
                    if let Some(now) = now {
                        let _ = editor.base.try_set(chunk::ChunkForm::of(&now));
                    }
                    Err(error)
                }
                other => Ok(other),
            }
        };
        let sent_form = sent;
        mutation.run(write, move |written| match written {
            Written::Conflict(theirs) => collision.set(Some(Collision::Changed(Arc::from(theirs)))),
            Written::Done(now, verdict) => {
                let server = chunk::ChunkForm::of(&now);
                match verdict {
                    // The form stays as it is: what is typed is not lost, and saving again tries again.
                    Verdict::NotIndexed => {
                        editor.base.set(server);
                        toasts.problem(messages.chunk_failed);
                    }
                    Verdict::OtherText => {
                        editor.base.set(server);
                        collision.set(Some(Collision::OtherText(Arc::from(now))));
                    }
                    Verdict::Good | Verdict::KeptKeywords | Verdict::KeptChildren => {
                        keep_in_drawer();
                        // What was typed while it was being saved stays.
                        if editor.now() == sent_form {
                            editor.start_over(server)
                        } else {
                            editor.base.set(server)
                        }
                        match verdict {
                            Verdict::KeptKeywords => toasts.problem(messages.kept_keywords),
                            Verdict::KeptChildren => toasts.problem(child_chunks(locale).anew_kept),
                            _ => toasts.done((messages.saved)(position)),
                        }
                    }
                }
            }
            Written::Failed(..) => {}
        });
    })
}

/// The server's own words where it could not index the chunk.
#[component]
pub(super) fn IndexingError(chunk: Signal<Arc<Segment>>) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    move || {
        let (is_failed, error) = chunk.with(|chunk| {
            let error = chunk.error.clone().unwrap_or_default();
            (chunk.status == SegmentStatus::Error || !error.is_empty(), error)
        });
        is_failed.then(|| {
            view! {
                <div class="error-line" role="alert">
                    <Icon name="warning" />
                    <div>
                        <p><strong>{messages.chunk_failed}</strong> " " {messages.chunk_failed_remedy}</p>
                        <p class="said">{error}</p>
                    </div>
                </div>
            }
        })
    }
}

/// What else is known of the chunk.
#[component]
pub(super) fn ChunkFacts(chunk: Signal<Arc<Segment>>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    move || {
        let chunk = chunk.get();
        let hits = match chunk.hit_count {
            0 => messages.never_retrieved.to_owned(),
            count => (messages.hits)(count, &locale.number(count)),
        };
        let image = |image: &Attachment| format!("{} ({})", image.name, locale.bytes(image.size));
        let images: Vec<String> = chunk.attachments.iter().map(image).collect();
        view! {
            <dl class="facts small">
                {fact(messages.hit_count, hits.into_any())}
                {fact(messages.created_at, view! { <Time seconds=chunk.created_at /> }.into_any())}
                {fact(messages.updated_at, view! { <Time seconds=chunk.updated_at /> }.into_any())}
                {(!images.is_empty()).then(|| fact(messages.attachments, images.join(", ").into_any()))}
            </dl>
        }
    }
}
