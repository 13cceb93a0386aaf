//! Before a parent's new text is saved: what becomes of its child chunks.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::counts;
use crate::{
    i18n::{child_chunks::child_chunks, use_locale},
    model::chunk::Children,
    ui::{Button, ButtonKind, Dialog, Icon},
};

/// The dialog.
#[component]
pub fn SaveDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The parent as the server has it.
    chunk: Signal<Arc<Segment>>,
    /// Hears the choice.
    on_choice: Callback<Children>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = child_chunks(locale);
    let counted = Memo::new(move |_| chunk.with(|chunk| counts(chunk)));
    let choose = move |children| {
        open.set(false);
        on_choice.run(children);
    };
    view! {
        <Dialog open title=messages.save_title.to_owned() close_label=locale.messages.chunks.back_to_editing>
            <div class="form">
                <p>{move || (messages.save_text)(counted.get().0)}</p>
                <Show when=move || { counted.get().1 > 0 }>
                    <p class="note"><Icon name="warning" /><span>{messages.save_anew} ": " {(messages.anew_lost)(counted.get().1)}</span></p>
                </Show>
                <footer class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{locale.messages.chunks.back_to_editing}</Button>
                    <Button on_click=move |_| choose(Children::Keep)>{messages.save_keep}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |_| choose(Children::Anew)>{messages.save_anew}</Button>
                </footer>
            </div>
        </Dialog>
    }
}
