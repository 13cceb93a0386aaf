//! Knowledge bases: the list, and the dialogs that make, change and delete one.

mod delete_dialog;
mod form_dialog;
mod list;
mod row;

pub use delete_dialog::DeleteDialog;
pub use form_dialog::{FormDialog, FormPurpose};
pub use list::KnowledgeBasesPage;
