//! A checkbox with its word.

use leptos::prelude::*;

/// A checkbox. Without children its label is only read out, for rows of a table.
#[component]
pub fn Checkbox(
    /// Whether it is checked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether some but not all of what it stands for is checked.
    #[prop(optional, into)]
    is_partial: Signal<bool>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The word beside it.
    #[prop(into)]
    label: Signal<String>,
    /// Whether the word is hidden from the eye.
    #[prop(optional)]
    is_label_hidden: bool,
    /// Hears the new state.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="checkbox">
            <input
                type="checkbox"
                prop:checked=move || checked.get()
                prop:indeterminate=move || is_partial.get()
                disabled=move || disabled.get()
                aria-label=move || is_label_hidden.then(|| label.get())
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            {(!is_label_hidden).then(|| view! { <span>{move || label.get()}</span> })}
        </label>
    }
}
