//! The list of knowledge bases: search, filter by tags, sort by every column. Its dialogs are loaded when they are wanted.
//!
//! Carries out: listDatasets.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Dataset;

use super::{row::Row, tag_filter::TagFilter};
use crate::{
    api::{ApiError, Client, ErrorKind, ForbiddenCause},
    components::{
        Allowed, KnowledgeBaseDialog, LazyDialogs, PageHeader, QueryView, one_knowledge_base, urls::use_urls, use_link_keys,
    },
    i18n::use_locale,
    model::{
        access::Right,
        tag::{carries_all, parse_ids},
    },
    state::{
        queries,
        query::{QueryHandle, use_query},
    },
    ui::{Button, ButtonKind, Empty, Icon, SearchField},
};

/// Columns that one can sort by; the address holds the name, with `-` before it for the other direction.
const COLUMNS: [&str; 5] = ["name", "documents", "words", "technique", "updated"];

/// The list of a connection's knowledge bases.
#[component]
pub fn KnowledgeBasesPage(
    /// The connection.
    client: Client,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    let urls = use_urls();
    let search = urls.text("search");
    let sort = urls.text("sort");
    let tags = urls.text("tags");
    let wanted = RwSignal::new(None::<KnowledgeBaseDialog>);
    let create = move |_| wanted.set(Some(KnowledgeBaseDialog::Create));
    let query = {
        let client = client.clone();
        use_query(move || Some(queries::KnowledgeBases(client.clone())))
    };
    let refused = use_refusal(query);
    let table_client = client.clone();
    view! {
        <PageHeader title=locale.messages.common.knowledge_bases.to_owned()>
            <Show when=move || refused.with(Option::is_none)>
                <Allowed right=Right::Library>
                    <Button kind=ButtonKind::Primary icon="plus" on_click=create>{messages.create}</Button>
                </Allowed>
            </Show>
        </PageHeader>
        <Listed query refused client=client.clone() let:all>
            {
                let client = table_client.clone();
                let is_empty = Memo::new(move |_| all.with(|all| all.is_empty()));
                move || {
                    if is_empty.get() {
                        view! {
                            <Empty icon="library" title=messages.empty_title text=messages.empty_text>
                                <Allowed right=Right::Library>
                                    <Button kind=ButtonKind::Primary icon="plus" on_click=create>{messages.create}</Button>
                                </Allowed>
                            </Empty>
                        }
                            .into_any()
                    } else {
                        let shown = Signal::derive(move || all.with(|all| arrange(all, &search.get(), &parse_ids(&tags.get()), &sort.get())));
                        let total = Signal::derive(move || all.with(|all| all.len() as u64));
                        view! {
                            <div class="bar">
                                <SearchField
                                    value=search
                                    label=messages.search
                                    clear_label=locale.messages.common.clear
                                    on_search=move |text: String| urls.set(&[("search", &text)])
                                />
                                <span class="sum" role="status">
                                    {move || {
                                        let shown = shown.with(|shown| shown.len() as u64);
                                        if shown == total.get() { (messages.count)(shown) } else { (messages.count_of)(shown, total.get()) }
                                    }}
                                </span>
                            </div>
                            <TagFilter all chosen=tags wanted on_change=move |tags: String| urls.set(&[("tags", &tags)]) />
                            <Table client=client.clone() shown sort wanted on_sort=move |column: String| urls.set(&[("sort", &column)]) />
                            <Show when=move || shown.with(Vec::is_empty)>
                                <p class="nothing">
                                    {move || match search.get() {
                                        search if search.is_empty() => messages.no_such_tags.to_owned(),
                                        search => (locale.messages.common.nothing_found_for)(&search),
                                    }}
                                </p>
                            </Show>
                        }
                            .into_any()
                    }
                }
            }
        </Listed>
        <LazyDialogs client wanted />
    }
}

/// The list, or the question for the only knowledge base of a key that may not list them.
#[component]
fn Listed<F, V>(query: QueryHandle<Vec<Dataset>>, refused: Memo<Option<ApiError>>, client: Client, children: F) -> impl IntoView
where
    F: Fn(Signal<Arc<Vec<Dataset>>>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match refused.get() {
        Some(error) => one_knowledge_base(client.clone(), error, query.retry),
        None => view! { <QueryView query lines=6 children=children.clone() /> }.into_any(),
    }
}

/// The refusal of the list where it may mean that the key covers one knowledge base. Servers word that as they like.
fn use_refusal(query: QueryHandle<Vec<Dataset>>) -> Memo<Option<ApiError>> {
    let may_be_of_one =
        |error: &ApiError| matches!(error.kind, ErrorKind::Forbidden(ForbiddenCause::KeyScope | ForbiddenCause::Other));
    Memo::new(move |_| query.error.get().filter(|error| query.data.with(Option::is_none) && may_be_of_one(error)))
}

#[component]
fn Table(
    client: Client,
    shown: Signal<Vec<Dataset>>,
    sort: Memo<String>,
    wanted: RwSignal<Option<KnowledgeBaseDialog>>,
    #[prop(into)] on_sort: Callback<String>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.knowledge_bases;
    use_link_keys(".knowledge-bases .row-link");
    let heads = [messages.name, messages.documents, messages.words, messages.technique, messages.updated_at];
    let head = move |at: usize| {
        let column = COLUMNS[at];
        let is_down = move || sort.with(|sort| sort.strip_prefix('-') == Some(column));
        let is_up = move || sort.get() == column;
        let class = if matches!(at, 1 | 2) { "number" } else { "" };
        view! {
            <th scope="col" class=class aria-sort=move || if is_up() { Some("ascending") } else if is_down() { Some("descending") } else { None }>
                <button
                    type="button"
                    class="sort"
                    title=(locale.messages.common.sort_by)(heads[at])
                    on:click=move |_| on_sort.run(if is_up() { format!("-{column}") } else { column.to_owned() })
                >
                    {heads[at]}
                    <Show when=is_up><Icon name="up" /></Show>
                    <Show when=is_down><Icon name="down" /></Show>
                </button>
            </th>
        }
    };
    view! {
        <table class="table knowledge-bases" data-rows="" class:hidden=move || shown.with(Vec::is_empty)>
            <thead><tr>{(0..COLUMNS.len()).map(head).collect_view()}<th><span class="visually-hidden">{locale.messages.common.more_actions}</span></th></tr></thead>
            <tbody>
                <For each=move || shown.get() key=|dataset| dataset.id.clone() let:dataset>
                    <Row client=client.clone() dataset shown wanted />
                </For>
            </tbody>
        </table>
    }
}

/// What is shown, in its order: those whose name, description or tags hold every searched word and that carry every one of the
/// tags; newest first unless sorted.
fn arrange(all: &[Dataset], search: &str, tags: &[String], sort: &str) -> Vec<Dataset> {
    let search = search.to_lowercase();
    let matches = |dataset: &&Dataset| {
        let mut text = format!("{} {}", dataset.name, dataset.description);
        for tag in &dataset.tags {
            text.push(' ');
            text.push_str(&tag.name);
        }
        let text = text.to_lowercase();
        carries_all(dataset, tags) && search.split_whitespace().all(|word| text.contains(word))
    };
    let mut shown: Vec<Dataset> = all.iter().filter(matches).cloned().collect();
    match sort.trim_start_matches('-') {
        "name" => shown.sort_by_key(|dataset| dataset.name.to_lowercase()),
        "documents" => shown.sort_by_key(|dataset| dataset.total_documents),
        "words" => shown.sort_by_key(|dataset| dataset.word_count),
        "technique" => shown.sort_by(|a, b| a.indexing_technique.as_str().cmp(b.indexing_technique.as_str())),
        "updated" => shown.sort_by_key(|dataset| dataset.updated_at),
        _ => {}
    }
    if sort.starts_with('-') {
        shown.reverse();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(search: &str, sort: &str) -> Vec<String> {
        let dataset = |name: &str, description: &str, documents| Dataset {
            name: name.to_owned(),
            description: description.to_owned(),
            total_documents: documents,
            ..Dataset::default()
        };
        let all = [dataset("Pumps", "Field service", 3), dataset("HR handbook", "", 9), dataset("apps", "Service desk", 1)];
        arrange(&all, search, &[], sort).into_iter().map(|dataset| dataset.name).collect()
    }

    #[test]
    fn search_looks_at_name_and_description() {
        assert_eq!(names("service", ""), ["Pumps", "apps"]);
        assert_eq!(names("SERVICE field", ""), ["Pumps"]);
        assert!(names("nothing", "").is_empty());
    }

    #[test]
    fn every_column_sorts_both_ways() {
        assert_eq!(names("", "name"), ["apps", "HR handbook", "Pumps"]);
        assert_eq!(names("", "-documents"), ["HR handbook", "Pumps", "apps"]);
        assert_eq!(names("", "nonsense"), ["Pumps", "HR handbook", "apps"]);
    }
}
