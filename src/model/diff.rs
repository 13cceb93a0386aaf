//! What changed between two texts: whole lines first, then the words inside the lines that changed.
//!
//! Myers' shortest edit script with a bound on its work: past it, or for texts too large to compare word by word, the
//! difference is coarser but still true.

/// Edits after which two sequences count as altogether different; the trace grows with its square.
const EDITS_MAX: usize = 600;
/// Words on both sides together that one changed block is refined for.
const WORDS_MAX: usize = 4_000;

/// What became of a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both.
    Same,
    /// Only in the old one.
    Removed,
    /// Only in the new one.
    Added,
}

/// A run of text with one fate. [`Change::Same`] and [`Change::Added`] together are the new text, [`Change::Same`] and
/// [`Change::Removed`] the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What became of it.
    pub change: Change,
    /// The text.
    pub text: String,
}

/// The parts that lead from `old` to `new`, in order.
#[must_use]
pub fn diff(old: &str, new: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    for (change, line) in script(&lines(old), &lines(new)) {
        match change {
            Change::Removed => removed.push_str(line),
            Change::Added => added.push_str(line),
            Change::Same => {
                refine(&mut parts, &mut removed, &mut added);
                push(&mut parts, Change::Same, line);
            }
        }
    }
    refine(&mut parts, &mut removed, &mut added);
    parts
}

/// Adds a changed block: word by word where it is small enough and both sides have something in common.
fn refine(parts: &mut Vec<Part>, removed: &mut String, added: &mut String) {
    let (old, new) = (std::mem::take(removed), std::mem::take(added));
    let (old_words, new_words) = (words(&old), words(&new));
    if old.is_empty() || new.is_empty() || old_words.len() + new_words.len() > WORDS_MAX {
        push(parts, Change::Removed, &old);
        push(parts, Change::Added, &new);
        return;
    }
    for (change, word) in script(&old_words, &new_words) {
        push(parts, change, word);
    }
}

fn push(parts: &mut Vec<Part>, change: Change, text: &str) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.change == change => last.text.push_str(text),
        _ => parts.push(Part { change, text: text.to_owned() }),
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Runs of letters, runs of blanks, and every other character by itself; scripts without spaces change character by character.
fn words(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        '\n' => 3,
        _ if c >= '\u{2E80}' => 3,
        _ if c.is_alphanumeric() => 1,
        _ if c.is_whitespace() => 2,
        _ => 3,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let now = class(c);
        if at > start && (now != last || now == 3) {
            words.push(&text[start..at]);
            start = at;
        }
        last = now;
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

/// The shortest edit script; beginning and end that are alike are taken off first, because most edits are small.
fn script<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Change, &'a str)> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);

    let mut script: Vec<(Change, &str)> = old[..head].iter().map(|word| (Change::Same, *word)).collect();
    match myers(old_middle, new_middle) {
        Some(middle) => script.extend(middle),
        None => {
            script.extend(old_middle.iter().map(|word| (Change::Removed, *word)));
            script.extend(new_middle.iter().map(|word| (Change::Added, *word)));
        }
    }
    script.extend(old_rest[old_rest.len() - tail..].iter().map(|word| (Change::Same, *word)));
    script
}

/// Myers' greedy algorithm: after `d` edits, how far each diagonal reaches. `None` past [`EDITS_MAX`].
fn myers<'a>(old: &[&'a str], new: &[&'a str]) -> Option<Vec<(Change, &'a str)>> {
    let most = (old.len() + new.len()).min(EDITS_MAX);
    // Diagonal k = x - y stands at index k + most + 1.
    let mut reach = vec![0_usize; 2 * most + 3];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for d in 0..=most {
        trace.push(reach[most + 1 - d..=most + 1 + d].to_vec());
        for step in 0..=d {
            let at = most + 1 + 2 * step - d;
            let is_down = step == 0 || (step != d && reach[at - 1] < reach[at + 1]);
            let mut x = if is_down { reach[at + 1] } else { reach[at - 1] + 1 };
            // y = x - k, with k = 2 * step - d.
            let mut y = x + d - 2 * step;
            while x < old.len() && y < new.len() && old[x] == new[y] {
                x += 1;
                y += 1;
            }
            reach[at] = x;
            if x >= old.len() && y >= new.len() {
                return Some(walk_back(old, new, &trace));
            }
        }
    }
    None
}

fn walk_back<'a>(old: &[&'a str], new: &[&'a str], trace: &[Vec<usize>]) -> Vec<(Change, &'a str)> {
    let (mut x, mut y) = (old.len(), new.len());
    let mut script = Vec::new();
    for (d, reach) in trace.iter().enumerate().skip(1).rev() {
        // `reach` holds the diagonals -d to d as they stood before round d; x - y stands at x - y + d.
        let at = x + d - y;
        let is_down = at == 0 || (at != 2 * d && reach[at - 1] < reach[at + 1]);
        let from = if is_down { at + 1 } else { at - 1 };
        let (from_x, from_y) = (reach[from], reach[from] + d - from);
        while x > from_x && y > from_y {
            x -= 1;
            y -= 1;
            script.push((Change::Same, old[x]));
        }
        script.push(if is_down { (Change::Added, new[from_y]) } else { (Change::Removed, old[from_x]) });
        (x, y) = (from_x, from_y);
    }
    while x > 0 {
        x -= 1;
        script.push((Change::Same, old[x]));
    }
    script.reverse();
    script
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(old: &str, new: &str) -> String {
        let mark = |part: Part| match part.change {
            Change::Same => part.text,
            Change::Removed => format!("[-{}-]", part.text),
            Change::Added => format!("{{+{}+}}", part.text),
        };
        diff(old, new).into_iter().map(mark).collect()
    }

    fn side(parts: &[Part], without: Change) -> String {
        parts.iter().filter(|part| part.change != without).map(|part| part.text.as_str()).collect()
    }

    #[test]
    fn words_change_inside_their_line() {
        assert_eq!(
            show("Torque to 18 Nm.\nThen wait.", "Torque to 24 Nm.\nThen wait."),
            "Torque to [-18-]{+24+} Nm.\nThen wait."
        );
        assert_eq!(show("更换密封圈", "更换新密封圈"), "更换{+新+}密封圈");
        assert_eq!(show("", "a"), "{+a+}");
        assert_eq!(show("a", ""), "[-a-]");
        assert!(diff("", "").is_empty());
    }

    #[test]
    fn a_line_is_added_whole() {
        assert_eq!(show("one\nthree\n", "one\ntwo\nthree\n"), "one\n{+two\n+}three\n");
    }

    #[test]
    fn texts_with_nothing_in_common_end_soon() {
        let old: String = (0..20_000).map(|n| format!("a{n}\n")).collect();
        let new: String = (0..20_000).map(|n| format!("b{n}\n")).collect();
        assert_eq!(diff(&old, &new).len(), 2);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_back(old in "[ab水 \n]{0,60}", new in "[ab水 \n]{0,60}") {
            let parts = diff(&old, &new);
            prop_assert_eq!(side(&parts, Change::Added), old);
            prop_assert_eq!(side(&parts, Change::Removed), new);
        }

        #[test]
        fn any_text_can_be_read_back(old in "\\PC{0,40}", new in "\\PC{0,40}") {
            let parts = diff(&old, &new);
            prop_assert_eq!(side(&parts, Change::Added), old);
            prop_assert_eq!(side(&parts, Change::Removed), new);
        }
    }
}
