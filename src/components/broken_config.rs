//! What stands in place of the desk when its configuration cannot be used: every mistake with its line and what to write.

use leptos::prelude::*;
use serde_json::json;

use crate::{
    api::http::FetchProblem,
    config::{
        check::{Broken, Expected, Mistake, MistakeKind},
        quote::{self, Quote},
    },
    dom::{framing, location},
    i18n::{configuration::Configuration, use_locale},
    model::portal::print,
    ui::Button,
};

/// The smallest configuration that works.
const EXAMPLE: &str = r#"{
  "connections": [
    { "id": "local", "name": "Our server", "kind": "dify", "base": "api/local" }
  ]
}"#;

/// Why there is no configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigProblem {
    /// It did not come.
    Fetch(FetchProblem),
    /// This text came, and it is none.
    Broken(String, Broken),
}

/// The page about a configuration that cannot be used.
#[component]
pub fn BrokenConfig(
    /// What is wrong.
    problem: ConfigProblem,
) -> impl IntoView {
    let locale = use_locale();
    let messages = locale.configuration();
    let said = |title: String, text: String, more: AnyView| {
        tell_holder(&title);
        view! {
            <h1>{title}</h1>
            <p>{text}</p>
            {more}
        }
        .into_any()
    };
    let told = |told: &crate::i18n::configuration::Told, more| said(told.title.to_owned(), told.remedy.to_owned(), more);
    let example = || {
        view! {
            <p>{messages.example}</p>
            <pre tabindex="0">{EXAMPLE}</pre>
        }
        .into_any()
    };
    let content = match problem {
        ConfigProblem::Fetch(FetchProblem::Status(404 | 410)) => told(&messages.absent, example()),
        ConfigProblem::Fetch(FetchProblem::Status(status @ (401 | 403))) => {
            let (title, text) = (messages.refused)(status);
            said(title.to_owned(), text, ().into_any())
        }
        ConfigProblem::Fetch(FetchProblem::Status(status)) => {
            let (title, text) = (messages.failed)(status);
            said(title.to_owned(), text, ().into_any())
        }
        ConfigProblem::Fetch(FetchProblem::Unreachable | FetchProblem::SignedOut) => said(
            locale.messages.common.unreachable.to_owned(),
            locale.messages.common.unreachable_remedy.to_owned(),
            ().into_any(),
        ),
        ConfigProblem::Broken(_, Broken::Html) => told(&messages.is_page, example()),
        ConfigProblem::Broken(text, Broken::NotJson { line, column, said }) => {
            let place = (messages.line_and_column)(line, column);
            let quote = quote::at_column(&text, line, column);
            told(
                &messages.not_json,
                view! { <ol class="mistakes"><MistakeItem place line=String::new() words=said quote /></ol> }.into_any(),
            )
        }
        ConfigProblem::Broken(text, Broken::Mistakes(mistakes)) => {
            let title = (messages.mistakes)(mistakes.len());
            let mut mistakes: Vec<_> =
                mistakes.into_iter().map(|mistake| (quote::at_place(&text, &mistake.place), mistake)).collect();
            // In the order of the file, as one goes through it.
            mistakes.sort_by_key(|(quote, _)| quote.as_ref().map(|quote| (quote.line, quote.column)));
            let items = mistakes.into_iter().map(|(quote, mistake)| {
                let line = quote.as_ref().map(|quote| (messages.line)(quote.line)).unwrap_or_default();
                let words = words(messages, &mistake, quote.as_ref());
                let place = if mistake.place.is_empty() { messages.whole_file.to_owned() } else { mistake.place };
                view! { <MistakeItem place line words quote /> }
            });
            said(title, messages.mistakes_text.to_owned(), view! { <ol class="mistakes">{items.collect_view()}</ol> }.into_any())
        }
    };
    view! {
        <main class="notice broken-config">
            <div role="alert">{content}</div>
            <p>{messages.remedy}</p>
            <Button icon="retry" on_click=|_| location::reload()>{locale.messages.common.retry}</Button>
        </main>
    }
}

/// Without a configuration nobody is listed; but whoever holds the page in a frame, the server has let in.
fn tell_holder(title: &str) {
    if let Some(holder) =
        framing::ancestors().and_then(|ancestors| ancestors.into_iter().next()).filter(|holder| holder != "null")
    {
        framing::say(&print("error", json!({"message": title})), &holder);
    }
}

/// A mistake: where, what to write, and the line.
#[component]
fn MistakeItem(place: String, line: String, words: String, quote: Option<Quote>) -> impl IntoView {
    view! {
        <li>
            <p class="mistake-place"><strong>{place}</strong> <span>{line}</span></p>
            <p>{words}</p>
            {quote.map(|Quote { line, before, marked, after, .. }| view! {
                <pre class="source" tabindex="0"><span class="line-number" aria-hidden="true">{line}</span>{before}<mark>{marked}</mark>{after}</pre>
            })}
        </li>
    }
}

/// The mistake in words. `quote` has what stands there now.
fn words(messages: &Configuration, Mistake { place, kind }: &Mistake, quote: Option<&Quote>) -> String {
    let key = place.rsplit('.').next().unwrap_or_default();
    let list = |known: &[&str]| known.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
    match kind {
        MistakeKind::UnknownKey(known) => match quote::nearest(key, known) {
            Some(meant) => (messages.perhaps_meant)(key, meant),
            None => (messages.unknown_key)(key, &known.join(", ")),
        },
        MistakeKind::WrongType(expected) => match expected {
            Expected::Text => messages.text,
            Expected::Truth => messages.truth,
            Expected::Number => messages.number,
            Expected::List => messages.list,
            Expected::Object => messages.object,
        }
        .to_owned(),
        MistakeKind::Missing => {
            let write = match key {
                "id" => messages.write_id,
                "name" => messages.write_name,
                _ => messages.write_base,
            };
            format!("{} {write}", messages.missing)
        }
        MistakeKind::NoConnections => messages.no_connections.to_owned(),
        MistakeKind::BadId => {
            // `"id": "a/b"`: what stands between the last two quotes.
            let id = quote.and_then(|quote| quote.marked.rsplit('"').nth(1)).unwrap_or("local");
            let better: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
            let better = better.trim_matches('-');
            (messages.bad_id)(if better.is_empty() { "local" } else { better })
        }
        MistakeKind::RepeatedId => messages.repeated_id.to_owned(),
        MistakeKind::UnknownKind(known) | MistakeKind::UnknownLanguage(known) => (messages.one_of)(&list(known)),
        MistakeKind::LeavesOrigin if key == "sign_out" => messages.sign_out_leaves.to_owned(),
        MistakeKind::LeavesOrigin => messages.base_leaves.to_owned(),
        MistakeKind::NotUuid => messages.not_uuid.to_owned(),
        MistakeKind::MoreThanOrigin(right) => (messages.more_than_origin)(right),
        MistakeKind::WildcardOrigin => messages.wildcard.to_owned(),
        MistakeKind::NotOrigin => messages.not_origin.to_owned(),
        MistakeKind::NotPositive => messages.not_positive.to_owned(),
        MistakeKind::BadExtension(right) => (messages.bad_extension)(if right.is_empty() { "pdf" } else { right }),
    }
}
