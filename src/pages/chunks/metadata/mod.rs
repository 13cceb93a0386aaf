//! The metadata of the document: its values below the facts, and the form that changes them.
//!
//! The changes are a part of the knowledge base's draft, the one that its grid shows too.

mod dialog;
mod panel;
mod values;

pub use panel::MetadataPanel;
