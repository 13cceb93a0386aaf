//! The process rule: its fields, and a live preview of the chunks that it makes. Every dialog that sends a text has both.

mod fields;
mod mode;
mod preview;
mod state;

pub use fields::ProcessRuleFields;
pub use preview::{ChunkPreview, PreviewText, is_previewable};
pub use state::RuleState;
