//! A number on a scale.

use leptos::prelude::*;

use super::element_id;

/// A labelled slider from 0 to 100 that shows its value in words.
#[component]
pub fn Slider(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The number.
    value: RwSignal<u32>,
    /// The number in words.
    #[prop(into)]
    words: Signal<String>,
    /// Whether it cannot be changed now.
    #[prop(into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = element_id("slider");
    view! {
        <div class="slider">
            <label for=id.clone() class="visually-hidden">{label}</label>
            <input
                id=id
                type="range"
                min="0"
                max="100"
                step="5"
                disabled=move || disabled.get()
                aria-valuetext=move || words.get()
                prop:value=move || value.get().to_string()
                on:input=move |event| value.set(event_target_value(&event).parse().unwrap_or_default())
            />
            <output>{move || words.get()}</output>
        </div>
    }
}
