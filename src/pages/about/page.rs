//! The page: the server, what it offers, its limits, the requests, and all of it as a text to copy.

use leptos::{html, prelude::*, task::spawn_local};

use super::{capabilities::CapabilitiesTable, facts::ServerFacts, report, requests::RequestsTable};
use crate::{
    api::Client,
    components::PageHeader,
    config::Connection,
    dom::clipboard,
    i18n::{about, use_locale},
    state::{capabilities::Capabilities, requests::Requests, session::Session, toasts::Toasts},
    ui::{Button, ButtonKind},
};

/// The page.
#[component]
pub fn AboutPage(
    /// The connection.
    client: Client,
) -> impl IntoView {
    let locale = use_locale();
    let messages = about::of(locale);
    let session = expect_context::<Session>();
    let (requests, capabilities) = (expect_context::<Requests>(), expect_context::<Capabilities>());
    let toasts = expect_context::<Toasts>();
    let connection: Connection = session.connection(client.connection()).map(|(connection, _)| connection).unwrap_or_default();
    let title = (locale.messages.common.about)(&connection.name);
    let (of, asked) = (connection.clone(), client.clone());
    let text = Signal::derive(move || report::text(&session.config(), &of, &asked, capabilities, &requests.of(&of.id)));
    let fold = NodeRef::<html::Details>::new();
    let copy = move |_| {
        spawn_local(async move {
            if clipboard::copy(&text.get_untracked()).await {
                toasts.done(messages.copied);
            } else {
                if let Some(fold) = fold.get_untracked() {
                    fold.set_open(true);
                }
                toasts.problem(messages.not_copied);
            }
        });
    };
    let limits = session.config().limits.clone();
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <PageHeader title>
            <Button kind=ButtonKind::Primary icon="copy" on_click=copy>{messages.copy}</Button>
        </PageHeader>
        <div class="about">
            <section class="settings-section">
                <header><h2>{messages.server}</h2></header>
                <ServerFacts client=client.clone() connection=connection.clone() />
            </section>
            <section class="settings-section">
                <header><h2>{messages.capabilities}</h2><p>{messages.capabilities_text}</p></header>
                <CapabilitiesTable client=client.clone() />
            </section>
            <section class="settings-section">
                <header><h2>{messages.limits}</h2><p>{messages.limits_text}</p></header>
                <dl class="facts">
                    {fact(messages.largest, locale.bytes(limits.max_upload_bytes))}
                    {fact(messages.types, limits.extensions.join(", "))}
                </dl>
            </section>
            <section class="settings-section wide">
                <header><h2>{messages.requests}</h2><p>{messages.requests_text}</p></header>
                <RequestsTable connection=connection.id />
            </section>
            <section class="settings-section wide">
                <details class="raw report" node_ref=fold>
                    <summary>{messages.report}</summary>
                    <p>{messages.report_text}</p>
                    <pre tabindex="0">{move || text.get()}</pre>
                </details>
            </section>
        </div>
    }
}
