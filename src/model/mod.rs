//! The domain: what a knowledge base, a document and a chunk are, and what may be done with them when.
//!
//! Pure data and rules over the wire types. Must not know of HTTP, the DOM or signals.

pub mod access;
pub mod batch;
pub mod cells;
pub mod children;
pub mod chunk;
pub mod chunk_import;
pub mod conditions;
pub mod csv;
pub mod diff;
pub mod document;
pub mod document_action;
pub mod file;
pub mod fuzzy;
pub mod hand_work;
pub mod highlight;
pub mod id;
pub mod knowledge_base;
pub mod metadata;
pub mod metadata_edits;
pub mod moment;
pub mod natural;
pub mod pipeline;
pub mod portal;
pub mod preflight;
pub mod process_rule;
pub mod progress;
pub mod rank;
pub mod replace;
pub mod retrieval;
pub mod settings;
pub mod shared_draft;
pub mod shortcuts;
pub mod stuck;
pub mod tag;
