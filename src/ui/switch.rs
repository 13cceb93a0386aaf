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
) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=move || value.get() on:change=move |event| value.set(event_target_checked(&event)) />
            <span>{label}</span>
        </label>
    }
}
