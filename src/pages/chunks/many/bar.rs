//! What can be done with the selected chunks; it stays in view at the lower edge.

use leptos::prelude::*;

use super::{Deed, Picked, use_many};
use crate::{
    i18n::{chunk_actions::chunk_actions, use_locale},
    ui::{Button, ButtonKind, IconButton},
};

/// The bar. Shows nothing while nothing is selected.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let locale = use_locale();
    let messages = chunk_actions(locale);
    let many = use_many();
    let selection = many.selection;
    let count = Memo::new(move |_| selection.with(|selection| selection.len() as u64));
    let shown = Memo::new(move |_| many.listing.shown.with(|shown| shown.len() as u64));
    let has_more = Memo::new(move |_| {
        selection.with(|selection| many.listing.shown.with(|shown| shown.iter().any(|chunk| !selection.contains_key(&chunk.id))))
    });
    let can = move |is_enabled: bool| {
        Signal::derive(move || selection.with(|selection| selection.values().any(|chunk| chunk.is_enabled != is_enabled)))
    };
    let (can_enable, can_disable) = (can(true), can(false));
    let chosen = move || {
        let mut chosen: Vec<Picked> = selection.with_untracked(|selection| selection.values().cloned().collect());
        chosen.sort_by_key(|chunk| chunk.position);
        chosen
    };
    let text = move || (messages.selected)(count.get(), &locale.number(count.get()));
    let select_shown = move |_| {
        let chunks: Vec<Picked> = many.listing.shown.with_untracked(|shown| shown.iter().map(Picked::of).collect());
        chunks.into_iter().filter(|chunk| !untrack(|| many.is_leaving(&chunk.id))).for_each(|chunk| many.select(chunk, true));
    };
    view! {
        <p class="visually-hidden" role="status">{move || (count.get() > 0).then(text)}</p>
        <Show when=move || { count.get() > 0 }>
            <div class="batch-bar" role="region" aria-label=messages.selection>
                <strong>{text}</strong>
                <Button
                    kind=ButtonKind::Quiet
                    icon="play"
                    disabled=Signal::derive(move || !can_enable.get())
                    on_click=move |_| many.switch(chosen(), true)
                >{Deed::Enable.words(locale).word}</Button>
                <Button
                    kind=ButtonKind::Quiet
                    icon="off"
                    disabled=Signal::derive(move || !can_disable.get())
                    on_click=move |_| many.switch(chosen(), false)
                >{Deed::Disable.words(locale).word}</Button>
                <Button kind=ButtonKind::Quiet icon="delete" on_click=move |_| many.delete(chosen())>
                    {Deed::Delete.words(locale).word}
                </Button>
                <span class="grow"></span>
                <Show when=move || has_more.get()>
                    <Button kind=ButtonKind::Quiet on_click=select_shown>
                        {move || (messages.select_shown)(&locale.number(shown.get()))}
                    </Button>
                </Show>
                <IconButton icon="close" label=messages.clear on_click=move |_| selection.set(std::collections::BTreeMap::new()) />
            </div>
        </Show>
    }
}
