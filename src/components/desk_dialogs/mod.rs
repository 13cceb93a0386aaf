//! The dialogs that every page has: the command palette, the list of keys, and the form that the palette opens.

mod entries;
mod keys;
mod palette;

use leptos::prelude::*;

use self::{keys::KeysDialog, palette::PaletteDialog};
use super::knowledge_base_dialogs::CreateDialog;
use crate::{api::Client, routes::Route};

/// The dialogs. Fetched when one of them is first opened.
#[component]
pub(super) fn DeskDialogs(
    /// The connection that the app is on.
    client: Client,
    /// Where the app is.
    route: Signal<Route>,
) -> impl IntoView {
    let is_creating = RwSignal::new(false);
    view! {
        <PaletteDialog client=client.clone() route is_creating />
        <KeysDialog />
        <CreateDialog open=is_creating client />
    }
}
