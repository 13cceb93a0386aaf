//! A document with its chunks: the page to read, the drawer to mend one, the dialogs that add, replace and delete.

mod document;
mod facts;
mod item;
mod list;
mod listing;
mod place;
mod stages;

pub use document::DocumentPage;
pub use place::DocumentPlace;
