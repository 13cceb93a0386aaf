//! Splits cleaned text into chunks.
//!
//! The separator of the rule comes first: the text is cut at every occurrence, the separator itself goes, and no piece is
//! ever merged across it (so a real server does it). A piece that is too long, or the whole text when no separator is fixed,
//! is cut into atoms at the coarsest natural boundaries that make them short enough, and atoms are put together again up to
//! the limit, each chunk repeating the end of the one before. Atoms keep their punctuation.

use std::ops::ControlFlow;

use crate::chars::is_blank;
use crate::overlap::overlap_start;
use crate::rule::SplitRule;
use crate::tokens::{Counter, count_tokens, count_up_to};

/// A chunk of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The text.
    pub content: String,
    /// Its estimated tokens.
    pub tokens: usize,
    /// Its characters: that is what the Knowledge API calls the word count.
    pub word_count: usize,
}

/// A chunk that still borrows the text it was cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text, without white space around it.
    pub content: &'a str,
    /// Its estimated tokens.
    pub tokens: usize,
}

impl Piece<'_> {
    /// Copies the text out and counts its characters.
    pub fn to_chunk(self) -> Chunk {
        Chunk { content: self.content.to_owned(), tokens: self.tokens, word_count: self.content.chars().count() }
    }
}

/// White space has no tokens; this many bytes a token keep a text of nothing else from becoming one endless chunk.
const BYTES_PER_TOKEN: usize = 32;

/// Splits cleaned text into chunks, in the order of the text. Never fails and never panics, whatever the text and the rule.
pub fn split(text: &str, rule: &SplitRule) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    for_each_chunk(text, rule, &mut |piece| {
        chunks.push(piece.to_chunk());
        ControlFlow::Continue(())
    });
    chunks
}

/// Splits like [`split`], but hands over one chunk at a time and stops when `sink` says so: nothing is copied, and a preview
/// need not split a whole book to show its first chunks.
pub fn for_each_chunk<'a>(text: &'a str, rule: &SplitRule, sink: &mut dyn FnMut(Piece<'a>) -> ControlFlow<()>) {
    let max_tokens = rule.max_tokens.max(1);
    let mut splitter = Splitter {
        text,
        max_tokens,
        max_bytes: max_tokens.saturating_mul(BYTES_PER_TOKEN),
        overlap: rule.chunk_overlap.min(max_tokens / 2),
        sink,
        start: 0,
        fresh: 0,
        end: 0,
        tokens: 0,
    };
    // The break only says that the sink has had enough.
    let _stopped = splitter.run(&rule.separator);
}

struct Splitter<'a, 's> {
    text: &'a str,
    max_tokens: usize,
    max_bytes: usize,
    overlap: usize,
    sink: &'s mut dyn FnMut(Piece<'a>) -> ControlFlow<()>,
    /// The chunk being filled: `start..end`, of which `start..fresh` repeats the chunk before.
    start: usize,
    fresh: usize,
    end: usize,
    /// An upper bound of the chunk's tokens.
    tokens: usize,
}

impl Splitter<'_, '_> {
    fn run(&mut self, separator: &str) -> ControlFlow<()> {
        if separator.is_empty() {
            return self.section(0, self.text.len());
        }
        let mut from = 0;
        while let Some(at) = self.text[from..].find(separator) {
            self.section(from, from + at)?;
            from += at + separator.len();
        }
        self.section(from, self.text.len())
    }

    /// One piece between two separators.
    fn section(&mut self, from: usize, to: usize) -> ControlFlow<()> {
        let piece = self.text[from..to].trim_start();
        let from = to - piece.len();
        let to = from + piece.trim_end().len();
        if from == to {
            return ControlFlow::Continue(());
        }
        (self.start, self.fresh, self.end, self.tokens) = (from, from, from, 0);
        self.cut(from, to, 0)?;
        self.flush()
    }

    /// Cuts a range into atoms that are short enough, at the boundaries of this level or, where that does not do, a finer one.
    fn cut(&mut self, from: usize, to: usize, level: usize) -> ControlFlow<()> {
        let tokens = self.measure(from, to);
        if tokens <= self.max_tokens {
            return self.add(to, tokens);
        }
        self.cut_long(from, to, level)
    }

    fn cut_long(&mut self, from: usize, to: usize, level: usize) -> ControlFlow<()> {
        let Some(boundary) = LEVELS.get(level) else {
            return self.cut_anywhere(from, to);
        };
        let mut at = from;
        while at < to {
            let next = boundary(&self.text[at..to]).map_or(to, |length| at + length);
            if at == from && next == to {
                // No boundary of this kind in it: it is as long as before.
                return self.cut_long(from, to, level + 1);
            }
            self.cut(at, next, level + 1)?;
            at = next;
        }
        ControlFlow::Continue(())
    }

    /// The last resort: no boundary at all, as in a base64 line or a Chinese text without punctuation.
    fn cut_anywhere(&mut self, from: usize, to: usize) -> ControlFlow<()> {
        let mut at = from;
        let mut counter = Counter::new();
        let mut tokens = 0;
        for (offset, c) in self.text[from..to].char_indices() {
            let here = from + offset;
            counter.push(c);
            if here > at && (counter.total() > self.max_tokens || here + c.len_utf8() - at > self.max_bytes) {
                self.add(here, tokens)?;
                at = here;
                counter = Counter::new();
                counter.push(c);
            }
            tokens = counter.total();
        }
        self.add(to, tokens)
    }

    /// The tokens of a range, or more than allowed when it is too long in any respect.
    fn measure(&self, from: usize, to: usize) -> usize {
        if to - from > self.max_bytes {
            return usize::MAX;
        }
        count_up_to(&self.text[from..to], self.max_tokens)
    }

    /// Adds the atom `self.end..to`, which fits by itself, and closes the chunk before it when both don't fit together.
    fn add(&mut self, to: usize, tokens: usize) -> ControlFlow<()> {
        let together = self.tokens.saturating_add(tokens);
        if self.end > self.fresh && (together > self.max_tokens || to - self.start > self.max_bytes) {
            self.flush()?;
            let budget = self.overlap.min(self.max_tokens.saturating_sub(tokens));
            let most = self.max_bytes.saturating_sub(to - self.end);
            let (start, repeated) = overlap_start(self.text, self.start, self.end, budget, most);
            self.start = start;
            self.fresh = self.end;
            self.tokens = repeated;
        }
        self.end = to;
        self.tokens = self.tokens.saturating_add(tokens);
        ControlFlow::Continue(())
    }

    fn flush(&mut self) -> ControlFlow<()> {
        // A chunk whose own part is blank would only repeat the one before.
        if self.text[self.fresh..self.end].trim().is_empty() {
            return ControlFlow::Continue(());
        }
        let content = self.text[self.start..self.end].trim();
        (self.sink)(Piece { content, tokens: count_tokens(content) })
    }
}

/// Finds the length of the text up to and including the first boundary.
type Boundary = fn(&str) -> Option<usize>;

/// Natural boundaries from coarse to fine: paragraph, line, sentence, clause, phrase, word.
const LEVELS: [Boundary; 6] = [
    |text| text.find("\n\n").map(|at| past_white(text, at + 2)),
    |text| text.find('\n').map(|at| past_white(text, at + 1)),
    |text| after_mark(text, |c| matches!(c, '。' | '！' | '？' | '．' | '｡' | '…'), |b| matches!(b, b'.' | b'?' | b'!')),
    |text| after_mark(text, |c| c == '；', |b| b == b';'),
    |text| after_mark(text, |c| matches!(c, '，' | '、' | '：'), |b| matches!(b, b',' | b':')),
    |text| text.find(is_blank).map(|at| past_white(text, at)),
];

/// A wide mark ends a sentence by itself, an ASCII one only before a blank (`3.14`, `example.org`).
/// What closes a quotation or a bracket still belongs to it.
fn after_mark(text: &str, wide: fn(char) -> bool, narrow: fn(u8) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|b| *b >= 0x80 || narrow(*b))?;
        if bytes[at] < 0x80 {
            let end = past_closing(text, at + 1);
            if text[end..].starts_with(char::is_whitespace) {
                return Some(past_white(text, end));
            }
            from = at + 1;
        } else {
            let c = text[at..].chars().next()?;
            if wide(c) {
                return Some(past_white(text, past_closing(text, at + c.len_utf8())));
            }
            from = at + c.len_utf8();
        }
    }
}

fn past_closing(text: &str, from: usize) -> usize {
    let closing = |c: char| matches!(c, '"' | '\'' | ')' | ']' | '”' | '’' | '」' | '』' | '）' | '》' | '】' | '»');
    text.len() - text[from..].trim_start_matches(closing).len()
}

fn past_white(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}
