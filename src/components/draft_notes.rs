//! What one has to know of a draft: somebody changed the same meanwhile, it is from before, the browser does not keep it.

use leptos::prelude::*;

use crate::ui::{Button, Icon};

/// The words of a draft's notes; each form has its own thing to name.
#[derive(Clone, Copy)]
pub struct DraftWords {
    /// The server's version changed while it was edited.
    pub changed_meanwhile: &'static str,
    /// Button that shows both versions.
    pub compare: &'static str,
    /// The form began with a draft from before.
    pub draft_found: &'static str,
    /// The browser does not store it.
    pub not_stored: &'static str,
}

/// The notes; each shows only while it is true.
#[component]
pub fn DraftNotes(
    /// Their words.
    words: DraftWords,
    /// Whether saving would undo somebody's change.
    #[prop(into)]
    is_overtaken: Signal<bool>,
    /// Shows both versions.
    on_compare: Callback<()>,
    /// Whether the form holds a draft from before.
    #[prop(into)]
    is_restored: Signal<bool>,
    /// Whether the draft would not survive a reload.
    #[prop(into)]
    is_unstored: Signal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || is_overtaken.get()>
            <p class="note">
                <Icon name="warning" /><span>{words.changed_meanwhile}</span>
                <Button on_click=move |_| on_compare.run(())>{words.compare}</Button>
            </p>
        </Show>
        <Show when=move || is_restored.get() && !is_overtaken.get()>
            <p class="note"><Icon name="info" /><span>{words.draft_found}</span></p>
        </Show>
        <Show when=move || is_unstored.get()>
            <p class="note"><Icon name="warning" /><span>{words.not_stored}</span></p>
        </Show>
    }
}
