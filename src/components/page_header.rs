//! The head of a page: where one is, its title, its actions, its tabs.

use leptos::prelude::*;
use loredesk_wire::Tag;

use super::{Link, TagChips, shortcuts::focus_title, use_access};
use crate::{
    api::Client,
    dom::visible::visible,
    i18n::{Messages, use_locale},
    model::{id::KnowledgeBaseId, knowledge_base::is_pipeline},
    routes::Route,
    state::{queries, query::use_query, title::TabTitle},
};

/// A tab of a knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnowledgeBaseTab {
    /// Its documents.
    Documents,
    /// Its pipeline, where it has one.
    Pipeline,
    /// Retrieval on it.
    Retrieval,
    /// Its metadata.
    Metadata,
    /// Its settings.
    Settings,
}

/// The tabs of a knowledge base, in their order, with what they are called. That of the pipeline is for those that have one.
pub fn tabs(
    messages: &'static Messages,
    connection: &str,
    knowledge_base: &KnowledgeBaseId,
) -> impl Iterator<Item = (KnowledgeBaseTab, Route, &'static str)> + use<> {
    let (connection, knowledge_base) = (connection.to_owned(), knowledge_base.clone());
    let documents = Route::Documents { connection: connection.clone(), knowledge_base: knowledge_base.clone() };
    let pipeline = Route::Pipeline { connection: connection.clone(), knowledge_base: knowledge_base.clone() };
    let retrieval = Route::Retrieval { connection: connection.clone(), knowledge_base: knowledge_base.clone() };
    let metadata = Route::Metadata { connection: connection.clone(), knowledge_base: knowledge_base.clone() };
    let settings = Route::Settings { connection, knowledge_base };
    [
        (KnowledgeBaseTab::Documents, documents, messages.common.documents),
        (KnowledgeBaseTab::Pipeline, pipeline, messages.common.pipeline),
        (KnowledgeBaseTab::Retrieval, retrieval, messages.common.retrieval),
        (KnowledgeBaseTab::Metadata, metadata, messages.common.metadata),
        (KnowledgeBaseTab::Settings, settings, messages.knowledge_bases.settings),
    ]
    .into_iter()
}

/// The head of a page. The last part of the way there is the title itself and is not repeated.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// The way there: places and their names.
    #[prop(optional)]
    breadcrumb: Vec<(Route, Signal<String>)>,
    /// The knowledge base and the tab that is open, on its pages.
    #[prop(optional)]
    tabs: Option<(Client, KnowledgeBaseId, KnowledgeBaseTab)>,
    /// The tags of the knowledge base.
    #[prop(optional, into)]
    tags: Option<Signal<Vec<Tag>>>,
    /// A sentence below the title.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// The actions at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let messages = use_locale().messages;
    let title = Memo::new(move |_| title.with(|title| visible(title)));
    let tab = expect_context::<TabTitle>();
    Effect::new(move |_| tab.set_page(&format!("{} · {}", title.get(), messages.common.product)));
    // The first page after a load leaves the focus to the browser.
    if tab.turn_page() {
        focus_title();
    }
    // Without a list there is no way to it.
    let has_list = use_access().has_list();
    let mut breadcrumb = breadcrumb;
    breadcrumb.retain(|(to, _)| has_list || !matches!(to, Route::KnowledgeBases { .. }));
    let has_breadcrumb = !breadcrumb.is_empty();
    let crumbs = breadcrumb
        .into_iter()
        .map(|(to, name)| view! { <li><Link to>{move || name.with(|name| visible(name))}</Link></li> })
        .collect_view();
    let has_tabs = tabs.is_some();
    let tabs = tabs.map(|(client, knowledge_base, open)| {
        let all = self::tabs(messages, client.connection(), &knowledge_base);
        // Every page with tabs reads it: this asks for nothing more.
        let known = use_query(move || Some(queries::KnowledgeBase(client.clone(), knowledge_base.clone())));
        let has_pipeline = Memo::new(move |_| {
            open == KnowledgeBaseTab::Pipeline || known.data.with(|known| known.as_ref().is_some_and(|known| is_pipeline(known)))
        });
        let links = all.map(|(tab, route, name)| {
            let is_shown = move || tab != KnowledgeBaseTab::Pipeline || has_pipeline.get();
            move || is_shown().then(|| view! { <Link to=route.clone() is_current=open == tab class="tab">{name}</Link> })
        });
        view! { <nav class="tabs" aria-label=move || title.get()>{links.collect_view()}</nav> }
    });
    view! {
        <header class="page-header" class:has-tabs=has_tabs>
            {has_breadcrumb.then(|| view! { <ol class="breadcrumb">{crumbs}</ol> })}
            <div class="title-row">
                <h1 tabindex="-1" title=move || title.get()>{move || title.get()}</h1>
                {children.map(|children| view! { <div class="actions">{children()}</div> })}
            </div>
            {tags.map(|tags| move || view! { <TagChips tags=tags.get() /> })}
            {text.map(|text| view! { <p class="page-text">{move || text.get()}</p> })}
            {tabs}
        </header>
    }
}
