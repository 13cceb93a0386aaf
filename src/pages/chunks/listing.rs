//! The chunks that the list shows and the drawer steps through: one page of the server's, or the ones that pass a filter.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Segment, SegmentsAnswer};

use super::DocumentPlace;
use crate::{
    components::urls::{Urls, use_urls},
    model::chunk::ChunkFilter,
    state::{
        queries,
        query::{QueryHandle, use_query},
    },
};

/// Chunks a page.
pub const PAGE: u64 = 50;

/// The chunks on screen. `Copy`, so that the list, the drawer and the dialogs share it.
#[derive(Clone, Copy)]
pub struct Listing {
    /// The answer behind it.
    pub answer: QueryHandle<SegmentsAnswer>,
    /// The chunks of this page.
    pub shown: Memo<Arc<Vec<Segment>>>,
    /// This page, from 1.
    pub page: Memo<u64>,
    /// How many pages there are.
    pub pages: Memo<u64>,
    /// Chunks on all pages.
    pub matching: Memo<u64>,
    /// What is searched for.
    pub search: Memo<String>,
    /// The filter.
    pub filter: Memo<ChunkFilter>,
    /// How many chunks the filter looked at, where that was not all of them.
    pub looked_at: Memo<Option<u64>>,
    /// The chunk that gets the focus once it is on screen.
    pub focus: RwSignal<Option<String>>,
    /// Counts up whenever a draft comes or goes.
    pub drafts: RwSignal<u32>,
    /// The address' parameters.
    pub urls: Urls,
}

impl Listing {
    /// The query parameters as text, for links to other chunks that keep page and search. What is searched among the child
    /// chunks of this one stays behind.
    #[must_use]
    pub fn query(self) -> Signal<String> {
        Signal::derive(move || self.urls.all().with("child", "").with("children", "").print())
    }

    /// The same now, without tracking.
    #[must_use]
    pub fn query_now(self) -> String {
        self.query().get_untracked()
    }
}

/// The listing of a document, as the address has it. Nothing is asked for while `is_listed` is false.
#[must_use]
pub fn use_listing(place: &DocumentPlace, is_listed: Signal<bool>) -> Listing {
    let urls = use_urls();
    let page = urls.number("page", 1, 1..=u64::MAX);
    let search = urls.text("search");
    let name = urls.text("show");
    let filter = Memo::new(move |_| name.with(|name| ChunkFilter::parse(name)));
    let is_filtered = Memo::new(move |_| filter.get() != ChunkFilter::All);

    let one = place.clone();
    let one_page = use_query(move || {
        let DocumentPlace { client, knowledge_base, id } = one.clone();
        (is_listed.get() && !is_filtered.get()).then(|| queries::Chunks {
            client,
            knowledge_base,
            document: id,
            page: page.get(),
            limit: PAGE,
            keyword: search.get(),
        })
    });
    let all = place.clone();
    let all_pages = use_query(move || {
        let DocumentPlace { client, knowledge_base, id } = all.clone();
        let query = || queries::AllChunks { client, knowledge_base, document: id, keyword: search.get() };
        (is_listed.get() && is_filtered.get()).then(query)
    });
    let answer = either(is_filtered, all_pages, one_page);

    let passing = move |answer: &Arc<SegmentsAnswer>| {
        let filter = filter.get();
        answer.data.iter().filter(|chunk| filter.matches(chunk)).cloned().collect::<Vec<_>>()
    };
    let chunks = Memo::new(move |_| Arc::new(answer.data.with(|answer| answer.as_ref().map(passing)).unwrap_or_default()));
    let total = Memo::new(move |_| answer.data.with(|answer| answer.as_ref().and_then(|answer| answer.total)));
    let matching = Memo::new(move |_| {
        let passed = chunks.with(|chunks| chunks.len() as u64);
        if is_filtered.get() { passed } else { total.get().unwrap_or(passed) }
    });
    let shown = Memo::new(move |_| {
        if !is_filtered.get() {
            return chunks.get();
        }
        let first = usize::try_from((page.get() - 1).saturating_mul(PAGE)).unwrap_or(usize::MAX);
        let size = usize::try_from(PAGE).unwrap_or_default();
        Arc::new(chunks.with(|chunks| chunks.iter().skip(first).take(size).cloned().collect()))
    });
    let looked_at = Memo::new(move |_| {
        let seen = answer.data.with(|answer| answer.as_ref().map(|answer| answer.data.len() as u64))?;
        (is_filtered.get() && total.get() > Some(seen)).then_some(seen)
    });
    Listing {
        answer,
        shown,
        page,
        pages: Memo::new(move |_| matching.get().div_ceil(PAGE).max(1)),
        matching,
        search,
        filter,
        looked_at,
        focus: RwSignal::new(None),
        drafts: RwSignal::new(0),
        urls,
    }
}

/// One of two queries of the same kind, whichever counts now.
fn either<T: Send + Sync + 'static>(is_first: Memo<bool>, first: QueryHandle<T>, second: QueryHandle<T>) -> QueryHandle<T> {
    let chosen = move || if is_first.get() { first } else { second };
    QueryHandle {
        data: Signal::derive(move || chosen().data.get()),
        error: Signal::derive(move || chosen().error.get()),
        is_fetching: Signal::derive(move || chosen().is_fetching.get()),
        is_previous: Signal::derive(move || chosen().is_previous.get()),
        retry: Callback::new(move |()| untrack(chosen).retry.run(())),
    }
}
