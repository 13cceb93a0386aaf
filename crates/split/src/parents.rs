//! The two splits of hierarchical mode: a text into parent chunks, and each parent chunk into its child chunks.
//!
//! Retrieval finds small child chunks and answers with the parent chunk around them.

use std::ops::ControlFlow;

use crate::rule::SplitRule;
use crate::split::{Piece, for_each_chunk};

/// Longest parent chunk where the whole document is one, in tokens as [`crate::count_tokens`] estimates them. Real servers cut a longer
/// document off there; here it becomes several parent chunks, so that nothing of it is lost.
pub const FULL_DOC_MAX_TOKENS: usize = 10_000;

/// How a document becomes parent chunks and child chunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParentChildRule {
    /// How parent chunks are cut; it says how the text is cleaned, too.
    pub parents: SplitRule,
    /// How a parent chunk is cut into child chunks. Its cleaning counts for nothing: the parent's text is clean already.
    pub children: SplitRule,
}

impl ParentChildRule {
    /// The rule of a mode that leaves everything to the server: paragraphs, and the lines in them. The lengths are those that consoles
    /// offer first.
    pub fn automatic() -> Self {
        let rule = |separator: &str, max_tokens| SplitRule {
            separator: separator.to_owned(),
            max_tokens,
            chunk_overlap: 0,
            ..SplitRule::automatic()
        };
        Self { parents: rule("\n\n", 1024), children: rule("\n", 512) }
    }

    /// Makes the whole document one parent chunk, as far as [`FULL_DOC_MAX_TOKENS`] goes. The separator for parents counts for nothing
    /// then.
    #[must_use]
    pub fn of_whole_documents(self) -> Self {
        let parents = SplitRule { separator: String::new(), max_tokens: FULL_DOC_MAX_TOKENS, chunk_overlap: 0, ..self.parents };
        Self { parents, ..self }
    }
}

/// The child chunks of a parent chunk, in its order.
pub fn children<'a>(parent: &'a str, rule: &SplitRule) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for_each_chunk(parent, rule, &mut |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    });
    pieces
}

/// Splits cleaned text into parent chunks and hands over each with its child chunks, until `sink` says that it has had enough.
pub fn for_each_parent<'a>(
    text: &'a str,
    rule: &ParentChildRule,
    sink: &mut dyn FnMut(Piece<'a>, Vec<Piece<'a>>) -> ControlFlow<()>,
) {
    for_each_chunk(text, &rule.parents, &mut |parent| sink(parent, children(parent.content, &rule.children)));
}
