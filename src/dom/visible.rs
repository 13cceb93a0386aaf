//! Names of things as they may be shown in one line: with nothing hidden in them that makes them look like another name.

use std::fmt::Write;

/// Longest name that is shown whole, in characters: more than any server takes, and little enough to be laid out at once.
const LONGEST: usize = 400;

/// A name without what could make it lie. Characters that turn the direction of what follows, also of the words around, and control
/// characters are written out as their numbers; line ends are spaces; what is longer than any real name is cut.
#[must_use]
pub fn visible(name: &str) -> String {
    let is_long = name.len() > LONGEST && name.chars().nth(LONGEST).is_some();
    if !is_long && !name.chars().any(is_deceptive) {
        return name.to_owned();
    }
    let mut shown = String::new();
    for character in name.chars().take(LONGEST) {
        match character {
            '\n' | '\r' | '\t' => shown.push(' '),
            deceptive if is_deceptive(deceptive) => drop(write!(shown, "[U+{:04X}]", u32::from(deceptive))),
            other => shown.push(other),
        }
    }
    if is_long {
        shown.push('…');
    }
    shown
}

/// Embeddings, overrides and isolates of direction, and everything that is a control character. The marks that Arabic and Hebrew
/// need, and the joiners that other scripts and emoji need, turn nothing around.
fn is_deceptive(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in ["Pumps", "泵与阀门", "مضخات\u{200f} (1)", "👩\u{200d}🔧", "<b>bold</b>", ""] {
            assert_eq!(visible(name), name);
        }
    }

    #[test]
    fn what_would_lie_is_written_out() {
        assert_eq!(visible("invoice\u{202e}fdp.exe"), "invoice[U+202E]fdp.exe");
        assert_eq!(visible("a\0b\u{1b}\u{2069}\nc"), "a[U+0000]b[U+001B][U+2069] c");
    }

    #[test]
    fn what_is_longer_than_any_name_is_cut() {
        assert_eq!(visible(&"é".repeat(LONGEST)), "é".repeat(LONGEST));
        let cut = visible(&"é".repeat(1 << 20));
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (LONGEST + 1, true));
    }
}
