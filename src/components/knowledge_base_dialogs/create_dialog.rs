//! The form of a knowledge base: to make one, and to change its name, description and permission.

use leptos::{ev::SubmitEvent, prelude::*};
use loredesk_wire::{CreateDataset, Dataset, IndexingTechnique, Permission, UpdateDataset};

use crate::{
    api::{Client, dify},
    components::{ErrorLine, use_go},
    i18n::use_locale,
    model::{
        id::KnowledgeBaseId,
        knowledge_base::{DESCRIPTION_MAX, NAME_MAX, NameProblem, check_name},
    },
    routes::Route,
    state::{cache::Resource, mutation::Mutation, queries, query::QueryCache, query::use_query, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, Select, TextField},
};

/// What the form is for.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one a dialog, never in a list")]
pub enum FormPurpose {
    /// Makes a new knowledge base and goes to it.
    Create,
    /// Changes this one.
    Edit(Dataset),
}

/// The dialog with the form.
#[component]
pub fn FormDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The connection.
    client: Client,
    /// What it is for.
    purpose: FormPurpose,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    let mutation = Mutation::new();
    let title = if purpose == FormPurpose::Create { messages.create_title } else { messages.edit_title };
    view! {
        <Dialog open title=title.to_owned() close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <Form open mutation client=client.clone() purpose=purpose.clone() />
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, mutation: Mutation, client: Client, purpose: FormPurpose) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    mutation.clear();
    let before = match &purpose {
        FormPurpose::Create => Dataset { permission: Permission::OnlyMe, ..Dataset::default() },
        FormPurpose::Edit(dataset) => dataset.clone(),
    };
    let name = RwSignal::new(before.name.clone());
    let description = RwSignal::new(before.description.clone());
    let permission = RwSignal::new(before.permission.as_str().to_owned());
    // Said once one has tried: an empty form is not wrong yet.
    let has_tried = RwSignal::new(false);

    let others = {
        let client = client.clone();
        use_query(move || Some(queries::KnowledgeBases(client.clone())))
    };
    let own_id = before.id.clone();
    let name_problem = Memo::new(move |_| {
        let all = others.data.get();
        let taken = all.iter().flat_map(|all| all.iter()).filter(|other| other.id != own_id).map(|other| other.name.as_str());
        name.with(|name| check_name(name, taken)).err()
    });
    let name_error = Signal::derive(move || match name_problem.get()? {
        NameProblem::Empty => has_tried.get().then(|| messages.name_empty.to_owned()),
        NameProblem::TooLong => Some(messages.name_too_long.to_owned()),
        NameProblem::Taken => Some(messages.name_taken.to_owned()),
    });
    let is_description_long = Memo::new(move |_| description.with(|text| text.chars().count() > DESCRIPTION_MAX));
    let description_error = Signal::derive(move || is_description_long.get().then(|| messages.description_too_long.to_owned()));

    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let go = use_go();
    let submit_client = client.clone();
    let submit_purpose = purpose.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        if name_problem.get_untracked().is_some() || is_description_long.get_untracked() {
            crate::dom::focus::first("dialog[open] [aria-invalid]");
            return;
        }
        let body = (
            name.get_untracked().trim().to_owned(),
            description.get_untracked(),
            Permission::from(permission.get_untracked().as_str()),
        );
        let (client, purpose, go) = (submit_client.clone(), submit_purpose.clone(), go.clone());
        let connection = client.connection().to_owned();
        let is_new = purpose == FormPurpose::Create;
        mutation.run(
            async move {
                let outcome = save(&client, &purpose, body).await;
                // Also after an error: a lost answer may have done it.
                cache.invalidate(Resource::KnowledgeBases);
                cache.invalidate(Resource::KnowledgeBase);
                outcome
            },
            move |saved: Dataset| {
                open.set(false);
                toasts.done(if is_new { (messages.created)(&saved.name) } else { (messages.updated)(&saved.name) });
                if let Some(knowledge_base) = KnowledgeBaseId::parse(&saved.id).filter(|_| is_new) {
                    go(&Route::Documents { connection, knowledge_base }, "");
                }
            },
        );
    };
    let known = [
        (Permission::OnlyMe, messages.only_me),
        (Permission::AllTeamMembers, messages.all_team_members),
        (Permission::PartialMembers, messages.partial_members),
    ];
    // Members cannot be listed through the API, so that choice is only offered where it is already made.
    let kept = before.permission.clone();
    let choices: Vec<(String, String)> = known
        .into_iter()
        .filter(|(value, _)| *value != Permission::PartialMembers || kept == Permission::PartialMembers)
        .map(|(value, words)| (value.as_str().to_owned(), words.to_owned()))
        .collect();
    let submit_word = if purpose == FormPurpose::Create { messages.create_submit } else { locale.messages.common.save };
    view! {
        <form class="form" novalidate on:submit=submit>
            <TextField label=messages.name value=name most=NAME_MAX error=name_error autofocus=true />
            <TextField
                label=messages.description
                value=description
                rows=3
                most=DESCRIPTION_MAX
                hint=messages.description_hint.to_owned()
                error=description_error
            />
            <Select
                label=messages.permission
                value=permission
                options=choices
                on_change=move |value| permission.set(value)
            />
            <ErrorLine error=mutation.error() />
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary kind_attribute="submit" pending=mutation.is_pending()>{submit_word}</Button>
            </footer>
        </form>
    }
}

async fn save(
    client: &Client,
    purpose: &FormPurpose,
    (name, description, permission): (String, String, Permission),
) -> Result<Dataset, crate::api::ApiError> {
    match purpose {
        FormPurpose::Create => {
            let body = CreateDataset {
                name,
                description: Some(description),
                permission: Some(permission),
                indexing_technique: Some(IndexingTechnique::Economy),
                ..CreateDataset::default()
            };
            dify::datasets::create(client, &body).await
        }
        FormPurpose::Edit(before) => {
            let Some(id) = KnowledgeBaseId::parse(&before.id) else { return Ok(before.clone()) };
            // Only what changed is sent: a change of something else meanwhile is not undone.
            let body = UpdateDataset {
                name: (name != before.name).then_some(name),
                description: (description != before.description).then_some(description),
                permission: (permission != before.permission).then_some(permission),
                ..UpdateDataset::default()
            };
            dify::datasets::update(client, &id, &body).await
        }
    }
}
