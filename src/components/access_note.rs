//! The one line that says that nothing can be changed here.

use leptos::prelude::*;

use crate::{components::use_access, i18n::use_locale, model::access::Right, ui::Icon};

/// The line, above every page of a connection that may only be read.
#[component]
pub fn AccessNote() -> impl IntoView {
    let messages = &use_locale().messages.common;
    (!use_access().may(Right::Change)).then(|| {
        view! { <p class="access-note"><Icon name="lock" /><strong>{messages.read_only}</strong><span>{messages.read_only_text}</span></p> }
    })
}
