//! The dialogs of knowledge bases, from pages that are loaded before them. The app gives the loader; nothing here may name what
//! it loads, or it would be in the first load again.

use leptos::prelude::*;
use loredesk_wire::Dataset;

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

/// Loads the dialogs and shows the one that is wanted. Provided by the app.
#[derive(Clone, Copy)]
pub struct DialogLoader(pub fn(Client, RwSignal<Option<KnowledgeBaseDialog>>) -> AnyView);

/// The dialogs of knowledge bases: loaded when the first of them is wanted.
#[component]
pub fn LazyDialogs(
    /// The connection.
    client: Client,
    /// The dialog that is wanted; `None` again once it is closed.
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
) -> impl IntoView {
    let DialogLoader(load) = expect_context::<DialogLoader>();
    let is_needed = Memo::new(move |was: Option<&bool>| was == Some(&true) || wanted.with(Option::is_some));
    move || is_needed.get().then(|| load(client.clone(), wanted))
}
