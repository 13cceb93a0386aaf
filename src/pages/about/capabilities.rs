//! What the server was found to have and to lack, with a way to look again: by asking about things that cannot be there
//! (`api/probe.rs`).

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{Client, ErrorKind, capabilities::Operation, probe::probe},
    components::{absence_words, operation_words, words::error_words},
    i18n::{about, use_locale},
    model::access::Right,
    state::{
        capabilities::{Capabilities, Known},
        toasts::Toasts,
    },
    ui::{Button, IconButton, Status, Tone},
};

/// A row an operation.
#[component]
pub fn CapabilitiesTable(
    /// The connection.
    client: Client,
) -> impl IntoView {
    let messages = about::of(use_locale());
    let is_checking = RwSignal::new(None::<Option<Operation>>);
    let check = use_check(client.clone(), is_checking);
    let rows = Operation::ALL.map(|operation| view! { <Row client=client.clone() operation check is_checking /> });
    view! {
        <div>
            <ul class="capabilities">{rows.collect_view()}</ul>
            <p class="row-buttons">
                <Button
                    icon="retry"
                    pending=Signal::derive(move || is_checking.get() == Some(None))
                    disabled=Signal::derive(move || matches!(is_checking.get(), Some(Some(_))))
                    on_click=move |_| check.run(None)
                >{messages.check_all}</Button>
            </p>
        </div>
    }
}

/// Looks for one operation, or for all of them one after the other.
fn use_check(client: Client, is_checking: RwSignal<Option<Option<Operation>>>) -> Callback<Option<Operation>> {
    let locale = use_locale();
    let messages = about::of(locale);
    let (capabilities, toasts) = (expect_context::<Capabilities>(), expect_context::<Toasts>());
    Callback::new(move |wanted: Option<Operation>| {
        if is_checking.get_untracked().is_some() {
            return;
        }
        is_checking.set(Some(wanted));
        let client = client.clone();
        spawn_local(async move {
            let all = Operation::ALL.into_iter().filter(|operation| wanted.is_none_or(|wanted| wanted == *operation));
            for operation in all.filter(|operation| can_check(&client, *operation)) {
                let outcome = probe(&client, operation).await;
                // What was known is forgotten only where something new is known.
                capabilities.learn(&client, operation, &outcome);
                let Err(error) = outcome else { continue };
                let is_told = crate::api::capabilities::absence(&error).is_some();
                let is_away = matches!(error.kind, ErrorKind::Offline | ErrorKind::Timeout | ErrorKind::Unauthorized);
                if is_away {
                    toasts.problem(error_words(locale.messages, &error).cause);
                    break;
                }
                if !is_told {
                    toasts.problem((messages.unclear)(operation_words(locale, operation)[0]));
                }
            }
            let _ = is_checking.try_set(None);
        });
    })
}

/// Whether looking makes sense: not where the key or the connection decides.
fn can_check(client: &Client, operation: Operation) -> bool {
    let is_of_key = operation.is_of_workspace() && !client.access().has_list();
    let is_write = operation == Operation::DocumentPatch;
    !is_of_key && (!is_write || client.access().may(Right::Change))
}

#[component]
fn Row(
    client: Client,
    operation: Operation,
    check: Callback<Option<Operation>>,
    is_checking: RwSignal<Option<Option<Operation>>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = about::of(locale);
    let capabilities = expect_context::<Capabilities>();
    let [name, _] = operation_words(locale, operation);
    let can_check = can_check(&client, operation);
    let absence = {
        let client = client.clone();
        move || capabilities.absence(&client, operation)
    };
    let known = Memo::new(move |_| capabilities.known(&client, operation));
    let absence = Memo::new(move |_| absence());
    #[expect(clippy::cast_possible_truncation, reason = "a time")]
    let since = move || match known.get() {
        Known::Works(at) | Known::Lacks(_, at) => Some((at / 1000.0) as i64),
        Known::Nothing => None,
    };
    let status = move || match (absence.get(), known.get()) {
        (Some(_), _) => view! { <Status tone=Tone::Warning text=messages.lacks /> },
        (None, Known::Works(_)) => view! { <Status tone=Tone::Good text=messages.works /> },
        (None, _) => view! { <Status tone=Tone::Off text=messages.untried /> },
    };
    let why = move || {
        absence.get().map(|absence| {
            let instead = instead(locale, operation);
            view! { <p>{absence_words(locale, absence)} {instead.map(|instead| format!(" {instead}"))}</p> }
        })
    };
    let when = move || {
        since().map(|since| {
            view! { <p class="since" title=locale.exactly(since)>{(messages.since)(&locale.ago(since))}</p> }
        })
    };
    view! {
        <li>
            <div class="capability">
                <strong>{name}</strong>
                {status}
                {why}
                {when}
            </div>
            {can_check.then(|| view! {
                <IconButton
                    icon="retry"
                    label=(messages.check)(name)
                    disabled=Signal::derive(move || is_checking.with(Option::is_some))
                    on_click=move |_| check.run(Some(operation))
                />
            })}
        </li>
    }
}

/// What the desk does in place of it.
fn instead(locale: crate::i18n::Locale, operation: Operation) -> Option<&'static str> {
    let instead = &about::of(locale).instead;
    match operation {
        Operation::Download => Some(instead.download),
        Operation::DownloadZip => Some(instead.download_zip),
        Operation::Models => Some(instead.models),
        Operation::DocumentPatch => Some(instead.document_patch),
        Operation::Tags | Operation::Pipelines => None,
    }
}
