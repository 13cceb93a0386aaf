//! Replacing a document's text: edit it, see what that changes, then send it.
//!
//! Carries out: updateDocumentByText.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use leptos::prelude::*;
use loredesk_wire::{DocumentDetail, SegmentsAnswer};

use super::DocumentPlace;
use crate::{
    api::{ApiError, dify},
    components::{DiffView, ErrorLine, HandWorkNote, QueryView, SharedDraftNote},
    dom::timers::Debounce,
    i18n::{replaced_work::replaced_work, use_locale},
    model::{chunk::READ_MAX, document::is_settled, hand_work::HandWork, replace, shared_draft::Elsewhere},
    state::{
        cache::Resource,
        document_index::DocumentIndexes,
        drafts,
        mutation::Mutation,
        queries,
        query::{Query, QueryCache, use_query},
        shared_draft::DraftKeeper,
        toasts::Toasts,
    },
    ui::{Button, ButtonKind, Dialog, Icon, TextArea},
};

/// The dialog.
#[component]
pub fn ReplaceTextDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The document.
    place: DocumentPlace,
    /// What is known of it.
    detail: Signal<Arc<DocumentDetail>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let mutation = Mutation::new();
    view! {
        <Dialog open title=messages.text_title.to_owned() close_label=locale.messages.common.close class="wide" is_held=mutation.is_pending()>
            <Loading open mutation place=place.clone() detail />
        </Dialog>
    }
}

#[component]
fn Loading(open: RwSignal<bool>, mutation: Mutation, place: DocumentPlace, detail: Signal<Arc<DocumentDetail>>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    mutation.clear();
    let one = place.clone();
    let query = use_query(move || {
        let DocumentPlace { client, knowledge_base, id } = one.clone();
        Some(queries::AllChunks { client, knowledge_base, document: id, keyword: String::new() })
    });
    view! {
        <QueryView query lines=6 let:chunks>
            {
                // The text as it was when the dialog opened: a renewed answer must not move the ground of a comparison.
                let chunks: Arc<SegmentsAnswer> = chunks.get_untracked();
                if chunks.total.is_some_and(|total| total > READ_MAX) {
                    view! { <p>{(messages.text_too_many)(&locale.number(READ_MAX))}</p> }.into_any()
                } else {
                    let old = replace::joined(&chunks.data);
                    let work = HandWork::of(&chunks.data, detail.with_untracked(|detail| detail.completed_at));
                    view! { <Form open mutation place=place.clone() detail old work /> }.into_any()
                }
            }
        </QueryView>
    }
}

/// A fingerprint of a text, which a draft keeps of the one that the document had when it began: whole documents are too much to
/// keep twice.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The texts of the form. `Copy`, so that every handler of it can have them.
#[derive(Clone, Copy)]
struct Texts {
    /// What the document has.
    old: RwSignal<String>,
    /// What is typed.
    new: RwSignal<String>,
    /// Whether the document has changed since that began.
    is_overtaken: RwSignal<bool>,
    is_reviewing: RwSignal<bool>,
    /// The fingerprint of the text that the document had when that began.
    base: RwSignal<u64>,
    /// The draft, which other tabs share.
    draft: DraftKeeper<String, u64>,
}

impl Texts {
    /// The document's text, or the draft that was left.
    fn new(key: String, old: String) -> Self {
        let (draft, kept) = DraftKeeper::open(key);
        let base = kept.as_ref().map_or_else(|| fingerprint(&old), |kept| kept.base);
        Self {
            is_overtaken: RwSignal::new(base != fingerprint(&old)),
            new: RwSignal::new(kept.map_or_else(|| old.clone(), |kept| kept.form)),
            old: RwSignal::new(old),
            is_reviewing: RwSignal::new(false),
            base: RwSignal::new(base),
            draft,
        }
    }

    /// Keeps the draft, a moment after each change and at the end: a whole document is too much to store at every key.
    fn keep(self) {
        let debounce = Debounce::default();
        Effect::new(move |_| {
            self.new.track();
            self.old.track();
            debounce.call(300, move || self.store());
        });
        on_cleanup(move || self.store());
        self.draft.on_change_elsewhere(move || {
            let (text, old) = (self.new.get_untracked(), self.old.get_untracked());
            self.show(self.draft.hear(text, self.base.get_untracked(), &old));
        });
    }

    fn store(self) {
        // `None` once the dialog is closed.
        let (Some(text), Some(old)) = (self.new.try_get_untracked(), self.old.try_get_untracked()) else { return };
        let is_dirty = text != old;
        self.show(self.draft.store(text, self.base.get_untracked(), &old, is_dirty));
    }

    /// Shows what another tab has made of the draft.
    fn show(self, change: Option<Elsewhere<String, u64>>) {
        match change {
            Some(Elsewhere::Show(draft)) => {
                self.base.set(draft.base);
                if self.new.with_untracked(|text| *text != draft.form) {
                    // What is reviewed is what will be sent.
                    self.is_reviewing.set(false);
                    self.new.set(draft.form);
                }
            }
            Some(Elsewhere::Ended) => self.new.set(self.old.get_untracked()),
            None => {}
        }
    }

    /// Shows what was typed in another tab at the same time, and keeps what stands here in its place.
    fn swap(self) {
        if let Some(other) = self.draft.other.get_untracked() {
            self.draft.other.set(Some(self.new.get_untracked()));
            self.new.set(other);
        }
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    mutation: Mutation,
    place: DocumentPlace,
    detail: Signal<Arc<DocumentDetail>>,
    old: String,
    work: HandWork,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let key = place.draft_key("text");
    let texts = Texts::new(key.clone(), old);
    texts.keep();
    let Texts { old, new: text, is_overtaken, is_reviewing, draft, .. } = texts;
    let problem = Memo::new(move |_| {
        text.with(|text| {
            if text.trim().is_empty() {
                Some(messages.text_empty)
            } else {
                old.with(|old| old == text).then_some(messages.text_same)
            }
        })
    });
    let discard = move |_| {
        text.set(old.get_untracked());
        is_overtaken.set(false);
    };
    let overtaken = move || {
        view! {
            <Show when=move || is_overtaken.get()>
                <p class="note" role="alert"><Icon name="warning" /><span>{replaced_work(locale).changed_meanwhile}</span></p>
            </Show>
        }
    };
    let edit = move || {
        view! {
            <p class="hint">{messages.text_joined}</p>
            <TextArea label=messages.text_label value=text rows=12 autofocus=true />
            <SharedDraftNote draft on_swap=move |()| texts.swap() />
            <Show when=move || draft.is_unstored.get()>
                <p class="note"><Icon name="warning" /><span>{messages.not_stored}</span></p>
            </Show>
            <footer class="dialog-foot">
                <span class="hint grow" role="status">{move || problem.get()}</span>
                <Button disabled=Signal::derive(move || problem.get() == Some(messages.text_same)) on_click=discard>{messages.discard}</Button>
                <Button kind=ButtonKind::Primary disabled=Signal::derive(move || problem.get().is_some()) on_click=move |_| is_reviewing.set(true)>
                    {messages.text_review}
                </Button>
            </footer>
        }
        .into_any()
    };
    let submit = use_submit(place, detail, texts, key, mutation, open);
    let review = move || {
        view! {
            <p class="note"><Icon name="warning" /><span>{messages.text_warning}</span></p>
            {overtaken}
            <HandWorkNote work looked_at=None />
            {move || view! { <DiffView old=old.get() new=text.get_untracked() /> }}
            <ErrorLine error=mutation.error() />
            <footer class="dialog-foot">
                <Button disabled=mutation.is_pending() on_click=move |_| is_reviewing.set(false)>{messages.back}</Button>
                <Button kind=ButtonKind::Primary pending=mutation.is_pending() on_click=move |_| submit.run(())>{messages.text_submit}</Button>
            </footer>
        }
        .into_any()
    };
    view! { <div class="form">{move || if is_reviewing.get() { review() } else { view! { {overtaken} {edit()} }.into_any() }}</div> }
}

fn use_submit(
    place: DocumentPlace,
    detail: Signal<Arc<DocumentDetail>>,
    texts: Texts,
    key: String,
    mutation: Mutation,
    open: RwSignal<bool>,
) -> Callback<()> {
    let messages = &use_locale().messages.chunks;
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let indexes = expect_context::<DocumentIndexes>();
    Callback::new(move |()| {
        let (place, key, old) = (place.clone(), key.clone(), texts.old.get_untracked());
        let body = detail.with_untracked(|detail| replace::by_text(detail, texts.new.get_untracked()));
        let name = body.name.clone().unwrap_or_default();
        mutation.run(
            async move {
                // Somebody may have mended a chunk while this was typed: that would be gone without a word.
                if let Some(now) = text_now(&place).await.filter(|now| *now != old) {
                    return Ok(Some(now));
                }
                let outcome = send(&place, &body).await;
                if outcome.is_ok() {
                    drafts::remove(&key);
                    // It is closed next, and has nothing more to keep.
                    let _ = texts.new.try_update(|text| text.clone_from(&texts.old.try_get_untracked().unwrap_or_default()));
                }
                for resource in [Resource::Document, Resource::Chunks, Resource::Chunk, Resource::KnowledgeBases] {
                    cache.invalidate(resource);
                }
                indexes.of(&place.client, &place.knowledge_base).reload();
                outcome.map(|()| None)
            },
            move |changed| match changed {
                Some(now) => {
                    texts.old.set(now);
                    texts.is_overtaken.set(true);
                }
                None => {
                    open.set(false);
                    toasts.done((messages.replaced)(&name));
                }
            },
        );
    })
}

/// The text of the document as it is now; `None` where it cannot be read, which the write then tells better.
async fn text_now(place: &DocumentPlace) -> Option<String> {
    let DocumentPlace { client, knowledge_base, id } = place.clone();
    let all = queries::AllChunks { client, knowledge_base, document: id, keyword: String::new() };
    all.fetch().await.ok().map(|answer| replace::joined(&answer.data))
}

/// Sends the text; after a lost answer the document is read: if it is being worked on, the text has got there.
async fn send(place: &DocumentPlace, body: &loredesk_wire::UpdateDocumentByText) -> Result<(), ApiError> {
    let DocumentPlace { client, knowledge_base, id } = place;
    match dify::documents::update_by_text(client, knowledge_base, id, body).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_outcome_unknown() => {
            match dify::documents::get_without_metadata(client, knowledge_base, id).await {
                Ok(detail) if !is_settled(&detail.indexing_status) => Ok(()),
                _ => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}
