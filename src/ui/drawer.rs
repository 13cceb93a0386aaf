//! A drawer beside a list, which stays in view; in a narrow window it takes the list's place.

use leptos::{html, prelude::*};

use super::{IconButton, element_id};
use crate::dom::framing;

/// A drawer. It takes the focus when it opens, unless the person is outside of the frame that the desk is in; who closes it gives the focus back.
#[component]
pub fn Drawer(
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// Beside the title: a mark, and buttons before the one that closes.
    #[prop(into)]
    head: ViewFn,
    /// The label of the button that closes it.
    #[prop(into)]
    close_label: String,
    /// Closes it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Section>::new();
    let title_id = element_id("drawer");
    let labelled_by = title_id.clone();
    Effect::new(move |_| {
        if let Some(element) = element.get().filter(|_| !framing::is_elsewhere()) {
            let _ = element.focus();
        }
    });
    view! {
        <section
            class="drawer"
            node_ref=element
            tabindex="-1"
            aria-labelledby=labelled_by
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.default_prevented() && !event.is_composing() {
                    event.prevent_default();
                    on_close.run(());
                }
            }
        >
            <header class="drawer-head">
                <h2 id=title_id>{move || title.get()}</h2>
                {head.run()}
                <IconButton icon="close" label=close_label on_click=move |_| on_close.run(()) />
            </header>
            {children()}
        </section>
    }
}
