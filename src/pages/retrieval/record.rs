//! One passage that was found: rank, score, where it is from, its text with the query's words marked.

use leptos::prelude::*;
use loredesk_wire::{RetrieveRecord, RetrievedChildChunk};

use crate::{
    api::Client,
    components::{Link, highlighted},
    dom::visible::visible,
    i18n::{retrieval_settings::retrieval_settings, use_locale},
    model::{
        highlight::{Place, excerpt},
        id::{ChunkId, DocumentId, KnowledgeBaseId},
        rank::RankChange,
    },
    routes::Route,
    ui::{Button, ButtonKind, Icon},
};

/// A passage.
#[component]
pub fn Record(
    /// The connection.
    client: Client,
    /// The knowledge base.
    knowledge_base: KnowledgeBaseId,
    /// The passage.
    record: RetrieveRecord,
    /// Its rank, from 1.
    rank: usize,
    /// What is marked.
    terms: StoredValue<Vec<String>>,
    /// Whether scores mean anything here.
    has_scores: bool,
    /// Where it stands against the other settings, in a comparison.
    change: Option<(RankChange, bool)>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.retrieval;
    let chunk = record.segment;
    let document = chunk.document.unwrap_or_default();
    let id = DocumentId::parse(if document.id.is_empty() { &chunk.document_id } else { &document.id });
    let route = |chunk| {
        let (connection, knowledge_base) = (client.connection().to_owned(), knowledge_base.clone());
        id.clone().map(|document| Route::Document { connection, knowledge_base, document, chunk })
    };
    let link = |to: Option<Route>, text: String, class: &'static str| match to {
        Some(to) => view! { <Link to class>{text}</Link> }.into_any(),
        None => view! { <span class=class>{text}</span> }.into_any(),
    };
    let name = if document.name.is_empty() { messages.unknown_document.to_owned() } else { visible(&document.name) };
    let document_link = link(route(None), name, "record-document");
    let chunk_link =
        link(ChunkId::parse(&chunk.id).and_then(|id| route(Some(id))), (messages.chunk)(chunk.position), "record-chunk");
    let hits = (chunk.hit_count > 0).then(|| (messages.hits)(chunk.hit_count, &locale.number(chunk.hit_count)));
    let score = has_scores.then(|| {
        let text = locale.decimal(record.score, 3);
        let value = record.score.clamp(0.0, 1.0).to_string();
        view! {
            <span class="score">
                <meter min="0" max="1" value=value aria-label=(messages.score)(&text)></meter>
                <b>{text}</b>
            </span>
        }
    });
    let change = change.map(|(change, is_first)| {
        let (class, icon, words) = match change {
            RankChange::Same => ("change", None, messages.rank_same.to_owned()),
            RankChange::Up(steps) => ("change up", Some("up"), (messages.rank_up)(steps)),
            RankChange::Down(steps) => ("change down", Some("down"), (messages.rank_down)(steps)),
            RankChange::Alone => ("change alone", None, if is_first { messages.only_a } else { messages.only_b }.to_owned()),
        };
        view! { <span class=class>{icon.map(|name| view! { <Icon name /> })}{words}</span> }
    });
    let answer = chunk.answer.filter(|answer| !answer.is_empty());
    let words = retrieval_settings(locale);
    let mut children = record.child_chunks;
    children.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.position.cmp(&b.position)));
    let count = children.len() as u64;
    let child = move |child: RetrievedChildChunk| {
        let score = (child.score > 0.0).then(|| (words.child_score)(&locale.decimal(child.score, 3)));
        let text = terms.with_value(|terms| highlighted(&child.content, terms, Place::WordStart));
        view! { <li><p class="child-head"><b>{(words.child)(child.position)}</b>{score.map(|score| view! { <span>{score}</span> })}</p><div>{text}</div></li> }
    };
    view! {
        <li class="record">
            <div class="record-head">
                <b class="rank">{rank}</b>
                {score}
                {change}
            </div>
            <p class="record-source">{document_link}{chunk_link}{hits.map(|hits| view! { <span>{hits}</span> })}</p>
            <Passage text=chunk.content terms />
            {answer.map(|answer| view! { <p class="chunk-part">{messages.answer}</p><Passage text=answer terms /> })}
            {(count > 0).then(|| view! {
                // They are why the chunk was found, so they are in view.
                <details class="children" open>
                    <summary>{(messages.children)(count)}</summary>
                    <ol>{children.into_iter().map(child).collect_view()}</ol>
                </details>
            })}
        </li>
    }
}

/// A text, cut to the part around the first match where it is long.
#[component]
fn Passage(text: String, terms: StoredValue<Vec<String>>) -> impl IntoView {
    let messages = &use_locale().messages.retrieval;
    let cut = terms.with_value(|terms| excerpt(&text, terms, Place::WordStart));
    let is_whole = RwSignal::new(cut.is_none());
    let length = text.len();
    let shown = move || {
        let (start, end) = cut.filter(|_| !is_whole.get()).unwrap_or((0, length));
        let part = terms.with_value(|terms| highlighted(&text[start..end], terms, Place::WordStart));
        view! { {(start > 0).then_some("… ")}{part}{(end < length).then_some(" …")} }
    };
    let button = cut.map(|_| {
        let word = move || if is_whole.get() { messages.show_less } else { messages.show_all };
        view! { <Button kind=ButtonKind::Quiet on_click=move |_| is_whole.update(|is| *is = !*is)>{word}</Button> }
    });
    view! { <div class="chunk-text">{shown}</div>{button} }
}
