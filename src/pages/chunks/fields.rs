//! The fields of a chunk, as the drawer and the dialog that adds one have them.

use leptos::prelude::*;

use super::editor::Editor;
use crate::{
    i18n::use_locale,
    model::chunk::{ChunkProblem, KEYWORD_MAX, KEYWORDS_MAX},
    ui::{ChipsField, ChipsLabels, TextArea},
};

/// Text, answer and keywords.
#[component]
pub fn Fields(
    /// What they hold.
    editor: Editor,
    /// Whether chunks are questions with answers.
    has_answers: Signal<bool>,
    /// What is wrong, once it is to be said.
    #[prop(into)]
    problem: Signal<Option<ChunkProblem>>,
    /// Why there are no keywords, where there are none.
    no_keywords: Option<&'static str>,
    /// Whether the keyboard starts here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let note = move |text: RwSignal<String>| {
        Signal::derive(move || {
            let (characters, tokens) = text.with(|text| (text.chars().count(), loredesk_split::count_tokens(text)));
            (messages.content_note)(&locale.number(characters as u64), &locale.number(tokens as u64))
        })
    };
    let error = move |kind, words: &'static str| Signal::derive(move || (problem.get() == Some(kind)).then(|| words.to_owned()));
    let labels = ChipsLabels {
        label: messages.keywords,
        placeholder: messages.keyword_add,
        count: messages.keyword_count,
        remove: messages.keyword_remove,
        too_long: messages.keyword_long,
    };
    let content = move || {
        let label = if has_answers.get() { messages.question } else { messages.content };
        let error = error(ChunkProblem::NoContent, messages.no_content);
        view! { <TextArea label value=editor.content note=note(editor.content) rows=6 autofocus error /> }
    };
    let answer = move || {
        has_answers.get().then(|| {
            let error = error(ChunkProblem::NoAnswer, messages.no_answer);
            view! { <TextArea label=messages.answer value=editor.answer note=note(editor.answer) rows=4 error /> }
        })
    };
    view! {
        {content}
        {answer}
        {editor.has_summary.then(|| view! { <TextArea label=messages.summary value=editor.summary rows=2 /> })}
        {match no_keywords {
            None => view! { <ChipsField values=editor.keywords labels most=KEYWORDS_MAX longest=KEYWORD_MAX /> }.into_any(),
            Some(reason) => view! { <p class="hint">{reason}</p> }.into_any(),
        }}
    }
}
