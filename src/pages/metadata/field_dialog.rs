//! The form of a new field, and of a field's new name. Its rules are checked as one types.
//!
//! Carries out: createMetadataField, updateMetadataField.

use leptos::{ev, prelude::*};
use loredesk_wire::{CreateMetadataField, MetadataType};

use super::screen::use_screen;
use crate::{
    api::dify,
    components::{ErrorLine, metadata_values::words},
    i18n::use_locale,
    model::{
        id::MetadataFieldId,
        metadata::{Field, NAME_MAX, NameProblem, name_problem},
    },
    state::{cache::Resource, mutation::Mutation, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, Segment, Segmented, TextField},
};

/// The dialog. With a field it renames that one.
#[component]
pub fn FieldDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The field to rename.
    #[prop(into)]
    field: Signal<Option<Field>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().field;
    let mutation = Mutation::new();
    let title = move || {
        field.with(|field| {
            field.as_ref().map_or_else(|| messages.new_title.to_owned(), |field| (messages.rename_title)(&field.name))
        })
    };
    Effect::new(move |_| {
        if open.get() {
            mutation.clear();
        }
    });
    view! {
        <Dialog open title=Signal::derive(title) close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <Form open field=field.get_untracked() mutation />
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, field: Option<Field>, mutation: Mutation) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().field;
    let screen = use_screen();
    let (cache, toasts) = (expect_context::<QueryCache>(), expect_context::<Toasts>());
    let name = RwSignal::new(field.as_ref().map(|field| field.name.clone()).unwrap_or_default());
    let kind = RwSignal::new(MetadataType::Text.as_str().to_owned());
    let has_tried = RwSignal::new(false);
    let own = StoredValue::new(field.clone());
    let problem = Memo::new(move |_| {
        screen.fields.with(|fields| {
            let own = own.with_value(|own| own.as_ref().map(|own| own.id.clone()));
            let others = fields.iter().filter(|field| Some(&field.id) != own.as_ref()).map(|field| field.name.as_str());
            screen.built_in.with(|built_in| name.with(|name| name_problem(name.trim(), built_in, others)))
        })
    });
    // What is missing is said only when it was sent; what is wrong, as it is typed.
    let shown = Signal::derive(move || {
        let problem = problem.get().filter(|problem| has_tried.get() || *problem != NameProblem::Empty)?;
        let at = [
            NameProblem::Empty,
            NameProblem::TooLong,
            NameProblem::Start,
            NameProblem::Characters,
            NameProblem::BuiltIn,
            NameProblem::Taken,
        ];
        at.iter().position(|known| *known == problem).map(|at| messages.problems[at].to_owned())
    });
    let is_new = field.is_none();
    let is_same =
        Memo::new(move |_| own.with_value(|own| own.as_ref().is_some_and(|own| name.with(|name| name.trim() == own.name))));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        if problem.get_untracked().is_some() || is_same.get_untracked() {
            return;
        }
        let wanted = name.get_untracked().trim().to_owned();
        let (client, knowledge_base) = (screen.client.get_value(), screen.knowledge_base.get_value());
        let id = own.with_value(|own| own.as_ref().and_then(|own| MetadataFieldId::parse(&own.id)));
        let body = CreateMetadataField { kind: MetadataType::from(kind.get_untracked().as_str()), name: wanted.clone() };
        let write = async move {
            let outcome = match id {
                Some(id) => dify::metadata::rename(&client, &knowledge_base, &id, &wanted).await,
                None => dify::metadata::create(&client, &knowledge_base, &body).await,
            };
            for resource in [Resource::MetadataFields, Resource::KnowledgeBase, Resource::Document] {
                cache.invalidate(resource);
            }
            outcome
        };
        mutation.run(write, move |field| {
            toasts.done(if is_new { (messages.created)(&field.name) } else { (messages.renamed)(&field.name) });
            if !is_new {
                // The documents carry the name beside their values.
                screen.index.with_value(crate::state::document_index::DocumentIndex::reload);
            }
            open.set(false);
        });
    };
    let options = [MetadataType::Text, MetadataType::Number, MetadataType::Time].map(|kind| Segment {
        value: kind.as_str().to_owned(),
        words: words::kind(locale, &kind),
        reason: None,
    });
    let kind_hint = Signal::derive(move || {
        let hint = match MetadataType::from(kind.get().as_str()) {
            MetadataType::Number => messages.number_hint,
            MetadataType::Time => messages.time_hint,
            _ => messages.text_hint,
        };
        format!("{hint} {}", messages.kind_stays)
    });
    let hint = if is_new { messages.name_hint.to_owned() } else { format!("{} {}", messages.name_hint, messages.rename_hint) };
    view! {
        <form class="form" novalidate on:submit=submit>
            <TextField label=messages.name value=name hint=Signal::stored(hint) error=shown most=NAME_MAX autofocus=true />
            {is_new.then(|| view! {
                <Segmented label=messages.kind value=kind options=Signal::stored(options.to_vec()) hint=kind_hint on_change=move |value| kind.set(value) />
            })}
            <ErrorLine error=mutation.error() />
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button
                    kind=ButtonKind::Primary
                    kind_attribute="submit"
                    pending=mutation.is_pending()
                    disabled=Signal::derive(move || is_same.get())
                >{if is_new { messages.create } else { locale.messages.common.save }}</Button>
            </footer>
        </form>
    }
}
