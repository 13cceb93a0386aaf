//! Cleans text and splits it into chunks by a process rule of the Knowledge API.
//!
//! The host indexes documents with it and the app shows a live preview with the same code, so what a person sees before an
//! upload is what the upload becomes. It must know nothing of HTTP, storage, files or the browser, depends on nothing but
//! std, and scans by hand, because it is part of the first download.
//!
//! The order is [`markdown_text`] (Markdown files only) → [`clean`] → [`split`] or [`for_each_chunk`], or [`for_each_parent`] in
//! hierarchical mode.

mod chars;
mod clean;
mod keywords;
mod markdown;
mod overlap;
mod parents;
mod rule;
mod split;
mod stop_words;
mod tokens;

pub use clean::clean;
pub use keywords::{keywords, terms};
pub use markdown::markdown_text;
pub use parents::{FULL_DOC_MAX_TOKENS, ParentChildRule, children, for_each_parent};
pub use rule::{AUTOMATIC_DELIMITER, MAX_TOKENS_ALLOWED, MIN_TOKENS_ALLOWED, RuleError, SplitRule, validate};
pub use split::{Chunk, Piece, for_each_chunk, split};
pub use tokens::count_tokens;
