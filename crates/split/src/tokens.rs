//! A cheap, deterministic estimate of how many tokens a text has.
//!
//! Each CJK character is one token. A run of other letters and digits is a quarter of its UTF-8 bytes, rounded up: that is
//! near the truth for Latin and, because their letters take two and three bytes, for Cyrillic, Arabic or Thai as well. A run
//! of one and the same other character (`-----`, `....`) is counted the same way. White space is free.
//!
//! Two properties hold, and the splitter builds on them: a part never has more tokens than the whole, and two texts put
//! together never have more than the sum of both.

use crate::chars::is_cjk;

/// Counts character by character, from either end.
pub(crate) struct Counter {
    total: usize,
    run_bytes: usize,
    /// What the current run is made of: `'a'` stands for any letter or digit.
    run_of: char,
}

const WORD: char = 'a';
const NOTHING: char = ' ';

impl Counter {
    pub(crate) const fn new() -> Self {
        Self { total: 0, run_bytes: 0, run_of: NOTHING }
    }

    pub(crate) fn total(&self) -> usize {
        self.total
    }

    /// Adds the next character.
    pub(crate) fn push(&mut self, c: char) {
        let (class, bytes) = if c.is_ascii() {
            let class = if c.is_ascii_alphanumeric() {
                WORD
            } else if c.is_ascii_whitespace() {
                NOTHING
            } else {
                c
            };
            (class, 1)
        } else if is_cjk(c) {
            self.total += 1;
            self.run_of = NOTHING;
            return;
        } else if c.is_whitespace() {
            (NOTHING, 1)
        } else {
            (if c.is_alphanumeric() { WORD } else { c }, c.len_utf8())
        };
        if class == NOTHING {
            self.run_of = NOTHING;
            return;
        }
        if class != self.run_of {
            self.run_of = class;
            self.run_bytes = 0;
        }
        // The total is kept rounded up at every step: it grows by as many quarters as this character completes or begins.
        let before = self.run_bytes.div_ceil(4);
        self.run_bytes += bytes;
        self.total += self.run_bytes.div_ceil(4) - before;
    }
}

/// How many tokens the text has, as both the host and the app estimate it.
pub fn count_tokens(text: &str) -> usize {
    count_up_to(text, usize::MAX)
}

/// Counts, but stops soon after `limit` is passed, so that asking "is it too long?" of a large text is cheap.
pub(crate) fn count_up_to(text: &str, limit: usize) -> usize {
    let mut counter = Counter::new();
    for c in text.chars() {
        counter.push(c);
        if counter.total > limit {
            break;
        }
    }
    counter.total
}

#[cfg(test)]
mod tests {
    use super::count_tokens;

    #[test]
    fn estimates_words_cjk_and_runs() {
        assert_eq!(count_tokens(""), 0);
        assert_eq!(count_tokens(" \n\t\u{3000}"), 0);
        assert_eq!(count_tokens("pump"), 1);
        assert_eq!(count_tokens("pumps"), 2);
        assert_eq!(count_tokens("The pump, too."), 1 + 1 + 1 + 1 + 1);
        assert_eq!(count_tokens("没有规则的文本。"), 7 + 1);
        assert_eq!(count_tokens("............"), 3);
        assert_eq!(count_tokens("насос"), 3);
        assert_eq!(count_tokens("🚀"), 1);
    }
}
