//! Which parts of a text match what was searched for, so that they can be marked without ever making HTML of it.

use loredesk_split::{keywords, terms};

/// Where a term may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere, as a server's substring search finds it.
    Anywhere,
    /// Where a word begins; scripts without spaces have no such place and match anywhere.
    WordStart,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether it matches.
    pub is_match: bool,
}

/// What of a query is worth marking: its words without the empty ones, Chinese and Japanese by pairs of characters.
#[must_use]
pub fn query_terms(query: &str) -> Vec<String> {
    let all = terms(query);
    let mut worth: Vec<String> = Vec::new();
    for term in &all {
        let is_spaced = term.chars().all(|c| c < '\u{2E80}');
        let found = if is_spaced {
            keywords(term, 1)
        } else {
            let characters: Vec<char> = term.chars().collect();
            let pairs = characters.windows(2).flat_map(|pair| keywords(&pair.iter().collect::<String>(), 1));
            let pairs: Vec<String> = pairs.collect();
            if pairs.is_empty() { vec![term.clone()] } else { pairs }
        };
        worth.extend(found);
    }
    // A query of nothing but small words still shows where they are.
    if worth.is_empty() { all } else { worth }
}

/// Cuts a text into parts that match and parts that don't, whatever the case of their letters.
#[must_use]
pub fn runs<'a>(text: &'a str, terms: &[String], place: Place) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    let mut at = 0;
    for (start, end) in matches(text, terms, place) {
        if start > at {
            runs.push(Run { text: &text[at..start], is_match: false });
        }
        runs.push(Run { text: &text[start..end], is_match: true });
        at = end;
    }
    if at < text.len() {
        runs.push(Run { text: &text[at..], is_match: false });
    }
    runs
}

/// Where the first match begins, in bytes.
#[must_use]
pub fn first_match(text: &str, terms: &[String], place: Place) -> Option<usize> {
    matches(text, terms, place).first().map(|(start, _)| *start)
}

/// Characters from which on a text is cut to an excerpt.
const EXCERPT_FROM: usize = 700;
/// Characters of an excerpt.
const EXCERPT: usize = 560;
/// Characters before the first match.
const BEFORE: usize = 120;

/// The part of a long text around its first match, in bytes; `None` for a text that is shown whole.
#[must_use]
pub fn excerpt(text: &str, terms: &[String], place: Place) -> Option<(usize, usize)> {
    text.char_indices().nth(EXCERPT_FROM)?;
    let first = first_match(text, terms, place).unwrap_or_default();
    let near = text[..first].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    // A match near the beginning needs no cut there.
    let start = if text[..first].chars().count() <= EXCERPT - BEFORE {
        0
    } else {
        text[near..first].find(char::is_whitespace).map_or(near, |space| near + space + 1)
    };
    let end = text[start..].char_indices().nth(EXCERPT).map_or(text.len(), |(at, _)| start + at);
    Some((start, end))
}

/// Matching ranges in bytes, in order, without overlaps.
fn matches(text: &str, terms: &[String], place: Place) -> Vec<(usize, usize)> {
    let terms: Vec<String> = terms.iter().map(|term| term.to_lowercase()).filter(|term| !term.is_empty()).collect();
    if terms.is_empty() {
        return Vec::new();
    }
    // Lower case may be longer or shorter than what it stands for, so every byte remembers its character.
    let mut lower = String::with_capacity(text.len());
    let mut origin: Vec<(usize, usize)> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let before = lower.len();
        lower.extend(c.to_lowercase());
        origin.resize(origin.len() + lower.len() - before, (at, at + c.len_utf8()));
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for term in &terms {
        let needs_start = place == Place::WordStart && term.chars().next().is_some_and(|c| c < '\u{2E80}');
        for (at, hit) in lower.match_indices(term.as_str()) {
            let is_inside_word = lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            if !(needs_start && is_inside_word)
                && let (Some((start, _)), Some((_, end))) = (origin.get(at), origin.get(at + hit.len() - 1))
            {
                found.push((*start, *end));
            }
        }
    }
    found.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(found.len());
    for (start, end) in found {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(text: &str, terms: &[&str], place: Place) -> String {
        let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
        let mark = |run: &Run| if run.is_match { format!("[{}]", run.text) } else { run.text.to_owned() };
        runs(text, &terms, place).iter().map(mark).collect()
    }

    #[test]
    fn case_does_not_matter_and_html_is_text() {
        assert_eq!(show("<b>Seal</b> the SEAL", &["seal"], Place::Anywhere), "<b>[Seal]</b> the [SEAL]");
        assert_eq!(show("İstanbul GROẞ", &["groß", "i"], Place::Anywhere), "[İ]stanbul [GROẞ]");
        assert_eq!(show("abc", &[], Place::Anywhere), "abc");
    }

    #[test]
    fn a_word_is_found_at_its_start() {
        assert_eq!(show("pumps, impumped", &["pump"], Place::WordStart), "[pump]s, impumped");
        assert_eq!(show("更换密封圈", &["密封"], Place::WordStart), "更换[密封]圈");
    }

    #[test]
    fn overlapping_matches_are_one() {
        assert_eq!(show("密封圈", &["密封", "封圈"], Place::WordStart), "[密封圈]");
    }

    #[test]
    fn an_excerpt_holds_the_first_match() {
        let terms = ["seal".to_owned()];
        assert_eq!(excerpt("a seal", &terms, Place::WordStart), None);
        let late = format!("{}seal {}", "word ".repeat(400), "word ".repeat(400));
        let (start, end) = excerpt(&late, &terms, Place::WordStart).unwrap_or_default();
        assert!(start > 0 && late[start..end].contains("seal") && late[start..].starts_with("word"));
        let early = format!("seal {}", "水".repeat(900));
        assert_eq!(excerpt(&early, &terms, Place::WordStart).map(|(start, _)| start), Some(0));
    }

    #[test]
    fn small_words_are_not_worth_marking() {
        assert_eq!(query_terms("How is the pump sealed?"), ["pump", "sealed"]);
        assert!(query_terms("如何更换密封圈").contains(&"密封".to_owned()));
        assert_eq!(query_terms("the"), ["the"]);
    }

    proptest! {
        #[test]
        fn nothing_of_the_text_is_lost(text in "\\PC{0,60}", term in "\\PC{0,3}") {
            let terms = [term];
            let joined: String = runs(&text, &terms, Place::WordStart).iter().map(|run| run.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
