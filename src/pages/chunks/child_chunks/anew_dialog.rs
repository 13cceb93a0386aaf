//! Making the child chunks of a chunk anew, from its text as it is saved.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::{Shared, counts, renew};
use crate::{
    api::safe_chunk,
    components::ErrorLine,
    i18n::{child_chunks::child_chunks, use_locale},
    model::chunk::Verdict,
    state::{mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, Icon},
};

/// The dialog.
#[component]
pub fn AnewDialog(open: RwSignal<bool>, shared: Shared, chunk: Signal<Arc<Segment>>) -> impl IntoView {
    let locale = use_locale();
    let messages = child_chunks(locale);
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let mutation = Mutation::new();
    let run = move |_| {
        let parent = shared.parent.get_value();
        let write = async move {
            let outcome = safe_chunk::regenerate(&parent).await;
            renew(cache);
            outcome
        };
        mutation.run(write, move |(_, verdict)| {
            open.set(false);
            match verdict {
                Verdict::Good | Verdict::KeptKeywords => toasts.done(messages.anew_done),
                Verdict::KeptChildren => toasts.problem(messages.anew_kept),
                Verdict::NotIndexed => toasts.problem(locale.messages.chunks.chunk_failed),
                Verdict::OtherText => toasts.problem(locale.messages.chunks.other_text),
            }
        });
    };
    let by_hand = Memo::new(move |_| chunk.with(|chunk| counts(chunk).1));
    view! {
        <Dialog open title=messages.anew.trim_end_matches('…').to_owned() close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <div class="form">
                <p>{messages.anew_text}</p>
                <Show when=move || { by_hand.get() > 0 }>
                    <p class="note"><Icon name="warning" /><span>{(messages.anew_lost)(by_hand.get())}</span></p>
                </Show>
                <ErrorLine error=mutation.error() />
                <footer class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                    <Button kind=ButtonKind::Danger icon="retry" pending=mutation.is_pending() on_click=run>{messages.anew_submit}</Button>
                </footer>
            </div>
        </Dialog>
    }
}
