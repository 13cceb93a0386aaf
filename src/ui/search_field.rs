//! A field to search with.

use leptos::{html, prelude::*};

use super::{Icon, IconButton};
use crate::dom::timers::Debounce;

/// A search field; tells its text 150 ms after the last key, and at once when it is cleared or sent. `/` focuses it.
#[component]
pub fn SearchField(
    /// The text as the address has it.
    #[prop(into)]
    value: Signal<String>,
    /// What is searched, read out and shown while it is empty.
    #[prop(into)]
    label: String,
    /// Label of the button that clears it.
    #[prop(into)]
    clear_label: String,
    /// Hears the text.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(value.get_untracked());
    // Follows the address, except for what is just being typed.
    Effect::new(move |_| {
        let value = value.get();
        if typed.get_untracked().trim() != value {
            typed.set(value);
        }
    });
    let debounce = StoredValue::new_local(Debounce::default());
    let tell = move |text: String, wait| {
        debounce.with_value(|debounce| debounce.call(wait, move || on_search.run(text.trim().to_owned())))
    };
    let clear = move || {
        typed.set(String::new());
        tell(String::new(), 0);
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    let placeholder = label.clone();
    view! {
        <div class="search-field" role="search">
            <Icon name="search" />
            <input
                type="text"
                node_ref=input
                data-search=""
                aria-label=label
                placeholder=placeholder
                autocomplete="off"
                spellcheck="false"
                prop:value=move || typed.get()
                on:input=move |event| {
                    let text = event_target_value(&event);
                    typed.set(text.clone());
                    tell(text, 150);
                }
                on:keydown=move |event| {
                    match event.key().as_str() {
                        "Enter" => tell(typed.get_untracked(), 0),
                        "Escape" if !typed.get_untracked().is_empty() => {
                            event.stop_propagation();
                            clear();
                        }
                        _ => {}
                    }
                }
            />
            <Show when=move || !typed.with(String::is_empty)>
                <IconButton icon="close" label=clear_label.clone() on_click=move |_| clear() />
            </Show>
        </div>
    }
}
