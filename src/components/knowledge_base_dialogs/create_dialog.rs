//! Making a knowledge base. A name is enough; the rest waits behind "More settings".
//!
//! Carries out: createDataset.

use leptos::{ev::SubmitEvent, html, prelude::*};
use loredesk_wire::{Dataset, ModelType, SummaryIndexSetting};

use crate::{
    api::{
        ApiError, Client, dify,
        safe_settings::{self, field_of},
    },
    components::{
        ErrorLine, ModelPicker,
        settings_fields::{
            DescriptionField, ExternalFields, IndexFields, NameField, PermissionFields, RetrievalDefaultsFields, SettingsState,
            Wrong,
        },
        use_go,
        words::error_words,
    },
    dom::focus,
    i18n::{settings, use_locale},
    model::{
        id::KnowledgeBaseId,
        settings::{self as rules, ModelChoice, NewKind, Problem, SettingsForm},
    },
    routes::Route,
    state::{
        cache::Resource, mutation::Mutation, queries, query::QueryCache, query::use_query, session::Session, toasts::Toasts,
    },
    ui::{Button, ButtonKind, Dialog, Icon, Select, Switch, TextField},
};

/// The dialog.
#[component]
pub fn CreateDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The connection.
    client: Client,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    let mutation = Mutation::new();
    view! {
        <Dialog open title=messages.create_title.to_owned() close_label=locale.messages.common.close is_held=mutation.is_pending()>
            <Form open mutation client=client.clone() />
        </Dialog>
    }
}

fn name_of(kind: NewKind) -> &'static str {
    match kind {
        NewKind::Own => "vendor",
        NewKind::Pipeline => "pipeline",
        NewKind::External => "external",
    }
}

fn kind_of(name: &str) -> NewKind {
    let all = [NewKind::Own, NewKind::Pipeline, NewKind::External];
    all.into_iter().find(|kind| name_of(*kind) == name).unwrap_or(NewKind::Own)
}

/// What can be made. No operation of the contract makes a pipeline; the embedded host has one built in.
fn kinds(messages: &settings::Settings, is_embedded: bool) -> Vec<(String, String)> {
    let own = Some((NewKind::Own, messages.provider_own));
    let pipeline = is_embedded.then_some((NewKind::Pipeline, messages.provider_pipeline));
    let external = Some((NewKind::External, messages.provider_external));
    let all = [own, pipeline, external].into_iter().flatten();
    all.map(|(kind, words)| (name_of(kind).to_owned(), words.to_owned())).collect()
}

/// A new one begins as the contract has it: for its maker alone, economy.
fn blank() -> SettingsForm {
    SettingsForm {
        permission: "only_me".to_owned(),
        technique: "economy".to_owned(),
        external_top_k: "2".to_owned(),
        ..SettingsForm::default()
    }
}

#[component]
fn Form(open: RwSignal<bool>, mutation: Mutation, client: Client) -> impl IntoView {
    let locale = use_locale();
    let (common, messages) = (&locale.messages.knowledge_bases, settings::of(locale));
    mutation.clear();
    let state = SettingsState::new(&blank());
    let kind = RwSignal::new(NewKind::Own);
    let is_external = Memo::new(move |_| kind.get() == NewKind::External);
    let config = expect_context::<Session>().config();
    let is_embedded = config.connection(client.connection()).is_some_and(|own| own.embedded);
    let (has_retrieval, has_summary) = (RwSignal::new(false), RwSignal::new(false));
    let (summary_model, summary_prompt) = (RwSignal::new(ModelChoice::default()), RwSignal::new(String::new()));
    let has_tried = RwSignal::new(false);
    let fold = NodeRef::<html::Details>::new();
    // The name of an attempt whose answer was lost: one of that name is then no stranger's.
    let unsure = RwSignal::new(None::<String>);
    let others = {
        let client = client.clone();
        use_query(move || Some(queries::KnowledgeBases(client.clone())))
    };
    let problems = Memo::new(move |_| {
        let all = others.data.get();
        let own = unsure.get();
        let names = all.iter().flat_map(|all| all.iter()).map(|other| other.name.as_str());
        let taken = names.filter(|name| own.as_deref() != Some(*name));
        let form = state.now();
        let found = rules::problems(&form, None, is_external.get(), taken);
        // Settings that are not sent are not wrong.
        let counts = |problem: &Problem| {
            has_retrieval.get() || !matches!(problem, Problem::TopK | Problem::MethodNeedsEmbeddings | Problem::NoRerankModel)
        };
        found.into_iter().filter(counts).collect::<Vec<_>>()
    });
    let refused = Signal::derive(move || mutation.error().get().and_then(|error| Some((field_of(&error)?, error.message))));
    let wrong = Wrong { problems, has_tried, refused };

    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let go = use_go();
    let submit_client = client.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        has_tried.set(true);
        if !problems.with_untracked(Vec::is_empty) {
            // What is wrong has to be in view.
            let is_below =
                problems.with_untracked(|problems| problems.iter().any(|problem| !matches!(problem, Problem::Name(_))));
            if let Some(fold) = fold.get_untracked().filter(|_| is_below) {
                let _ = fold.set_attribute("open", "");
            }
            request_animation_frame(|| focus::first("dialog[open] [aria-invalid]"));
            return;
        }
        let kind = kind.get_untracked();
        let has_summary = has_summary.get_untracked() && kind == NewKind::Own;
        let summary = has_summary.then(|| summary_setting(summary_model, summary_prompt));
        let form = untrack(move || state.now());
        let members = rules::members_after(&form, kind == NewKind::External);
        let body = rules::create(&form, kind, has_retrieval.get_untracked(), summary);
        let is_unsure = unsure.with_untracked(|name| name.as_ref() == Some(&body.name));
        let (client, go) = (submit_client.clone(), go.clone());
        let connection = client.connection().to_owned();
        mutation.run(
            async move {
                let outcome = safe_settings::create(&client, &body, is_unsure).await;
                let is_unsure = outcome.as_ref().is_err_and(|unmade| unmade.is_unsure);
                let _ = unsure.try_set(Some(body.name).filter(|_| is_unsure));
                // Creating takes no list of members: it goes behind. Where that fails, the new one is its maker's alone.
                let mut without = None;
                if let (Ok(made), Some(members)) = (&outcome, &members)
                    && let Some(id) = KnowledgeBaseId::parse(&made.id)
                {
                    without = dify::datasets::update(&client, &id, members).await.err();
                }
                // Also after an error: a lost answer may have done it.
                cache.invalidate(Resource::KnowledgeBases);
                outcome.map(|made| (made, without)).map_err(|unmade| unmade.error)
            },
            move |(saved, without): (Dataset, Option<ApiError>)| {
                open.set(false);
                match without {
                    None => toasts.done((common.created)(&saved.name)),
                    Some(error) => {
                        toasts.problem((messages.members_not_set)(&saved.name, &error_words(locale.messages, &error).cause))
                    }
                }
                if let Some(knowledge_base) = KnowledgeBaseId::parse(&saved.id) {
                    go(&Route::Documents { connection, knowledge_base }, "");
                }
            },
        );
    };
    let more = StoredValue::new(client);
    view! {
        <form class="form" novalidate on:submit=submit>
            <NameField state wrong autofocus=true />
            <details class="more" node_ref=fold>
                <summary><Icon name="down" />{messages.more}</summary>
                <div class="form">
                    <DescriptionField state wrong />
                    <PermissionFields state wrong />
                    <Select
                        label=messages.provider
                        value=Signal::derive(move || name_of(kind.get()).to_owned())
                        options=kinds(messages, is_embedded)
                        hint=Signal::derive(move || match kind.get() {
                            NewKind::Pipeline => messages.pipeline_new_hint.to_owned(),
                            NewKind::Own if !is_embedded => messages.pipeline_elsewhere.to_owned(),
                            _ => String::new(),
                        })
                        on_change=move |value: String| kind.set(kind_of(&value))
                    />
                    <Show
                        when=move || is_external.get()
                        fallback=move || view! {
                            <IndexFields client=more.get_value() state wrong />
                            <Switch value=has_retrieval label=messages.own_retrieval />
                            <Show when=move || has_retrieval.get()>
                                <RetrievalDefaultsFields
                                    client=more.get_value()
                                    state=state.retrieval
                                    wrong
                                    has_embeddings=Signal::derive(move || state.technique.with(|now| now == "high_quality"))
                                />
                            </Show>
                            // A pipeline has a step of its own for that.
                            <Show when=move || kind.get() == NewKind::Own>
                                <Switch value=has_summary label=messages.summary_switch />
                                <p class="hint">{messages.summary_hint}</p>
                            </Show>
                            <Show when=move || has_summary.get() && kind.get() == NewKind::Own>
                                <ModelPicker
                                    client=more.get_value()
                                    kind=ModelType::Llm
                                    label=messages.summary_model
                                    value=summary_model
                                />
                                <TextField label=messages.summary_prompt value=summary_prompt rows=3 />
                            </Show>
                        }
                    >
                        <ExternalFields state wrong has_retrieval=false />
                    </Show>
                </div>
            </details>
            <ErrorLine error=mutation.error() />
            <Show when=move || unsure.with(Option::is_some)>
                <p class="hint" role="status">{messages.create_unsure}</p>
            </Show>
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary kind_attribute="submit" pending=mutation.is_pending()>{common.create_submit}</Button>
            </footer>
        </form>
    }
}

fn summary_setting(model: RwSignal<ModelChoice>, prompt: RwSignal<String>) -> SummaryIndexSetting {
    let ModelChoice { provider, model } = model.get_untracked();
    let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    SummaryIndexSetting {
        enable: Some(true),
        model_name: filled(model),
        model_provider_name: filled(provider),
        summary_prompt: filled(prompt.get_untracked()),
    }
}
