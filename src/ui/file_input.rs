//! Choosing files with the browser's own picker.

use leptos::{html, prelude::*};

use crate::dom::picked::{self, PickedFiles};

/// An invisible field behind a button or a menu item: [`open_picker`] opens it.
#[component]
pub fn FileInput(
    /// The field, to open the picker with.
    node_ref: NodeRef<html::Input>,
    /// Whether a folder is chosen, with everything below it.
    #[prop(optional)]
    is_folder: bool,
    /// Whether only one file is chosen.
    #[prop(optional)]
    is_single: bool,
    /// Types that the picker offers, such as `.pdf,.md`.
    #[prop(optional, into)]
    accept: String,
    /// Hears what was chosen.
    #[prop(into)]
    on_files: Callback<PickedFiles>,
) -> impl IntoView {
    // Not an attribute that `view!` knows.
    Effect::new(move |_| {
        if let Some(input) = node_ref.get().filter(|_| is_folder) {
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    view! {
        <input
            type="file"
            hidden
            node_ref=node_ref
            accept=accept
            multiple=!is_single
            on:change=move |_| {
                if let Some(input) = node_ref.get_untracked() {
                    let files = picked::from_input(&input);
                    if !files.files.is_empty() {
                        on_files.run(files);
                    }
                }
            }
        />
    }
}

/// Opens the picker of a [`FileInput`]. Only in answer to a click or a key, or the browser refuses.
pub fn open_picker(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}
