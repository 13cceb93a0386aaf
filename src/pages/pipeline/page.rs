//! The page: its head, and the pipeline in its faces. The address holds version, source and credential.
//!
//! Carries out: listDatasourcePlugins.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Dataset, DatasourceNode, DatasourceType};

use super::{
    files::FilesSection,
    found::FoundSection,
    inputs::InputsSection,
    report::Report,
    run_bar::RunBar,
    source::{SourceSection, VersionChoice},
    work::Work,
};
use crate::{
    api::{Client, capabilities::Operation},
    components::{Allowed, KnowledgeBaseTab, Link, NotOffered, PageHeader, QueryView, urls::use_urls},
    i18n::{pipeline, use_locale},
    model::{access::Right, id::KnowledgeBaseId, knowledge_base::is_pipeline, pipeline::is_found_by_running},
    routes::Route,
    state::{
        capabilities::Capabilities,
        pipeline_runs::{PipelineRuns, use_surroundings},
        queries,
        query::{QueryHandle, use_query},
        toasts::Toasts,
    },
    ui::Empty,
};

/// The page.
#[component]
pub fn PipelinePage(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
) -> impl IntoView {
    let locale = use_locale();
    let parent = {
        let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
        use_query(move || Some(queries::KnowledgeBase(client.clone(), knowledge_base.clone())))
    };
    let title = Signal::derive(move || {
        let name = parent.data.with(|parent| parent.as_ref().map(|parent| parent.name.clone()));
        name.unwrap_or_else(|| locale.messages.common.pipeline.to_owned())
    });
    let tags =
        Signal::derive(move || parent.data.with(|parent| parent.as_ref().map(|parent| parent.tags.clone())).unwrap_or_default());
    let all = Route::KnowledgeBases { connection: client.connection().to_owned() };
    let breadcrumb = vec![(all, Signal::stored(locale.messages.common.knowledge_bases.to_owned()))];
    let tabs = (client.clone(), knowledge_base.clone(), KnowledgeBaseTab::Pipeline);
    let place = StoredValue::new((client, knowledge_base));
    view! {
        <PageHeader title breadcrumb tabs tags />
        <QueryView query=parent lines=8 let:dataset>
            {
                let has_pipeline = Memo::new(move |_| dataset.with(|dataset| is_pipeline(dataset)));
                move || {
                    let (client, knowledge_base) = place.get_value();
                    if has_pipeline.get() {
                        view! { <Pipeline client knowledge_base dataset /> }.into_any()
                    } else {
                        view! { <NoPipeline client knowledge_base /> }.into_any()
                    }
                }
            }
        </QueryView>
    }
}

/// A knowledge base without one, which only an address leads to.
#[component]
fn NoPipeline(client: Client, knowledge_base: KnowledgeBaseId) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let to = Route::Documents { connection: client.connection().to_owned(), knowledge_base };
    view! {
        <Empty icon="pipeline" title=messages.none_title text=messages.none_text>
            <Link to class="button primary">{messages.to_documents}</Link>
        </Empty>
    }
}

#[component]
fn Pipeline(client: Client, knowledge_base: KnowledgeBaseId, dataset: Signal<Arc<Dataset>>) -> impl IntoView {
    let urls = use_urls();
    let version = urls.text("version");
    let can_publish = Memo::new(move |_| dataset.with(|dataset| dataset.is_published));
    let is_published = Memo::new(move |_| can_publish.get() && version.with(|version| version != "draft"));
    let capabilities = expect_context::<Capabilities>();
    let query = {
        let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
        // A lack that is known is not asked for again.
        use_query(move || {
            let is_offered = capabilities.absence(&client, Operation::Pipelines).is_none();
            is_offered.then(|| queries::DataSources {
                client: client.clone(),
                knowledge_base: knowledge_base.clone(),
                is_published: is_published.get(),
            })
        })
    };
    let known = client.clone();
    Effect::new(move |_| {
        if query.data.with(Option::is_some) {
            capabilities.learn(&known, Operation::Pipelines, &Ok(()));
        } else if let Some(error) = query.error.get() {
            capabilities.learn::<()>(&known, Operation::Pipelines, &Err(error));
        }
    });
    expect_context::<PipelineRuns>().resume(use_surroundings(), &client, &knowledge_base);
    let asked = client.clone();
    let is_absent = Memo::new(move |_| capabilities.absence(&asked, Operation::Pipelines).is_some());
    let place = StoredValue::new((client.clone(), knowledge_base));
    view! {
        <div class="pipeline">
            <NotOffered client operation=Operation::Pipelines again=move |()| query.retry.run(()) />
            {move || (!is_absent.get()).then(|| {
                let (client, knowledge_base) = place.get_value();
                view! { <Sources client knowledge_base query is_published can_publish /> }
            })}
        </div>
    }
}

/// The sources, and what is done with the chosen one.
#[component]
fn Sources(
    client: Client,
    knowledge_base: KnowledgeBaseId,
    query: QueryHandle<Vec<DatasourceNode>>,
    is_published: Memo<bool>,
    can_publish: Memo<bool>,
) -> impl IntoView {
    let place = StoredValue::new((client, knowledge_base));
    view! {
        <QueryView query lines=6 let:nodes>
            {
                let (client, knowledge_base) = place.get_value();
                let (chosen, credential) = use_choice(nodes, &client, &knowledge_base);
                // Made anew for another source or version: what was typed for one does not fit the other.
                let node = Memo::new(move |_| chosen.get().map(|node| (node, is_published.get(), credential.get())));
                view! {
                    <SourceSection nodes chosen credential is_published can_publish />
                    {move || node.get().map(|(node, is_published, credential)| {
                        let (client, knowledge_base) = place.get_value();
                        view! { <Chosen client knowledge_base node is_published credential /> }
                    })}
                }
            }
        </QueryView>
    }
}

/// The source and the credential of the address; the first one, and the provider's default, where it names none.
fn use_choice(
    nodes: Signal<Arc<Vec<DatasourceNode>>>,
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
) -> (Memo<Option<DatasourceNode>>, Memo<Option<String>>) {
    let messages = pipeline::of(use_locale());
    let urls = use_urls();
    let (source, wanted) = (urls.text("source"), urls.text("credential"));
    let chosen = Memo::new(move |_| {
        nodes.with(|nodes| {
            let named = source.with(|source| nodes.iter().find(|node| node.node_id == *source));
            named.or_else(|| nodes.first()).cloned()
        })
    });
    let credential = Memo::new(move |_| {
        let id = wanted.get();
        let is_known = chosen.with(|node| node.as_ref().is_some_and(|node| node.credentials.iter().any(|one| one.id == id)));
        is_known.then_some(id)
    });
    // Files that were dropped on another page want a source that takes files.
    let runs = expect_context::<PipelineRuns>();
    let toasts = expect_context::<Toasts>();
    let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
    Effect::new(move |_| {
        let takes_files = |node: &&DatasourceNode| node.datasource_type == DatasourceType::LocalFile;
        let is_right = chosen.with(|node| node.as_ref().is_some_and(|node| takes_files(&node)));
        if is_right || !runs.has_handed(&client, &knowledge_base) {
            return;
        }
        match nodes.with_untracked(|nodes| nodes.iter().find(takes_files).map(|node| node.node_id.clone())) {
            Some(node) => urls.set(&[("source", &node), ("credential", "")]),
            None => {
                let _ = runs.take_handed(&client, &knowledge_base);
                toasts.problem(messages.takes_no_files);
            }
        }
    });
    (chosen, credential)
}

/// Inputs, things to take in, and the run, of one source.
#[component]
fn Chosen(
    client: Client,
    knowledge_base: KnowledgeBaseId,
    node: DatasourceNode,
    is_published: bool,
    credential: Option<String>,
) -> impl IntoView {
    let is_found = is_found_by_running(&node.datasource_type);
    let work = Work::new(client, knowledge_base, node, is_published, credential);
    provide_context(work);
    // Asking a source, too: what that sets going behind the server nobody here knows.
    view! {
        <Allowed right=Right::Change>
            <InputsSection />
            {if is_found { view! { <FoundSection /> }.into_any() } else { view! { <FilesSection /> }.into_any() }}
            <RunBar />
            <Report />
        </Allowed>
    }
}

/// A pipeline without a source, with the way to its other version.
#[component]
pub(super) fn NoSources(is_published: Memo<bool>, can_publish: Memo<bool>) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    view! {
        <Empty icon="pipeline" title=messages.no_sources_title text=messages.no_sources_text>
            <VersionChoice is_published can_publish />
        </Empty>
    }
}
