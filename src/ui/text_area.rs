//! A field for long text that grows with it.

use leptos::prelude::*;

use super::element_id;

/// A labelled text area as high as its text, within what the window allows.
#[component]
pub fn TextArea(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The text.
    value: RwSignal<String>,
    /// At the right of the label: counts.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
    /// What is wrong with the text.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Lines it has at least.
    #[prop(default = 3)]
    rows: u32,
    /// Whether the keyboard starts here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let id = element_id("text");
    let (note_id, error_id) = (format!("{id}-note"), format!("{id}-error"));
    let described_by = format!("{note_id} {error_id}");
    view! {
        <div class="field">
            <div class="field-head">
                <label for=id.clone()>{label}</label>
                <span class="counter" id=note_id>{move || note.map(|note| note.get())}</span>
            </div>
            <textarea
                id=id
                class="input growing"
                rows=rows
                autofocus=autofocus
                aria-describedby=described_by
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <p class="field-error" id=error_id role="alert">{move || error.get()}</p>
        </div>
    }
}
