//! Text as the full-text index wants it: words without case and accents, Chinese and Japanese as pairs of characters.
//!
//! A run of letters and digits is a word. Chinese characters and kana stand without blanks between words, so every pair of
//! neighbours is a term, and the last character of a run once more alone: a query of two or more characters is looked up by
//! its pairs, a query of one as the beginning of a pair. German umlauts and other accents are folded to their letter, whether
//! they come as one character or as two, so that `Prüfung`, `PRÜFUNG` and `Prufung` are the same word.

/// Longest word that is kept, in bytes: what is longer is no word (base64, for example), and nobody types it.
const LONGEST: usize = 64;

/// Calls back with every term of the text, in its order.
pub fn for_each_term(text: &str, each: &mut dyn FnMut(&str)) {
    let mut word = String::with_capacity(LONGEST);
    let mut pair = String::with_capacity(8);
    let mut previous: Option<char> = None;
    for c in text.chars() {
        if is_unspaced(c) {
            flush(&mut word, each);
            if let Some(first) = previous {
                pair.clear();
                pair.push(first);
                pair.push(c);
                each(&pair);
            }
            previous = Some(c);
            continue;
        }
        if let Some(last) = previous.take() {
            pair.clear();
            pair.push(last);
            each(&pair);
        }
        if c.is_alphanumeric() {
            push_folded(&mut word, c);
        } else if !is_mark(c) {
            flush(&mut word, each);
        }
    }
    if let Some(last) = previous {
        pair.clear();
        pair.push(last);
        each(&pair);
    }
    flush(&mut word, each);
}

/// The terms with blanks between them, as the index stores them.
pub fn index_text(text: &str) -> String {
    let mut terms = String::with_capacity(text.len() + text.len() / 2);
    for_each_term(text, &mut |term| {
        terms.push_str(term);
        terms.push(' ');
    });
    terms
}

/// A term of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryTerm {
    /// The term.
    pub text: String,
    /// Whether longer words that begin with it count as well.
    pub is_prefix: bool,
}

/// The terms of a query, each once. Words of three letters and more also find the words that begin with them.
pub fn of_query(query: &str) -> Vec<QueryTerm> {
    let mut terms: Vec<QueryTerm> = Vec::new();
    let mut add = |text: &str, is_prefix: bool| {
        if !terms.iter().any(|term| term.text == text) {
            terms.push(QueryTerm { text: text.to_owned(), is_prefix });
        }
    };
    // The lone last character of a run is in the index for queries of one character; in a longer run it says nothing new.
    let mut last_was_pair = false;
    for_each_term(query, &mut |term| {
        let characters = term.chars().count();
        if term.chars().next().is_some_and(is_unspaced) {
            if characters == 2 {
                add(term, false);
                last_was_pair = true;
            } else {
                if !last_was_pair {
                    add(term, true);
                }
                last_was_pair = false;
            }
        } else {
            last_was_pair = false;
            add(term, characters >= 3);
        }
    });
    terms
}

fn flush(word: &mut String, each: &mut dyn FnMut(&str)) {
    if !word.is_empty() {
        each(word);
        word.clear();
    }
}

/// Scripts that put no blanks between words: Chinese characters, kana, and their extensions.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{323af}')
}

/// Combining marks: the accent of a decomposed letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn push_folded(word: &mut String, c: char) {
    if word.len() >= LONGEST {
        return;
    }
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        match base_letter(lower) {
            Some(base) => word.push_str(base),
            None if is_mark(lower) => {}
            None => word.push(lower),
        }
    }
}

/// The letter under the accent, for the Latin letters of Europe; full-width forms become ordinary ones.
fn base_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ß' => "ss",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '\u{ff10}'..='\u{ff19}' | '\u{ff41}'..='\u{ff5a}' => narrow(c)?,
        _ => return None,
    })
}

fn narrow(c: char) -> Option<&'static str> {
    const PLAIN: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
    let code = u32::from(c);
    let at = if code < 0xff41 { code - 0xff10 } else { code - 0xff41 + 10 };
    let at = usize::try_from(at).ok()?;
    PLAIN.get(at..=at)
}

#[cfg(test)]
mod tests {
    use super::{QueryTerm, index_text, of_query};

    fn query(text: &str) -> Vec<(String, bool)> {
        of_query(text).into_iter().map(|QueryTerm { text, is_prefix }| (text, is_prefix)).collect()
    }

    #[test]
    fn words_lose_case_and_accents() {
        assert_eq!(index_text("Die PRÜFUNG, pru\u{308}fung: Straße 3.5"), "die prufung prufung strasse 3 5 ");
        assert_eq!(index_text("Ｆｕｌｌ １２ Œuvre"), "full 12 oeuvre ");
        assert_eq!(index_text("Пётр Ελλάδα"), "пётр ελλάδα ");
    }

    #[test]
    fn unspaced_scripts_come_in_pairs() {
        assert_eq!(index_text("数据库 x"), "数据 据库 库 x ");
        assert_eq!(index_text("Linuxの設定"), "linux の設 設定 定 ");
    }

    #[test]
    fn a_query_is_words_and_pairs() {
        assert_eq!(query("数据库"), [("数据".into(), false), ("据库".into(), false)]);
        assert_eq!(query("库"), [("库".into(), true)]);
        assert_eq!(query("the The ab 设定"), [("the".into(), true), ("ab".into(), false), ("设定".into(), false)]);
        assert!(query(" ,.!").is_empty());
    }

    #[test]
    fn endless_words_are_cut() {
        assert_eq!(index_text(&"a".repeat(5000)).len(), 65);
    }
}
