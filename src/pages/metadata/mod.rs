//! Metadata of a knowledge base: its fields, and their values on its documents in a grid that works like a spreadsheet.

mod changes_bar;
mod field_dialog;
mod fields;
mod grid;
mod one_document;
mod page;
mod preview_dialog;
mod save;
mod screen;
mod set_dialog;
mod values;

pub use page::MetadataPage;
