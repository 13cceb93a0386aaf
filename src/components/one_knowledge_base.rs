//! A key that may not list knowledge bases: the desk asks for the one that it is for, looks whether it opens, and remembers it.

use leptos::{ev::SubmitEvent, prelude::*};

use super::{ErrorLine, use_go, words::raw_details};
use crate::{
    api::{ApiError, Client, dify},
    i18n::{one_knowledge_base, use_locale},
    model::access::named,
    routes::Route,
    state::{mutation::Mutation, session::Session},
    ui::{Button, ButtonKind, TextField},
};

/// The form in place of the list.
#[component]
pub fn OneKnowledgeBase(
    /// The connection.
    client: Client,
    /// Why there is no list.
    error: ApiError,
    /// Asks for the list again.
    retry: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = one_knowledge_base::of(locale);
    let session = expect_context::<Session>();
    let go = use_go();
    let typed = RwSignal::new(String::new());
    let has_tried = RwSignal::new(false);
    let found = Memo::new(move |_| typed.with(|typed| named(typed)));
    let wrong = Signal::derive(move || (has_tried.get() && found.get().is_none()).then(|| messages.none_named.to_owned()));
    let mutation = Mutation::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        let Some(knowledge_base) = found.get_untracked() else { return };
        let (client, id, go) = (client.clone(), knowledge_base.clone(), go.clone());
        let connection = client.connection().to_owned();
        mutation.run(async move { dify::datasets::get(&client, &id).await }, move |_| {
            session.tell(&connection, Some(knowledge_base.clone()));
            go(&Route::Documents { connection, knowledge_base }, "");
        });
    };
    let said =
        Some(error.message.clone()).filter(|said| !said.is_empty()).map(|said| (locale.messages.errors.server_says)(&said));
    view! {
        <section class="one-knowledge-base">
            <h2>{messages.title}</h2>
            <p>{messages.text}</p>
            {said.map(|said| view! { <p class="said">{said}</p> })}
            <form class="form" novalidate on:submit=submit>
                <TextField label=messages.field value=typed hint=messages.hint.to_owned() error=wrong autofocus=true />
                <ErrorLine error=mutation.error() />
                <p class="row-buttons">
                    <Button on_click=move |_| retry.run(())>{locale.messages.common.retry}</Button>
                    <Button kind=ButtonKind::Primary kind_attribute="submit" pending=mutation.is_pending()>{messages.open}</Button>
                </p>
            </form>
            <details class="raw">
                <summary>{locale.messages.errors.details}</summary>
                <pre tabindex="0">{raw_details(&error)}</pre>
            </details>
        </section>
    }
}
