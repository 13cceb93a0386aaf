//! The page: the form, the tags, what is fixed, and the end of it all.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Dataset;

use super::{fixed::FixedFacts, form::Form, reading::SettingsReading};
use crate::{
    api::Client,
    components::{
        Allowed, DeleteDialog, KnowledgeBaseDialog, KnowledgeBaseTab, LazyDialogs, PageHeader, QueryView, TagEditor, use_access,
    },
    i18n::{settings, tags, use_locale},
    model::{access::Right, id::KnowledgeBaseId},
    routes::Route,
    state::{queries, query::use_query},
    ui::{Button, ButtonKind},
};

/// The settings of a knowledge base.
#[component]
pub fn SettingsPage(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
) -> impl IntoView {
    let locale = use_locale();
    let messages = settings::of(locale);
    let query = {
        let (client, id) = (client.clone(), knowledge_base.clone());
        use_query(move || Some(queries::KnowledgeBase(client.clone(), id.clone())))
    };
    let title = Signal::derive(move || {
        let name = query.data.with(|dataset| dataset.as_ref().map(|dataset| dataset.name.clone()));
        name.unwrap_or_else(|| messages.title.to_owned())
    });
    let all = Route::KnowledgeBases { connection: client.connection().to_owned() };
    let breadcrumb = vec![(all, Signal::stored(locale.messages.common.knowledge_bases.to_owned()))];
    let tabs = (client.clone(), knowledge_base.clone(), KnowledgeBaseTab::Settings);
    let place = StoredValue::new((client, knowledge_base));
    let may_change = use_access().may(Right::Change);
    let own_tags = Signal::derive(move || {
        query.data.with(|dataset| dataset.as_ref().map(|dataset| dataset.tags.clone())).unwrap_or_default()
    });
    view! {
        <PageHeader title breadcrumb tabs tags=own_tags />
        <QueryView query lines=12 let:dataset>
            {
                let (client, knowledge_base) = place.get_value();
                view! {
                    {if may_change {
                        view! { <Form client=client.clone() knowledge_base=knowledge_base.clone() dataset /> }.into_any()
                    } else {
                        view! { <SettingsReading dataset /> }.into_any()
                    }}
                    <Beside client knowledge_base dataset />
                }
            }
        </QueryView>
    }
}

/// What is not part of the form: each of these is done at once.
#[component]
fn Beside(client: Client, knowledge_base: KnowledgeBaseId, dataset: Signal<Arc<Dataset>>) -> impl IntoView {
    let locale = use_locale();
    let (common, messages, tag_words) = (&locale.messages.knowledge_bases, settings::of(locale), tags::of(locale));
    let wanted = RwSignal::new(None::<KnowledgeBaseDialog>);
    let is_deleting = RwSignal::new(false);
    // The dialog is made for what is known when it opens: an answer that comes meanwhile must not empty it.
    let doomed = RwSignal::new(None::<Dataset>);
    let delete = move |_| {
        doomed.set(Some(dataset.with_untracked(|dataset| Dataset::clone(dataset))));
        is_deleting.set(true);
    };
    let apps = move || dataset.with(|dataset| (dataset.app_count > 0).then(|| (common.delete_apps)(dataset.app_count)));
    let (editor_client, dialog_client) = (client.clone(), client.clone());
    view! {
        <Allowed right=Right::Library>
            <section class="settings-section">
                <header><h2>{common.tags}</h2><p>{tag_words.text}</p></header>
                <div class="form">
                    <TagEditor client=editor_client knowledge_base />
                    <p>
                        <Button kind=ButtonKind::Quiet icon="settings" on_click=move |_| wanted.set(Some(KnowledgeBaseDialog::ManageTags))>
                            {tag_words.manage}
                        </Button>
                    </p>
                </div>
            </section>
        </Allowed>
        <section class="settings-section">
            <header><h2>{messages.fixed}</h2><p>{messages.fixed_text}</p></header>
            <FixedFacts dataset />
        </section>
        <Allowed right=Right::Library>
            <section class="settings-section danger-zone">
                <header><h2>{messages.danger}</h2><p>{messages.danger_text}</p></header>
                <div class="form">
                    {move || apps().map(|apps| view! { <p class="warning-text">{apps}</p> })}
                    <p><Button kind=ButtonKind::Danger icon="delete" on_click=delete>{messages.delete}</Button></p>
                </div>
            </section>
        </Allowed>
        <LazyDialogs client wanted />
        {move || {
            let client = dialog_client.clone();
            doomed.get().map(|dataset| view! { <DeleteDialog open=is_deleting client dataset /> })
        }}
    }
}
