//! Documents of a knowledge base: the list, and the dialogs that add, replace and delete some.

mod add_dialog;
mod arrange;
mod batch_bar;
mod delete_dialog;
mod deletion;
mod filters;
mod live;
mod page;
mod paste_dialog;
mod replace_dialog;
mod row;
mod screen;
mod status;
mod table;

pub use page::DocumentsPage;
