//! A chunk in the drawer where nothing may be changed: what the form would hold, as text.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::{
    ChunkKind,
    form::{ChunkFacts, IndexingError},
};
use crate::{
    i18n::use_locale,
    ui::{Status, Tone},
};

/// The chunk.
#[component]
pub fn ChunkReading(
    /// The chunk as the server has it.
    chunk: Signal<Arc<Segment>>,
    /// What kind of chunks the document has.
    kind: ChunkKind,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let part = |title: &'static str, text: Option<String>| {
        let text = text.filter(|text| !text.is_empty())?;
        Some(view! { <section class="reading-part"><h3>{title}</h3><div class="chunk-text">{text}</div></section> })
    };
    view! {
        <div class="chunk-reading">
            <IndexingError chunk />
            {move || {
                let Segment { content, answer, keywords, enabled, summary, .. } = Segment::clone(&chunk.get());
                let title = if kind.has_answers.get() { messages.question } else { messages.content };
                let keywords = keywords.unwrap_or_default();
                view! {
                    {(!enabled).then(|| view! { <p><Status tone=Tone::Off text=messages.disabled /></p> })}
                    {part(title, Some(content))}
                    {part(messages.answer, answer)}
                    {part(messages.summary, summary)}
                    {(!keywords.is_empty()).then(|| view! {
                        <section class="reading-part">
                            <h3>{messages.keywords}</h3>
                            <ul class="keywords" aria-label=messages.keywords>
                                {keywords.into_iter().map(|keyword| view! { <li class="tag">{keyword}</li> }).collect_view()}
                            </ul>
                        </section>
                    })}
                }
            }}
            <ChunkFacts chunk />
        </div>
    }
}
