//! The bars at the lower edge: what is selected, and what is changed and not saved.

use leptos::prelude::*;

use super::screen::use_screen;
use crate::{
    i18n::use_locale,
    model::metadata_edits::Edits,
    ui::{Button, ButtonKind, Icon, IconButton},
};

/// The bars, and notes above them.
#[component]
pub fn ChangesBar() -> impl IntoView {
    let locale = use_locale();
    let (messages, grid) = (&locale.metadata().save, &locale.metadata().grid);
    let screen = use_screen();
    let selected = Memo::new(move |_| screen.selection.with(|selection| selection.len() as u64));
    let counts = Memo::new(move |_| {
        screen.edits.with(|edits| {
            screen.fields.with(|fields| {
                let kind = |id: &str| fields.iter().find(|field| field.id == id).map(|field| field.kind.clone());
                [edits.values(), edits.documents(), edits.unfit(kind)].map(|count| count as u64)
            })
        })
    });
    let has_changes = Memo::new(move |_| counts.get()[0] > 0);
    let pending = move || {
        let [values, documents, _] = counts.get();
        (messages.pending)(values, &locale.number(values), documents, &locale.number(documents))
    };
    let unfit = move || {
        let [.., unfit] = counts.get();
        (unfit > 0).then(|| (messages.unfit)(unfit, &locale.number(unfit)))
    };
    let can_undo = Memo::new(move |_| screen.edits.with(Edits::can_undo));
    let is_old = Memo::new(move |_| screen.is_restored.get_value() && has_changes.get() && !can_undo.get());
    let has_discarded = Memo::new(move |_| screen.discarded.with(Option::is_some) && !has_changes.get());
    view! {
        <div class="grid-notes">
            <Show when=move || screen.note.with(Option::is_some)>
                <p class="note" role="status">
                    <Icon name="info" />
                    <span>{move || screen.note.get()}</span>
                    <IconButton icon="close" label=locale.messages.common.close on_click=move |_| screen.note.set(None) />
                </p>
            </Show>
            <Show when=move || screen.draft.is_shared.get()>
                <p class="note" role="status">
                    <Icon name="info" />
                    <span>{messages.shared}</span>
                    <IconButton icon="close" label=locale.messages.common.close on_click=move |_| screen.draft.is_shared.set(false) />
                </p>
            </Show>
            <Show when=move || screen.draft.is_unstored.get()>
                <p class="note" role="status"><Icon name="warning" /><span>{messages.not_stored}</span></p>
            </Show>
            <Show when=move || has_discarded.get()>
                <p class="note" role="status">
                    <Icon name="info" />
                    <span>{messages.discarded}</span>
                    <Button on_click=move |_| screen.restore()>{messages.restore}</Button>
                </p>
            </Show>
        </div>
        <p class="visually-hidden" role="status">{move || has_changes.get().then(pending)}</p>
        <div class="grid-bars">
            <Show when=move || { selected.get() > 0 }>
                <div class="batch-bar" role="region" aria-label=locale.messages.documents.selection>
                    <strong>{move || (grid.selected)(selected.get(), &locale.number(selected.get()))}</strong>
                    <Button kind=ButtonKind::Quiet icon="edit" on_click=move |_| screen.is_setting.set(true)>{grid.set}</Button>
                    <span class="grow"></span>
                    <IconButton icon="close" label=grid.clear_selection on_click=move |_| {
                        screen.selection.update(std::collections::HashSet::clear);
                    } />
                </div>
            </Show>
            <Show when=move || has_changes.get()>
                <div class="batch-bar changes" role="region" aria-label=messages.bar>
                    <div class="changes-words">
                        <strong>{pending}</strong>
                        {move || unfit().map(|text| view! { <span class="status bad"><Icon name="warning" /><span>{text}</span></span> })}
                        {move || is_old.get().then(|| view! { <span class="none">{messages.draft_found}</span> })}
                    </div>
                    <span class="grow"></span>
                    <Button kind=ButtonKind::Quiet on_click=move |_| screen.discard()>{messages.discard}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |_| screen.is_previewing.set(true)>{messages.review}</Button>
                </div>
            </Show>
        </div>
    }
}
