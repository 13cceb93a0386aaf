//! The frame that forms share: Enter and Ctrl Enter send them, wherever one types.

use leptos::{ev, prelude::*};

use super::is_submit_key;

/// A form. What it holds is the caller's; what is wrong is said at its fields, never by the browser.
#[component]
pub fn FormShell(
    /// Its class.
    #[prop(default = "form")]
    class: &'static str,
    /// Sends it.
    on_submit: Callback<()>,
    /// The fields and the buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class=class
            novalidate
            on:submit=move |event: ev::SubmitEvent| {
                event.prevent_default();
                on_submit.run(());
            }
            on:keydown=move |event: ev::KeyboardEvent| {
                if is_submit_key(&event) {
                    event.prevent_default();
                    on_submit.run(());
                }
            }
        >
            {children()}
        </form>
    }
}
