//! One field of all selected documents at once. It changes the draft only; saving is another step.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use loredesk_wire::Document;

use super::screen::use_screen;
use crate::{
    components::metadata_values::{ValueField, words},
    i18n::use_locale,
    model::metadata::{Field, MetadataValue},
    ui::{Button, ButtonKind, Dialog, Select},
};

/// The dialog.
#[component]
pub fn SetDialog() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let title = move || {
        let count = screen.selection.with(std::collections::HashSet::len) as u64;
        (messages.set_title)(count, &locale.number(count))
    };
    view! {
        <Dialog open=screen.is_setting title=Signal::derive(title) close_label=locale.messages.common.close>
            <Form />
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let open = screen.is_setting;
    let fields = screen.fields.get_untracked();
    let options: Vec<(String, String)> =
        fields.iter().map(|field| (field.id.clone(), format!("{} · {}", field.name, words::kind(locale, &field.kind)))).collect();
    let chosen = RwSignal::new(fields.first().map(|field| field.id.clone()).unwrap_or_default());
    let value = RwSignal::new(MetadataValue::Empty);
    let fields = StoredValue::new(fields);
    let field =
        Memo::new(move |_| chosen.with(|id| fields.with_value(|fields| fields.iter().find(|field| field.id == *id).cloned())));
    let is_unfit =
        Memo::new(move |_| field.with(|field| field.as_ref().is_none_or(|field| !value.with(|value| value.fits(&field.kind)))));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked().filter(|_| !is_unfit.get_untracked()) else { return };
        let documents: Vec<Arc<Document>> = screen.documents.with_untracked(|documents| {
            let is_selected = |id: &String| screen.selection.with_untracked(|selection| selection.contains(id));
            documents.list.iter().filter(|document| is_selected(&document.id)).cloned().collect()
        });
        let value = value.get_untracked();
        screen.set(documents.into_iter().map(|document| (document, field.clone(), value.clone())).collect());
        open.set(false);
    };
    let editor = move |field: Field| {
        view! { <ValueField field label=messages.value value on_change=move |new| value.set(new) /> }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <Select
                label=messages.field
                value=chosen
                options=Signal::stored(options)
                on_change=move |id| {
                    value.set(MetadataValue::Empty);
                    chosen.set(id);
                }
            />
            {move || field.get().map(editor)}
            <p class="hint">
                {messages.set_text} " "
                {move || value.with(|value| *value == MetadataValue::Empty).then_some(messages.set_empty)}
            </p>
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary kind_attribute="submit" disabled=is_unfit>{messages.set_submit}</Button>
            </footer>
        </form>
    }
}
