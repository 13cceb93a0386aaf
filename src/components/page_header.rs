//! The head of a page: where one is, its title, its actions, its tabs.

use leptos::prelude::*;

use super::Link;
use crate::{api::Client, i18n::use_locale, model::id::KnowledgeBaseId, routes::Route, state::title::TabTitle};

/// A tab of a knowledge base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnowledgeBaseTab {
    /// Its documents.
    Documents,
    /// Retrieval on it.
    Retrieval,
    /// Its metadata.
    Metadata,
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
    /// A sentence below the title.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// The actions at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let messages = use_locale().messages;
    let tab = expect_context::<TabTitle>();
    Effect::new(move |_| tab.set_page(&format!("{} · {}", title.get(), messages.common.product)));
    let has_breadcrumb = !breadcrumb.is_empty();
    let crumbs = breadcrumb.into_iter().map(|(to, name)| view! { <li><Link to>{move || name.get()}</Link></li> }).collect_view();
    let has_tabs = tabs.is_some();
    let tabs = tabs.map(|(client, knowledge_base, open)| {
        let connection = client.connection().to_owned();
        let tab = |tab, route, name: &'static str| view! { <Link to=route is_current=open == tab class="tab">{name}</Link> };
        view! {
            <nav class="tabs" aria-label=move || title.get()>
                {tab(
                    KnowledgeBaseTab::Documents,
                    Route::Documents { connection: connection.clone(), knowledge_base: knowledge_base.clone() },
                    messages.common.documents,
                )}
                {tab(
                    KnowledgeBaseTab::Retrieval,
                    Route::Retrieval { connection: connection.clone(), knowledge_base: knowledge_base.clone() },
                    messages.common.retrieval,
                )}
                {tab(KnowledgeBaseTab::Metadata, Route::Metadata { connection, knowledge_base }, messages.common.metadata)}
            </nav>
        }
    });
    view! {
        <header class="page-header" class:has-tabs=has_tabs>
            {has_breadcrumb.then(|| view! { <ol class="breadcrumb">{crumbs}</ol> })}
            <div class="title-row">
                <h1 title=move || title.get()>{move || title.get()}</h1>
                {children.map(|children| view! { <div class="actions">{children()}</div> })}
            </div>
            {text.map(|text| view! { <p class="page-text">{move || text.get()}</p> })}
            {tabs}
        </header>
    }
}
