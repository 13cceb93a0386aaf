//! The fields: name, type, use; renaming and deleting. Below them the built-in ones.
//!
//! Carries out: listMetadataFields, deleteMetadataField, toggleBuiltInMetadataField, getBuiltInMetadataFields.

use leptos::prelude::*;
use loredesk_wire::{BuiltInField, MetadataFieldUse};

use super::{field_dialog::FieldDialog, screen::use_screen};
use crate::{
    api::dify,
    components::{Allowed, ErrorLine, metadata_values::words, words::error_words},
    dom::visible::visible,
    i18n::use_locale,
    model::{access::Right, id::MetadataFieldId, metadata::Field},
    state::{cache::Resource, delayed::Delayed, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Empty, Menu, MenuItem, Status, Switch, Tone},
};

/// The view.
#[component]
pub fn FieldsView(
    /// Opens the form of a new field.
    #[prop(into)]
    on_new: Callback<()>,
) -> impl IntoView {
    let messages = use_locale().metadata();
    let screen = use_screen();
    let (is_renaming, renamed) = (RwSignal::new(false), RwSignal::new(None::<Field>));
    let rename = Callback::new(move |field: Field| {
        renamed.set(Some(field));
        is_renaming.set(true);
    });
    let list =
        Memo::new(move |_| screen.list.data.with(|list| list.as_ref().map(|list| list.doc_metadata.clone()).unwrap_or_default()));
    let is_empty = Memo::new(move |_| list.with(Vec::is_empty));
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=move || view! {
                <Empty icon="filter" title=messages.field.none_title text=messages.field.none_text>
                    <Allowed right=Right::Change>
                        <Button kind=ButtonKind::Primary icon="plus" on_click=move |_| on_new.run(())>{messages.field.new}</Button>
                    </Allowed>
                </Empty>
            }
        >
            <table class="table fields" aria-label=messages.field.table>
                <thead>
                    <tr>
                        <th scope="col">{messages.field.name}</th>
                        <th scope="col">{messages.field.kind}</th>
                        <th scope="col">{messages.field.usage}</th>
                        <th class="row-actions"><span class="visually-hidden">{use_locale().messages.common.more_actions}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || list.get() key=|field| (field.id.clone(), field.name.clone(), field.count) let:field>
                        <FieldRow field rename />
                    </For>
                </tbody>
            </table>
        </Show>
        <BuiltIn />
        <FieldDialog open=is_renaming field=renamed />
    }
}

/// A field. It stays in its place while there is still time to take its deletion back.
#[component]
fn FieldRow(field: MetadataFieldUse, rename: Callback<Field>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().field;
    let screen = use_screen();
    let delayed = expect_context::<Delayed>();
    let (cache, toasts) = (expect_context::<QueryCache>(), expect_context::<Toasts>());
    let id = MetadataFieldId::parse(&field.id);
    let key = StoredValue::new(format!("{}/{}", screen.client.with_value(|client| client.connection().to_owned()), field.id));
    let is_going = Memo::new(move |_| key.with_value(|key| delayed.is_pending(key)));
    let own = Field { id: field.id.clone(), name: field.name.clone(), kind: field.kind.clone() };
    let (name, count) = (field.name.clone(), field.count);
    let can_change = id.is_some();
    let rename = Callback::new(move |()| rename.run(own.clone()));
    let delete = Callback::new(move |()| {
        let Some(id) = id.clone() else { return };
        let (client, knowledge_base) = (screen.client.get_value(), screen.knowledge_base.get_value());
        let name = name.clone();
        let text = (messages.deleting)(&name, count, &locale.number(count));
        key.with_value(|key| {
            delayed.start(key, text, move || {
                // Nothing of the page: it may be left by now.
                leptos::task::spawn_local(async move {
                    match dify::metadata::delete(&client, &knowledge_base, &id).await {
                        Ok(()) => toasts.done((messages.deleted)(&name)),
                        Err(error) => toasts.problem((messages.not_deleted)(&name, &error_words(locale.messages, &error).cause)),
                    }
                    for resource in [Resource::MetadataFields, Resource::KnowledgeBase, Resource::Document] {
                        cache.invalidate(resource);
                    }
                });
            });
        });
    });
    let name = visible(&field.name);
    let usage = if count == 0 { messages.unused.to_owned() } else { (messages.used_by)(count, &locale.number(count)) };
    view! {
        <tr class:going=move || is_going.get()>
            <td class="name" title=name.clone()>{name.clone()}</td>
            <td data-label=messages.kind>{words::kind(locale, &field.kind)}</td>
            <td data-label=messages.usage class:none=count == 0>
                <Show when=move || is_going.get() fallback=move || usage.clone()>
                    <Status tone=Tone::Waiting text=messages.is_deleting />
                </Show>
            </td>
            <td class="row-actions">
                <Allowed right=Right::Change>
                    <Show when=move || !is_going.get()>
                        <Menu label=locale.messages.common.more_actions>
                            <MenuItem icon="edit" disabled=Signal::stored(!can_change) on_select=rename>{messages.rename}</MenuItem>
                            <MenuItem icon="delete" is_danger=true disabled=Signal::stored(!can_change) on_select=delete>{messages.delete}</MenuItem>
                        </Menu>
                    </Show>
                </Allowed>
            </td>
        </tr>
    }
}

/// The fields that the server fills in, and their switch.
#[component]
fn BuiltIn() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().field;
    let screen = use_screen();
    let cache = expect_context::<QueryCache>();
    let mutation = Mutation::new();
    let server = Memo::new(move |_| screen.list.data.with(|list| list.as_ref().is_some_and(|list| list.built_in_field_enabled)));
    let value = RwSignal::new(server.get_untracked());
    Effect::new(move |_| value.set(server.get()));
    let (client, knowledge_base) = (screen.client.get_value(), screen.knowledge_base.get_value());
    Effect::new(move |before: Option<bool>| {
        let wanted = value.get();
        if before.is_some() && wanted != server.get_untracked() {
            let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
            let write = async move {
                let outcome = dify::metadata::set_built_in(&client, &knowledge_base, wanted).await;
                for resource in [Resource::MetadataFields, Resource::KnowledgeBase, Resource::Document] {
                    cache.invalidate(resource);
                }
                outcome
            };
            mutation.run(write, |()| {});
        }
        wanted
    });
    // What could not be switched is shown as it is.
    Effect::new(move |_| {
        if mutation.error().with(Option::is_some) {
            value.set(server.get_untracked());
        }
    });
    let names = move || {
        let name = |field: BuiltInField| {
            let words = words::built_in(locale, &field.name).map_or_else(|| words::kind(locale, &field.kind), str::to_owned);
            view! { <li><code>{field.name}</code> " " {words}</li> }
        };
        screen.built_in.get().into_iter().map(name).collect_view()
    };
    view! {
        <section class="built-in">
            <div class="built-in-head">
                <h2>{messages.built_in}</h2>
                <Allowed right=Right::Change><Switch value label=messages.built_in is_label_hidden=true /></Allowed>
                <span class="none">{move || if value.get() { messages.is_on } else { messages.is_off }}</span>
            </div>
            <p>{messages.built_in_text}</p>
            <ul>{names}</ul>
            <ErrorLine error=mutation.error() />
        </section>
    }
}
