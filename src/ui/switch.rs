//! A switch: on or off.

use leptos::prelude::*;

/// A switch with its word; the word names what is on, so it stays the same.
#[component]
pub fn Switch(
    /// Whether it is on.
    value: RwSignal<bool>,
    /// The word beside it.
    #[prop(into)]
    label: String,
    /// Whether the word is hidden from the eye.
    #[prop(optional)]
    is_label_hidden: bool,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=move || value.get() on:change=move |event| value.set(event_target_checked(&event)) />
            <span class:visually-hidden=is_label_hidden>{label}</span>
        </label>
    }
}
