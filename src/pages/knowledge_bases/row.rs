//! One knowledge base in the list.

use leptos::prelude::*;
use loredesk_wire::{Dataset, IndexingTechnique};

use crate::{
    api::Client,
    components::{Allowed, KnowledgeBaseDialog, Link, TagChips, Time, use_go},
    dom::visible::visible,
    i18n::use_locale,
    model::{access::Right, id::KnowledgeBaseId, knowledge_base::is_pipeline},
    routes::Route,
    ui::{Icon, Menu, MenuItem},
};

/// A row. It stays while its knowledge base changes, so that the focus does.
#[component]
pub fn Row(
    /// The connection.
    client: Client,
    /// The knowledge base as it was when the row was made.
    dataset: Dataset,
    /// Those on screen, to follow this one.
    shown: Signal<Vec<Dataset>>,
    /// Asks for a dialog. They are the page's: a row may go, and would take them along.
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    let go = use_go();
    let id = dataset.id.clone();
    // Servers send UUIDs; one that does not cannot be opened, and its row says so by not being a link.
    let known = KnowledgeBaseId::parse(&id);
    let settings =
        known.clone().map(|knowledge_base| Route::Settings { connection: client.connection().to_owned(), knowledge_base });
    let to = known.map(|knowledge_base| Route::Documents { connection: client.connection().to_owned(), knowledge_base });
    // A row that is about to leave keeps what it showed.
    let now = Memo::new(move |before: Option<&Dataset>| {
        let found = shown.with(|shown| shown.iter().find(|dataset| dataset.id == id).cloned());
        found.or_else(|| before.cloned()).unwrap_or_else(|| dataset.clone())
    });
    let title = move || now.with(|dataset| visible(&dataset.name));
    let name = match to {
        Some(to) => view! { <Link to class="row-link">{title}</Link> }.into_any(),
        None => view! { <span>{title}</span> }.into_any(),
    };
    let description = move || {
        let text = now.with(|dataset| visible(&dataset.description));
        (!text.is_empty()).then(|| view! { <small title=text.clone()>{text.clone()}</small> })
    };
    let has_pipeline = Memo::new(move |_| now.with(is_pipeline));
    let pipeline = locale.messages.common.pipeline;
    let technique = move || {
        now.with(|dataset| match &dataset.indexing_technique {
            IndexingTechnique::HighQuality => messages.high_quality.to_owned(),
            IndexingTechnique::Economy => messages.economy.to_owned(),
            IndexingTechnique::Other(other) if other.is_empty() => messages.technique_open.to_owned(),
            IndexingTechnique::Other(other) => other.clone(),
        })
    };
    let documents = move || {
        let (all, available) = now.with(|dataset| (dataset.total_documents, dataset.total_available_documents));
        let text = locale.number(all);
        let part = (available < all).then(|| (messages.available)(&locale.number(available), &text));
        view! { {text} {part.map(|part| view! { <small>{part}</small> })} }
    };
    let tags = move || view! { <TagChips tags=now.with(|dataset| dataset.tags.clone()) /> };
    let ask = move |dialog: fn(Box<Dataset>) -> KnowledgeBaseDialog| wanted.set(Some(dialog(Box::new(now.get_untracked()))));
    let to_settings = Callback::new(move |()| {
        if let Some(settings) = &settings {
            go(settings, "");
        }
    });
    view! {
        <tr>
            <td class="name">{name} {description} {tags}</td>
            <td class="number" data-label=messages.documents>{documents}</td>
            <td class="number" data-label=messages.words>{move || locale.number(now.with(|dataset| dataset.word_count))}</td>
            <td data-label=messages.technique>
                {technique}
                {move || has_pipeline.get().then(|| view! { <small class="mode"><Icon name="pipeline" />{pipeline}</small> })}
            </td>
            <td data-label=messages.updated_at>{move || view! { <Time seconds=now.with(|dataset| dataset.updated_at.or(dataset.created_at)) /> }}</td>
            <td class="row-actions">
                <Menu label=locale.messages.common.more_actions>
                    <MenuItem icon="settings" on_select=to_settings>{messages.settings}</MenuItem>
                    <Allowed right=Right::Library>
                        <MenuItem icon="edit" on_select=move |()| ask(KnowledgeBaseDialog::Tags)>{messages.edit_tags}</MenuItem>
                        <MenuItem icon="delete" is_danger=true on_select=move |()| ask(KnowledgeBaseDialog::Delete)>{messages.delete}</MenuItem>
                    </Allowed>
                </Menu>
            </td>
        </tr>
    }
}
