//! The page of a document.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{DisplayStatus, DocumentDetail, IndexingStatus};

use super::{
    DocumentPlace,
    facts::Facts,
    list::ChunkList,
    listing::{Listing, use_listing},
    stages::{Failed, Moving},
};
use crate::{
    api::Client,
    components::{PageHeader, QueryView},
    i18n::use_locale,
    model::id::{ChunkId, DocumentId, KnowledgeBaseId},
    routes::Route,
    state::{queries, query::use_query},
};

/// What the page shows of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    /// The server works on it, or somebody paused that.
    Moving,
    /// It could not be indexed.
    Failed,
    /// Its chunks.
    Chunks,
}

impl Face {
    fn of(detail: &DocumentDetail) -> Self {
        match detail.indexing_status {
            IndexingStatus::Completed => Self::Chunks,
            IndexingStatus::Error => Self::Failed,
            _ => Self::Moving,
        }
    }
}

/// The page of a document, with a chunk in the drawer where the address names one.
#[component]
pub fn DocumentPage(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
    /// The document.
    document: DocumentId,
    /// The chunk that is open.
    #[prop(into)]
    chunk: Signal<Option<ChunkId>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let place = DocumentPlace { client, knowledge_base, id: document };
    let one = place.clone();
    let query = use_query(move || {
        let DocumentPlace { client, knowledge_base, id } = one.clone();
        Some(queries::Document(client, knowledge_base, id))
    });
    let own = place.clone();
    let parent = use_query(move || Some(queries::KnowledgeBase(own.client.clone(), own.knowledge_base.clone())));
    let face = Memo::new(move |_| query.data.with(|detail| detail.as_ref().map(|detail| Face::of(detail))));
    let listing = use_listing(&place, Signal::derive(move || face.get() == Some(Face::Chunks)));

    let title = Signal::derive(move || {
        let name = query.data.with(|detail| detail.as_ref().map(|detail| detail.name.clone()));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| messages.title_loading.to_owned())
    });
    let parent_name = Signal::derive(move || {
        let name = parent.data.with(|parent| parent.as_ref().map(|parent| parent.name.clone()));
        name.unwrap_or_else(|| locale.messages.common.documents.to_owned())
    });
    let all = Route::KnowledgeBases { connection: place.client.connection().to_owned() };
    let all_name = Signal::stored(locale.messages.common.knowledge_bases.to_owned());
    let breadcrumb = vec![(all, all_name), (place.list(), parent_name)];
    let is_open = Memo::new(move |_| chunk.with(Option::is_some));
    view! {
        <div class="document-page" class:drawer-open=move || is_open.get()>
            <PageHeader title breadcrumb />
            <QueryView query lines=6 let:detail>
                <Facts detail />
                <Body place=place.clone() detail listing chunk />
            </QueryView>
        </div>
    }
}

#[component]
fn Body(
    place: DocumentPlace,
    detail: Signal<Arc<DocumentDetail>>,
    listing: Listing,
    chunk: Signal<Option<ChunkId>>,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let face = Memo::new(move |_| detail.with(|detail| Face::of(detail)));
    let total = Signal::derive(move || detail.with(|detail| detail.segment_count));
    let note = Memo::new(move |_| match detail.with(|detail| detail.display_status.clone()) {
        DisplayStatus::Disabled => Some(messages.off_note),
        DisplayStatus::Archived => Some(messages.archived_note),
        _ => None,
    });
    move || match face.get() {
        Face::Moving => view! { <Moving detail /> }.into_any(),
        Face::Failed => view! { <Failed detail on_replace=|()| () on_delete=|()| () /> }.into_any(),
        Face::Chunks => view! {
            {move || note.get().map(|note| view! { <p class="stale">{note}</p> })}
            <ChunkList place=place.clone() listing total open=chunk on_add=|()| () />
        }
        .into_any(),
    }
}
