//! Finds where the repeated part of a chunk begins: near enough to its budget, at a sentence or at least at a word.

use crate::chars::is_cjk;
use crate::tokens::Counter;

/// The start of the last `budget` tokens (and at most `most` bytes) of `text[from..to]`, and how many tokens they are.
/// `to` when there is no good place: half a word is worse than no overlap.
pub(crate) fn overlap_start(text: &str, from: usize, to: usize, budget: usize, most: usize) -> (usize, usize) {
    let mut counter = Counter::new();
    let mut word = (to, 0);
    let mut sentence = (to, 0);
    let mut before = text[from..to].char_indices().rev().peekable();
    while let Some((offset, c)) = before.next() {
        counter.push(c);
        let at = from + offset;
        if counter.total() > budget || to - at > most {
            break;
        }
        if c.is_whitespace() {
            continue;
        }
        // The chunk's own beginning is no place: the next one would repeat it whole.
        let Some(&(_, previous)) = before.peek() else { break };
        if previous.is_whitespace() || is_cjk(c) || is_cjk(previous) {
            word = (at, counter.total());
            if ends_sentence(text, at, previous) {
                sentence = word;
            }
        }
    }
    if sentence.1 * 2 >= budget { sentence } else { word }
}

fn ends_sentence(text: &str, at: usize, previous: char) -> bool {
    match previous {
        '\n' | '。' | '！' | '？' | '．' => true,
        _ if previous.is_whitespace() => text[..at].trim_end().ends_with(['.', '!', '?', ':', '。', '！', '？']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::overlap_start;

    fn repeated(text: &str, budget: usize) -> &str {
        &text[overlap_start(text, 0, text.len(), budget, 1000).0..]
    }

    #[test]
    fn begins_at_a_sentence_or_else_at_a_word() {
        assert_eq!(repeated("One two. Six ten by far", 5), "Six ten by far");
        assert_eq!(repeated("One two. Six ten by far", 3), "ten by far");
        assert_eq!(repeated("one unpronounceable", 2), "");
        assert_eq!(repeated("水泵。安装在平面上", 6), "安装在平面上");
        assert_eq!(repeated("one two", 0), "");
        assert_eq!(repeated("one two", 100), "two");
    }
}
