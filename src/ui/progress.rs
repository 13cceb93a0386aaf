//! A bar.

use leptos::prelude::*;

/// How far something is, from 0 to 1; `None` while nobody knows, then the bar moves.
#[component]
pub fn Progress(
    /// Part done.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// What it measures, read out.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! { <progress class="progress" max="1" prop:value=move || value.get() value=move || value.get() aria-label=move || label.get()></progress> }
}
