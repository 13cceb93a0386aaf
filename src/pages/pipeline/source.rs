//! The choice of version, source and credential.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{DatasourceNode, DatasourceType};

use super::page::NoSources;
use crate::{
    components::urls::use_urls,
    dom::visible::visible,
    i18n::{pipeline, use_locale},
    ui::{Icon, Segment, Segmented, Select, element_id},
};

/// The icon of a type of source, and its words.
fn look(messages: &pipeline::Pipeline, kind: &DatasourceType) -> (&'static str, String) {
    match kind {
        DatasourceType::LocalFile => ("upload", messages.local_file.to_owned()),
        DatasourceType::OnlineDocument => ("document", messages.online_document.to_owned()),
        DatasourceType::WebsiteCrawl => ("external", messages.website_crawl.to_owned()),
        DatasourceType::OnlineDrive => ("folder", messages.online_drive.to_owned()),
        // A newer server's own word says more than none.
        DatasourceType::Other(other) => ("server", visible(other)),
    }
}

/// The section; in place of it, where there is no source, what that means.
#[component]
pub fn SourceSection(
    /// The sources.
    nodes: Signal<Arc<Vec<DatasourceNode>>>,
    /// The one that is chosen.
    chosen: Memo<Option<DatasourceNode>>,
    /// The credential that is chosen; the provider's default without.
    credential: Memo<Option<String>>,
    /// Whether the published version is shown.
    is_published: Memo<bool>,
    /// Whether there is a published version.
    can_publish: Memo<bool>,
) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let is_empty = Memo::new(move |_| nodes.with(|nodes| nodes.is_empty()));
    move || {
        if is_empty.get() {
            return view! { <NoSources is_published can_publish /> }.into_any();
        }
        view! {
            <section class="settings-section">
                <header><h2>{messages.source}</h2><p>{messages.source_text}</p></header>
                <div class="form">
                    <SourceCards nodes chosen />
                    <Credentials chosen credential />
                    <VersionChoice is_published can_publish />
                </div>
            </section>
        }
        .into_any()
    }
}

/// The choice of the version.
#[component]
pub fn VersionChoice(
    /// Whether the published version is shown.
    is_published: Memo<bool>,
    /// Whether there is a published version.
    can_publish: Memo<bool>,
) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let urls = use_urls();
    let options = Signal::derive(move || {
        let reason = (!can_publish.get()).then(|| messages.not_published.to_owned());
        vec![
            Segment { value: "published".to_owned(), words: messages.published.to_owned(), reason },
            Segment { value: "draft".to_owned(), words: messages.draft.to_owned(), reason: None },
        ]
    });
    let hint = Signal::derive(move || match (can_publish.get(), is_published.get()) {
        (false, _) => messages.not_published.to_owned(),
        (_, true) => messages.published_hint.to_owned(),
        (_, false) => messages.draft_hint.to_owned(),
    });
    view! {
        <Segmented
            label=messages.version
            value=Signal::derive(move || if is_published.get() { "published" } else { "draft" }.to_owned())
            options
            hint
            on_change=move |value: String| urls.go(&[("version", if value == "draft" { "draft" } else { "" })])
        />
    }
}

#[component]
fn SourceCards(nodes: Signal<Arc<Vec<DatasourceNode>>>, chosen: Memo<Option<DatasourceNode>>) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let urls = use_urls();
    let name = element_id("source");
    let current = Memo::new(move |_| chosen.with(|node| node.as_ref().map(|node| node.node_id.clone())));
    let card = move |node: DatasourceNode| {
        let (icon, words) = look(messages, &node.datasource_type);
        let title = if node.title.is_empty() { words.clone() } else { visible(&node.title) };
        // What only says the same again is left out.
        let is_said = |provider: &str| [&title, &words].iter().any(|said| said.eq_ignore_ascii_case(provider));
        let provider =
            node.provider_name.filter(|provider| !provider.is_empty() && !is_said(provider)).map(|name| visible(&name));
        let detail = provider.map_or_else(|| words.clone(), |provider| format!("{words} · {provider}"));
        let (own, id) = (node.node_id.clone(), node.node_id);
        view! {
            <label class="source-card">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || current.with(|current| current.as_ref() == Some(&own))
                    on:change=move |_| urls.go(&[("source", &id), ("credential", "")])
                />
                <Icon name=icon />
                <span><strong title=title.clone()>{title.clone()}</strong><small>{detail}</small></span>
            </label>
        }
    };
    view! {
        <fieldset class="source-cards">
            <legend class="visually-hidden">{messages.source}</legend>
            {move || nodes.get().iter().cloned().map(&card).collect_view()}
        </fieldset>
    }
}

/// The choice among credentials, where there is any.
#[component]
fn Credentials(chosen: Memo<Option<DatasourceNode>>, credential: Memo<Option<String>>) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let urls = use_urls();
    let options = Memo::new(move |_| {
        chosen.with(|node| {
            let credentials = node.as_ref().map(|node| node.credentials.as_slice()).unwrap_or_default();
            let words = |one: &loredesk_wire::DatasourceCredential| {
                let name = visible(if one.name.is_empty() { &one.id } else { &one.name });
                if one.is_default { (messages.default_credential)(&name) } else { name }
            };
            credentials.iter().map(|one| (one.id.clone(), words(one))).collect::<Vec<_>>()
        })
    });
    move || {
        (!options.with(Vec::is_empty)).then(|| {
            let all = Signal::derive(move || {
                let first = (String::new(), messages.provider_default.to_owned());
                std::iter::once(first).chain(options.get()).collect::<Vec<_>>()
            });
            view! {
                <Select
                    label=messages.credential
                    value=Signal::derive(move || credential.get().unwrap_or_default())
                    options=all
                    on_change=move |id: String| urls.set(&[("credential", &id)])
                />
            }
        })
    }
}
