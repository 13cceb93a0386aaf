//! The server: what it is, where it answers, and what may be done on it.

use leptos::prelude::*;

use crate::{
    api::Client,
    components::use_go,
    config::{Connection, ConnectionKind},
    i18n::{Locale, about, use_locale},
    model::access::Right,
    routes::Route,
    state::{
        cache::Resource,
        capabilities::Capabilities,
        queries,
        query::{QueryCache, use_query},
        session::Session,
    },
    ui::Button,
};

/// The facts.
#[component]
pub fn ServerFacts(
    /// The connection's client.
    client: Client,
    /// The connection as it is configured.
    connection: Connection,
) -> impl IntoView {
    let locale = use_locale();
    let messages = about::of(locale);
    let session = expect_context::<Session>();
    let capabilities = expect_context::<Capabilities>();
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let id = connection.id.clone();
    let version = move || capabilities.version(&id).unwrap_or_else(|| messages.version_unknown.to_owned());
    let host = session.config().server.clone();
    let host = if host.name.is_empty() { messages.host_unknown.to_owned() } else { format!("{} {}", host.name, host.version) };
    let access = if client.access().may(Right::Change) { messages.access_change } else { messages.access_read };
    view! {
        <dl class="facts">
            {fact(messages.name, connection.name.into_any())}
            {fact(messages.kind, kind(locale, connection.kind).into_any())}
            {fact(messages.version, version.into_any())}
            {fact(messages.address, view! { <code>{client.url("")}</code> }.into_any())}
            {fact(messages.access, access.into_any())}
            {fact(messages.covers, view! { <Covered client=client.clone() /> }.into_any())}
            {fact(messages.host, host.into_any())}
            {fact(messages.desk, format!("Loredesk {}", env!("CARGO_PKG_VERSION")).into_any())}
        </dl>
    }
}

/// The API that a connection speaks.
#[must_use]
pub fn kind(locale: Locale, kind: ConnectionKind) -> &'static str {
    let messages = about::of(locale);
    match kind {
        ConnectionKind::Dify => messages.dify,
        ConnectionKind::Cognee => messages.cognee,
    }
}

/// Which knowledge bases there are: all, or the one that a person or the configuration named.
#[component]
fn Covered(client: Client) -> impl IntoView {
    let messages = about::of(use_locale());
    let (session, cache, go) = (expect_context::<Session>(), expect_context::<QueryCache>(), use_go());
    let Some(only) = client.access().only.clone() else { return messages.covers_all.into_any() };
    let (asked, id) = (client.clone(), only.clone());
    let one = use_query(move || Some(queries::KnowledgeBase(asked.clone(), id.clone())));
    let name = move || one.data.with(|one| one.as_ref().map_or_else(|| only.to_string(), |one| one.name.clone()));
    let connection = client.connection().to_owned();
    let is_told = session.is_told(&connection);
    let again = move |_| {
        session.tell(&connection, None);
        cache.invalidate(Resource::KnowledgeBases);
        go(&Route::KnowledgeBases { connection: connection.clone() }, "");
    };
    view! {
        {messages.covers_one} ": " {name}
        {is_told.then(|| view! { <p><Button icon="retry" on_click=again>{messages.covers_again}</Button></p> })}
    }
    .into_any()
}
