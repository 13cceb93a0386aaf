//! Documents of a knowledge base: the list, what is done with one or many of them, and the dialogs that add and replace some.

mod actions;
mod add_dialog;
mod address;
mod arrange;
mod batch_bar;
mod columns;
mod deletion_strip;
mod filters;
mod here;
mod live;
mod page;
mod paste_dialog;
mod reindex_dialog;
mod replace_dialog;
mod report_dialog;
mod row;
mod row_menu;
mod screen;
mod status;
mod table;

pub use page::DocumentsPage;
