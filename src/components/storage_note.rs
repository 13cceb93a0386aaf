//! Says once that drafts do not outlive the page, where the browser stores nothing for it.

use leptos::prelude::*;

use crate::{
    i18n::use_locale,
    state::drafts,
    ui::{Icon, IconButton},
};

/// A line above the page, from the first draft until it is closed.
#[component]
pub fn StorageNote() -> impl IntoView {
    let common = &use_locale().messages.common;
    let is_closed = RwSignal::new(false);
    let is_fleeting = drafts::is_fleeting();
    view! {
        <Show when=move || is_fleeting.get() && !is_closed.get()>
            <p class="storage-note" role="status">
                <Icon name="info" />
                <span>{common.drafts_fleeting}</span>
                <IconButton icon="close" label=common.close on_click=move |_| is_closed.set(true) />
            </p>
        </Show>
    }
}
