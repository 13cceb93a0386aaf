//! The field for one value outside the grid: in the dialog that sets many, on a narrow window, on the page of a document.

use leptos::prelude::*;
use loredesk_wire::MetadataType;

use super::words;
use crate::{
    dom::{local_time, visible::visible},
    i18n::use_locale,
    model::metadata::{Field, MetadataValue},
    ui::element_id,
};

/// A labelled field with the right editor for its type. It follows `value`, except for what is just being typed.
#[component]
pub fn ValueField(
    /// The metadata field.
    field: Field,
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value.
    #[prop(into)]
    value: Signal<MetadataValue>,
    /// What it held before it was changed, told below it.
    #[prop(optional, into)]
    before: Signal<Option<String>>,
    /// Hears the value as it is typed.
    #[prop(into)]
    on_change: Callback<MetadataValue>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let id = element_id("value");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = format!("{hint_id} {error_id}");
    let kind = StoredValue::new(field.kind.clone());
    let is_time = field.kind == MetadataType::Time;
    // A stored text that is no time would be invisible in the browser's own field.
    let is_native = is_time && value.with_untracked(|value| value.fits(&field.kind));
    let as_text = move |value: &MetadataValue| match value {
        MetadataValue::Time(seconds) if is_native => local_time::print(*seconds).unwrap_or_default(),
        other => words::cell(other),
    };
    let typed = RwSignal::new(value.with_untracked(as_text));
    let read = move |text: &str| kind.with_value(|kind| words::typed(kind, text));
    Effect::new(move |_| {
        let value = value.get();
        if read(&typed.get_untracked()) != value {
            typed.set(as_text(&value));
        }
    });
    let problem = move || kind.with_value(|kind| value.with(|value| words::problem(locale, kind, value)));
    let hint = move || {
        let utc = value.with(|value| words::utc(locale, value));
        let own = utc.or_else(|| is_time.then(|| messages.time_hint.to_owned()));
        [before.get(), own].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let is_changed = move || before.with(Option::is_some);
    let input_type = if is_native { "datetime-local" } else { "text" };
    let mode = if field.kind == MetadataType::Number { "decimal" } else { "text" };
    let is_long = field.kind != MetadataType::Number && !is_time;
    let input = move |text: String| {
        typed.set(text.clone());
        on_change.run(read(&text));
    };
    view! {
        <div class="field value-field" class:changed=is_changed>
            <label for=id.clone()>{visible(&label)}</label>
            {if is_long {
                view! {
                    <textarea
                        id=id
                        class="input growing"
                        rows="1"
                        aria-describedby=described_by
                        prop:value=move || typed.get()
                        on:input=move |event| input(event_target_value(&event))
                    ></textarea>
                }.into_any()
            } else {
                view! {
                    <input
                        id=id
                        class="input"
                        type=input_type
                        step=is_native.then_some("1")
                        inputmode=mode
                        autocomplete="off"
                        aria-describedby=described_by
                        aria-invalid=move || problem().map(|_| "true")
                        prop:value=move || typed.get()
                        on:input=move |event| input(event_target_value(&event))
                    />
                }.into_any()
            }}
            <p class="hint" id=hint_id>{hint}</p>
            <p class="field-error" id=error_id role="alert">{problem}</p>
        </div>
    }
}
