//! The child chunks of the open chunk: by what retrieval finds it. Listed a page at a time, searched by the server, mended in
//! their place.
//!
//! Carries out: getChildChunks.

mod add;
mod anew_dialog;
mod deletion;
mod drafts;
mod edit;
mod row;
mod save_dialog;

use std::{collections::HashSet, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::{ChildChunk, Segment, SegmentStatus};

use self::{
    add::Add,
    anew_dialog::AnewDialog,
    drafts::{ChildDraft, ChildDrafts, NEW},
    row::Row,
};
use super::{DocumentPlace, listing::Listing};
use crate::{
    api::safe_chunk::RemoteChunk,
    components::QueryView,
    dom::focus,
    i18n::{child_chunks::child_chunks, use_locale},
    model::{chunk::CUSTOMIZED, id::ChunkId},
    state::{
        cache::Resource,
        queries,
        query::{QueryCache, use_query},
    },
    ui::{Button, ButtonKind, Icon, Pagination, SearchField},
};
pub use save_dialog::SaveDialog;

/// Child chunks a page.
const PAGE: u64 = 20;

/// How many child chunks there are, and how many of them were written by hand, as far as the chunk's answer holds them.
#[must_use]
fn counts(chunk: &Segment) -> (u64, u64) {
    let by_hand = chunk.child_chunks.iter().filter(|child| child.kind == CUSTOMIZED).count();
    (chunk.child_chunks.len() as u64, by_hand as u64)
}

/// A write to child chunks changes what all of these show.
fn renew(cache: QueryCache) {
    for resource in [Resource::ChildChunks, Resource::Chunk, Resource::Chunks, Resource::Retrieval] {
        cache.invalidate(resource);
    }
}

/// What the parts of the list share. `Copy`, so that every handler can have it.
#[derive(Clone, Copy)]
struct Shared {
    parent: StoredValue<RemoteChunk>,
    drafts: ChildDrafts,
    search: Memo<String>,
    /// Child chunks in all, or of those that are searched for.
    total: Memo<u64>,
}

/// The list with everything that can be done to it.
#[component]
pub fn ChildChunkList(
    /// The document.
    place: DocumentPlace,
    /// The list of chunks, whose address parameters these follow.
    listing: Listing,
    /// The parent's id.
    id: ChunkId,
    /// The parent.
    chunk: Signal<Arc<Segment>>,
    /// Whether the knowledge base has the economy index.
    is_economy: Signal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = child_chunks(locale);
    let common = &locale.messages.common;
    let parent = place.chunk(id.clone());
    let search = listing.urls.text("child");
    let page = listing.urls.number("children", 1, 1..=u64::MAX);
    let of = parent.clone();
    let query = use_query(move || {
        Some(queries::ChildChunks { parent: of.clone(), page: page.get(), limit: PAGE, keyword: search.get() })
    });
    let shared = Shared {
        parent: StoredValue::new(parent),
        drafts: ChildDrafts::load(place.draft_key(&format!("{id}.children"))),
        search,
        total: Memo::new(move |_| query.data.with(|answer| answer.as_ref().map_or(0, |answer| answer.total))),
    };
    let total = shared.total;
    let list = Memo::new(move |_| {
        let mut seen = HashSet::new();
        let children = query.data.with(|answer| answer.as_ref().map(|answer| answer.data.clone())).unwrap_or_default();
        children.into_iter().filter(|child| seen.insert(child.id.clone())).collect::<Vec<_>>()
    });
    let ids = Memo::new(move |_| list.with(|list| list.iter().map(|child| child.id.clone()).collect::<Vec<_>>()));
    let pages = Memo::new(move |_| total.get().div_ceil(PAGE).max(1));
    let is_settled = move || query.data.with(Option::is_some) && !query.is_previous.get() && !query.is_fetching.get();
    // A page past the end, after deletes or from an old address, becomes the last one.
    Effect::new(move |_| {
        if is_settled() && page.get() > pages.get() {
            listing.urls.set(&[("children", &page_text(pages.get()))]);
        }
    });
    // Only where all of them are in view can one be called gone.
    let orphans = Memo::new(move |_| {
        let is_whole = is_settled() && search.with(String::is_empty) && total.get() <= PAGE;
        if is_whole { shared.drafts.orphans(&ids.get()) } else { Vec::new() }
    });
    let is_adding = RwSignal::new(shared.drafts.get(NEW).is_some());
    let is_asking = RwSignal::new(false);
    let is_off = Memo::new(move |_| chunk.with(|chunk| !chunk.enabled));
    // The sign of it: such a chunk stays at this state for ever.
    let is_half_dead = Memo::new(move |_| {
        let is_waiting = chunk.with(|chunk| !chunk.enabled && chunk.status == SegmentStatus::Indexing);
        is_economy.get() && is_waiting
    });
    let is_none = Memo::new(move |_| search.with(String::is_empty) && total.get() == 0);
    let nothing = move || {
        if is_none.get() { messages.none.to_owned() } else { (common.nothing_found_for)(&search.get()) }
    };
    let child_of = move |id: String| {
        Memo::new(move |before: Option<&ChildChunk>| {
            let now = list.with(|list| list.iter().find(|child| child.id == id).cloned());
            now.or_else(|| before.cloned()).unwrap_or_default()
        })
    };
    view! {
        <section class="child-chunks" aria-label=messages.title>
            <header>
                <h3>{messages.title}</h3>
                <span class="sum" role="status">{move || locale.number(total.get())}</span>
                <span class="grow"></span>
                <Button
                    kind=ButtonKind::Quiet
                    icon="retry"
                    disabled=is_off
                    title=Signal::derive(move || if is_off.get() { messages.anew_off.to_owned() } else { String::new() })
                    on_click=move |_| is_asking.set(true)
                >{messages.anew}</Button>
                <Button
                    icon="plus"
                    on_click=move |_| {
                        is_adding.set(true);
                        request_animation_frame(|| focus::first(".child-add textarea"));
                    }
                >{messages.add}</Button>
            </header>
            <p class="hint">{messages.hint}</p>
            <Show when=move || is_half_dead.get()><p class="note"><Icon name="warning" /><span>{messages.economy}</span></p></Show>
            <Show when=move || shared.drafts.is_unstored().get()>
                <p class="note"><Icon name="warning" /><span>{locale.messages.chunks.not_stored}</span></p>
            </Show>
            <Show when=move || is_adding.get()><Add shared is_adding listing total /></Show>
            <For each=move || orphans.get() key=|(id, _)| id.clone() children=move |(id, draft)| {
                view! { <Orphan shared id draft is_adding /> }
            } />
            <Show when=move || { total.get() > PAGE || !search.with(String::is_empty) }>
                <SearchField
                    value=search
                    label=messages.search
                    clear_label=common.clear
                    on_search=move |text: String| listing.urls.set(&[("child", &text), ("children", "")])
                />
            </Show>
            <QueryView query lines=3 let:_answer>
                <ol aria-label=messages.title>
                    <For each=move || ids.get() key=Clone::clone children=move |id| {
                        view! { <Row shared child=child_of(id.clone()) id /> }
                    } />
                </ol>
                <Show when=move || ids.with(Vec::is_empty)><p class="nothing">{nothing}</p></Show>
                <Pagination
                    page=page
                    pages=pages
                    say=common.page_of
                    previous=common.previous_page
                    next=common.next_page
                    on_page=move |page: u64| listing.urls.set(&[("children", &page_text(page))])
                />
            </QueryView>
            <AnewDialog open=is_asking shared chunk />
        </section>
    }
}

/// A page as the address has it; the first one is not said.
fn page_text(page: u64) -> String {
    if page == 1 { String::new() } else { page.to_string() }
}

/// A text whose child chunk is gone.
#[component]
fn Orphan(shared: Shared, id: String, draft: ChildDraft, is_adding: RwSignal<bool>) -> impl IntoView {
    let messages = child_chunks(use_locale());
    let (text, gone) = (draft.text.clone(), id.clone());
    let is_new_taken = move || shared.drafts.get(NEW).is_some();
    let add = move |_| {
        if !is_new_taken() {
            shared.drafts.keep(NEW, text.clone(), String::new());
            shared.drafts.remove(&gone);
            // Made anew, so that it begins with the text.
            is_adding.set(false);
            is_adding.set(true);
        }
    };
    view! {
        <div class="form orphan">
            <p class="note"><Icon name="warning" /><span>{messages.orphan}</span></p>
            <blockquote class="quote">{draft.text}</blockquote>
            <p class="row-buttons">
                <Button on_click=move |_| shared.drafts.remove(&id)>{messages.discard}</Button>
                <Button on_click=add>{messages.add_as_new}</Button>
            </p>
        </div>
    }
}
