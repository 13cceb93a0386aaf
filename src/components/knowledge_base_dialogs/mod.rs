//! The dialogs that make, change and delete a knowledge base; its list and its own pages open them. They are fetched when one of
//! them is first opened.

mod delete_dialog;
mod form_dialog;

use leptos::prelude::*;
use loredesk_wire::Dataset;

use self::{delete_dialog::DeleteView, form_dialog::FormView};
use super::lazy_parts::{Part, parts};
use crate::api::Client;

pub use form_dialog::FormPurpose;

/// Which of the dialogs, on what.
#[derive(Clone)]
pub enum KnowledgeBaseDialog {
    /// The form.
    Form(FormPurpose),
    /// The question before this one is deleted.
    Delete(Dataset),
}

/// The dialog with the form.
#[component]
pub fn FormDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The connection.
    client: Client,
    /// What it is for.
    purpose: FormPurpose,
) -> impl IntoView {
    once_open(open, client, KnowledgeBaseDialog::Form(purpose))
}

/// The dialog that deletes, once the name is typed.
#[component]
pub fn DeleteDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The connection.
    client: Client,
    /// The knowledge base that goes.
    dataset: Dataset,
) -> impl IntoView {
    once_open(open, client, KnowledgeBaseDialog::Delete(dataset))
}

fn once_open(open: RwSignal<bool>, client: Client, dialog: KnowledgeBaseDialog) -> impl IntoView {
    let is_wanted = Memo::new(move |was: Option<&bool>| was == Some(&true) || open.get());
    move || is_wanted.get().then(|| parts(Part::KnowledgeBase(open, client.clone(), Box::new(dialog.clone()))))
}

/// One of the dialogs itself.
#[component]
pub(super) fn KnowledgeBaseDialogView(open: RwSignal<bool>, client: Client, dialog: Box<KnowledgeBaseDialog>) -> impl IntoView {
    match *dialog {
        KnowledgeBaseDialog::Form(purpose) => view! { <FormView open client purpose /> }.into_any(),
        KnowledgeBaseDialog::Delete(dataset) => view! { <DeleteView open client dataset /> }.into_any(),
    }
}
