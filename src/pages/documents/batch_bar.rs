//! What can be done with the selected documents; it stays in view at the lower edge.

use leptos::prelude::*;

use super::{arrange::Arranged, screen::use_screen};
use crate::{
    i18n::use_locale,
    ui::{Button, ButtonKind, IconButton},
};

/// The bar. Shows nothing while nothing is selected.
#[component]
pub fn BatchBar(
    /// The list as it is shown.
    arranged: Memo<Arranged>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = use_screen();
    let selection = screen.selection;
    // What is selected and still there; documents that a filter hides are selected on.
    let count = {
        let documents = screen.documents.clone();
        Memo::new(move |_| {
            selection.with(|selection| {
                if selection.is_empty() {
                    return 0;
                }
                documents.with(|documents| documents.list.iter().filter(|document| selection.contains(&document.id)).count())
            })
        })
    };
    let shown = Memo::new(move |_| arranged.with(|arranged| arranged.shown.len()));
    let select_all = move |_| {
        selection.update(|selection| {
            arranged.with_untracked(|arranged| selection.extend(arranged.shown.iter().map(|document| document.id.clone())));
        });
    };
    let screen = StoredValue::new(screen);
    let delete = move |_| {
        screen.with_value(|screen| {
            let documents = screen.documents.with_untracked(|documents| {
                let is_selected = |id: &str| selection.with_untracked(|selection| selection.contains(id));
                documents.list.iter().filter(|document| is_selected(&document.id)).cloned().collect()
            });
            screen.delete(documents);
        });
    };
    let selected = move || (messages.selected)(count.get() as u64, &locale.number(count.get() as u64));
    view! {
        <p class="visually-hidden" role="status">{move || (count.get() > 0).then(selected)}</p>
        <Show when=move || { count.get() > 0 }>
            <div class="batch-bar" role="region" aria-label=messages.selection>
                <strong>{selected}</strong>
                <Button kind=ButtonKind::Quiet icon="delete" on_click=delete>{messages.delete}</Button>
                <span class="grow"></span>
                <Show when=move || { count.get() < shown.get() }>
                    <Button kind=ButtonKind::Quiet on_click=select_all>
                        {move || (messages.select_all_shown)(&locale.number(shown.get() as u64))}
                    </Button>
                </Show>
                <IconButton icon="close" label=messages.clear_selection on_click=move |_| {
                    selection.update(std::collections::HashSet::clear);
                } />
            </div>
        </Show>
    }
}
