//! The tags of a knowledge base.

use leptos::prelude::*;
use loredesk_wire::Tag;

use crate::{dom::visible::visible, i18n::use_locale};

/// Tags to read. Nothing where there are none.
#[component]
pub fn TagChips(
    /// The tags.
    tags: Vec<Tag>,
) -> impl IntoView {
    let label = use_locale().messages.knowledge_bases.tags;
    (!tags.is_empty()).then(|| {
        let chips = tags.into_iter().map(|tag| view! { <li class="tag">{visible(&tag.name)}</li> }).collect_view();
        view! { <ul class="tags" aria-label=label>{chips}</ul> }
    })
}
