//! A field for text, with its label, hint, counter and error.

use leptos::{either::Either, prelude::*};

use super::element_id;

/// A labelled field of one or several lines.
#[component]
pub fn TextField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The text.
    value: RwSignal<String>,
    /// What belongs in, below it.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the text.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Most characters; shows how many there are once they get close.
    #[prop(optional)]
    most: Option<usize>,
    /// Lines; more than one makes a text area.
    #[prop(default = 1)]
    rows: u32,
    /// Whether the keyboard starts here.
    #[prop(optional)]
    autofocus: bool,
    /// `number` for numbers.
    #[prop(default = "text")]
    kind: &'static str,
    /// Hears every change, after `value` has it.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = element_id("field");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = format!("{hint_id} {error_id}");
    let input = move |text: String| {
        value.set(text.clone());
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    };
    let is_wrong = move || error.with(Option::is_some);
    let counter = move || {
        let most = most?;
        let count = value.with(|text| text.chars().count());
        let is_over = count > most;
        (count * 5 >= most * 4).then(|| view! { <span class="counter" class:over=is_over>{format!("{count} / {most}")}</span> })
    };
    let control = if rows > 1 {
        Either::Left(view! {
            <textarea
                id=id.clone()
                class="input"
                rows=rows
                autofocus=autofocus
                aria-describedby=described_by
                aria-invalid=move || is_wrong().then_some("true")
                prop:value=move || value.get()
                on:input=move |event| input(event_target_value(&event))
            ></textarea>
        })
    } else {
        Either::Right(view! {
            <input
                id=id.clone()
                class="input"
                type=kind
                autofocus=autofocus
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=move || is_wrong().then_some("true")
                prop:value=move || value.get()
                on:input=move |event| input(event_target_value(&event))
            />
        })
    };
    view! {
        <div class="field">
            <label for=id>{label} {counter}</label>
            {control}
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{move || hint.get()}</p> })}
            <p class="field-error" id=error_id role="alert">{move || error.get()}</p>
        </div>
    }
}
