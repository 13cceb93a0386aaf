//! Icons from the sprite `icons.svg`: they cost no wasm and take the colour of their text.

use leptos::prelude::*;

/// An icon beside a word. It has no name of its own: the word, or the button's label, says what it means.
#[component]
pub fn Icon(
    /// The symbol's id in `public/icons.svg`.
    name: &'static str,
) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true" focusable="false"><use href=format!("icons.svg#{name}")></use></svg> }
}
