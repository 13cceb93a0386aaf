//! The chunks that a text will become, while the rule is being typed. The splitter is the host's own.

use std::{ops::ControlFlow, sync::Arc};

use leptos::prelude::*;
use loredesk_split::{ParentChildRule, SplitRule, children, clean, for_each_chunk, markdown_text};

use super::RuleState;
use crate::{
    dom::{timers::Debounce, visible::visible},
    i18n::{Locale, chunk_modes::chunk_modes, use_locale},
    model::{
        document::extension,
        process_rule::{ChunkMode, ProcessRuleForm, unescape},
    },
};

/// Chunks that are shown.
const SHOWN: usize = 30;
/// Child chunks of one parent that are shown.
const CHILDREN_SHOWN: usize = 20;
/// Types whose bytes are their text.
const TEXTS: [&str; 9] = ["txt", "md", "mdx", "markdown", "csv", "html", "htm", "vtt", "properties"];

/// A text to preview.
#[derive(Clone, PartialEq, Eq)]
pub struct PreviewText {
    /// Name of its file or document.
    pub name: String,
    /// The text, or its beginning.
    pub text: Arc<str>,
    /// Whether it is only the beginning.
    pub is_part: bool,
}

/// Whether a file's bytes are its text, so that it can be previewed.
#[must_use]
pub fn is_previewable(name: &str) -> bool {
    TEXTS.contains(&extension(name).as_str())
}

#[derive(Clone, Default, PartialEq)]
struct Chunks {
    count: usize,
    first: Vec<Shown>,
}

/// A chunk that is shown.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    content: String,
    tokens: usize,
    characters: usize,
    /// Its first child chunks, and how many there are; `None` where chunks have none.
    children: Option<(Vec<String>, usize)>,
}

/// The rule as the splitter takes it, and that of child chunks where there are some.
fn split_rules(form: &ProcessRuleForm) -> (SplitRule, Option<SplitRule>) {
    let size = |tokens| usize::try_from(tokens).unwrap_or(usize::MAX);
    let rule = |separator: &str, max_tokens, chunk_overlap| SplitRule {
        remove_extra_spaces: form.remove_extra_spaces,
        remove_urls_emails: form.remove_urls_emails,
        separator: unescape(separator),
        max_tokens: size(max_tokens),
        chunk_overlap: size(chunk_overlap),
    };
    if form.mode == ChunkMode::ParentChild {
        let both = ParentChildRule {
            parents: rule(&form.separator, form.max_tokens, 0),
            children: rule(&form.child_separator, form.child_max_tokens, 0),
        };
        let both = if form.is_whole_parent { both.of_whole_documents() } else { both };
        (both.parents, Some(both.children))
    } else if form.is_automatic {
        (SplitRule::automatic(), None)
    } else {
        (rule(&form.separator, form.max_tokens, form.chunk_overlap), None)
    }
}

fn chunks(preview: &PreviewText, form: &ProcessRuleForm) -> Chunks {
    let (rule, child_rule) = split_rules(form);
    let is_markdown = matches!(extension(&preview.name).as_str(), "md" | "mdx" | "markdown");
    let text = if is_markdown { markdown_text(&preview.text) } else { (&*preview.text).into() };
    let text = clean(&text, &rule);
    let mut chunks = Chunks::default();
    for_each_chunk(&text, &rule, &mut |piece| {
        chunks.count += 1;
        if chunks.first.len() < SHOWN {
            let children = child_rule.as_ref().map(|rule| {
                let all = children(piece.content, rule);
                let first = all.iter().take(CHILDREN_SHOWN).map(|child| child.content.to_owned());
                (first.collect(), all.len())
            });
            let characters = piece.content.chars().count();
            chunks.first.push(Shown { content: piece.content.to_owned(), tokens: piece.tokens, characters, children });
        }
        ControlFlow::Continue(())
    });
    chunks
}

/// The chunks of a text, made anew a moment after the last key.
#[component]
pub fn ChunkPreview(
    /// The text; `None` where there is none that can be read here.
    #[prop(into)]
    text: Signal<Option<PreviewText>>,
    /// The rule.
    rule: RuleState,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.rule;
    let is_questions = Memo::new(move |_| rule.counting_mode() == ChunkMode::QuestionAnswer);
    let made = RwSignal::new(None::<Result<(PreviewText, Arc<Chunks>), ()>>);
    let debounce = StoredValue::new_local(Debounce::default());
    Effect::new(move |before: Option<()>| {
        let (text, form) = (text.get(), rule.form());
        let wait = if before.is_some() { 200 } else { 0 };
        debounce.with_value(|debounce| {
            debounce.call(wait, move || {
                let _ = made.try_set(text.map(|text| {
                    form.check().map_err(|_| ())?;
                    let chunks = Arc::new(chunks(&text, &form));
                    Ok((text, chunks))
                }));
            });
        });
    });
    view! {
        <section class="preview" aria-label=messages.preview>
            {move || match made.get() {
                _ if is_questions.get() => view! { <p class="hint">{chunk_modes(locale).questions_preview}</p> }.into_any(),
                None => view! { <p class="hint">{messages.no_preview}</p> }.into_any(),
                Some(Err(())) => view! { <p class="hint">{messages.mend_first}</p> }.into_any(),
                Some(Ok((text, chunks))) => {
                    let list = chunks.first.iter().enumerate().map(|(at, chunk)| shown(locale, at, chunk));
                    let more = (chunks.count > SHOWN).then(|| (messages.first_shown)(&locale.number(SHOWN as u64)));
                    view! {
                        <header>
                            <strong>{(messages.preview_of)(&visible(&text.name))}</strong>
                            <span>{(messages.chunks)(chunks.count as u64, &locale.number(chunks.count as u64), text.is_part)} " " {more}</span>
                        </header>
                        <ol tabindex="0" aria-label=messages.preview>{list.collect_view()}</ol>
                        <p class="hint">{messages.preview_note}</p>
                    }.into_any()
                }
            }}
        </section>
    }
}

/// One chunk; a parent with its children in place of its text, which they make up.
fn shown(locale: Locale, at: usize, chunk: &Shown) -> impl IntoView + use<> {
    let number = |value: usize| locale.number(value as u64);
    let (place, tokens, characters) = (number(at + 1), number(chunk.tokens), number(chunk.characters));
    let Some((children, count)) = &chunk.children else {
        let head = (locale.messages.uploads.rule.chunk)(&place, &tokens, &characters);
        return view! { <li><small>{head}</small><p>{chunk.content.clone()}</p></li> }.into_any();
    };
    let messages = chunk_modes(locale);
    let head = (messages.parent)(&place, &tokens, &characters, *count as u64);
    let more = (*count > children.len()).then(|| (messages.more_children)(&number(count - children.len())));
    let children = children.iter().map(|child| view! { <li>{child.clone()}</li> }).collect_view();
    view! { <li><small>{head}</small><ol class="preview-children">{children}</ol><small>{more}</small></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview(name: &str, text: &str, form: &ProcessRuleForm) -> Chunks {
        chunks(&PreviewText { name: name.to_owned(), text: text.into(), is_part: false }, form)
    }

    #[test]
    fn a_custom_rule_cuts_at_its_separator_as_it_is_typed() {
        let form = ProcessRuleForm { is_automatic: false, separator: "\\n---\\n".to_owned(), ..ProcessRuleForm::default() };
        let made = preview("a.txt", "first\n---\nsecond part", &form);
        assert_eq!(made.first.iter().map(|chunk| chunk.content.as_str()).collect::<Vec<_>>(), ["first", "second part"]);
        assert_eq!((made.count, made.first[0].characters), (2, 5));
        assert!(made.first[0].children.is_none());
    }

    #[test]
    fn parents_are_shown_with_their_children() {
        let form = ProcessRuleForm { mode: ChunkMode::ParentChild, ..ProcessRuleForm::default() };
        let made = preview("a.txt", "one\ntwo\n\nthree", &form);
        let children = |at: usize| made.first[at].children.clone().map(|(children, _)| children).unwrap_or_default();
        assert_eq!(
            (made.count, children(0), children(1)),
            (2, vec!["one".to_owned(), "two".to_owned()], vec!["three".to_owned()])
        );
        let whole = ProcessRuleForm { is_whole_parent: true, ..form };
        let made = preview("a.txt", "one\ntwo\n\nthree", &whole);
        assert_eq!((made.count, made.first[0].children.as_ref().map(|(_, count)| *count)), (1, Some(3)));
    }

    #[test]
    fn headings_of_markdown_lose_their_marks_only_in_markdown() {
        let form = ProcessRuleForm::default();
        assert!(preview("a.md", "# Title\n\ntext", &form).first[0].content.starts_with("Title"));
        assert!(preview("a.txt", "# Title\n\ntext", &form).first[0].content.starts_with('#'));
    }

    #[test]
    fn many_chunks_are_counted_and_few_shown() {
        let form = ProcessRuleForm { is_automatic: false, separator: "\\n".to_owned(), ..ProcessRuleForm::default() };
        let text: String = (0..500).map(|line| format!("line {line}\n")).collect();
        let made = preview("a.txt", &text, &form);
        assert_eq!((made.count, made.first.len()), (500, SHOWN));
    }

    #[test]
    fn only_files_whose_bytes_are_text_are_previewed() {
        assert!(is_previewable("A.MD") && is_previewable("a.csv"));
        assert!(!is_previewable("a.pdf") && !is_previewable("a.docx") && !is_previewable("a"));
    }
}
