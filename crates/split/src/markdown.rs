//! Makes plain text of Markdown's headings, the way a real server's chunks show them.

use std::borrow::Cow;

/// Drops the marks of headings (`#`), puts a blank line before a heading and none behind it, so that a heading stays with its
/// text when paragraphs are the separator. Fenced code is left alone.
pub fn markdown_text(text: &str) -> Cow<'_, str> {
    if !text.contains('#') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut fence: Option<&str> = None;
    let mut after_heading = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if let Some(mark) = fence {
            if trimmed.starts_with(mark) && trimmed.trim_start_matches(['`', '~']).is_empty() {
                fence = None;
            }
        } else if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fence = Some(&trimmed[..3]);
        } else if let Some(heading) = heading(line) {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push_str(if out.ends_with('\n') { "\n" } else { "\n\n" });
            }
            out.push_str(heading);
            out.push('\n');
            after_heading = true;
            continue;
        } else if after_heading && trimmed.is_empty() {
            continue;
        }
        after_heading = false;
        out.push_str(line);
    }
    Cow::Owned(out)
}

/// The words of an ATX heading: up to six `#` and a blank, indented by at most three spaces.
fn heading(line: &str) -> Option<&str> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let marked = &line[indent..];
    let words = marked.trim_start_matches('#');
    let level = marked.len() - words.len();
    if indent > 3 || !(1..=6).contains(&level) || !words.starts_with(char::is_whitespace) {
        return None;
    }
    let words = words.trim();
    let closed = words.trim_end_matches('#');
    let words = if closed.is_empty() || closed.ends_with(char::is_whitespace) { closed.trim_end() } else { words };
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::markdown_text;

    #[test]
    fn headings_stay_with_their_text() {
        let text = "# Title\n\nIntro **bold** text.\n## Part two ##\n\nA [link](http://example.com) and `code`.\n";
        assert_eq!(markdown_text(text), "Title\nIntro **bold** text.\n\nPart two\nA [link](http://example.com) and `code`.\n");
    }

    #[test]
    fn other_hashes_stay() {
        for text in ["#tag\n", "####### seven\n", "    # code\n", "a # b\n", "```sh\n# comment\n\nls\n```\n", "C#\n", "#\n"] {
            assert_eq!(markdown_text(text), text);
        }
    }
}
