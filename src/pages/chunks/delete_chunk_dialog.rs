//! Deleting a chunk.
//!
//! Carries out: deleteSegment.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::{DocumentPlace, listing::Listing};
use crate::{
    api::safe_chunk,
    components::ErrorLine,
    i18n::use_locale,
    model::id::ChunkId,
    state::{cache::Resource, drafts, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog},
};

/// Longest part of the text that is shown, in characters.
const SHOWN: usize = 240;

/// The dialog.
#[component]
pub fn DeleteChunkDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The document.
    place: DocumentPlace,
    /// The list.
    listing: Listing,
    /// The chunk's id.
    id: ChunkId,
    /// The chunk that goes.
    chunk: Signal<Arc<Segment>>,
    /// Called once it is gone.
    on_deleted: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let mutation = Mutation::new();
    let delete = Callback::new(move |()| {
        let key = place.draft_key(id.as_str());
        let remote = place.chunk(id.clone());
        let position = chunk.get_untracked().position;
        // The focus goes to the chunk that takes its place in the list.
        let neighbour = listing.shown.with_untracked(|shown| {
            let here = shown.iter().position(|chunk| chunk.id == id.as_str())?;
            shown.get(here + 1).or_else(|| shown.get(here.checked_sub(1)?)).map(|chunk| chunk.id.clone())
        });
        mutation.run(
            async move {
                safe_chunk::delete(&remote).await?;
                drafts::remove(&key);
                cache.invalidate(Resource::Chunks);
                cache.invalidate(Resource::Document);
                Ok(())
            },
            move |()| {
                open.set(false);
                on_deleted.run(());
                listing.focus.set(neighbour);
                toasts.done((messages.deleted)(position));
            },
        );
    });
    let beginning = move || {
        chunk.with(|chunk| {
            let mut text: String = chunk.content.chars().take(SHOWN).collect();
            if text.len() < chunk.content.len() {
                text.push('…');
            }
            text
        })
    };
    view! {
        <Dialog open title=messages.delete_title.to_owned() close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <div class="form">
                <blockquote class="quote">{beginning}</blockquote>
                <p>{messages.delete_text}</p>
                <ErrorLine error=mutation.error() />
                <footer class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                    <Button kind=ButtonKind::Danger icon="delete" pending=mutation.is_pending() on_click=move |_| delete.run(())>
                        {messages.delete_submit}
                    </Button>
                </footer>
            </div>
        </Dialog>
    }
}
