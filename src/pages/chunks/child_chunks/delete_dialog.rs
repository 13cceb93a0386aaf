//! Deleting a child chunk.
//!
//! Carries out: deleteChildChunk.

use leptos::prelude::*;

use super::{Shared, renew};
use crate::{
    api::safe_child_chunk,
    components::ErrorLine,
    dom::focus,
    i18n::{child_chunks::child_chunks, use_locale},
    model::id::ChildChunkId,
    state::{mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, Icon},
};

/// The dialog; open while there is one to delete.
#[component]
pub fn DeleteDialog(shared: Shared, total: Memo<u64>) -> impl IntoView {
    let locale = use_locale();
    let messages = child_chunks(locale);
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let mutation = Mutation::new();
    let open = RwSignal::new(false);
    // The dialog closes itself through its own signal.
    Effect::new(move |_| {
        if shared.to_delete.with(Option::is_some) {
            mutation.clear();
            open.set(true);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            shared.to_delete.set(None);
        }
        is_open
    });
    let delete = move |_| {
        let Some(child) = shared.to_delete.get_untracked() else { return };
        let Some(id) = ChildChunkId::parse(&child.id) else { return };
        let (parent, drafts) = (shared.parent.get_value(), shared.drafts);
        let write = async move {
            safe_child_chunk::delete(&parent, &id).await?;
            drafts.remove(id.as_str());
            renew(cache);
            Ok(())
        };
        mutation.run(write, move |()| {
            open.set(false);
            toasts.done((messages.deleted)(child.position));
            focus::first(".child-chunks header button:last-child");
        });
    };
    let title = Signal::derive(move || {
        shared.to_delete.with(|child| child.as_ref().map(|child| (messages.delete_title)(child.position))).unwrap_or_default()
    });
    // While it is searched, the number of all is not known here; the sentence then stays out rather than be wrong.
    let is_last = Memo::new(move |_| total.get() == 1 && shared.search.with(String::is_empty));
    view! {
        <Dialog open title close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <div class="form">
                <blockquote class="quote">{move || shared.to_delete.with(|child| child.as_ref().map(|child| child.content.clone()))}</blockquote>
                <p>{messages.delete_text}</p>
                <Show when=move || is_last.get()><p class="note"><Icon name="warning" /><span>{messages.delete_last}</span></p></Show>
                <ErrorLine error=mutation.error() />
                <footer class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                    <Button kind=ButtonKind::Danger icon="delete" pending=mutation.is_pending() on_click=delete>{messages.delete_submit}</Button>
                </footer>
            </div>
        </Dialog>
    }
}
