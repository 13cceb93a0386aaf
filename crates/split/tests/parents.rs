//! Hierarchical mode: the chunks that were recorded from a real server, whole documents, and nothing lost.

use std::ops::ControlFlow;

use loredesk_split::{FULL_DOC_MAX_TOKENS, ParentChildRule, SplitRule, children, clean, count_tokens, for_each_parent};
use proptest::prelude::*;

const STRUCTURES: &str = "Bridges carry roads over rivers. Arches hold the load. Cables hang from towers.\n\nTunnels pass under mountains. Drills cut the rock. Fans move the air.";

fn recorded() -> ParentChildRule {
    let rule = |separator: &str, max_tokens| SplitRule {
        separator: separator.to_owned(),
        max_tokens,
        chunk_overlap: 0,
        ..SplitRule::automatic()
    };
    ParentChildRule { parents: rule("\n\n", 200), children: rule(". ", 60) }
}

fn parents(text: &str, rule: &ParentChildRule) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for_each_parent(&clean(text, &rule.parents), rule, &mut |parent, children| {
        all.push((parent.content.to_owned(), children.iter().map(|child| child.content.to_owned()).collect()));
        ControlFlow::Continue(())
    });
    all
}

#[test]
fn paragraphs_are_parents_and_sentences_their_children() {
    let all = parents(STRUCTURES, &recorded());
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].0, "Bridges carry roads over rivers. Arches hold the load. Cables hang from towers.");
    assert_eq!(all[0].1, ["Bridges carry roads over rivers", "Arches hold the load", "Cables hang from towers."]);
    assert_eq!(all[1].1, ["Tunnels pass under mountains", "Drills cut the rock", "Fans move the air."]);
}

#[test]
fn a_whole_document_is_one_parent() {
    let all = parents(STRUCTURES, &recorded().of_whole_documents());
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].0, STRUCTURES);
    assert!(all[0].1.len() >= 5, "{:?}", all[0].1);
}

#[test]
fn a_document_too_long_for_one_parent_becomes_several_and_loses_nothing() {
    let text = "A sentence of six short words. ".repeat(5_000);
    let all = parents(&text, &recorded().of_whole_documents());
    assert!(all.len() > 1);
    assert!(all.iter().all(|(parent, _)| count_tokens(parent) <= FULL_DOC_MAX_TOKENS));
    assert_eq!(all.iter().map(|(parent, _)| parent.matches("six").count()).sum::<usize>(), 5_000);
    assert_eq!(all.iter().flat_map(|(_, children)| children).filter(|child| child.contains("six")).count(), 5_000);
}

#[test]
fn a_preview_stops_early() {
    let text = "One. Two.\n\n".repeat(100_000);
    let mut seen = 0;
    for_each_parent(&text, &recorded(), &mut |_, children| {
        assert_eq!(children.len(), 2);
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 3);
}

#[test]
fn the_automatic_rule_takes_paragraphs_and_lines() {
    let all = parents("水泵手册\n第一章\n\nSecond part", &ParentChildRule::automatic());
    assert_eq!(all[0].1, ["水泵手册", "第一章"]);
    assert_eq!(all[1].1, ["Second part"]);
    assert!(children("", &SplitRule::automatic()).is_empty());
}

proptest! {
    #[test]
    fn every_letter_of_a_parent_is_in_one_of_its_children(text in "[a-c文 .\n]{0,400}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        for (parent, children) in parents(&text, &recorded()) {
            prop_assert_eq!(letters(&parent), children.iter().map(|child| letters(child)).sum::<usize>());
        }
    }
}
