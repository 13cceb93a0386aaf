//! Deleting a knowledge base: by typing its name, with what goes and who still uses it.
//!
//! Carries out: deleteDataset.

use leptos::{ev::SubmitEvent, prelude::*};
use loredesk_wire::Dataset;

use crate::{
    api::{Client, safe_settings},
    components::{ErrorLine, use_go},
    dom::visible::visible,
    i18n::use_locale,
    model::id::KnowledgeBaseId,
    routes::Route,
    state::{cache::Resource, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, TextField},
};

/// The dialog.
#[component]
pub fn DeleteDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The connection.
    client: Client,
    /// The knowledge base that goes.
    dataset: Dataset,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    let mutation = Mutation::new();
    let title = (messages.delete_title)(&dataset.name);
    view! {
        <Dialog open title=title close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <Form open mutation client=client.clone() dataset=dataset.clone() />
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, mutation: Mutation, client: Client, dataset: Dataset) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let go = use_go();
    mutation.clear();
    let typed = RwSignal::new(String::new());
    // What stands there is what can be typed, also where the name itself has something hidden in it.
    let (name, shown) = (dataset.name.clone(), visible(&dataset.name));
    let is_confirmed = Memo::new(move |_| typed.with(|typed| typed.trim() == name.trim() || typed.trim() == shown.trim()));
    let (id, name) = (KnowledgeBaseId::parse(&dataset.id), dataset.name.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(id) = id.clone().filter(|_| is_confirmed.get_untracked()) else { return };
        let (client, name, go) = (client.clone(), name.clone(), go.clone());
        let connection = client.connection().to_owned();
        mutation.run(
            async move {
                let outcome = safe_settings::delete(&client, &id).await;
                cache.invalidate(Resource::KnowledgeBases);
                outcome
            },
            move |()| {
                open.set(false);
                toasts.done((messages.deleted)(&name));
                go(&Route::KnowledgeBases { connection }, "");
            },
        );
    };
    let documents = dataset.total_documents.max(dataset.document_count);
    view! {
        <form class="form" novalidate on:submit=submit>
            <p>{(messages.delete_text)(documents)}</p>
            {(dataset.app_count > 0).then(|| view! { <p class="warning-text">{(messages.delete_apps)(dataset.app_count)}</p> })}
            <TextField label=(messages.delete_confirm)(&visible(&dataset.name)) value=typed autofocus=true />
            <ErrorLine error=mutation.error() />
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button
                    kind=ButtonKind::Danger
                    kind_attribute="submit"
                    icon="delete"
                    disabled=Signal::derive(move || !is_confirmed.get())
                    pending=mutation.is_pending()
                >{messages.delete_submit}</Button>
            </footer>
        </form>
    }
}
