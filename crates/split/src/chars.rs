//! Classes of characters. Ranges by hand where std has no method, so that no table is linked in.

/// Scripts that are written without spaces between words: each character counts as a token, search goes by runs.
pub(crate) fn is_cjk(c: char) -> bool {
    // Nearly all text is below this; one comparison decides for it.
    c >= '\u{2E80}'
        && matches!(c,
            '\u{2E80}'..='\u{2FDF}'      // radicals
            | '\u{3005}'..='\u{3007}'    // iteration mark, ideographic zero
            | '\u{3040}'..='\u{30FF}'    // kana
            | '\u{3100}'..='\u{318F}'    // bopomofo, Hangul letters
            | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}'
            | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' // Hangul
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF66}'..='\u{FF9F}'    // half-width kana
            | '\u{20000}'..='\u{3FFFF}')
}

/// Hangul has spaces between words, unlike the rest of [`is_cjk`].
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// Katakana with its long-vowel mark: a run of it is one word, usually a borrowed one.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}

/// Hiragana: endings and particles, hardly ever a term by itself.
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309F}')
}

/// Horizontal blanks: every white space that does not end a line.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}
