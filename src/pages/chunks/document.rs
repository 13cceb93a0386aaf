//! The page of a document.
//!
//! Carries out: getDocumentDetail, downloadDocument.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{DisplayStatus, DocForm, DocumentDetail, IndexingStatus, IndexingTechnique};

use super::{
    ChunkKind, DocumentPlace,
    add_dialog::AddDialog,
    delete_document::use_delete_document,
    drawer::ChunkDrawer,
    facts::Facts,
    list::ChunkList,
    listing::{Listing, use_listing},
    many::{Many, ReportDialog},
    metadata::MetadataPanel,
    replace_file_dialog::ReplaceFileDialog,
    replace_text_dialog::ReplaceTextDialog,
    split_dialog::SplitDialog,
    stages::{Failed, Moving},
};
use crate::{
    api::{Client, capabilities::Operation},
    components::{Allowed, PageHeader, QueryView, words::error_words},
    i18n::{document_split::document_split, replaced_work::replaced_work, use_locale},
    model::{
        access::Right,
        document::{can_delete, can_update},
        id::{ChunkId, DocumentId, KnowledgeBaseId},
        knowledge_base::{is_pipeline, technique},
    },
    routes::Route,
    state::{
        cache::Resource,
        capabilities::Capabilities,
        originals::{self, Saved},
        queries,
        query::{QueryCache, QueryHandle, use_query},
        toasts::Toasts,
        uploads::Uploads,
    },
    ui::{Button, ButtonKind, Menu, MenuItem},
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

/// The dialogs of the page, and whether each is open.
#[derive(Clone, Copy)]
struct Dialogs {
    add: RwSignal<bool>,
    text: RwSignal<bool>,
    file: RwSignal<bool>,
    split: RwSignal<bool>,
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
    provide_context(Many::new(place.clone(), listing));
    follow_uploads(&place);
    renew_chunks(query);
    let off = || RwSignal::new(false);
    let dialogs = Dialogs { add: off(), text: off(), file: off(), split: off() };

    let title = Signal::derive(move || {
        let name = query.data.with(|detail| detail.as_ref().map(|detail| detail.name.clone()));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| messages.title_loading.to_owned())
    });
    let parent_name = Signal::derive(move || {
        let name = parent.data.with(|parent| parent.as_ref().map(|parent| parent.name.clone()));
        name.unwrap_or_else(|| locale.messages.common.documents.to_owned())
    });
    let how = Signal::derive(move || {
        parent.data.with(|parent| parent.as_ref().map_or(IndexingTechnique::Economy, |parent| technique(parent)))
    });
    let all = Route::KnowledgeBases { connection: place.client.connection().to_owned() };
    let all_name = Signal::stored(locale.messages.common.knowledge_bases.to_owned());
    let breadcrumb = vec![(all, all_name), (place.list(), parent_name)];
    let is_open = Memo::new(move |_| chunk.with(Option::is_some));
    let has_pipeline = Memo::new(move |_| parent.data.with(|parent| parent.as_ref().is_some_and(|parent| is_pipeline(parent))));
    let (head, body) = (place.clone(), place.clone());
    let has_data = Memo::new(move |_| query.data.with(Option::is_some));
    view! {
        <div class="document-page" class:drawer-open=move || is_open.get()>
            <PageHeader title breadcrumb>
                {move || has_data.get().then(|| {
                    let detail = Signal::derive(move || query.data.get().unwrap_or_default());
                    view! { <Actions place=head.clone() detail dialogs has_pipeline /> }
                })}
            </PageHeader>
            <QueryView query lines=6 let:detail>
                <Facts detail />
                <MetadataPanel place=body.clone() detail knowledge_base=parent.data urls=listing.urls />
                <Body place=body.clone() detail listing chunk dialogs how has_pipeline />
                <SplitDialog open=dialogs.split place=body.clone() detail knowledge_base=parent.data technique=how />
            </QueryView>
            <ReportDialog />
        </div>
    }
}

/// A document replaced from here is asked for again as soon as the server has the file.
fn follow_uploads(place: &DocumentPlace) {
    let cache = expect_context::<QueryCache>();
    let uploads = expect_context::<Uploads>();
    let id = place.id.clone();
    let stage = Memo::new(move |_| {
        uploads.queue().with(|queue| {
            let own = queue.items.iter().rev().find(|item| item.document.as_deref() == Some(id.as_str()));
            own.map(|item| item.stage)
        })
    });
    Effect::new(move |before: Option<Option<_>>| {
        let stage = stage.get();
        if before.is_some_and(|before| before != stage) {
            cache.invalidate(Resource::Document);
        }
        stage
    });
}

/// Chunks that were read while the document was indexed are not the ones that it has when that is done.
fn renew_chunks(query: QueryHandle<DocumentDetail>) {
    let cache = expect_context::<QueryCache>();
    let state = Memo::new(move |_| {
        query.data.with(|detail| detail.as_ref().map(|detail| (detail.indexing_status.clone(), detail.completed_at)))
    });
    Effect::new(move |before: Option<Option<_>>| {
        let state = state.get();
        if before.flatten().is_some_and(|before| Some(before) != state) {
            cache.invalidate(Resource::Chunks);
            cache.invalidate(Resource::Chunk);
        }
        state
    });
}

#[component]
fn Actions(
    place: DocumentPlace,
    detail: Signal<Arc<DocumentDetail>>,
    dialogs: Dialogs,
    has_pipeline: Memo<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let toasts = expect_context::<Toasts>();
    let status = Memo::new(move |_| detail.with(|detail| detail.display_status.clone()));
    let is_indexed = Memo::new(move |_| detail.with(|detail| Face::of(detail) == Face::Chunks));
    let has_pairs = Memo::new(move |_| detail.with(|detail| detail.doc_form == DocForm::QuestionAnswer));
    let has_file =
        detail.with_untracked(|detail| detail.data_source_info.as_ref().is_some_and(|source| source.upload_file.is_some()));
    let delete = use_delete_document(&place, detail);
    let capabilities = expect_context::<Capabilities>();
    let text_words = &locale.document_actions().text;
    let asked = place.client.clone();
    let is_text = Signal::derive(move || capabilities.absence(&asked, Operation::Download).is_some());
    let fetch = move || {
        let DocumentPlace { client, knowledge_base, id } = place.clone();
        let name = detail.with_untracked(|detail| detail.name.clone());
        spawn_local(async move {
            match originals::save(capabilities, &client, &knowledge_base, &id, &name).await {
                Ok(Saved::Original) => {}
                Ok(Saved::Text) => toasts.done((text_words.saved)(&name)),
                Err(error) => {
                    let words = error_words(locale.messages, &error);
                    toasts.problem(format!("{} {}", words.cause, words.remedy));
                }
            }
        });
    };
    let fetch = Callback::new(move |()| fetch());
    let cannot_update = Signal::derive(move || !can_update(&status.get()));
    let cannot_delete = Signal::derive(move || !can_delete(&status.get()));
    let is_busy = Signal::derive(move || matches!(status.get(), DisplayStatus::Queuing | DisplayStatus::Indexing));
    // The items are made anew each time the menu opens.
    let why = move |is_off: bool, reason: &'static str| if is_off { reason.to_owned() } else { String::new() };
    // A text holds the questions only.
    let cannot_edit = Signal::derive(move || cannot_update.get() || has_pairs.get() || has_pipeline.get());
    let cannot_split = Signal::derive(move || cannot_update.get() || has_pipeline.get());
    let cannot_replace = Signal::derive(move || is_busy.get() || has_pipeline.get());
    let fills = locale.messages.documents.pipeline_fills;
    let why_no_split = move || {
        if has_pipeline.get_untracked() { fills.to_owned() } else { why(cannot_update.get_untracked(), messages.not_available) }
    };
    let why_not = Signal::derive(move || {
        let pairs = why(has_pairs.get(), replaced_work(locale).no_text_for_pairs);
        if has_pipeline.get() {
            fills.to_owned()
        } else if pairs.is_empty() {
            why(cannot_update.get(), messages.not_available)
        } else {
            pairs
        }
    });
    view! {
        <Menu label=locale.messages.common.more_actions class="button icon-only">
            {move || if is_text.get() {
                view! { <MenuItem icon="download" on_select=fetch>{text_words.word}<small class="why">{text_words.why}</small></MenuItem> }.into_any()
            } else {
                view! {
                    <MenuItem icon="download" disabled=!has_file title=why(!has_file, messages.download_none) on_select=fetch>{messages.download}</MenuItem>
                }
                .into_any()
            }}
            <Allowed right=Right::Change>
                <MenuItem icon="edit" disabled=cannot_edit title=why_not.get_untracked() on_select=move |()| dialogs.text.set(true)>{messages.replace_text}</MenuItem>
                <MenuItem icon="settings" disabled=cannot_split title=why_no_split() on_select=move |()| dialogs.split.set(true)>{document_split(locale).menu}</MenuItem>
                <MenuItem icon="upload" disabled=cannot_replace title=why(has_pipeline.get_untracked(), fills) on_select=move |()| dialogs.file.set(true)>{messages.replace_file}</MenuItem>
                <MenuItem icon="delete" is_danger=true disabled=cannot_delete title=why(cannot_delete.get_untracked(), messages.archived) on_select=delete>
                    {messages.delete_document}
                </MenuItem>
            </Allowed>
        </Menu>
        <Allowed right=Right::Change>
            <Button
                kind=ButtonKind::Primary
                icon="plus"
                disabled=Signal::derive(move || !is_indexed.get())
                on_click=move |_| dialogs.add.set(true)
            >{messages.add}</Button>
        </Allowed>
    }
}

#[component]
fn Body(
    place: DocumentPlace,
    detail: Signal<Arc<DocumentDetail>>,
    listing: Listing,
    chunk: Signal<Option<ChunkId>>,
    dialogs: Dialogs,
    how: Signal<IndexingTechnique>,
    has_pipeline: Memo<bool>,
) -> impl IntoView {
    let messages = &use_locale().messages.chunks;
    let face = Memo::new(move |_| detail.with(|detail| Face::of(detail)));
    let total = Signal::derive(move || detail.with(|detail| detail.segment_count));
    let is_form = move |form: DocForm| Signal::derive(move || detail.with(|detail| detail.doc_form == form));
    let kind = ChunkKind {
        has_answers: is_form(DocForm::QuestionAnswer),
        has_children: is_form(DocForm::Hierarchical),
        is_economy: Signal::derive(move || how.get() == IndexingTechnique::Economy),
    };
    let note = Memo::new(move |_| match detail.with(|detail| detail.display_status.clone()) {
        DisplayStatus::Disabled => Some(messages.off_note),
        DisplayStatus::Archived => Some(messages.archived_note),
        _ => None,
    });
    let (add, text, file) = (place.clone(), place.clone(), place.clone());
    let on_delete = use_delete_document(&place, detail);
    let on_replace = move |()| dialogs.file.set(true);
    let chunks = move || {
        view! {
            {move || note.get().map(|note| view! { <p class="stale">{note}</p> })}
            <div class="split" class:open=move || chunk.with(Option::is_some)>
                <div class="split-list">
                    <ChunkList place=place.clone() listing total open=chunk on_add=move |()| dialogs.add.set(true) />
                </div>
                <OpenChunk place=place.clone() listing chunk kind />
            </div>
        }
    };
    view! {
        {move || match face.get() {
            Face::Moving => view! { <Moving detail /> }.into_any(),
            Face::Failed => view! { <Failed detail has_pipeline on_replace on_delete /> }.into_any(),
            Face::Chunks => chunks().into_any(),
        }}
        <AddDialog open=dialogs.add place=add listing kind total />
        <ReplaceTextDialog open=dialogs.text place=text detail />
        <ReplaceFileDialog open=dialogs.file place=file detail technique=how />
    }
}

/// The drawer, while a chunk is open; it stays while one goes from chunk to chunk.
#[component]
fn OpenChunk(place: DocumentPlace, listing: Listing, chunk: Signal<Option<ChunkId>>, kind: ChunkKind) -> impl IntoView {
    let is_open = Memo::new(move |_| chunk.with(Option::is_some));
    move || {
        // Tracked first: what is not read now would not wake this later.
        let is_open = is_open.get();
        let first = chunk.get_untracked().filter(|_| is_open)?;
        let id = Memo::new(move |before: Option<&ChunkId>| {
            chunk.get().unwrap_or_else(|| before.cloned().unwrap_or_else(|| first.clone()))
        });
        Some(view! { <ChunkDrawer place=place.clone() listing id=id.into() kind /> })
    }
}
