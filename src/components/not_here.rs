//! What a page sees that is not listed among those that may hold the desk in a frame.

use leptos::prelude::*;

use crate::{i18n::use_locale, state::portal::Portal};

/// Says so, and what to write where; and leads to the desk by itself.
#[component]
pub fn NotHere() -> impl IntoView {
    let messages = use_locale().portal();
    let holder = expect_context::<Portal>().refused().unwrap_or_default();
    view! {
        <main class="notice" role="alert">
            <h1>{messages.not_here}</h1>
            <p>{(messages.not_here_text)(&holder)}</p>
            <a class="button primary" href="./" target="_blank" rel="noopener">{messages.own_window}</a>
        </main>
    }
}
