//! The drawer of a chunk: its head, and the way to the chunks before and after it.
//!
//! Carries out: getSegmentDetail.

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::{ChunkKind, DocumentPlace, child_chunks::ChildChunkList, form::ChunkForm, listing::Listing, reading::ChunkReading};
use crate::{
    components::{QueryView, use_access, use_escape, use_go_in_place},
    dom::{focus, focus_keeper},
    i18n::use_locale,
    model::{access::Right, chunk::ChunkDraft, id::ChunkId},
    state::{drafts, queries, query::use_query},
    ui::{Drawer, IconButton, Status, Tone},
};

/// The end of a page at which to go on reading after turning it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// The drawer. It stays while one steps from chunk to chunk, and so does the focus on its buttons.
#[component]
pub fn ChunkDrawer(
    /// The document.
    place: DocumentPlace,
    /// The list.
    listing: Listing,
    /// The chunk that is open.
    id: Signal<ChunkId>,
    /// What kind of chunks the document has.
    kind: ChunkKind,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let common = &use_locale().messages.common;
    let one = place.clone();
    let query = use_query(move || {
        let DocumentPlace { client, knowledge_base, id: document } = one.clone();
        Some(queries::Chunk(client, knowledge_base, document, id.get()))
    });
    let position = Memo::new(move |_| {
        let is_it = |chunk: &Segment| id.with(|id| chunk.id == id.as_str());
        let listed = listing.shown.with(|shown| shown.iter().find(|chunk| is_it(chunk)).map(|chunk| chunk.position));
        listed.or_else(|| query.data.with(|chunk| chunk.as_ref().filter(|chunk| is_it(chunk)).map(|chunk| chunk.position)))
    });
    let title = Signal::derive(move || position.get().map_or_else(|| messages.chunks.to_owned(), messages.chunk));

    let may_change = use_access().may(Right::Change);
    let own = place.clone();
    let is_edited = Memo::new(move |_| {
        listing.drafts.track();
        may_change && drafts::get::<ChunkDraft>(&own.draft_key(id.get().as_str())).is_some()
    });
    let go = use_go_in_place();
    let to = {
        let (go, place) = (go.clone(), place.clone());
        Callback::new(move |chunk: ChunkId| go(&place.route(Some(chunk)), &listing.query_now()))
    };
    let (previous, next) = (step(listing, id, to, Edge::Last), step(listing, id, to, Edge::First));
    show_in_list(listing, id, position);

    let closed = place.clone();
    let close = Callback::new(move |()| {
        let id = id.get_untracked();
        go(&closed.route(None), &listing.query_now());
        if listing.shown.with_untracked(|shown| shown.iter().any(|chunk| chunk.id == id.as_str())) {
            listing.focus.set(Some(id.to_string()));
        } else {
            focus_keeper::title();
        }
    });
    use_escape(close);
    let head = move || {
        view! {
            <Show when=move || is_edited.get()><Status tone=Tone::Warning text=messages.edited /></Show>
            <span class="drawer-steps">
                <IconButton icon="up" label=messages.previous disabled=previous.1 on_click=move |_| previous.0.run(()) />
                <IconButton icon="down" label=messages.next disabled=next.1 on_click=move |_| next.0.run(()) />
            </span>
        }
    };
    view! {
        <Drawer title head close_label=common.close on_close=close>
            {move || {
                let (id, place) = (id.get(), place.clone());
                let one = place.clone();
                let wanted = id.clone();
                let query = use_query(move || {
                    let DocumentPlace { client, knowledge_base, id: document } = one.clone();
                    Some(queries::Chunk(client, knowledge_base, document, wanted.clone()))
                });
                view! {
                    <QueryView query lines=5 let:chunk>
                        {if may_change {
                            view! { <ChunkForm place=place.clone() listing id=id.clone() chunk kind on_close=close /> }.into_any()
                        } else {
                            view! { <ChunkReading chunk kind /> }.into_any()
                        }}
                        {
                            let (id, place) = (id.clone(), place.clone());
                            move || {
                                let (id, place) = (id.clone(), place.clone());
                                kind.has_children.get().then(|| {
                                    view! { <ChildChunkList place listing id chunk is_economy=kind.is_economy /> }
                                })
                            }
                        }
                    </QueryView>
                }
            }}
        </Drawer>
    }
}

/// A step to the chunk before (towards [`Edge::Last`] of the page before) or after, and whether there is none.
fn step(listing: Listing, id: Signal<ChunkId>, to: Callback<ChunkId>, edge: Edge) -> (Callback<()>, Signal<bool>) {
    let here = move || listing.shown.with(|shown| id.with(|id| shown.iter().position(|chunk| chunk.id == id.as_str())));
    let neighbour = move || {
        let here = here()?;
        let at = if edge == Edge::First { here.checked_add(1) } else { here.checked_sub(1) }?;
        listing.shown.with(|shown| ChunkId::parse(&shown.get(at)?.id))
    };
    let page = move || {
        let page = listing.page.get();
        match edge {
            Edge::First if page < listing.pages.get() => Some(page + 1),
            Edge::Last if page > 1 => Some(page - 1),
            _ => None,
        }
    };
    // The page that is being turned to.
    let turning = RwSignal::new(None::<u64>);
    Effect::new(move |_| {
        let is_there = !listing.answer.is_previous.get() && !listing.answer.is_fetching.get();
        if turning.get() != Some(listing.page.get()) || !is_there {
            return;
        }
        turning.set(None);
        let chunk = listing.shown.with(|shown| {
            let chunk = if edge == Edge::First { shown.first() } else { shown.last() };
            ChunkId::parse(&chunk?.id)
        });
        if let Some(chunk) = chunk {
            to.run(chunk);
        }
    });
    let go = Callback::new(move |()| match untrack(neighbour) {
        Some(chunk) => to.run(chunk),
        None => {
            if let Some(page) = untrack(page) {
                turning.set(Some(page));
                listing.urls.set(&[("page", &if page == 1 { String::new() } else { page.to_string() })]);
            }
        }
    });
    let is_end = Signal::derive(move || neighbour().is_none() && (page().is_none() || here().is_none()));
    (go, is_end)
}

/// Turns the list to the page of the open chunk, when a link from elsewhere opened it, and brings it into view.
fn show_in_list(listing: Listing, id: Signal<ChunkId>, position: Memo<Option<u64>>) {
    let guessed = StoredValue::new(None::<ChunkId>);
    Effect::new(move |_| {
        let id = id.get();
        let is_listed = listing.shown.with(|shown| shown.iter().any(|chunk| chunk.id == id.as_str()));
        if is_listed {
            // Where it was once, it is not looked for again: the page may be turned to go on reading.
            guessed.set_value(Some(id.clone()));
            request_animation_frame(move || focus::show(&format!("[id=\"chunk-{id}\"]")));
            return;
        }
        let is_there = listing.answer.data.with(Option::is_some) && !listing.answer.is_previous.get();
        let is_plain = listing.search.with(String::is_empty) && listing.filter.get() == crate::model::chunk::ChunkFilter::All;
        let Some(position) = position.get().filter(|position| *position > 0 && is_there && is_plain) else { return };
        // Positions are not renumbered after deletes, so this is a guess, and made once.
        if guessed.get_value().as_ref() != Some(&id) {
            guessed.set_value(Some(id));
            let page = position.div_ceil(super::listing::PAGE).min(listing.pages.get());
            listing.urls.set(&[("page", &if page == 1 { String::new() } else { page.to_string() })]);
        }
    });
}
