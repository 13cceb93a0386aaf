//! A dialog over the page: the browser's own, which keeps the focus inside and gives it back.

use leptos::{html, prelude::*};

use super::{IconButton, element_id};
use crate::dom::{
    focus_keeper::{self, FocusPlace},
    visible::visible,
};

/// A dialog. Its content is made when it opens and thrown away when it closes, so that a form starts empty.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// The label of the button that closes it.
    #[prop(into)]
    close_label: String,
    /// `wide` for more than a form.
    #[prop(optional)]
    class: &'static str,
    /// Whether closing is refused now, such as while it saves.
    #[prop(optional, into)]
    is_held: Signal<bool>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let title_id = element_id("dialog");
    let opener = StoredValue::new_local(None::<FocusPlace>);
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                opener.set_value(FocusPlace::now());
                let _ = dialog.show_modal();
            }
            (false, true) => {
                dialog.close();
                // The browser gives the focus back, unless what had it is gone or switched off by now.
                let opener = opener.try_update_value(Option::take).flatten();
                focus_keeper::once_settled(move || {
                    if let Some(opener) = opener.filter(|_| focus_keeper::is_lost()) {
                        opener.restore();
                    }
                });
            }
            _ => {}
        }
    });
    let close = move || {
        if !is_held.get_untracked() {
            open.set(false);
        }
    };
    let children = StoredValue::new(children);
    let close_label = StoredValue::new(close_label);
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class=format!("dialog {class}")
            node_ref=element
            aria-labelledby=labelled_by
            on:cancel=move |event: leptos::ev::Event| {
                // The browser would close it by itself; the signal stays the only truth.
                event.prevent_default();
                close();
            }
            on:close=move |_: leptos::ev::Event| open.set(false)
            on:keydown=move |event| event.stop_propagation()
        >
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=title_id.clone()>{move || title.with(|title| visible(title))}</h2>
                    <IconButton icon="close" label=close_label.get_value() on_click=move |_| close() />
                </header>
                {children.with_value(|children| children())}
            </Show>
        </dialog>
    }
}
