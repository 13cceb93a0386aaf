//! What stands where data will be.

use leptos::prelude::*;

/// Grey lines in the shape of a list. Styles hide it for its first 150 ms, so that a fast answer never flashes.
#[component]
pub fn Skeleton(
    /// Lines to show.
    #[prop(default = 8)]
    lines: usize,
    /// "Loading", read out.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=label>
            {(0..lines).map(|_| view! { <span></span> }).collect_view()}
        </div>
    }
}
