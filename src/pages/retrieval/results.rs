//! What one set of settings found, or what to try when it found nothing.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::SearchMethod;

use super::record::Record;
use crate::{
    api::Client,
    components::{Link, QueryView},
    i18n::{Locale, use_locale},
    model::{
        highlight::query_terms,
        id::KnowledgeBaseId,
        rank::{RankChange, rank_change},
        retrieval::RetrievalSettings,
    },
    routes::Route,
    state::{queries::Retrieved, query::QueryHandle},
    ui::Icon,
};

/// The ids of what was found, best first.
#[must_use]
pub fn ids(found: &Retrieved) -> Vec<String> {
    found.records.iter().map(|record| record.segment.id.clone()).collect()
}

/// The results.
#[component]
pub fn Results(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
    /// The query's answer.
    query: QueryHandle<Retrieved>,
    /// What was asked.
    asked: Memo<String>,
    /// With which settings.
    settings: Memo<RetrievalSettings>,
    /// The ids that the other settings found, in a comparison.
    other: Memo<Option<Vec<String>>>,
    /// Whether these are the settings A.
    is_first: bool,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.retrieval;
    view! {
        <QueryView query lines=5 let:found>
            {
                let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
                move || {
                    let found = found.get();
                    let took = (messages.milliseconds)(&locale.decimal(found.took, 0));
                    let sum = (messages.found)(found.records.len() as u64, &took);
                    let body = if found.records.is_empty() {
                        nothing(locale, &client, &knowledge_base, &settings.get_untracked())
                    } else {
                        list(locale, &client, &knowledge_base, &found, asked, other, is_first)
                    };
                    view! { <p class="sum" role="status">{sum}</p>{body} }
                }
            }
        </QueryView>
    }
}

fn list(
    locale: Locale,
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    found: &Arc<Retrieved>,
    asked: Memo<String>,
    other: Memo<Option<Vec<String>>>,
    is_first: bool,
) -> AnyView {
    let messages = &locale.messages.retrieval;
    let terms = StoredValue::new(asked.with_untracked(|asked| query_terms(asked)));
    // Real servers answer 0 for every hit of a keyword search.
    let has_scores = found.records.iter().any(|record| record.score > 0.0);
    let other = other.get();
    let record = |(at, record): (usize, &loredesk_wire::RetrieveRecord)| {
        let change = other.as_ref().map(|other| rank_change(&record.segment.id, at, other));
        // A list needs one description of a move: the second one tells it, the first only what it has alone.
        let change = change.filter(|change| !is_first || *change == RankChange::Alone).map(|change| (change, is_first));
        let (client, knowledge_base, record) = (client.clone(), knowledge_base.clone(), record.clone());
        view! { <Record client knowledge_base record rank=at + 1 terms has_scores change /> }
    };
    let records = found.records.iter().enumerate().map(record).collect_view();
    view! {
        {(!has_scores).then(|| view! { <p class="hint">{messages.no_scores}</p> })}
        <ol class="records">{records}</ol>
    }
    .into_any()
}

/// What to try, by the settings that found nothing.
fn nothing(locale: Locale, client: &Client, knowledge_base: &KnowledgeBaseId, settings: &RetrievalSettings) -> AnyView {
    let messages = &locale.messages.retrieval;
    let method = match settings.method {
        SearchMethod::Keyword => messages.nothing_keyword,
        SearchMethod::Semantic => messages.nothing_semantic,
        _ => messages.nothing_full_text,
    };
    let mut ways = Vec::new();
    ways.extend(settings.score_threshold.map(|_| messages.nothing_threshold));
    ways.extend((!settings.conditions.is_empty()).then_some(messages.nothing_filter));
    ways.extend([method, messages.nothing_documents]);
    let to = Route::Documents { connection: client.connection().to_owned(), knowledge_base: knowledge_base.clone() };
    view! {
        <section class="found-nothing">
            <h2><Icon name="search" />{messages.nothing_title}</h2>
            <ul>{ways.into_iter().map(|way| view! { <li>{way}</li> }).collect_view()}</ul>
            <p><Link to>{messages.to_documents}</Link></p>
        </section>
    }
    .into_any()
}
