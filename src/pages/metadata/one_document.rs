//! On a narrow window: the values of one document at a time, as a form. The changes are the same draft as the grid's.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{screen::use_screen, values::Shown};
use crate::{
    components::{
        metadata_values::{ValueField, words},
        urls::Urls,
    },
    i18n::use_locale,
    model::metadata::Field,
    ui::{IconButton, Select},
};

/// Documents in the choice; with more, the search is the way.
const CHOICES: usize = 500;

/// The form, with the way to the other documents.
#[component]
pub fn OneDocument(
    /// The documents of the view.
    shown: Shown,
    /// The address, which holds the document.
    urls: Urls,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let wanted = urls.text("document");
    let place = Memo::new(move |_| {
        wanted.with(|id| shown.with(|shown| shown.iter().position(|document| document.id == *id).unwrap_or_default()))
    });
    let count = Memo::new(move |_| shown.with(Vec::len));
    let document = Memo::new_with_compare(
        move |_| shown.with(|shown| shown.get(place.get()).cloned()),
        |before: Option<&Option<Arc<Document>>>, now| {
            let id = |document: &Option<Arc<Document>>| document.as_ref().map(|document| document.id.clone());
            before.and_then(Option::as_ref).map(|document| document.id.clone()) != now.and_then(id)
        },
    );
    let go = move |place: usize| {
        if let Some(document) = shown.with_untracked(|shown| shown.get(place).cloned()) {
            urls.set(&[("document", &document.id)]);
        }
    };
    let options = Signal::derive(move || {
        shown.with(|shown| {
            let names = shown.iter().take(CHOICES).map(|document| (document.id.clone(), document.name.clone()));
            names.collect::<Vec<_>>()
        })
    });
    let chosen = Signal::derive(move || {
        document.with(|document| document.as_ref().map(|document| document.id.clone()).unwrap_or_default())
    });
    let sum = move || (messages.place)(&locale.number(place.get() as u64 + 1), &locale.number(count.get() as u64));
    view! {
        <div class="one-document">
            <div class="one-document-way">
                <IconButton icon="previous" label=messages.previous disabled=Signal::derive(move || place.get() == 0) on_click=move |_| {
                    go(place.get_untracked().saturating_sub(1));
                } />
                <Select
                    label=messages.document
                    value=chosen
                    options
                    is_label_hidden=true
                    on_change=move |id: String| urls.set(&[("document", &id)])
                />
                <IconButton icon="next" label=messages.next disabled=Signal::derive(move || place.get() + 1 >= count.get()) on_click=move |_| {
                    go(place.get_untracked() + 1);
                } />
            </div>
            <p class="hint" role="status">{sum}</p>
            {move || document.get().map(|document| {
                let fields = screen.fields.get().into_iter().map(|field| {
                    view! { <OneValue document=document.clone() field /> }
                });
                view! { <div class="form">{fields.collect_view()}</div> }
            })}
        </div>
    }
}

#[component]
fn OneValue(document: Arc<Document>, field: Field) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let (id, first) = (document.id.clone(), document);
    let of = StoredValue::new(field.clone());
    // The document itself may be renewed meanwhile.
    let now = Memo::new(move |_| {
        screen.documents.with(|documents| documents.by_id(&id).cloned()).unwrap_or_else(|| Arc::clone(&first))
    });
    let value = Memo::new(move |_| {
        of.with_value(|field| now.with(|document| screen.edits.with(|edits| screen.value(edits, document, field))))
    });
    let before = Memo::new(move |_| {
        of.with_value(|field| {
            now.with(|document| {
                screen.edits.with(|edits| {
                    edits.get(&document.id, &field.id).map(|edit| (messages.before)(&words::named(locale, &edit.base)))
                })
            })
        })
    });
    let change = move |value| screen.set(vec![(now.get_untracked(), of.get_value(), value)]);
    let label = format!("{} · {}", field.name, words::kind(locale, &field.kind));
    if !screen.may_change {
        let text = move || value.with(words::cell);
        return view! { <dl class="facts small"><div><dt>{label}</dt><dd>{text}</dd></div></dl> }.into_any();
    }
    view! { <ValueField field label value before on_change=change /> }.into_any()
}
