//! What changed between two texts, in one column: taken out, put in, and the lines around.

use leptos::prelude::*;

use crate::{
    i18n::use_locale,
    model::diff::{Change, Part, diff},
};

/// Unchanged lines shown before and after a change; the others are folded.
const CONTEXT: usize = 3;

/// The difference as text with `<del>` and `<ins>`.
#[component]
pub fn DiffView(
    /// The text before.
    old: String,
    /// The text after.
    new: String,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let parts = diff(&old, &new);
    let is_same = parts.iter().all(|part| part.change == Change::Same);
    if is_same {
        return view! { <p class="nothing">{messages.diff_same}</p> }.into_any();
    }
    let last = parts.len() - 1;
    let show = |(at, part): (usize, Part)| match part.change {
        Change::Removed => view! { <del>{visible(part.text)}</del> }.into_any(),
        Change::Added => view! { <ins>{visible(part.text)}</ins> }.into_any(),
        Change::Same => match fold(&part.text, at == 0, at == last) {
            None => part.text.into_any(),
            Some((before, lines, after)) => {
                view! { <span>{before}</span><span class="fold">{(messages.diff_folded)(lines)}</span><span>{after}</span> }
                    .into_any()
            }
        },
    };
    let parts = parts.into_iter().enumerate().map(show).collect_view();
    view! { <div class="diff" tabindex="0" role="group" aria-label=messages.diff_label>{parts}</div> }.into_any()
}

/// A line end alone is not to be seen, so it is drawn.
fn visible(text: String) -> String {
    if text.chars().all(|c| c == '\n') { text.replace('\n', "↵\n") } else { text }
}

/// The lines of an unchanged part that are shown, and how many are not; `None` where it is not worth folding.
fn fold(text: &str, is_first: bool, is_last: bool) -> Option<(String, u64, String)> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let before = if is_first { 0 } else { CONTEXT };
    let after = if is_last { 0 } else { CONTEXT };
    if lines.len() <= before + after + CONTEXT {
        return None;
    }
    let folded = lines.len() - before - after;
    Some((lines[..before].concat(), folded as u64, lines[before + folded..].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_unchanged_parts_are_folded() {
        let text: String = (0..20).map(|n| format!("{n}\n")).collect();
        assert_eq!(fold(&text, false, false), Some(("0\n1\n2\n".to_owned(), 14, "17\n18\n19\n".to_owned())));
        assert_eq!(fold(&text, true, false), Some((String::new(), 17, "17\n18\n19\n".to_owned())));
        assert_eq!(fold("a\nb\n", false, false), None);
    }
}
