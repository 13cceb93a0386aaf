//! A text with what was searched for marked. Made of text nodes only: content is never HTML.

use leptos::prelude::*;

use crate::model::highlight::{Place, runs};

/// The text, its matches in `<mark>`.
#[must_use]
pub fn highlighted(text: &str, terms: &[String], place: Place) -> AnyView {
    if terms.is_empty() {
        return text.to_owned().into_any();
    }
    let part = |run: &crate::model::highlight::Run| {
        let text = run.text.to_owned();
        if run.is_match { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    runs(text, terms, place).iter().map(part).collect_view().into_any()
}
