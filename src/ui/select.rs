//! A choice of one among a few.

use leptos::prelude::*;

use super::element_id;

/// A labelled choice; the browser's own control, which every keyboard and screen reader knows.
#[component]
pub fn Select(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Values and their words, in order.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// What the choice means, below it.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Whether the label is hidden from the eye.
    #[prop(optional)]
    is_label_hidden: bool,
    /// Hears the new value.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let id = element_id("select");
    let hint_id = format!("{id}-hint");
    let described_by = hint.map(|_| hint_id.clone());
    view! {
        <div class="field">
            <label for=id.clone() class:visually-hidden=is_label_hidden>{label}</label>
            <select
                id=id
                class="input select"
                aria-describedby=described_by
                prop:value=move || value.get()
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {move || {
                    let chosen = value.get();
                    options.get().into_iter().map(|(option, words)| {
                        let is_chosen = option == chosen;
                        view! { <option value=option selected=is_chosen>{words}</option> }
                    }).collect_view()
                }}
            </select>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{move || hint.get()}</p> })}
        </div>
    }
}
