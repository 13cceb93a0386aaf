//! The screen: its head, and its two views. The address holds the view, the filters, and on a narrow window the document.

use leptos::prelude::*;

use super::{field_dialog::FieldDialog, fields::FieldsView, preview_dialog::PreviewDialog, screen::Screen, values::ValuesView};
use crate::{
    api::Client,
    components::{
        Allowed, KnowledgeBaseTab, PageHeader, QueryView,
        urls::{Urls, use_urls},
    },
    i18n::use_locale,
    model::{access::Right, id::KnowledgeBaseId, metadata::Field},
    routes::Route,
    state::{document_index::DocumentIndexes, queries, query::use_query},
    ui::{Button, ButtonKind, Empty},
};

/// The metadata of a knowledge base.
#[component]
pub fn MetadataPage(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
) -> impl IntoView {
    let locale = use_locale();
    let messages = locale.metadata();
    let index = expect_context::<DocumentIndexes>().of(&client, &knowledge_base);
    index.open();
    let (of, id) = (client.clone(), knowledge_base.clone());
    let parent = use_query(move || Some(queries::KnowledgeBase(of.clone(), id.clone())));
    let (of, id) = (client.clone(), knowledge_base.clone());
    let list = use_query(move || Some(queries::MetadataFields(of.clone(), id.clone())));
    let (of, id) = (client.clone(), knowledge_base.clone());
    let built_in = use_query(move || Some(queries::BuiltInFields(of.clone(), id.clone())));
    let screen = Screen::new(client.clone(), knowledge_base.clone(), index, list, built_in);
    provide_context(screen);
    drop_lost_changes(screen);

    let urls = use_urls();
    // On every tab, so that the tabs do not move when one changes between them.
    let tags =
        Signal::derive(move || parent.data.with(|parent| parent.as_ref().map(|parent| parent.tags.clone())).unwrap_or_default());
    let title = Signal::derive(move || {
        let name = parent.data.with(|parent| parent.as_ref().map(|parent| parent.name.clone()));
        name.unwrap_or_else(|| locale.messages.common.metadata.to_owned())
    });
    let all = Route::KnowledgeBases { connection: client.connection().to_owned() };
    let breadcrumb = vec![(all, Signal::stored(locale.messages.common.knowledge_bases.to_owned()))];
    let tabs = (client, knowledge_base, KnowledgeBaseTab::Metadata);
    let is_adding = RwSignal::new(false);
    let has_fields = Memo::new(move |_| !screen.fields.with(Vec::is_empty));
    let view = urls.text("view");
    let is_fields = Memo::new(move |_| view.with(|view| view == "fields"));
    view! {
        <PageHeader title breadcrumb tabs tags>
            <Allowed right=Right::Change>
                <Button icon="plus" on_click=move |_| is_adding.set(true)>{messages.field.new}</Button>
            </Allowed>
        </PageHeader>
        <QueryView query=list lines=10 let:_data>
            {move || if is_fields.get() {
                view! { <Views urls is_fields /> <FieldsView on_new=move |()| is_adding.set(true) /> }.into_any()
            } else if has_fields.get() {
                view! { <ValuesView urls><Views urls is_fields /></ValuesView> }.into_any()
            } else {
                view! { <Views urls is_fields /> <NoFields is_adding /> }.into_any()
            }}
        </QueryView>
        <FieldDialog open=is_adding field=Signal::stored(None::<Field>) />
        <PreviewDialog />
    }
}

/// The two views.
#[component]
fn Views(urls: Urls, is_fields: Memo<bool>) -> impl IntoView {
    let messages = use_locale().metadata();
    let view = move |words: &'static str, value: &'static str, is_on: Signal<bool>| {
        view! {
            <button
                type="button"
                aria-pressed=move || if is_on.get() { "true" } else { "false" }
                on:click=move |_| urls.go(&[("view", value)])
            >{words}</button>
        }
    };
    view! {
        <div class="views" role="group" aria-label=messages.view>
            {view(messages.values, "", Signal::derive(move || !is_fields.get()))}
            {view(messages.fields, "fields", Signal::derive(move || is_fields.get()))}
        </div>
    }
}

/// What stands where no field is yet.
#[component]
pub fn NoFields(is_adding: RwSignal<bool>) -> impl IntoView {
    let messages = use_locale().metadata();
    view! {
        <Empty icon="filter" title=messages.field.none_title text=messages.field.none_text>
            <Allowed right=Right::Change>
                <Button kind=ButtonKind::Primary icon="plus" on_click=move |_| is_adding.set(true)>{messages.field.new}</Button>
            </Allowed>
        </Empty>
    }
}

/// Changes of fields and documents that are gone cannot be saved any more; that is told, not hidden.
fn drop_lost_changes(screen: Screen) {
    let locale = use_locale();
    Effect::new(move |_| {
        // Only what is known for certain: both lists, completely and just now.
        let has_fields = screen.list.data.with(Option::is_some) && !screen.list.is_fetching.get();
        let is_current = screen.documents.with(|documents| documents.is_current());
        if !has_fields || !is_current || screen.edits.with_untracked(|edits| edits.values() == 0) {
            return;
        }
        let is_field = |id: &str| screen.fields.with_untracked(|fields| fields.iter().any(|field| field.id == id));
        let ids: std::collections::HashSet<String> =
            screen.documents.with_untracked(|documents| documents.list.iter().map(|document| document.id.clone()).collect());
        let mut edits = screen.edits.get_untracked();
        let lost = edits.retain(|document| ids.contains(document), is_field) as u64;
        if lost > 0 {
            screen.edits.set(edits);
            screen.note.set(Some((locale.metadata().save.lost)(lost, &locale.number(lost))));
        }
    });
}
