//! Where a mistake stands in the text of `config.json`, and what was perhaps meant. Only loaded to show mistakes.

use std::ops::Range;

/// Longest piece of a line that is quoted, in characters; a file may be one line.
const LONGEST: usize = 96;

/// A line of the text with a part of it to mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The line, from 1.
    pub line: usize,
    /// Where the part begins in it, in bytes from 0.
    pub column: usize,
    /// What stands before the part.
    pub before: String,
    /// The part.
    pub marked: String,
    /// What stands after it.
    pub after: String,
}

/// The line of a place such as `connections[0].base`, with the place marked; for what is missing, the line of what it is missing in.
#[must_use]
pub fn at_place(text: &str, place: &str) -> Option<Quote> {
    // The scanner trusts the text; without a limit of its own, only what a reader with one has accepted.
    serde_json::from_str::<serde_json::Value>(text).ok()?;
    let mut scanner = Scanner { text, at: 0, found: Vec::new() };
    scanner.value("");
    let mut wanted = place;
    loop {
        if let Some((_, range)) = scanner.found.iter().find(|(found, _)| found == wanted) {
            return Some(around(text, range.clone()));
        }
        // The object or the list around it.
        wanted = wanted.rfind(['.', '[']).map(|at| &wanted[..at]).unwrap_or_default();
        if wanted.is_empty() {
            return scanner.found.first().map(|(_, range)| around(text, range.clone()));
        }
    }
}

/// A line by its number, with one column marked; both from 1, as a JSON reader tells them.
#[must_use]
pub fn at_column(text: &str, line: usize, column: usize) -> Option<Quote> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    // The reader counts bytes.
    let at = (start + column.saturating_sub(1)).min(end);
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let width = text[at..end].chars().next().map_or(0, char::len_utf8);
    Some(around(text, at..at + width))
}

/// The line around a part, cut where it is long. Of a part of several lines the first is marked.
fn around(text: &str, part: Range<usize>) -> Quote {
    let start = text[..part.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[part.start..].find('\n').map_or(text.len(), |at| part.start + at);
    let part = part.start..part.end.min(end);
    let line = text[..start].matches('\n').count() + 1;
    let marked = first(text[part.clone()].trim_end(), LONGEST);
    let before = last(&text[start..part.start], LONGEST / 3);
    let after = if marked.ends_with('…') { String::new() } else { first(text[part.end..end].trim_end(), LONGEST / 3) };
    Quote { line, column: part.start - start, before: before.trim_start().to_owned(), marked, after }
}

fn first(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn last(text: &str, most: usize) -> String {
    let count = text.chars().count();
    match text.char_indices().nth(count.saturating_sub(most)) {
        Some((at, _)) if at > 0 => format!("…{}", &text[at..]),
        _ => text.to_owned(),
    }
}

/// Finds the places of a text that a JSON reader has accepted: a key with its value, or an item of a list.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    found: Vec<(String, Range<usize>)>,
}

impl Scanner<'_> {
    fn value(&mut self, place: &str) {
        let start = self.skip_space();
        match self.byte() {
            Some(open @ (b'{' | b'[')) => {
                self.at += 1;
                // Before its content, so that the outermost is the first.
                self.found.push((place.to_owned(), start..start + 1));
                for index in 0.. {
                    self.skip_space();
                    match self.byte() {
                        Some(b',') => self.at += 1,
                        Some(b'}' | b']') | None => break,
                        Some(_) => {}
                    }
                    if open == b'[' { self.value(&format!("{place}[{index}]")) } else { self.member(place) }
                }
                self.at += 1;
            }
            _ => {
                self.scalar();
                self.found.push((place.to_owned(), start..self.at));
            }
        }
    }

    fn member(&mut self, parent: &str) {
        let start = self.skip_space();
        self.scalar();
        let key: String = serde_json::from_str(&self.text[start..self.at]).unwrap_or_default();
        let place = if parent.is_empty() { key } else { format!("{parent}.{key}") };
        self.skip_space();
        self.at += 1;
        let own = self.found.len();
        self.value(&place);
        // The key belongs to what is marked.
        if let Some((_, range)) = self.found.get_mut(own) {
            range.start = start;
        }
    }

    /// Goes behind a text, a number or a word.
    fn scalar(&mut self) {
        let is_text = self.byte() == Some(b'"');
        self.at += usize::from(is_text);
        while let Some(byte) = self.byte() {
            match byte {
                b'\\' if is_text => self.at += 1,
                b'"' if is_text => {
                    self.at += 1;
                    return;
                }
                b',' | b'}' | b']' | b':' | b' ' | b'\n' | b'\r' | b'\t' if !is_text => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn skip_space(&mut self) -> usize {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.at
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// The known word that was perhaps meant: the same but for case and hyphens, or at most two slips of the fingers away.
#[must_use]
pub fn nearest(word: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = |word: &str| word.to_ascii_lowercase().replace(['-', ' '], "_");
    let word = plain(word);
    let near = |known: &&'static str| {
        let slips = slips(&word, known);
        // Of a short word, two slips leave nothing.
        (slips <= 2 && slips * 3 <= known.len().max(word.len())).then_some((slips, *known))
    };
    known.iter().filter_map(near).min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
}

/// Letters to put in, take out, change or swap with their neighbour.
fn slips(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0_usize; other.len() + 1]; one.len() + 1];
    for row in 0..=one.len() {
        for column in 0..=other.len() {
            rows[row][column] = if row == 0 || column == 0 {
                row + column
            } else {
                let change = rows[row - 1][column - 1] + usize::from(one[row - 1] != other[column - 1]);
                let swap = if row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1] {
                    rows[row - 2][column - 2] + 1
                } else {
                    usize::MAX
                };
                change.min(swap).min(rows[row - 1][column] + 1).min(rows[row][column - 1] + 1)
            };
        }
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str =
        "{\n  \"connections\": [\n    { \"id\": \"a/b\", \"base\": \"https://x\" },\n    5\n  ],\n  \"limit\": {}\n}\n";

    fn quoted(place: &str) -> (usize, String) {
        let quote = at_place(TEXT, place).unwrap();
        (quote.line, quote.marked)
    }

    #[test]
    fn a_place_is_found_with_its_line() {
        assert_eq!(quoted("connections[0].id"), (3, "\"id\": \"a/b\"".to_owned()));
        assert_eq!(quoted("connections[0].base"), (3, "\"base\": \"https://x\"".to_owned()));
        assert_eq!(quoted("connections[1]"), (4, "5".to_owned()));
        assert_eq!(quoted("limit"), (6, "\"limit\": {".to_owned()));
        let quote = at_place(TEXT, "connections[0].id").unwrap();
        assert_eq!((quote.before.as_str(), quote.after.as_str()), ("{ ", ", \"base\": \"https://x\" },"));
    }

    #[test]
    fn what_is_missing_is_shown_by_what_is_around_it() {
        assert_eq!(quoted("connections[0].name"), (3, "{".to_owned()));
        assert_eq!(quoted("limits.extensions[3]").0, 1);
        assert_eq!(at_place("[]", "").map(|quote| quote.line), Some(1));
    }

    #[test]
    fn one_long_line_is_cut_around_the_place() {
        let text = format!("{{\"languages\":[\"{}\"],\"connections\":[{{\"id\":\"a/b\"}}],\"x\":\"{0}\"}}", "知".repeat(200));
        let quote = at_place(&text, "connections[0].id").unwrap();
        assert_eq!((quote.line, quote.marked.as_str()), (1, "\"id\":\"a/b\""));
        assert!(quote.before.starts_with('…') && quote.after.ends_with('…'));
        let long = at_place(&text, "languages[0]").unwrap();
        assert!(long.marked.ends_with('…') && long.after.is_empty());
    }

    #[test]
    fn a_column_is_marked() {
        let quote = at_column("{\n  \"a\": [,]\n}", 2, 9).unwrap();
        assert_eq!((quote.line, quote.before.as_str(), quote.marked.as_str()), (2, "\"a\": [", ","));
        assert_eq!(at_column("", 1, 0).unwrap().marked, "");
        assert_eq!(at_column("知识", 1, 3).unwrap().marked, "知");
        assert_eq!(at_column("{", 0, 0), None);
    }

    #[test]
    fn what_was_meant_is_guessed_only_when_it_is_near() {
        let known = ["connections", "read_only", "base", "id", "portal_origins"];
        for (word, meant) in [
            ("read_onyl", "read_only"),
            ("readonly", "read_only"),
            ("Read-Only", "read_only"),
            ("conections", "connections"),
            ("bas", "base"),
        ] {
            assert_eq!(nearest(word, &known), Some(meant), "{word}");
        }
        for word in ["url", "no", "x", "key", ""] {
            assert_eq!(nearest(word, &known), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_quoted_is_a_part_of_its_line(text in "[\\[\\]{}\",:\\\\ a知\n]{0,40}", place in "[a-z.\\[\\]0-9]{0,12}", line in 0..5_usize, column in 0..9_usize) {
            let _ = at_place(&text, &place);
            let _ = at_column(&text, line, column);
        }
    }
}
