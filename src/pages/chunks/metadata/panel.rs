//! The values of the document, below its facts. They are edited in a form of their own, which the address names.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Dataset, DocumentDetail};

use super::{
    dialog::MetadataDialog,
    values::{BuiltIn, Values},
};
use crate::{
    components::{Allowed, Link, metadata_values::words, urls::Urls, use_access},
    dom::visible::visible,
    i18n::{document_metadata::document_metadata, use_locale},
    model::{access::Right, metadata::Field},
    pages::chunks::DocumentPlace,
    routes::Route,
    ui::{Button, ButtonKind, Status, Tone},
};

/// What the address says while the form is open.
const OPEN: &str = "metadata";

/// The values, and the form.
#[component]
pub fn MetadataPanel(
    /// The document.
    place: DocumentPlace,
    /// What is known of it.
    detail: Signal<Arc<DocumentDetail>>,
    /// Its knowledge base, once it is known.
    #[prop(into)]
    knowledge_base: Signal<Option<Arc<Dataset>>>,
    /// The address.
    urls: Urls,
) -> impl IntoView {
    let locale = use_locale();
    let messages = document_metadata(locale);
    let fields_page =
        Route::Metadata { connection: place.client.connection().to_owned(), knowledge_base: place.knowledge_base.clone() };
    let values = Values::new(locale, place, detail, knowledge_base);
    let open = form_of_address(urls, values);
    let is_known = Memo::new(move |_| knowledge_base.with(Option::is_some));
    let has_fields = Memo::new(move |_| !values.fields.with(Vec::is_empty));
    let is_edited = Memo::new(move |_| !values.changed().is_empty());
    let own = move |field: Field| {
        let of = field.clone();
        let found = Memo::new(move |_| values.server(&of));
        let text = move || {
            let text = found.with(|found| visible(&words::cell(found)));
            if text.is_empty() {
                view! { <span class="none" aria-label=messages.no_value>{locale.messages.common.none}</span> }.into_any()
            } else {
                text.into_any()
            }
        };
        view! { <div><dt>{visible(&field.name)}</dt><dd title=move || found.with(|found| words::utc(locale, found))>{text}</dd></div> }
    };
    let given = |BuiltIn { name, text, utc }: BuiltIn| {
        view! { <div class="given"><dt>{visible(&name)}</dt><dd title=utc>{visible(&text)}</dd></div> }
    };
    view! {
        <Show when=move || is_known.get()>
            <section class="document-values" aria-label=messages.heading>
                <Show
                    when=move || has_fields.get()
                    fallback={
                        let fields_page = fields_page.clone();
                        move || view! {
                            <p class="hint">
                                {messages.no_fields} " "
                                <Link to=fields_page.clone() query=Signal::stored("?view=fields".to_owned())>{messages.to_fields}</Link>
                            </p>
                        }
                    }
                >
                    <dl class="facts small">{move || values.fields.get().into_iter().map(own).collect_view()}</dl>
                </Show>
                <Allowed right=Right::Change>
                    <Show when=move || is_edited.get()><Status tone=Tone::Warning text=messages.edited /></Show>
                    <Show when=move || has_fields.get()>
                        <Button kind=ButtonKind::Quiet icon="edit" on_click=move |_| open.set(true)>{messages.edit}</Button>
                    </Show>
                </Allowed>
                <Show when=move || !values.built_in.with(Vec::is_empty)>
                    <details>
                        <summary>{messages.built_in}</summary>
                        <dl class="facts small">{move || values.built_in.get().into_iter().map(given).collect_view()}</dl>
                    </details>
                </Show>
            </section>
        </Show>
        <MetadataDialog open values detail />
    }
}

/// Whether the form is open: the address and the dialog follow each other.
fn form_of_address(urls: Urls, values: Values) -> RwSignal<bool> {
    let named = urls.text("edit");
    let open = RwSignal::new(false);
    let may_change = use_access().may(Right::Change);
    Effect::new(move |_| {
        // Without fields there is nothing to edit.
        let is_named = may_change && named.with(|named| named == OPEN) && !values.fields.with(Vec::is_empty);
        if is_named != open.get_untracked() {
            open.set(is_named);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if is_open {
            values.is_read_anew.set(true);
        }
        if was_open.is_some_and(|was_open| was_open != is_open) {
            urls.set(&[("edit", if is_open { OPEN } else { "" })]);
        }
        is_open
    });
    open
}
