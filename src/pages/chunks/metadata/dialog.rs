//! The form of the document's values: the right field for each type, before and after, and the safe way to the server.
//!
//! Carries out: batchUpdateDocumentMetadata.

use std::{cell::Cell, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::DocumentDetail;

use super::values::Values;
use crate::{
    api::{
        ApiError, ErrorKind,
        safe_metadata::{self, PartialUpdate, RemoteMetadata, Wish, WishedValue},
    },
    components::{
        ErrorLine, FormShell, SaveButtons,
        metadata_values::{ValueField, take_in, words},
    },
    dom::{focus, visible::visible},
    i18n::{document_metadata::document_metadata, use_locale},
    model::{metadata::Field, metadata_edits::Edit},
    state::{cache::Resource, document_index::DocumentIndexes, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Dialog, Icon},
};

/// The dialog.
#[component]
pub fn MetadataDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The values.
    values: Values,
    /// What is known of the document.
    detail: Signal<Arc<DocumentDetail>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = document_metadata(locale);
    let mutation = Mutation::new();
    let title = Signal::derive(move || detail.with(|detail| (messages.title)(&visible(&detail.name))));
    view! {
        <Dialog open title close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <Form open values detail mutation />
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, values: Values, detail: Signal<Arc<DocumentDetail>>, mutation: Mutation) -> impl IntoView {
    let locale = use_locale();
    let (messages, grid, save_words) = (document_metadata(locale), &locale.metadata().grid, &locale.metadata().save);
    mutation.clear();
    let problem = RwSignal::new(None::<String>);
    let count = Memo::new(move |_| values.changed().len() as u64);
    let is_dirty = Memo::new(move |_| count.get() > 0);
    let was_edited = count.get_untracked() > 0;
    let write = use_write(open, values, detail, mutation, problem);
    let save = Callback::new(move |()| {
        problem.set(None);
        let changed = untrack(|| values.changed());
        if changed.iter().any(|(field, edit)| !edit.wanted.fits(&field.kind)) {
            problem.set(Some(messages.unfit.to_owned()));
            focus::first("dialog[open] [aria-invalid]");
        } else if !changed.is_empty() {
            write.run(());
        }
    });
    let discard = move |()| {
        problem.set(None);
        mutation.clear();
        for (field, edit) in untrack(|| values.changed()) {
            values.set(&field, edit.base);
        }
        focus::first("dialog[open] .value-field :is(input, textarea)");
    };
    let field = move |field: Field| {
        let (of, before_of, set_of) = (field.clone(), field.clone(), field.clone());
        let value = Memo::new(move |_| values.edit(&of).map_or_else(|| values.server(&of), |edit| edit.wanted));
        let before = Signal::derive(move || values.edit(&before_of).map(|edit| (grid.before)(&words::named(locale, &edit.base))));
        let label = format!("{} · {}", field.name, words::kind(locale, &field.kind));
        view! { <ValueField field label value before on_change=move |wanted| values.set(&set_of, wanted) /> }
    };
    let note = move || match count.get() {
        0 => messages.kept.to_owned(),
        count => (messages.changed)(count),
    };
    view! {
        <FormShell on_submit=save>
            {was_edited.then(|| view! { <p class="note"><Icon name="info" /><span>{save_words.draft_found}</span></p> })}
            <Show when=move || values.draft.is_shared.get()>
                <p class="note" role="status"><Icon name="info" /><span>{save_words.shared}</span></p>
            </Show>
            {move || values.fields.get().into_iter().map(field).collect_view()}
            <BuiltInValues values />
            <Show when=move || values.draft.is_unstored.get()>
                <p class="note" role="status"><Icon name="warning" /><span>{save_words.not_stored}</span></p>
            </Show>
            {move || problem.get().map(|text| view! { <p class="note" role="alert"><Icon name="warning" /><span>{text}</span></p> })}
            <ErrorLine error=mutation.error() />
            <footer class="dialog-foot">
                <span class="hint grow" role="status">{note}</span>
                <SaveButtons is_dirty is_pending=mutation.is_pending() discard=save_words.discard on_discard=discard />
            </footer>
        </FormShell>
    }
}

/// What the server fills in, to read.
#[component]
fn BuiltInValues(values: Values) -> impl IntoView {
    let messages = document_metadata(use_locale());
    view! {
        <Show when=move || !values.built_in.with(Vec::is_empty)>
            <section class="given-values" aria-label=messages.built_in>
                <h3>{messages.built_in}</h3>
                <p class="hint">{messages.built_in_hint}</p>
                <dl class="facts small">
                    {move || values.built_in.get().into_iter().map(|value| {
                        view! { <div class="given"><dt>{visible(&value.name)}</dt><dd title=value.utc>{visible(&value.text)}</dd></div> }
                    }).collect_view()}
                </dl>
            </section>
        </Show>
    }
}

/// Sends what was changed; what the server has in place of it is told, and the draft knows it.
fn use_write(
    open: RwSignal<bool>,
    values: Values,
    detail: Signal<Arc<DocumentDetail>>,
    mutation: Mutation,
    problem: RwSignal<Option<String>>,
) -> Callback<()> {
    let locale = use_locale();
    let messages = document_metadata(locale);
    let (cache, toasts) = (expect_context::<QueryCache>(), expect_context::<Toasts>());
    let indexes = expect_context::<DocumentIndexes>();
    Callback::new(move |()| {
        let place = values.place.get_value();
        let index = indexes.of(&place.client, &place.knowledge_base);
        let wished = |(field, edit): (Field, Edit)| WishedValue { field, base: edit.base, wanted: edit.wanted };
        let wish = Wish { document: place.id.clone(), values: untrack(|| values.changed()).into_iter().map(wished).collect() };
        let store = RemoteMetadata { client: place.client, knowledge_base: place.knowledge_base };
        let draft = values.draft.writer();
        let name = detail.with_untracked(|detail| detail.name.clone());
        let write = async move {
            let partial = Cell::new(PartialUpdate::Unknown);
            let outcome = safe_metadata::write(&store, &partial, std::slice::from_ref(&wish)).await;
            let written = outcome.and_then(|results| {
                let none = || ApiError::local(ErrorKind::NotFound, "POST", "documents/metadata");
                results.into_iter().next().map(|(_, written)| written).ok_or_else(none)
            });
            // Also where the form is gone: a change that was saved is none.
            let told = written.map(|written| take_in(locale, &draft, &index, &wish, &written));
            for resource in [Resource::DocumentValues, Resource::Document, Resource::MetadataFields, Resource::Retrieval] {
                cache.invalidate(resource);
            }
            told
        };
        mutation.run(write, move |told| match told {
            None => {
                open.set(false);
                toasts.done((messages.saved)(&visible(&name)));
            }
            Some(told) => problem.set(Some(told)),
        });
    })
}
