//! A document with its chunks: the page to read, the drawer to mend one, the dialogs that add, replace and delete.

mod add_dialog;
mod add_many;
mod child_chunks;
mod conflict_dialog;
mod delete_chunk_dialog;
mod delete_document;
mod document;
mod drawer;
mod editor;
mod facts;
mod fields;
mod form;
mod item;
mod list;
mod listing;
mod place;
mod replace_file_dialog;
mod replace_text_dialog;
mod stages;

pub use document::DocumentPage;
use place::ChunkKind;
pub use place::DocumentPlace;
