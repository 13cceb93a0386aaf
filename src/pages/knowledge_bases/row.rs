//! One knowledge base in the list.

use leptos::prelude::*;
use loredesk_wire::{Dataset, IndexingTechnique};

use crate::{
    api::Client,
    components::{KnowledgeBaseDialog, Link, TagChips, Time, use_go},
    i18n::use_locale,
    model::id::KnowledgeBaseId,
    routes::Route,
    ui::{Menu, MenuItem},
};

/// A row.
#[component]
pub fn Row(
    /// The connection.
    client: Client,
    /// The knowledge base.
    dataset: Dataset,
    /// Asks for a dialog. They are the page's: a row is made anew when its numbers change, and would take them along.
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    let title = dataset.name.clone();
    let go = use_go();
    // Servers send UUIDs; one that does not cannot be opened, and its row says so by not being a link.
    let id = KnowledgeBaseId::parse(&dataset.id);
    let settings =
        id.clone().map(|knowledge_base| Route::Settings { connection: client.connection().to_owned(), knowledge_base });
    let name = match id {
        Some(knowledge_base) => {
            let to = Route::Documents { connection: client.connection().to_owned(), knowledge_base };
            view! { <Link to class="row-link">{title}</Link> }.into_any()
        }
        None => view! { <span>{title}</span> }.into_any(),
    };
    let description = Some(dataset.description.clone()).filter(|description| !description.is_empty());
    let technique = match dataset.indexing_technique {
        IndexingTechnique::HighQuality => messages.high_quality.to_owned(),
        IndexingTechnique::Economy => messages.economy.to_owned(),
        IndexingTechnique::Other(ref other) if other.is_empty() => messages.technique_open.to_owned(),
        IndexingTechnique::Other(ref other) => other.clone(),
    };
    let documents = locale.number(dataset.total_documents);
    let available = (dataset.total_available_documents < dataset.total_documents)
        .then(|| (messages.available)(&locale.number(dataset.total_available_documents), &documents));
    let (words, updated) = (locale.number(dataset.word_count), dataset.updated_at.or(dataset.created_at));
    let tags = dataset.tags.clone();
    let dataset = StoredValue::new(dataset);
    let ask = move |dialog: fn(Box<Dataset>) -> KnowledgeBaseDialog| wanted.set(Some(dialog(Box::new(dataset.get_value()))));
    let to_settings = Callback::new(move |()| {
        if let Some(settings) = &settings {
            go(settings, "");
        }
    });
    view! {
        <tr>
            <td class="name">
                {name}
                {description.map(|text| view! { <small title=text.clone()>{text.clone()}</small> })}
                <TagChips tags />
            </td>
            <td class="number" data-label=messages.documents>{documents}{available.map(|text| view! { <small>{text}</small> })}</td>
            <td class="number" data-label=messages.words>{words}</td>
            <td data-label=messages.technique>{technique}</td>
            <td data-label=messages.updated_at><Time seconds=updated /></td>
            <td class="row-actions">
                <Menu label=locale.messages.common.more_actions>
                    <MenuItem icon="settings" on_select=to_settings>{messages.settings}</MenuItem>
                    <MenuItem icon="edit" on_select=move |()| ask(KnowledgeBaseDialog::Tags)>{messages.edit_tags}</MenuItem>
                    <MenuItem icon="delete" is_danger=true on_select=move |()| ask(KnowledgeBaseDialog::Delete)>{messages.delete}</MenuItem>
                </Menu>
            </td>
        </tr>
    }
}
