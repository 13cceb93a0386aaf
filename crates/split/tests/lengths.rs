//! Long pieces: where they are cut, what is repeated, and how fast that is.

use std::ops::ControlFlow;

use loredesk_split::{RuleError, SplitRule, count_tokens, for_each_chunk, split, validate};

fn rule(separator: &str, max_tokens: usize, chunk_overlap: usize) -> SplitRule {
    SplitRule { separator: separator.to_owned(), max_tokens, chunk_overlap, ..SplitRule::automatic() }
}

fn contents(text: &str, rule: &SplitRule) -> Vec<String> {
    split(text, rule).into_iter().map(|chunk| chunk.content).collect()
}

#[test]
fn cuts_at_the_coarsest_boundary() {
    assert_eq!(contents("One two. Six ten.\n\nRed tea. Hot sun.", &rule("", 8, 0)), ["One two. Six ten.", "Red tea. Hot sun."]);
    assert_eq!(contents("One two. Six ten. Red tea", &rule("", 6, 0)), ["One two. Six ten.", "Red tea"]);
    assert_eq!(contents("He said \"no.\" Then he left.", &rule("", 6, 0)), ["He said \"no.\"", "Then he left."]);
    assert_eq!(contents("水泵安装。检查阀门！完成", &rule("", 6, 0)), ["水泵安装。", "检查阀门！", "完成"]);
    assert_eq!(contents("see example.org now", &rule("", 4, 0)), ["see", "example.org", "now"]);
}

#[test]
fn cuts_anywhere_when_nothing_else_is_left() {
    assert_eq!(contents("aaaabbbbcc", &rule("", 1, 0)), ["aaaa", "bbbb", "cc"]);
    assert_eq!(contents("水泵安装", &rule("", 3, 0)), ["水泵安", "装"]);
    assert_eq!(contents("🚀🚀", &rule("", 0, 0)), ["🚀", "🚀"]);
}

#[test]
fn repeats_the_end_of_the_chunk_before() {
    let chunks = contents("One two six ten. Red tea hot sun. Big car old man.", &rule("", 10, 5));
    assert_eq!(chunks, ["One two six ten. Red tea hot sun.", "Red tea hot sun. Big car old man."]);
    // Never across the separator that a person chose.
    assert_eq!(contents("One two.|Six ten.", &rule("|", 50, 20)), ["One two.", "Six ten."]);
}

#[test]
fn a_text_of_blanks_does_not_make_an_endless_chunk() {
    let text = format!("a{}b", " ".repeat(100_000));
    for chunk in split(&text, &rule("", 50, 10)) {
        assert!(chunk.content.len() <= 50 * 32);
    }
}

#[test]
fn a_preview_stops_early() {
    let text = "word ".repeat(1_000_000);
    let mut seen = 0;
    for_each_chunk(&text, &rule("", 50, 0), &mut |piece| {
        assert!(count_tokens(piece.content) <= 50);
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 3);
}

#[test]
fn validation_uses_the_servers_words() {
    assert_eq!(validate(&SplitRule::automatic()), Ok(()));
    assert_eq!(validate(&rule("", 49, 0)), Err(RuleError::Length));
    assert_eq!(validate(&rule("", 4001, 0)), Err(RuleError::Length));
    assert_eq!(RuleError::Length.to_string(), "Custom segment length should be between 50 and 4000.");
    assert_eq!(validate(&rule("", 50, 50)), Err(RuleError::Overlap));
    assert_eq!(validate(&rule("", 4000, 3999)), Ok(()));
}
