//! What one has to know of a draft that another tab has open too.

use leptos::prelude::*;

use crate::{
    i18n::{shared_draft::shared_draft, use_locale},
    state::shared_draft::DraftKeeper,
    ui::{Button, Icon},
};

/// The note; it shows only while there is something to tell.
#[component]
pub fn SharedDraftNote<Form: Clone + Send + Sync + 'static, Base: Send + Sync + 'static>(
    /// The draft.
    draft: DraftKeeper<Form, Base>,
    /// Shows the version that was typed in another tab, in place of this one.
    #[prop(into)]
    on_swap: Callback<()>,
) -> impl IntoView {
    let words = shared_draft(use_locale());
    let has_other = Memo::new(move |_| draft.other.with(Option::is_some));
    view! {
        <Show when=move || has_other.get()>
            <p class="note" role="status">
                <Icon name="warning" /><span>{words.other}</span>
                <Button on_click=move |_| on_swap.run(())>{words.swap}</Button>
            </p>
        </Show>
        <Show when=move || draft.is_shared.get() && !has_other.get()>
            <p class="note" role="status"><Icon name="info" /><span>{words.shared}</span></p>
        </Show>
    }
}
