//! The requests of this session, newest first; those that failed can be had alone.

use leptos::prelude::*;

use crate::{
    api::exchange::Exchange,
    components::urls::use_urls,
    dom::format,
    i18n::{about, use_locale},
    state::requests::Requests,
};

/// The table.
#[component]
pub fn RequestsTable(
    /// Connection id.
    connection: String,
) -> impl IntoView {
    let locale = use_locale();
    let messages = about::of(locale);
    let requests = expect_context::<Requests>();
    let urls = use_urls();
    let show = urls.text("show");
    let all = Memo::new(move |_| requests.of(&connection));
    let is_failed_only = Memo::new(move |_| show.with(|show| show == "failed"));
    let shown = Memo::new(move |_| {
        let all = all.get();
        if is_failed_only.get() { all.into_iter().filter(Exchange::is_failed).collect() } else { all }
    });
    let count = move |failed: bool| {
        let count = all.with(|all| all.iter().filter(|one| !failed || one.is_failed()).count());
        locale.number(count as u64)
    };
    let chip = move |is_failed: bool, word: &'static str| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (is_failed_only.get() == is_failed).to_string()
                on:click=move |_| urls.set(&[("show", if is_failed { "failed" } else { "" })])
            >{word} " " <span class="chip-count">{move || count(is_failed)}</span></button>
        }
    };
    let row = move |exchange: Exchange| {
        let is_failed = exchange.is_failed();
        let status = match (exchange.status, exchange.code.as_str()) {
            (0, _) => messages.no_answer.to_owned(),
            (status, "") => status.to_string(),
            (status, code) => format!("{status} {code}"),
        };
        view! {
            <tr class:failed=is_failed>
                <td data-label=messages.time><time datetime=format::utc(exchange.at) title=locale.exactly(exchange.at)>{locale.ago(exchange.at)}</time></td>
                <td class="request"><b>{exchange.method}</b> " " <code>{exchange.path}</code></td>
                <td data-label=messages.status>{status}</td>
                <td class="number" data-label=messages.took>{(messages.milliseconds)(&locale.number(exchange.milliseconds))}</td>
            </tr>
        }
    };
    view! {
        <div class="requests">
            <div class="chips-row" role="group" aria-label=messages.requests>
                {chip(false, messages.all)}
                {chip(true, messages.failed)}
            </div>
            <Show
                when=move || shown.with(|shown| !shown.is_empty())
                fallback=move || view! {
                    <p class="nothing">{move || if is_failed_only.get() { messages.no_failures } else { messages.no_requests }}</p>
                }
            >
                <div class="requests-scroller" tabindex="0" role="region" aria-label=messages.requests>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{messages.time}</th>
                                <th scope="col">{messages.request}</th>
                                <th scope="col">{messages.status}</th>
                                <th scope="col" class="number">{messages.took}</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || shown.get() key=|exchange| exchange.number children=row />
                        </tbody>
                    </table>
                </div>
            </Show>
        </div>
    }
}
