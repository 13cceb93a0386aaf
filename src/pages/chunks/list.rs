//! The chunks of a document as a page to read: search, filter, j and k.
//!
//! Carries out: listSegments.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::{DocumentPlace, item::Item, listing::Listing, many::SelectionBar};
use crate::{
    api::ErrorKind,
    components::{Allowed, QueryView, use_link_keys},
    dom::focus,
    i18n::use_locale,
    model::{access::Right, chunk::ChunkFilter, id::ChunkId},
    ui::{Button, Empty, Pagination, SearchField},
};

/// The bar, the chunks and the pages.
#[component]
pub fn ChunkList(
    /// The document.
    place: DocumentPlace,
    /// What is shown.
    listing: Listing,
    /// Chunks of the document in all.
    #[prop(into)]
    total: Signal<u64>,
    /// The chunk that is open.
    open: Signal<Option<ChunkId>>,
    /// Opens the dialog that adds a chunk.
    #[prop(into)]
    on_add: Callback<()>,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    use_link_keys(".chunk-link");
    focus_when_shown(listing);
    stay_in_range(listing);
    // Real servers answer 404 for the chunks of a document that is switched off.
    let is_withheld = Memo::new(move |_| {
        listing.answer.error.with(|error| error.as_ref().is_some_and(|error| error.kind == ErrorKind::NotFound))
    });
    let is_empty = Memo::new(move |_| {
        let is_plain = listing.search.with(String::is_empty) && listing.filter.get() == ChunkFilter::All;
        is_plain
            && total.get() == 0
            && listing.answer.data.with(|answer| answer.as_ref().is_some_and(|answer| answer.data.is_empty()))
    });
    move || {
        if is_withheld.get() {
            view! { <div class="withheld"><h2>{messages.off_title}</h2><p>{messages.off_text}</p></div> }.into_any()
        } else if is_empty.get() {
            view! {
                <Empty icon="text" title=messages.empty_title text=messages.empty_text>
                    <Allowed right=Right::Change>
                        <Button icon="plus" on_click=move |_| on_add.run(())>{messages.add}</Button>
                    </Allowed>
                </Empty>
            }
            .into_any()
        } else {
            let place = place.clone();
            view! {
                <Bar listing total />
                <QueryView query=listing.answer lines=6 let:_answer>
                    <Chunks place=place.clone() listing open />
                </QueryView>
                <SelectionBar />
            }
            .into_any()
        }
    }
}

#[component]
fn Bar(listing: Listing, total: Signal<u64>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let chip = move |filter: ChunkFilter| {
        let word = match filter {
            ChunkFilter::All => messages.all,
            ChunkFilter::Enabled => messages.enabled_filter,
            ChunkFilter::Disabled => messages.disabled_filter,
            ChunkFilter::NeverRetrieved => messages.never_retrieved,
            ChunkFilter::NotIndexed => messages.not_indexed,
        };
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (listing.filter.get() == filter).to_string()
                on:click=move |_| listing.urls.set(&[("show", filter.name()), ("page", "")])
            >{word}</button>
        }
    };
    let sum = move || {
        let (matching, all) = (listing.matching.get(), total.get());
        if listing.search.with(String::is_empty) && listing.filter.get() == ChunkFilter::All {
            (messages.count)(matching, &locale.number(matching))
        } else {
            (messages.count_of)(&locale.number(matching), &locale.number(all.max(matching)))
        }
    };
    view! {
        <div class="bar">
            <SearchField
                value=listing.search
                label=messages.search
                clear_label=locale.messages.common.clear
                on_search=move |text: String| listing.urls.set(&[("search", &text), ("page", "")])
            />
            <div class="chips-row" role="group" aria-label=messages.filter>
                {ChunkFilter::EVERY.map(chip).collect_view()}
            </div>
            <span class="sum" role="status">{sum}</span>
        </div>
        {move || listing.looked_at.get().map(|seen| view! { <p class="stale">{(messages.partial)(&locale.number(seen))}</p> })}
    }
}

#[component]
fn Chunks(place: DocumentPlace, listing: Listing, open: Signal<Option<ChunkId>>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let common = &locale.messages.common;
    let search = listing.search;
    let is_nothing = Memo::new(move |_| listing.shown.with(|shown| shown.is_empty()));
    let nothing = move || {
        if search.with(String::is_empty) {
            messages.nothing_filtered.to_owned()
        } else {
            (common.nothing_found_for)(&search.get())
        }
    };
    // A chunk that changed is made anew; the others keep what is unfolded in them.
    let chunks = move || {
        let search = search.get();
        listing.shown.get().iter().map(|chunk| (fingerprint(chunk, &search), chunk.clone())).collect::<Vec<_>>()
    };
    view! {
        <ol class="reader" class:hidden=move || is_nothing.get() aria-label=messages.chunks title=messages.keys_hint>
            <For each=chunks key=|(fingerprint, _)| *fingerprint children=move |(_, chunk)| {
                view! { <Item place=place.clone() listing chunk open /> }
            } />
        </ol>
        <Show when=move || is_nothing.get()><p class="nothing">{nothing}</p></Show>
        <Pagination
            page=listing.page
            pages=listing.pages
            say=common.page_of
            previous=common.previous_page
            next=common.next_page
            on_page=move |page: u64| {
                listing.urls.go(&[("page", &if page == 1 { String::new() } else { page.to_string() })]);
                focus::scroll_to(".bar");
            }
        />
    }
}

/// Everything of a chunk that the list shows.
fn fingerprint(chunk: &Segment, search: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&chunk.id, &chunk.content, &chunk.answer, &chunk.keywords, search).hash(&mut hasher);
    (chunk.position, chunk.hit_count, chunk.enabled, chunk.status.as_str(), chunk.tokens).hash(&mut hasher);
    for child in &chunk.child_chunks {
        (&child.id, &child.content, child.position).hash(&mut hasher);
    }
    hasher.finish()
}

/// Gives the focus to the chunk that is waited for, once it is on screen.
fn focus_when_shown(listing: Listing) {
    Effect::new(move |_| {
        let Some(id) = listing.focus.get() else { return };
        if listing.shown.with(|shown| shown.iter().any(|chunk| chunk.id == id)) {
            listing.focus.set(None);
            // After the list has drawn it.
            request_animation_frame(move || focus::first(&format!("[id=\"chunk-{id}\"]")));
        }
    });
}

/// A page past the end, after deletes or from an old address, becomes the last one.
fn stay_in_range(listing: Listing) {
    Effect::new(move |_| {
        let (page, pages) = (listing.page.get(), listing.pages.get());
        let is_answered =
            listing.answer.data.with(Option::is_some) && !listing.answer.is_previous.get() && !listing.answer.is_fetching.get();
        if is_answered && page > pages {
            listing.urls.set(&[("page", &if pages == 1 { String::new() } else { pages.to_string() })]);
        }
    });
}
