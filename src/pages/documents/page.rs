//! The screen: its head, the list in its four faces, and the overlay while files are dragged over it.
//!
//! Carries out: listDocuments, getDatasetDetail.

use std::{collections::HashSet, sync::Arc};

use leptos::{html, prelude::*};

use super::{
    add_dialog::AddDialog,
    address,
    arrange::arrange,
    batch_bar::BatchBar,
    columns::use_columns,
    deletion_strip::DeletionStrip,
    filters::Filters,
    live,
    paste_dialog::PasteDialog,
    reindex_dialog::ReindexDialog,
    replace_dialog::ReplaceDialog,
    report_dialog::ReportDialog,
    screen::{Screen, use_screen},
    table::Table,
};
use crate::{
    api::{ApiError, Client},
    components::{
        Allowed, DeleteDialog, ErrorPanel, KnowledgeBaseTab, Link, PageHeader, accepted_words,
        urls::{Urls, use_urls},
        use_access, use_go, use_page_action,
    },
    dom::{
        picked::{self, PickedFiles},
        visible::visible,
    },
    i18n::use_locale,
    model::{
        access::Right,
        id::KnowledgeBaseId,
        knowledge_base::{can_take_files, is_pipeline},
        stuck,
    },
    routes::Route,
    state::{
        document_index::DocumentIndexes, pipeline_runs::PipelineRuns, queries, query::use_query, session::Session,
        uploads::Uploads,
    },
    ui::{Button, ButtonKind, Empty, FileInput, Icon, Menu, MenuItem, Skeleton, open_picker},
};

/// The documents of a knowledge base.
#[component]
pub fn DocumentsPage(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
) -> impl IntoView {
    let index = expect_context::<DocumentIndexes>().of(&client, &knowledge_base);
    index.open();
    let query = {
        let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
        use_query(move || Some(queries::KnowledgeBase(client.clone(), knowledge_base.clone())))
    };
    let dataset = Memo::new(move |_| query.data.get());
    let documents = index.documents();
    let now = RwSignal::new(live::seconds_now());
    let verified = RwSignal::new(HashSet::new());
    let delays = {
        let documents = documents.clone();
        Memo::new(move |_| {
            let mut delays = documents.with(|documents| stuck::delays(&documents.list, documents.moved_at(), now.get()));
            verified.with(|verified| delays.retain(|id, _| verified.contains(id)));
            delays
        })
    };
    let may_change = use_access().may(Right::Change);
    let screen = Screen {
        client,
        knowledge_base,
        dataset,
        documents,
        index,
        selection: RwSignal::new(HashSet::new()),
        can_add: Memo::new(move |_| {
            may_change && dataset.with(|dataset| dataset.as_ref().is_none_or(|dataset| can_take_files(dataset)))
        }),
        has_pipeline: Memo::new(move |_| dataset.with(|dataset| dataset.as_ref().is_some_and(|dataset| is_pipeline(dataset)))),
        picked: RwSignal::new_local(PickedFiles::default()),
        is_adding: RwSignal::new(false),
        is_pasting: RwSignal::new(false),
        rows: StoredValue::new(None),
        now,
        verified,
        delays,
        batches: Owner::new(),
        job: RwSignal::new(None),
        is_reporting: RwSignal::new(false),
        deletion: RwSignal::new(None),
        to_reindex: RwSignal::new(Vec::new()),
        is_asking: RwSignal::new(false),
        to_replace: RwSignal::new(None),
        is_replacing: RwSignal::new(false),
    };
    live::follow(&screen, expect_context::<Uploads>());
    provide_context(screen.clone());
    let (files, folder) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let add = {
        let screen = screen.clone();
        let (runs, go) = (expect_context::<PipelineRuns>(), use_go());
        Callback::new(move |picked: PickedFiles| {
            if screen.has_pipeline.get_untracked() && may_change {
                runs.hand_over(&screen.client, &screen.knowledge_base, picked);
                go(&pipeline_of(&screen), "");
            } else {
                screen.add(picked);
            }
        })
    };
    let accept = accepted(expect_context::<Session>());
    view! {
        <Head files folder />
        <FileInput node_ref=files accept=accept on_files=add />
        <FileInput node_ref=folder is_folder=true on_files=add />
        <DeletionStrip />
        <Body files folder urls=use_urls() />
        <ReportDialog />
        <ReindexDialog />
        <AddDialog />
        <PasteDialog />
        <ReplaceDialog />
        <DropOverlay add />
    }
}

/// The page of the pipeline, which takes files where there is one.
fn pipeline_of(screen: &Screen) -> Route {
    Route::Pipeline { connection: screen.client.connection().to_owned(), knowledge_base: screen.knowledge_base.clone() }
}

/// The types that the picker offers: `.txt,.md,…`.
fn accepted(session: Session) -> String {
    session.config().limits.extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",")
}

#[component]
fn Head(files: NodeRef<html::Input>, folder: NodeRef<html::Input>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let Screen { client, knowledge_base, dataset, can_add, has_pipeline, is_pasting, .. } = use_screen();
    let to_pipeline = Signal::stored(pipeline_of(&use_screen()));
    let is_removing = RwSignal::new(false);
    // The list of all knowledge bases is mostly here first.
    let all = {
        let client = client.clone();
        use_query(move || Some(queries::KnowledgeBases(client.clone())))
    };
    let id = knowledge_base.clone();
    let title = Memo::new(move |_| {
        let own = dataset.with(|dataset| dataset.as_ref().map(|dataset| dataset.name.clone()));
        let listed = || {
            let all = all.data.get()?;
            all.iter().find(|dataset| dataset.id == id.as_str()).map(|dataset| dataset.name.clone())
        };
        own.or_else(listed).unwrap_or_else(|| locale.messages.common.documents.to_owned())
    });
    let why = Signal::derive(move || if can_add.get() { String::new() } else { messages.cannot_add.to_owned() });
    let is_off = Signal::derive(move || !can_add.get());
    use_page_action(messages.add_files, "upload", is_off, Callback::new(move |()| open_picker(files)));
    use_page_action(messages.add_folder, "folder", is_off, Callback::new(move |()| open_picker(folder)));
    use_page_action(messages.paste_text, "text", is_off, Callback::new(move |()| is_pasting.set(true)));
    let breadcrumb = vec![(
        Route::KnowledgeBases { connection: client.connection().to_owned() },
        Signal::stored(locale.messages.common.knowledge_bases.to_owned()),
    )];
    // The dialog is made for what is known when it opens: an answer that comes meanwhile must not empty it.
    let known = Memo::new(move |before: Option<&Option<_>>| {
        let is_open = is_removing.get();
        let now = dataset.get();
        before.filter(|before| is_open && before.is_some()).cloned().unwrap_or(now)
    });
    let tags =
        Signal::derive(move || dataset.with(|dataset| dataset.as_ref().map(|dataset| dataset.tags.clone())).unwrap_or_default());
    let tabs = (client.clone(), knowledge_base, KnowledgeBaseTab::Documents);
    view! {
        <PageHeader title=title breadcrumb tabs tags>
            <Allowed right=Right::Change>
                <Menu label=locale.messages.common.more_actions class="button icon-only">
                    {move || (!has_pipeline.get()).then(|| view! {
                        <MenuItem icon="folder" disabled=is_off on_select=move |()| open_picker(folder)>{messages.add_folder}</MenuItem>
                    })}
                    <Allowed right=Right::Library>
                        <MenuItem icon="delete" is_danger=true on_select=move |()| is_removing.set(true)>{locale.messages.knowledge_bases.delete}</MenuItem>
                    </Allowed>
                </Menu>
                <Show
                    when=move || has_pipeline.get()
                    fallback=move || view! {
                        <Button icon="text" disabled=is_off title=why on_click=move |_| is_pasting.set(true)>{messages.paste_text}</Button>
                        <Button kind=ButtonKind::Primary icon="upload" disabled=is_off title=why on_click=move |_| open_picker(files)>{messages.add_files}</Button>
                    }
                >
                    <Link to=to_pipeline class="button primary"><Icon name="play" /><span>{locale.messages.common.run_pipeline}</span></Link>
                </Show>
            </Allowed>
        </PageHeader>
        {move || known.get().map(|dataset| view! {
            <DeleteDialog open=is_removing client=client.clone() dataset=(*dataset).clone() />
        })}
    }
}

/// What the list is just now.
#[derive(Clone, PartialEq)]
enum Face {
    Loading,
    Failed(ApiError),
    Empty,
    List,
}

#[component]
fn Body(files: NodeRef<html::Input>, folder: NodeRef<html::Input>, urls: Urls) -> impl IntoView {
    let locale = use_locale();
    let screen = use_screen();
    let (documents, index, has_pipeline) = (screen.documents.clone(), screen.index.clone(), screen.has_pipeline);
    let face = Memo::new(move |_| {
        documents.with(|documents| match (&documents.error, documents.list.is_empty()) {
            (_, false) => Face::List,
            (Some(error), true) => Face::Failed(error.clone()),
            (None, true) if documents.is_complete => Face::Empty,
            (None, true) => Face::Loading,
        })
    });
    move || {
        let index = index.clone();
        match face.get() {
            Face::Loading => view! { <Skeleton lines=10 label=locale.messages.common.loading /> }.into_any(),
            Face::Failed(error) => view! { <ErrorPanel error retry=move |()| index.reload() /> }.into_any(),
            Face::Empty if has_pipeline.get() => view! { <NothingMade /> }.into_any(),
            Face::Empty => view! { <DropZone files folder /> }.into_any(),
            Face::List => view! { <List urls /> }.into_any(),
        }
    }
}

/// An empty knowledge base that a pipeline fills.
#[component]
fn NothingMade() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let to = pipeline_of(&use_screen());
    view! {
        <Empty icon="pipeline" title=messages.pipeline_title text=messages.pipeline_text>
            <Allowed right=Right::Change>
                <Link to class="button primary"><Icon name="play" /><span>{locale.messages.common.run_pipeline}</span></Link>
            </Allowed>
        </Empty>
    }
}

/// An empty knowledge base: a place to drop files on.
#[component]
fn DropZone(files: NodeRef<html::Input>, folder: NodeRef<html::Input>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let Screen { can_add, is_pasting, .. } = use_screen();
    if !use_access().may(Right::Change) {
        return view! { <Empty icon="document" title=messages.none_here text=messages.none_here_text /> }.into_any();
    }
    let accepted = accepted_words(locale, &expect_context::<Session>().config().limits);
    let text = format!("{} {accepted}", messages.empty_text);
    view! {
        <Empty icon="upload" title=messages.empty_title text=text>
            <Show when=move || can_add.get() fallback=move || view! { <p>{messages.cannot_add}</p> }>
                <Button kind=ButtonKind::Primary icon="upload" on_click=move |_| open_picker(files)>{messages.add_files}</Button>
                <Button icon="folder" on_click=move |_| open_picker(folder)>{messages.add_folder}</Button>
                <Button icon="text" on_click=move |_| is_pasting.set(true)>{messages.paste_text}</Button>
            </Show>
        </Empty>
    }
    .into_any()
}

#[component]
fn List(urls: Urls) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = use_screen();
    let (search, columns) = (urls.text("search"), use_columns(urls));
    let wanted = Memo::new(move |_| address::read(&urls.all()));
    let (all, delays) = (screen.documents.clone(), screen.delays);
    // Comparing ten thousand documents would cost more than showing them again.
    let arranged = Memo::new_with_compare(
        move |_| all.with(|all| wanted.with(|wanted| delays.with(|delays| arrange(&all.list, wanted, delays)))),
        |_, _| true,
    );
    let is_nothing = Memo::new(move |_| arranged.with(|arranged| arranged.shown.is_empty()));
    let rows = screen.rows;
    on_cleanup(move || {
        let _ = rows.try_set_value(None);
    });
    view! {
        <Stale />
        <Filters arranged urls columns />
        <div class:hidden=move || is_nothing.get()>
            <Table arranged urls columns on_rows=move |new| rows.set_value(Some(new)) />
        </div>
        <Show when=move || is_nothing.get()>
            <p class="nothing">
                {move || search.with(|search| {
                    if search.is_empty() { messages.nothing.to_owned() } else { (locale.messages.common.nothing_found_for)(search) }
                })}
            </p>
        </Show>
        <BatchBar arranged />
    }
}

/// Says that the list could not be renewed.
#[component]
fn Stale() -> impl IntoView {
    let locale = use_locale();
    let screen = use_screen();
    let (documents, index) = (screen.documents, StoredValue::new(screen.index));
    let has_error = Memo::new(move |_| documents.with(|documents| documents.error.is_some()));
    view! {
        <Show when=move || has_error.get()>
            <p class="stale" role="status">
                {locale.messages.errors.stale} " "
                <Button kind=ButtonKind::Quiet icon="retry" on_click=move |_| index.with_value(|index| index.reload())>
                    {locale.messages.common.retry}
                </Button>
            </p>
        </Show>
    }
}

/// The whole page takes files while some are dragged over it.
#[component]
fn DropOverlay(add: Callback<PickedFiles>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let Screen { dataset, can_add, has_pipeline, .. } = use_screen();
    let may_change = use_access().may(Right::Change);
    let is_over = RwSignal::new(false);
    picked::on_drop(
        move |over| {
            let runs = may_change && has_pipeline.try_get_untracked() == Some(true);
            let over = over && (runs || can_add.try_get_untracked() == Some(true));
            if is_over.try_get_untracked().is_some_and(|now| now != over) {
                is_over.set(over);
            }
        },
        move |files| {
            let _ = add.try_run(files);
        },
    );
    let name =
        move || dataset.with(|dataset: &Option<Arc<_>>| dataset.as_ref().map(|dataset| dataset.name.clone()).unwrap_or_default());
    view! {
        <Show when=move || is_over.get()>
            <div class="drop-overlay" role="status">
                <div>
                    <Icon name="upload" />
                    <strong>{messages.drop_title}</strong>
                    <span>{move || (messages.drop_text)(&visible(&name()))}</span>
                </div>
            </div>
        </Show>
    }
}
