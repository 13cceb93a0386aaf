//! The process rule and its validation. Knows the limits of the Knowledge API, not its JSON.

use std::fmt;

/// Smallest length of a chunk that the Knowledge API accepts, in tokens.
pub const MIN_TOKENS_ALLOWED: usize = 50;
/// Largest length of a chunk that the Knowledge API accepts, in tokens.
pub const MAX_TOKENS_ALLOWED: usize = 4000;
/// What the server answers as `segmentation.delimiter` of an automatic rule. It is only shown: see [`SplitRule::automatic`].
pub const AUTOMATIC_DELIMITER: &str = "\n";

/// How a document's text is cleaned and split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitRule {
    /// Collapses runs of spaces and blank lines.
    pub remove_extra_spaces: bool,
    /// Removes web and mail addresses.
    pub remove_urls_emails: bool,
    /// The text is cut at every occurrence, and pieces are never merged across one. Real characters, not escapes. Empty:
    /// no fixed separator, the text is cut at natural boundaries and filled up to `max_tokens`.
    pub separator: String,
    /// The longest chunk, in tokens as [`crate::count_tokens`] estimates them.
    pub max_tokens: usize,
    /// How many tokens of a chunk are repeated at the start of the next one, when a piece was cut only for its length.
    /// More than half of `max_tokens` counts as half: a larger value would multiply the text.
    pub chunk_overlap: usize,
}

impl SplitRule {
    /// The automatic mode.
    ///
    /// A real server names `"\n"` as its delimiter ([`AUTOMATIC_DELIMITER`]), yet keeps short paragraphs together in one
    /// chunk: no separator is fixed. So is it here.
    pub fn automatic() -> Self {
        Self {
            remove_extra_spaces: true,
            remove_urls_emails: false,
            separator: String::new(),
            max_tokens: 500,
            chunk_overlap: 50,
        }
    }
}

impl Default for SplitRule {
    fn default() -> Self {
        Self::automatic()
    }
}

/// Why a rule is refused. The words of the length are those of a real server, because clients know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleError {
    /// `max_tokens` is outside of what the server allows.
    Length,
    /// The overlap is not smaller than the chunk.
    Overlap,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "Custom segment length should be between 50 and 4000.",
            Self::Overlap => "Custom segment overlap should be smaller than the segment length.",
        })
    }
}

impl std::error::Error for RuleError {}

/// Checks what the server checks before it splits. [`crate::split`] itself copes with any rule.
pub fn validate(rule: &SplitRule) -> Result<(), RuleError> {
    if !(MIN_TOKENS_ALLOWED..=MAX_TOKENS_ALLOWED).contains(&rule.max_tokens) {
        return Err(RuleError::Length);
    }
    if rule.chunk_overlap >= rule.max_tokens {
        return Err(RuleError::Overlap);
    }
    Ok(())
}
