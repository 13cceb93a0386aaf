//! Adding many chunks at once: pasted, looked over, then sent a piece at a time.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{NewSegment, SegmentStatus};
use serde::{Deserialize, Serialize};

use super::{DocumentPlace, listing::Listing};
use crate::{
    api::{
        ApiError,
        add_chunks::{Mark, PIECE, RemoteDocument, add_piece},
    },
    components::ErrorLine,
    dom::timers::Debounce,
    i18n::{Locale, chunk_import::chunk_import, use_locale},
    model::chunk_import::{Cut, ImportProblem, parse, print},
    state::{cache::Resource, drafts, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Icon, Segment, Segmented, TextArea, TextField},
};

/// Chunks that the preview shows.
const SHOWN: usize = 20;
/// Problems that are listed.
const PROBLEMS_SHOWN: usize = 8;

/// What was pasted and not added yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ManyDraft {
    text: String,
    separator: Option<String>,
    is_table: bool,
}

/// A piece on its way.
#[derive(Clone)]
struct Piece {
    first: usize,
    chunks: Arc<Vec<NewSegment>>,
    state: State,
}

#[derive(Clone, PartialEq)]
enum State {
    Waiting,
    Sending,
    /// There, and so many of it not indexed.
    Added(usize),
    Failed,
}

/// The form.
#[component]
pub fn AddMany(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Whether it sends: then the dialog stays.
    is_sending: RwSignal<bool>,
    /// The document.
    place: DocumentPlace,
    /// The list.
    listing: Listing,
    /// Whether chunks are questions with answers.
    has_answers: Signal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = chunk_import(locale);
    let key = StoredValue::new(place.draft_key("many"));
    let draft: ManyDraft = key.with_value(|key| drafts::get(key)).unwrap_or_default();
    let text = RwSignal::new(draft.text);
    let separator = RwSignal::new(draft.separator.unwrap_or_else(|| "---".to_owned()));
    let is_table = RwSignal::new(draft.is_table);
    let is_unstored = RwSignal::new(false);
    let cut = move || if is_table.get() { Cut::Table } else { Cut::Separator(separator.get()) };
    let parsed = Memo::new(move |_| text.with(|text| parse(text, &cut(), has_answers.get()).map(Arc::new)));
    let debounce = Debounce::default();
    Effect::new(move |_| {
        let draft = ManyDraft { text: text.get(), separator: Some(separator.get()), is_table: is_table.get() };
        // Much text is too much to store at every key.
        debounce.call(300, move || {
            key.try_with_value(|key| {
                if draft.text.trim().is_empty() {
                    drafts::remove(key);
                } else {
                    let _ = is_unstored.try_set(!drafts::set(key, &draft));
                }
            });
        });
    });
    let pieces = RwSignal::new(Vec::<Piece>::new());
    let error = RwSignal::new(None::<ApiError>);
    // Another text is another job.
    let is_ours = RwSignal::new(false);
    Effect::new(move |before: Option<()>| {
        text.track();
        if before.is_some() && !is_sending.get_untracked() && !is_ours.get_untracked() {
            pieces.set(Vec::new());
            error.set(None);
        }
        is_ours.set(false);
    });
    let marks = StoredValue::new(None::<(usize, Mark)>);
    let cache = expect_context::<QueryCache>();
    let toasts = expect_context::<Toasts>();
    let end = StoredValue::new(RemoteDocument { client: place.client, knowledge_base: place.knowledge_base, id: place.id });
    let send = Callback::new(move |()| {
        let Ok(chunks) = parsed.get_untracked() else { return };
        if chunks.is_empty() || is_sending.get_untracked() {
            return;
        }
        if pieces.with_untracked(Vec::is_empty) {
            let piece = |(at, chunks): (usize, &[NewSegment])| Piece {
                first: at * PIECE + 1,
                chunks: Arc::new(chunks.to_vec()),
                state: State::Waiting,
            };
            pieces.set(chunks.chunks(PIECE).enumerate().map(piece).collect());
            marks.set_value(None);
        }
        is_sending.set(true);
        error.set(None);
        let (end, cut, has_answers) = (end.get_value(), untrack(cut), has_answers.get_untracked());
        let key = key.get_value();
        spawn_local(async move {
            let mut all = pieces.get_untracked();
            for at in 0..all.len() {
                if matches!(all[at].state, State::Added(_)) {
                    continue;
                }
                all[at].state = State::Sending;
                let _ = pieces.try_set(all.clone());
                // A piece that failed before is looked for first.
                let mut mark = marks.try_get_value().flatten().filter(|(known, _)| *known == at).map(|(_, mark)| mark);
                let outcome = add_piece(&end, &all[at].chunks, &mut mark).await;
                let _ = marks.try_update_value(|marks| *marks = mark.map(|mark| (at, mark)));
                match outcome {
                    Ok(added) => {
                        let failed = added.iter().filter(|chunk| chunk.status == SegmentStatus::Error).count();
                        all[at].state = State::Added(failed);
                        // What is there leaves the text, so that nothing adds it again, whatever happens to the page.
                        let rest = print(&rest(&all), &cut, has_answers);
                        keep_rest(&key, &rest, &cut);
                        let _ = is_ours.try_set(true);
                        let _ = text.try_set(rest);
                    }
                    Err(failure) => {
                        all[at].state = State::Failed;
                        let _ = error.try_set(Some(failure));
                    }
                }
                let _ = pieces.try_set(all.clone());
                cache.invalidate(Resource::Chunks);
                cache.invalidate(Resource::Document);
                if all[at].state == State::Failed {
                    break;
                }
            }
            let _ = is_sending.try_set(false);
            let count =
                all.iter().filter(|piece| matches!(piece.state, State::Added(_))).map(|piece| piece.chunks.len() as u64).sum();
            let is_good = all.iter().all(|piece| piece.state == State::Added(0));
            if is_good {
                toasts.done((messages.done)(count, &locale.number(count)));
                if open.try_set(false).is_none() {
                    listing.urls.set(&[("search", ""), ("show", ""), ("page", "")]);
                }
            }
        });
    });
    let value = Signal::derive(move || if is_table.get() { "table" } else { "line" }.to_owned());
    let option = |value: &str, words: &str| Segment { value: value.to_owned(), words: words.to_owned(), reason: None };
    let options = Signal::stored(vec![option("line", messages.by_line), option("table", messages.by_table)]);
    let hint = Signal::derive(move || {
        match (is_table.get(), has_answers.get()) {
            (false, false) => messages.by_line_hint,
            (false, true) => messages.by_line_pairs,
            (true, false) => messages.by_table_hint,
            (true, true) => messages.by_table_pairs,
        }
        .to_owned()
    });
    let count = Memo::new(move |_| parsed.with(|parsed| parsed.as_ref().map_or(0, |chunks| chunks.len() as u64)));
    let has_failed = Memo::new(move |_| error.with(Option::is_some));
    let word = move || {
        if has_failed.get() { messages.again.to_owned() } else { (messages.submit)(count.get(), &locale.number(count.get())) }
    };
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                send.run(());
            }
        >
            <Segmented label=messages.cut value options hint on_change=move |value: String| is_table.set(value == "table") />
            <Show when=move || !is_table.get()><TextField label=messages.separator value=separator /></Show>
            <TextArea label=messages.text value=text rows=6 autofocus=true />
            <Show when=move || is_unstored.get()>
                <p class="note"><Icon name="warning" /><span>{locale.messages.chunks.not_stored}</span></p>
            </Show>
            {move || if pieces.with(Vec::is_empty) {
                parsed.with(|parsed| match parsed {
                    Ok(chunks) => preview(locale, chunks).into_any(),
                    Err(problems) => problem_list(locale, problems).into_any(),
                })
            } else {
                pieces.with(|pieces| progress(locale, pieces)).into_any()
            }}
            <Show when=move || has_failed.get()><p class="hint">{messages.rest}</p></Show>
            <ErrorLine error />
            <footer class="dialog-foot">
                <span class="hint grow">{locale.messages.chunks.draft_kept}</span>
                <Button
                    kind=ButtonKind::Primary
                    kind_attribute="submit"
                    pending=is_sending
                    disabled=Signal::derive(move || count.get() == 0)
                >{word}</Button>
            </footer>
        </form>
    }
}

/// The chunks of the pieces that are not there yet.
fn rest(pieces: &[Piece]) -> Vec<NewSegment> {
    let waiting = pieces.iter().filter(|piece| !matches!(piece.state, State::Added(_)));
    waiting.flat_map(|piece| piece.chunks.iter().cloned()).collect()
}

fn keep_rest(key: &str, rest: &str, cut: &Cut) {
    if rest.is_empty() {
        drafts::remove(key);
        return;
    }
    let separator = if let Cut::Separator(separator) = cut { Some(separator.clone()) } else { None };
    drafts::set(key, &ManyDraft { text: rest.to_owned(), is_table: separator.is_none(), separator });
}

fn preview(locale: Locale, chunks: &[NewSegment]) -> impl IntoView + use<> {
    let messages = chunk_import(locale);
    let count = chunks.len() as u64;
    let row = |(at, chunk): (usize, &NewSegment)| {
        let answer = chunk.answer.clone();
        let keywords = chunk.keywords.clone().unwrap_or_default().into_iter().map(|word| view! { <li class="tag">{word}</li> });
        view! {
            <li>
                <small>{locale.number(at as u64 + 1)}</small>
                <p>{chunk.content.clone()}</p>
                {answer.map(|answer| view! { <p class="chunk-part">{locale.messages.chunks.answer}</p><p>{answer}</p> })}
                <ul class="keywords">{keywords.collect_view()}</ul>
            </li>
        }
    };
    let rows = chunks.iter().take(SHOWN).enumerate().map(row).collect_view();
    let more = (chunks.len() > SHOWN).then(|| (messages.first_shown)(&locale.number(SHOWN as u64)));
    (count > 0).then(|| {
        view! {
            <section class="preview" aria-label=messages.preview>
                <header>
                    <strong>{messages.preview}</strong>
                    <span role="status">{(messages.count)(count, &locale.number(count))} " " {more}</span>
                </header>
                <ol tabindex="0" aria-label=messages.preview>{rows}</ol>
            </section>
        }
    })
}

fn problem_list(locale: Locale, problems: &[ImportProblem]) -> impl IntoView + use<> {
    let messages = chunk_import(locale);
    let words = |problem: &ImportProblem| match problem {
        ImportProblem::NoContent(at) => (messages.no_content)(*at),
        ImportProblem::NoAnswer(at) => (messages.no_answer)(*at),
        ImportProblem::Keywords(at) => (messages.bad_keywords)(*at),
        ImportProblem::OpenQuote => messages.open_quote.to_owned(),
    };
    let rows = problems.iter().take(PROBLEMS_SHOWN).map(|problem| view! { <li>{words(problem)}</li> }).collect_view();
    let more = problems.len().saturating_sub(PROBLEMS_SHOWN);
    view! {
        <div class="error-line" role="alert">
            <Icon name="warning" />
            <div>
                <p><strong>{messages.problems}</strong></p>
                <ul>{rows}</ul>
                {(more > 0).then(|| (messages.more)(more))}
            </div>
        </div>
    }
}

fn progress(locale: Locale, pieces: &[Piece]) -> impl IntoView + use<> {
    let messages = chunk_import(locale);
    let row = |piece: &Piece| {
        let (icon, words) = match piece.state {
            State::Waiting => ("clock", messages.waiting.to_owned()),
            State::Sending => ("busy", messages.sending.to_owned()),
            State::Added(0) => ("check", messages.added.to_owned()),
            State::Added(failed) => ("warning", (messages.added_failed)(failed)),
            State::Failed => ("warning", messages.failed.to_owned()),
        };
        let name = (messages.piece)(piece.first, piece.first + piece.chunks.len() - 1);
        view! { <li><Icon name=icon /><span>{name}</span><span>{words}</span></li> }
    };
    view! { <ol class="pieces" role="status" aria-label=messages.pieces>{pieces.iter().map(row).collect_view()}</ol> }
}
