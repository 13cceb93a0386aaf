//! The chunks that a text will become, while the rule is being typed. The splitter is the host's own.

use std::{ops::ControlFlow, sync::Arc};

use leptos::prelude::*;
use loredesk_split::{SplitRule, clean, for_each_chunk, markdown_text};

use super::RuleState;
use crate::{
    dom::timers::Debounce,
    i18n::use_locale,
    model::{
        document::extension,
        process_rule::{ProcessRuleForm, unescape},
    },
};

/// Chunks that are shown.
const SHOWN: usize = 30;
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
    first: Vec<(String, usize, usize)>,
}

/// The rule as the splitter takes it.
fn split_rule(form: &ProcessRuleForm) -> SplitRule {
    if form.is_automatic {
        return SplitRule::automatic();
    }
    SplitRule {
        remove_extra_spaces: form.remove_extra_spaces,
        remove_urls_emails: form.remove_urls_emails,
        separator: unescape(&form.separator),
        max_tokens: usize::try_from(form.max_tokens).unwrap_or(usize::MAX),
        chunk_overlap: usize::try_from(form.chunk_overlap).unwrap_or(usize::MAX),
    }
}

fn chunks(preview: &PreviewText, form: &ProcessRuleForm) -> Chunks {
    let rule = split_rule(form);
    let is_markdown = matches!(extension(&preview.name).as_str(), "md" | "mdx" | "markdown");
    let text = if is_markdown { markdown_text(&preview.text) } else { (&*preview.text).into() };
    let text = clean(&text, &rule);
    let mut chunks = Chunks::default();
    for_each_chunk(&text, &rule, &mut |piece| {
        chunks.count += 1;
        if chunks.first.len() < SHOWN {
            chunks.first.push((piece.content.to_owned(), piece.tokens, piece.content.chars().count()));
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
                None => view! { <p class="hint">{messages.no_preview}</p> }.into_any(),
                Some(Err(())) => view! { <p class="hint">{messages.mend_first}</p> }.into_any(),
                Some(Ok((text, chunks))) => {
                    let list = chunks.first.iter().enumerate().map(|(at, (content, tokens, characters))| {
                        let head = (messages.chunk)(
                            &locale.number(at as u64 + 1),
                            &locale.number(*tokens as u64),
                            &locale.number(*characters as u64),
                        );
                        view! { <li><small>{head}</small><p>{content.clone()}</p></li> }
                    });
                    let more = (chunks.count > SHOWN).then(|| (messages.first_shown)(&locale.number(SHOWN as u64)));
                    view! {
                        <header>
                            <strong>{(messages.preview_of)(&text.name)}</strong>
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
        assert_eq!(made.first.iter().map(|chunk| chunk.0.as_str()).collect::<Vec<_>>(), ["first", "second part"]);
        assert_eq!((made.count, made.first[0].2), (2, 5));
    }

    #[test]
    fn headings_of_markdown_lose_their_marks_only_in_markdown() {
        let form = ProcessRuleForm::default();
        assert!(preview("a.md", "# Title\n\ntext", &form).first[0].0.starts_with("Title"));
        assert!(preview("a.txt", "# Title\n\ntext", &form).first[0].0.starts_with('#'));
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
