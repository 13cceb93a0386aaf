//! A time: how long ago, and the exact local and UTC time on hover.

use leptos::prelude::*;

use crate::{dom::format, i18n::use_locale};

/// A time in epoch seconds.
#[component]
pub fn Time(
    /// Epoch seconds.
    seconds: Option<i64>,
) -> impl IntoView {
    let locale = use_locale();
    match seconds {
        Some(seconds) => {
            view! { <time datetime=format::utc(seconds) title=locale.exactly(seconds)>{locale.ago(seconds)}</time> }.into_any()
        }
        None => view! { <span class="none">{locale.messages.common.none}</span> }.into_any(),
    }
}
