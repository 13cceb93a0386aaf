//! Before a document is replaced: what people did to its chunks by hand, and what a new text changes.

use leptos::prelude::*;
use loredesk_split::markdown_text;
use loredesk_wire::{DocForm, SegmentsAnswer};

use super::{DiffView, PreviewText};
use crate::{
    api::Client,
    i18n::{replaced_work::replaced_work, use_locale},
    model::{
        chunk::READ_MAX,
        document::extension,
        hand_work::HandWork,
        id::{DocumentId, KnowledgeBaseId},
        replace,
    },
    state::{queries, query::use_query},
    ui::Icon,
};

/// What is lost, in one sentence.
#[component]
pub fn HandWorkNote(
    /// What was done by hand.
    work: HandWork,
    /// How many chunks were looked at, where that was not all of them.
    looked_at: Option<u64>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = replaced_work(locale);
    let parts = [(work.edited, messages.edited), (work.added, messages.added), (work.children, messages.children)];
    let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| words(count)).collect();
    let partial = looked_at.map(|count| (messages.partial)(&locale.number(count)));
    if work.is_none() {
        view! { <p class="hint">{messages.none} " " {partial}</p> }.into_any()
    } else {
        let sum = format!("{}{}", messages.lost, parts.join(messages.between));
        view! { <p class="note" role="alert"><Icon name="warning" /><span>{sum} ". " {partial}</span></p> }.into_any()
    }
}

/// What is lost of a document, and the difference to the text that takes its place.
#[component]
pub fn ReplacedWork(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
    /// The document.
    document: DocumentId,
    /// The new text; `None` while there is none that can be read here.
    #[prop(into)]
    text: Signal<Option<PreviewText>>,
) -> impl IntoView {
    let messages = replaced_work(use_locale());
    let of = (client.clone(), knowledge_base.clone(), document.clone());
    let detail = use_query(move || {
        let (client, knowledge_base, id) = of.clone();
        Some(queries::Document(client, knowledge_base, id))
    });
    let chunks = use_query(move || {
        let (client, knowledge_base, document) = (client.clone(), knowledge_base.clone(), document.clone());
        Some(queries::AllChunks { client, knowledge_base, document, keyword: String::new() })
    });
    // What cannot be read, such as the chunks of a document that failed, is no reason to hold anybody up.
    let is_known = Memo::new(move |_| chunks.data.with(Option::is_some) && detail.data.with(Option::is_some));
    let is_waiting =
        Memo::new(move |_| !is_known.get() && chunks.error.with(Option::is_none) && detail.error.with(Option::is_none));
    let note = move || {
        let chunks = chunks.data.get().filter(|_| is_known.get())?;
        let completed_at = detail.data.with(|detail| detail.as_ref().and_then(|detail| detail.completed_at));
        let looked_at = (chunks.total > Some(chunks.data.len() as u64)).then_some(chunks.data.len() as u64);
        Some(view! { <HandWorkNote work=HandWork::of(&chunks.data, completed_at) looked_at /> })
    };
    let difference = move || {
        let (chunks, text) = (chunks.data.get().filter(|_| is_known.get())?, text.get()?);
        let is_too_long = text.is_part || chunks.total > Some(READ_MAX);
        let body = if is_too_long {
            view! { <p class="hint">{messages.too_long}</p> }.into_any()
        } else {
            let (old, new) = sides(&chunks, &text);
            view! { <p class="hint">{messages.difference_hint}</p><DiffView old new /> }.into_any()
        };
        // A question's answer is not in a text, so there is nothing to hold it against.
        (chunks.doc_form != DocForm::QuestionAnswer)
            .then(|| view! { <details class="difference" open><summary>{messages.difference}</summary>{body}</details> })
    };
    view! {
        <Show when=move || is_waiting.get()><p class="hint" role="status">{messages.counting}</p></Show>
        {note}
        {difference}
    }
}

/// The text of the chunks, and that of the file as a server reads it.
fn sides(chunks: &SegmentsAnswer, text: &PreviewText) -> (String, String) {
    let is_markdown = matches!(extension(&text.name).as_str(), "md" | "mdx" | "markdown");
    let new = if is_markdown { markdown_text(&text.text).into_owned() } else { text.text.to_string() };
    (replace::joined(&chunks.data), new.replace("\r\n", "\n"))
}
