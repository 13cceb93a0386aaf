//! The page of retrieval. The address holds query and settings, so that it can be passed on and loaded again.
//!
//! Carries out: retrieveSegments.

use leptos::{ev, html, prelude::*};
use loredesk_wire::{BUILT_IN_ID, BuiltInFields, Dataset, IndexingTechnique};

use super::{
    address::{FIRST, SECOND, condition_values, read, values},
    conditions::{ConditionsFields, ConditionsForm},
    history::History,
    results::{Results, ids},
    settings::{SettingsFields, SettingsForm},
};
use crate::{
    api::Client,
    components::{KnowledgeBaseTab, PageHeader, urls::use_urls},
    i18n::use_locale,
    model::{
        conditions::FieldType,
        id::KnowledgeBaseId,
        metadata::built_in_fields,
        rank::overlap,
        retrieval::{ModelName, QUERY_MAX, RetrievalSettings},
    },
    routes::Route,
    state::{
        queries,
        query::{QueryHandle, use_query},
        retrieval_history::{Asked, RetrievalHistory},
        url::UrlParameters,
    },
    ui::{Button, ButtonKind, Empty, Switch, element_id},
};

/// The page.
#[component]
pub fn RetrievalPage(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.retrieval;
    let urls = use_urls();
    let (of, id) = (client.clone(), knowledge_base.clone());
    let parent = use_query(move || Some(queries::KnowledgeBase(of.clone(), id.clone())));
    let technique =
        Memo::new(move |_| parent.data.with(|parent| parent.as_ref().map(|parent| parent.indexing_technique.clone())));
    let own = Memo::new(move |_| {
        let technique = technique.get().unwrap_or(IndexingTechnique::Economy);
        let model = parent.data.with(|parent| parent.as_ref().and_then(|parent| parent.retrieval_model_dict.clone()));
        RetrievalSettings::of(&technique, model.as_ref())
    });
    // Weights name the embedding model.
    let embedding = Memo::new(move |_| {
        let of = |model: &Option<String>| model.clone().unwrap_or_default();
        let name =
            |parent: &Dataset| ModelName { provider: of(&parent.embedding_model_provider), model: of(&parent.embedding_model) };
        parent.data.with(|parent| parent.as_ref().map(|parent| name(parent)).unwrap_or_default())
    });
    let has_built_in =
        Memo::new(move |_| parent.data.with(|parent| parent.as_ref().is_some_and(|parent| parent.built_in_field_enabled)));
    let (of, id) = (client.clone(), knowledge_base.clone());
    let said = use_query(move || has_built_in.get().then(|| queries::BuiltInFields(of.clone(), id.clone())));
    let fields = Signal::derive(move || {
        let fields = |parent: &Dataset| said.data.with(|said| fields_of(parent, said.as_deref()));
        parent.data.with(|parent| parent.as_ref().map(|parent| fields(parent)).unwrap_or_default())
    });
    let asked = urls.text("q");
    let is_comparing = urls.text("compare");
    let first = Memo::new(move |_| read(&urls.all(), FIRST, &own.get()));
    let second = Memo::new(move |_| read(&urls.all(), SECOND, &own.get()));
    // Without the knowledge base its method is not known; where it cannot be read, the query's own error is the better one.
    let is_ready = Memo::new(move |_| technique.with(Option::is_some) || parent.error.with(Option::is_some));
    let find = |settings: Memo<RetrievalSettings>, is_wanted: Signal<bool>| {
        let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
        use_query(move || {
            let query = asked.get();
            (is_wanted.get() && is_ready.get() && !query.is_empty()).then(|| queries::Retrieval {
                client: client.clone(),
                knowledge_base: knowledge_base.clone(),
                query,
                settings: settings.get(),
                embedding: embedding.get(),
            })
        })
    };
    let found = find(first, Signal::stored(true));
    let compared = find(second, Signal::derive(move || is_comparing.with(|is| !is.is_empty())));
    let has_embeddings = Signal::derive(move || technique.get() == Some(IndexingTechnique::HighQuality));
    let history = RetrievalHistory::load(client.connection(), &knowledge_base);

    // On every tab, so that the tabs do not move when one changes between them.
    let tags =
        Signal::derive(move || parent.data.with(|parent| parent.as_ref().map(|parent| parent.tags.clone())).unwrap_or_default());
    let title = Signal::derive(move || {
        let name = parent.data.with(|parent| parent.as_ref().map(|parent| parent.name.clone()));
        name.unwrap_or_else(|| locale.messages.common.retrieval.to_owned())
    });
    let all = Route::KnowledgeBases { connection: client.connection().to_owned() };
    let breadcrumb = vec![(all, Signal::stored(locale.messages.common.knowledge_bases.to_owned()))];
    let tabs = (client.clone(), knowledge_base.clone(), KnowledgeBaseTab::Retrieval);
    let here = Route::Retrieval { connection: client.connection().to_owned(), knowledge_base: knowledge_base.clone() };
    let has_asked = Memo::new(move |_| asked.with(|asked| !asked.is_empty()));
    let is_two = Memo::new(move |_| is_comparing.with(|is| !is.is_empty()));
    let run_again = Callback::new(move |()| {
        found.retry.run(());
        if is_two.get_untracked() {
            compared.retry.run(());
        }
    });
    let (client, knowledge_base) = (StoredValue::new(client), StoredValue::new(knowledge_base));
    let results = move |query: QueryHandle<queries::Retrieved>, settings, other, is_first| {
        let (client, knowledge_base) = (client.get_value(), knowledge_base.get_value());
        view! { <Results client knowledge_base query asked settings other is_first /> }
    };
    let found_ids = move |query: QueryHandle<queries::Retrieved>| query.data.with(|found| found.as_ref().map(|found| ids(found)));
    let of_first = Memo::new(move |_| found_ids(found).filter(|_| is_two.get()));
    let of_second = Memo::new(move |_| found_ids(compared).filter(|_| is_two.get()));
    let common = move || {
        let (first, second) = (of_first.get()?, of_second.get()?);
        let (common, all) = overlap(&first, &second);
        Some(view! { <p class="sum in-common" role="status">{(messages.in_common)(common as u64, all as u64)}</p> })
    };
    view! {
        <PageHeader title breadcrumb tabs tags />
        <AskForm client=client.get_value() first second has_embeddings fields history run_again />
        <div class="retrieval" class:two=move || is_two.get()>
            <div class="found">
                {move || if has_asked.get() {
                    view! {
                        {common}
                        <div class="columns">
                            <section>{results(found, first, of_second, true)}</section>
                            {move || is_two.get().then(|| view! { <section>{results(compared, second, of_first, false)}</section> })}
                        </div>
                    }
                    .into_any()
                } else {
                    view! { <Empty icon="search" title=messages.start_title text=messages.start_text /> }.into_any()
                }}
            </div>
            <History history to=here />
        </div>
    }
}

/// The metadata fields that a condition can name, with their types: the knowledge base's, and the built-in ones where they are on.
fn fields_of(knowledge_base: &Dataset, said: Option<&BuiltInFields>) -> Vec<(String, FieldType)> {
    // Built-in ones may be among the knowledge base's.
    let own = knowledge_base.doc_metadata.iter().filter(|field| field.id != BUILT_IN_ID);
    let own = own.map(|field| (field.name.clone(), FieldType::of(field.kind.as_str())));
    let built_in = if knowledge_base.built_in_field_enabled { built_in_fields(said) } else { Vec::new() };
    own.chain(built_in.into_iter().map(|field| (field.name, FieldType::of(field.kind.as_str())))).collect()
}

/// The form: query, settings, and what to compare them with.
#[component]
fn AskForm(
    client: Client,
    first: Memo<RetrievalSettings>,
    second: Memo<RetrievalSettings>,
    has_embeddings: Signal<bool>,
    fields: Signal<Vec<(String, FieldType)>>,
    history: RetrievalHistory,
    run_again: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.retrieval;
    let urls = use_urls();
    let (asked, comparing) = (urls.text("q"), urls.text("compare"));
    let query = RwSignal::new(asked.get_untracked());
    let is_two = RwSignal::new(comparing.with_untracked(|is| !is.is_empty()));
    let (a, b) = (SettingsForm::new(&first.get_untracked()), SettingsForm::new(&second.get_untracked()));
    let conditions = first.with_untracked(|first| ConditionsForm::new(first.conditions.clone(), first.is_any));
    // The form follows the address: the way back, and what was asked before.
    Effect::new(move |_| query.set(asked.get()));
    Effect::new(move |_| is_two.set(comparing.with(|is| !is.is_empty())));
    Effect::new(move |_| {
        first.with(|first| {
            a.fill(first);
            conditions.fill(first.conditions.clone(), first.is_any);
        });
    });
    Effect::new(move |_| second.with(|second| b.fill(second)));

    let run = move || {
        let text = query.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let mut changes: Vec<(&str, String)> = vec![("q", text.clone())];
        let has_embeddings = has_embeddings.get_untracked();
        changes.extend(values(&a.settings(has_embeddings), FIRST));
        changes.extend(condition_values(&conditions.conditions(), conditions.is_any()));
        let is_two = is_two.get_untracked();
        changes.push(("compare", if is_two { "1".to_owned() } else { String::new() }));
        let second = values(&b.settings(has_embeddings), SECOND);
        changes.extend(second.map(|(name, value)| (name, if is_two { value } else { String::new() })));
        let before = untrack(|| urls.all());
        let after = changes.iter().fold(before.clone(), |parameters: UrlParameters, (name, value)| parameters.with(name, value));
        history.add(Asked { query: text, address: after.print() });
        if after == before {
            run_again.run(());
        } else {
            let changes: Vec<(&str, &str)> = changes.iter().map(|(name, value)| (*name, value.as_str())).collect();
            urls.go(&changes);
        }
    };
    let client = StoredValue::new(client);
    let title = move |words: &'static str| Signal::derive(move || is_two.get().then_some(words));
    view! {
        <form
            class="ask"
            novalidate
            on:submit=move |event: ev::SubmitEvent| {
                event.prevent_default();
                run();
            }
        >
            <QueryField query on_run=run />
            <div class="sets" class:two=move || is_two.get()>
                <SettingsFields client=client.get_value() form=a title=title(messages.first_settings) has_embeddings />
                <Show when=move || is_two.get()>
                    <SettingsFields client=client.get_value() form=b title=title(messages.second_settings) has_embeddings />
                </Show>
            </div>
            <div class="ask-more">
                <ConditionsFields form=conditions fields />
                <Switch value=is_two label=messages.compare />
            </div>
        </form>
    }
}

/// The query: Enter runs it, and no more fits than a server takes.
#[component]
fn QueryField(query: RwSignal<String>, on_run: impl Fn() + 'static) -> impl IntoView {
    let messages = &use_locale().messages.retrieval;
    let id = element_id("query");
    let (counter_id, area) = (format!("{id}-count"), NodeRef::<html::Textarea>::new());
    let described_by = counter_id.clone();
    let count = Memo::new(move |_| query.with(|query| query.chars().count()));
    let is_empty = Signal::derive(move || query.with(|query| query.trim().is_empty()));
    let input = move |event: ev::Event| {
        let text = event_target_value(&event);
        let cut: String = text.chars().take(QUERY_MAX).collect();
        if let Some(area) = area.get_untracked().filter(|_| cut.len() < text.len()) {
            area.set_value(&cut);
        }
        query.set(cut);
    };
    view! {
        <div class="field">
            <div class="field-head">
                <label for=id.clone()>{messages.query}</label>
                <span class="counter" class:over=move || count.get() == QUERY_MAX id=counter_id>{move || format!("{} / {QUERY_MAX}", count.get())}</span>
            </div>
            <div class="query-row">
                <textarea
                    id=id
                    class="input growing"
                    rows="1"
                    data-search=""
                    node_ref=area
                    placeholder=messages.placeholder
                    aria-describedby=described_by
                    prop:value=move || query.get()
                    on:input=input
                    on:keydown=move |event| {
                        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
                            event.prevent_default();
                            on_run();
                        }
                    }
                ></textarea>
                <Button kind=ButtonKind::Primary kind_attribute="submit" icon="search" disabled=is_empty>{messages.run}</Button>
            </div>
        </div>
    }
}
