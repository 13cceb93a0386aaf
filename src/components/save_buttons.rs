//! The two buttons of a form that has a draft: throw it away, or save it.

use leptos::prelude::*;

use crate::{
    i18n::use_locale,
    ui::{Button, ButtonKind},
};

/// Discard and save; both are off while nothing is changed.
#[component]
pub fn SaveButtons(
    /// Whether something is changed.
    #[prop(into)]
    is_dirty: Signal<bool>,
    /// Whether it is being saved.
    #[prop(into)]
    is_pending: Signal<bool>,
    /// The word of the first button.
    discard: &'static str,
    /// Throws the changes away.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let is_off = Signal::derive(move || !is_dirty.get());
    view! {
        <Button disabled=is_off on_click=move |_| on_discard.run(())>{discard}</Button>
        <Button
            kind=ButtonKind::Primary
            kind_attribute="submit"
            pending=is_pending
            disabled=is_off
            title=Signal::stored("Ctrl+Enter".to_owned())
        >{use_locale().messages.common.save}</Button>
    }
}
