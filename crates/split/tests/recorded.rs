//! Texts whose chunks were recorded from a real server, with the rule they were sent with.

use loredesk_split::{SplitRule, clean, markdown_text, split};

fn paragraphs() -> SplitRule {
    SplitRule {
        remove_extra_spaces: true,
        remove_urls_emails: true,
        separator: "\n\n".to_owned(),
        max_tokens: 100,
        chunk_overlap: 10,
    }
}

fn contents(text: &str, rule: &SplitRule) -> Vec<String> {
    split(&clean(text, rule), rule).into_iter().map(|chunk| chunk.content).collect()
}

#[test]
fn a_fixed_separator_never_merges_short_pieces() {
    let text = "Pump manual.\n\nInstallation: mount the pump on a level surface and bolt the flange.\n\nMaintenance: replace the impeller seal every twelve months.\n\nSafety: disconnect electrical power before opening the housing.\n\nSecond edition.";
    let rule = paragraphs();
    let chunks = split(&clean(text, &rule), &rule);
    let counts: Vec<usize> = chunks.iter().map(|chunk| chunk.word_count).collect();
    assert_eq!(counts, [12, 68, 59, 63, 15]);
    assert_eq!(chunks[0].content, "Pump manual.");
    // The document's word count is the sum of its chunks'.
    assert_eq!(counts.iter().sum::<usize>(), 217);
}

#[test]
fn the_automatic_rule_fixes_no_separator() {
    let text = "没有规则的文本。\n\nUnicode 🚀 text";
    let rule = SplitRule::automatic();
    let chunks = split(&clean(text, &rule), &rule);
    assert_eq!(chunks.len(), 1);
    assert_eq!(chunks[0].content, text);
    assert_eq!(chunks[0].word_count, 24);
}

#[test]
fn markdown_sections_become_chunks() {
    let text = "# Title\n\nIntro **bold** text.\n\n## Part two\n\nA [link](http://example.com) and `code`.\n";
    assert_eq!(
        contents(&markdown_text(text), &paragraphs()),
        ["Title\nIntro **bold** text.", "Part two\nA [link](http://example.com) and `code`."]
    );
}

#[test]
fn child_chunks_are_a_second_split() {
    let parent = "First parent sentence one. First parent sentence two. First parent sentence three.";
    let rule = SplitRule { separator: ". ".to_owned(), max_tokens: 60, chunk_overlap: 0, ..SplitRule::automatic() };
    assert_eq!(
        contents(parent, &rule),
        ["First parent sentence one", "First parent sentence two", "First parent sentence three."]
    );
}

#[test]
fn empty_text_has_no_chunks() {
    assert!(contents("", &paragraphs()).is_empty());
    assert!(contents(" \n\n \n\n\t", &paragraphs()).is_empty());
    assert!(contents("\u{0}", &SplitRule::automatic()).is_empty());
}
