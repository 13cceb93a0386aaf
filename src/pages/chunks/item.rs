//! One chunk in the list: where it stands, its text with what was searched for marked, its keywords.

use std::ops::Range;

use leptos::{ev, prelude::*};
use loredesk_wire::{Segment, SegmentStatus};

use super::{
    DocumentPlace,
    listing::Listing,
    many::{Picked, use_many},
};
use crate::{
    components::{Allowed, Link, highlighted, use_access, use_go_in_place},
    i18n::{chunk_actions::chunk_actions, use_locale},
    model::{
        access::Right,
        children::places,
        chunk::{ChunkDraft, fold_at},
        highlight::{Place, first_match},
        id::ChunkId,
    },
    state::drafts,
    ui::{Button, ButtonKind, Checkbox, Status, Tone},
};

/// Farthest that the pointer moves in a click, in pixels; beyond, somebody selects text.
const CLICK: i32 = 4;

/// A chunk.
#[component]
pub fn Item(
    /// The document.
    place: DocumentPlace,
    /// The list.
    listing: Listing,
    /// The chunk.
    chunk: Segment,
    /// The chunk that is open.
    open: Signal<Option<ChunkId>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let id = ChunkId::parse(&chunk.id);
    let own = id.clone();
    let is_open = Memo::new(move |_| own.is_some() && open.with(|open| *open == own));
    let title = (messages.chunk)(chunk.position);
    let name = match id.clone() {
        Some(id) => view! {
            <Link id=format!("chunk-{id}") class="chunk-link" to=place.route(Some(id)) query=listing.query() is_in_place=true>{title}</Link>
        }
        .into_any(),
        None => view! { <span>{title}</span> }.into_any(),
    };
    let hits = match chunk.hit_count {
        0 => messages.never_retrieved_inline.to_owned(),
        count => (messages.hits_long)(count, &locale.number(count)),
    };
    let status = match chunk.status {
        SegmentStatus::Error => Some((Tone::Bad, messages.not_indexed)),
        SegmentStatus::Waiting | SegmentStatus::Indexing | SegmentStatus::ReSegment => {
            Some((Tone::Busy, messages.chunk_indexing))
        }
        _ if !chunk.enabled => Some((Tone::Off, messages.disabled)),
        _ => None,
    };
    let draft_key = place.draft_key(&chunk.id);
    let may_change = use_access().may(Right::Change);
    let is_edited = Memo::new(move |_| {
        listing.drafts.track();
        may_change && drafts::get::<ChunkDraft>(&draft_key).is_some()
    });
    let keywords = chunk.keywords.clone().unwrap_or_default();
    let answer = chunk.answer.clone().filter(|answer| !answer.is_empty());
    let has_answer = answer.is_some();

    let many = use_many();
    let picked = StoredValue::new(Picked::of(&chunk));
    let is_leaving = Memo::new(move |_| picked.with_value(|picked| many.is_leaving(&picked.id)));
    let is_selected =
        Memo::new(move |_| picked.with_value(|picked| many.selection.with(|selection| selection.contains_key(&picked.id))));
    let go = use_go_in_place();
    let pressed_at = StoredValue::new((0, 0));
    let on_click = move |event: ev::MouseEvent| {
        let (x, y) = pressed_at.get_value();
        let is_still = (event.client_x() - x).abs() <= CLICK && (event.client_y() - y).abs() <= CLICK;
        // Links and buttons inside have handled theirs; a selection of text is no click.
        if let Some(id) = id.clone().filter(|_| is_still && event.detail() == 1 && !is_on_control(&event)) {
            go(&place.route(Some(id)), &listing.query_now());
        }
    };
    view! {
        <li
            class="chunk"
            class:open=move || is_open.get()
            class:disabled=!chunk.enabled
            class:picked=move || is_selected.get()
            class:leaving=move || is_leaving.get()
            on:pointerdown=move |event| pressed_at.set_value((event.client_x(), event.client_y()))
            on:click=on_click
        >
            <p class="chunk-meta">
                <Allowed right=Right::Change>
                    <Checkbox
                        checked=is_selected
                        disabled=is_leaving
                        label=(chunk_actions(locale).select)(chunk.position)
                        is_label_hidden=true
                        on_change=move |is_selected| many.select(picked.get_value(), is_selected)
                    />
                </Allowed>
                {name}
                <span>{(messages.characters)(chunk.word_count, &locale.number(chunk.word_count))}</span>
                <span>{(messages.tokens)(chunk.tokens, &locale.number(chunk.tokens))}</span>
                <span>{hits}</span>
                {status.map(|(tone, word)| view! { <Status tone text=word /> })}
                <Show when=move || is_edited.get()><Status tone=Tone::Warning text=messages.edited /></Show>
                <Show when=move || is_leaving.get()><Leaving picked /></Show>
            </p>
            {has_answer.then(|| view! { <p class="chunk-part">{messages.question}</p> })}
            <Text text=chunk.content.clone() search=listing.search children=places(&chunk.content, &chunk.child_chunks) />
            {answer.map(|answer| view! { <p class="chunk-part">{messages.answer}</p><Text text=answer search=listing.search /> })}
            {(!chunk.child_chunks.is_empty()).then(|| view! {
                <details class="children">
                    <summary>{(messages.children)(chunk.child_chunks.len() as u64)}</summary>
                    <ol>{chunk.child_chunks.iter().map(|child| view! { <li>{child.content.clone()}</li> }).collect_view()}</ol>
                </details>
            })}
            {(!keywords.is_empty()).then(|| view! {
                <ul class="keywords" aria-label=messages.keywords>
                    {keywords.into_iter().map(|keyword| view! { <li class="tag">{keyword}</li> }).collect_view()}
                </ul>
            })}
        </li>
    }
}

/// That the chunk is about to go, and the way back while there is time.
#[component]
fn Leaving(picked: StoredValue<Picked>) -> impl IntoView {
    let locale = use_locale();
    let messages = chunk_actions(locale);
    let many = use_many();
    let can_undo = Memo::new(move |_| picked.with_value(|picked| many.can_undo(&picked.id)));
    let undo = move |_| {
        let Picked { id, .. } = picked.get_value();
        many.undo_deletion(&id);
        many.listing.focus.set(Some(id));
    };
    view! {
        <Status tone=Tone::Waiting text=messages.leaving />
        <Show when=move || can_undo.get()>
            <Button kind=ButtonKind::Quiet on_click=undo>
                <span aria-hidden="true">{locale.messages.common.undo}</span>
                <span class="visually-hidden">{picked.with_value(|picked| (messages.undo)(picked.position))}</span>
            </Button>
        </Show>
    }
}

fn is_on_control(event: &ev::MouseEvent) -> bool {
    use wasm_bindgen::JsCast;
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.and_then(|element| element.closest("a, button, summary, label").ok().flatten()).is_some()
}

/// A text, folded where it is very long and the match, if any, is in the part that shows.
#[component]
fn Text(
    text: String,
    search: Memo<String>,
    /// Where its child chunks lie, in bytes, and their positions.
    #[prop(optional)]
    children: Vec<(Range<usize>, u64)>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let terms = search.with_untracked(|search| if search.is_empty() { Vec::new() } else { vec![search.clone()] });
    let fold = fold_at(&text);
    let is_hidden_match = fold.is_some_and(|fold| first_match(&text, &terms, Place::Anywhere).is_some_and(|at| at >= fold));
    let is_unfolded = RwSignal::new(is_hidden_match);
    let characters = fold.map(|_| locale.number(text.chars().count() as u64));
    let button = characters.map(|characters| {
        let word = move || if is_unfolded.get() { messages.show_less.to_owned() } else { (messages.show_all)(&characters) };
        view! { <Button kind=ButtonKind::Quiet on_click=move |_| is_unfolded.update(|is| *is = !*is)>{word}</Button> }
    });
    let shown = move || {
        let end = fold.filter(|_| !is_unfolded.get()).unwrap_or(text.len());
        let mut at = 0;
        let mut parts = Vec::with_capacity(children.len() * 2 + 1);
        for (range, position) in children.iter().filter(|(range, _)| range.start < end) {
            parts.push(highlighted(&text[at..range.start], &terms, Place::Anywhere));
            at = range.end.min(end);
            let part = highlighted(&text[range.start..at], &terms, Place::Anywhere);
            parts.push(view! { <span class="child-part" data-position=position.to_string()>{part}</span> }.into_any());
        }
        parts.push(highlighted(&text[at..end], &terms, Place::Anywhere));
        parts
    };
    view! { <div class="chunk-text" class:folded=move || fold.is_some() && !is_unfolded.get()>{shown}</div>{button} }
}
