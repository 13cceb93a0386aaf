//! A choice of one among a few that are all in view.

use leptos::prelude::*;

use super::element_id;

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its value.
    pub value: String,
    /// Its word.
    pub words: String,
    /// Why it cannot be chosen, if it cannot.
    pub reason: Option<String>,
}

/// A row of choices; radio buttons to keyboard and screen reader.
#[component]
pub fn Segmented(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<Segment>>,
    /// What the choice means, below it.
    #[prop(into)]
    hint: Signal<String>,
    /// Hears the new value.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let name = element_id("choice");
    let hint_id = format!("{name}-hint");
    let described_by = hint_id.clone();
    let choice = move |option: Segment| {
        let (own, chosen) = (option.value.clone(), option.value);
        let is_off = option.reason.is_some();
        view! {
            <label class:off=is_off title=option.reason>
                <input
                    type="radio"
                    name=name.clone()
                    value=own.clone()
                    disabled=is_off
                    prop:checked=move || value.with(|value| *value == own)
                    on:change=move |_| on_change.run(chosen.clone())
                />
                <span>{option.words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field segmented" aria-describedby=described_by>
            <legend>{label}</legend>
            <div class="segments">{move || options.get().into_iter().map(&choice).collect_view()}</div>
            <p class="hint" id=hint_id>{move || hint.get()}</p>
        </fieldset>
    }
}
