//! The dialogs of knowledge bases, as pages that are loaded before them ask for them.

use leptos::prelude::*;
use loredesk_wire::Dataset;

use super::lazy_parts::{Part, parts};
use crate::api::Client;

/// A dialog that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum KnowledgeBaseDialog {
    /// Makes a knowledge base and goes to it.
    Create,
    /// Puts tags on one.
    Tags(Box<Dataset>),
    /// Renames and deletes tags.
    ManageTags,
    /// Deletes one.
    Delete(Box<Dataset>),
}

/// The dialogs of knowledge bases: loaded when the first of them is wanted.
#[component]
pub fn LazyDialogs(
    /// The connection.
    client: Client,
    /// The dialog that is wanted; `None` again once it is closed.
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
) -> impl IntoView {
    let is_needed = Memo::new(move |was: Option<&bool>| was == Some(&true) || wanted.with(Option::is_some));
    move || is_needed.get().then(|| parts(Part::KnowledgeBase(client.clone(), wanted)))
}
