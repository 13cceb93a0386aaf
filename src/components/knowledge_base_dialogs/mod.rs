//! The dialogs that make, change and delete a knowledge base; its list and its own pages open them.

mod delete_dialog;
mod form_dialog;

pub use delete_dialog::DeleteDialog;
pub use form_dialog::{FormDialog, FormPurpose};
