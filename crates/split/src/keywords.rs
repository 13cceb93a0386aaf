//! Terms of a text: the keywords of a chunk, and what a query looks for.

use crate::chars::{is_cjk, is_hangul, is_hiragana, is_katakana};
use crate::stop_words::{is_stop_character, is_stop_word};

/// The most keywords a chunk gets, as on a real server.
const MOST_KEYWORDS: usize = 10;

/// The terms that occur most often in the text, at most `limit` and never more than 10, in lower case.
///
/// Words of at least two characters that are no stop words; Chinese and Japanese text by pairs of characters, katakana words
/// whole. Equally frequent terms come in the order of the text, so the same text always has the same keywords.
pub fn keywords(text: &str, limit: usize) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut found: Vec<(&str, usize)> = Vec::new();
    for_each_run(&lower, &mut |kind, at, run| match kind {
        Kind::Word if run.chars().nth(1).is_some() && !is_stop_word(run) => found.push((run, at)),
        Kind::Word => {}
        Kind::Cjk => {
            let mut previous: Option<(usize, char)> = None;
            for (offset, c) in run.char_indices() {
                if let Some((start, first)) = previous
                    && [first, c].iter().all(|c| !is_stop_character(*c) && !is_hiragana(*c))
                {
                    found.push((&run[start..offset + c.len_utf8()], at + start));
                }
                previous = Some((offset, c));
            }
        }
    });
    found.sort_unstable();
    let mut counted: Vec<(usize, usize, &str)> = Vec::new();
    for (term, at) in found {
        match counted.last_mut() {
            Some((count, _, last)) if *last == term => *count += 1,
            _ => counted.push((1, at, term)),
        }
    }
    counted.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    counted.into_iter().take(limit.min(MOST_KEYWORDS)).map(|(_, _, term)| term.to_owned()).collect()
}

/// The search terms of a query, in lower case, each once, in their order. A run of CJK characters stays one term; which
/// parts of it to look for is the index's business.
pub fn terms(query: &str) -> Vec<String> {
    let lower = query.to_lowercase();
    let mut terms: Vec<String> = Vec::new();
    for_each_run(&lower, &mut |_, _, run| {
        if !terms.iter().any(|term| term == run) {
            terms.push(run.to_owned());
        }
    });
    terms
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Cjk,
}

fn kind(c: char) -> Option<Kind> {
    if is_cjk(c) && !is_hangul(c) && !is_katakana(c) {
        Some(Kind::Cjk)
    } else if c.is_alphanumeric() || is_katakana(c) || is_mark(c) {
        Some(Kind::Word)
    } else {
        None
    }
}

/// Combining marks that belong to the letter before them but are no letters to std: accents, virama, Thai tone marks.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{94D}' | '\u{9CD}' | '\u{E47}'..='\u{E4E}')
}

fn for_each_run<'a>(text: &'a str, each: &mut dyn FnMut(Kind, usize, &'a str)) {
    let mut open: Option<(Kind, usize)> = None;
    for (at, c) in text.char_indices() {
        let kind = kind(c);
        if let Some((current, start)) = open {
            if kind == Some(current) {
                continue;
            }
            each(current, start, &text[start..at]);
        }
        open = kind.map(|kind| (kind, at));
    }
    if let Some((current, start)) = open {
        each(current, start, &text[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::{keywords, terms};

    #[test]
    fn keywords_are_the_frequent_words() {
        assert_eq!(keywords("The pump, the Pump and a valve. 12 kg", 10), ["pump", "valve", "12", "kg"]);
        assert_eq!(keywords("Die Pumpe und die Größe der Pumpe", 1), ["pumpe"]);
        assert_eq!(keywords("规则的文本。文本", 10), ["文本", "规则"]);
        assert_eq!(keywords("データの保存とデータ", 10), ["データ", "保存"]);
        assert_eq!(keywords("a b c", 10), Vec::<String>::new());
        assert_eq!(keywords(&('a'..='z').map(|c| format!("{c}{c} ")).collect::<String>(), 99).len(), 10);
        assert!(keywords("x y", 0).is_empty());
    }

    #[test]
    fn terms_are_words_and_runs() {
        assert_eq!(terms("Wie groß ist die Pumpe? PUMPE"), ["wie", "groß", "ist", "die", "pumpe"]);
        assert_eq!(terms("水泵 installation 检修"), ["水泵", "installation", "检修"]);
        assert_eq!(terms("水泵P-100を設定"), ["水泵", "p", "100", "を設定"]);
        assert_eq!(terms("  ?! "), Vec::<String>::new());
    }
}
