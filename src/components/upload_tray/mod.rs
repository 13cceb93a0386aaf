//! The upload tray: what has become of every file, on every page. Six hundred files make a few dozen rows; the rest is counted.
//!
//! Carries out: getDocumentIndexingStatus.

mod order;
mod row;
mod words;

use leptos::prelude::*;

use self::{
    order::{Shown, order},
    row::TrayRow,
    words::time_left,
};
use super::lazy_parts::{Part, parts};
use crate::{
    i18n::use_locale,
    state::{
        title::TabTitle,
        uploads::{
            Uploads,
            queue::{Item, Purpose, Stage},
            speed::seconds_left,
        },
    },
    ui::{Button, ButtonKind, IconButton, Progress},
};

/// Rows that are made at first, and with every press of "more".
const ROWS: usize = 40;

/// How many files are where.
#[derive(Clone, Copy, Default, PartialEq)]
struct Counts {
    all: usize,
    ended: usize,
    done: usize,
    failed: usize,
    skipped: usize,
    is_paused: bool,
}

/// The tray. Nothing of it is fetched before there is something to tell; from then on it stays, for screen readers to follow.
#[component]
pub fn UploadTray() -> impl IntoView {
    let queue = expect_context::<Uploads>().queue();
    let is_wanted = Memo::new(move |was: Option<&bool>| was == Some(&true) || queue.with(|queue| !queue.items.is_empty()));
    move || is_wanted.get().then(|| parts(Part::Tray))
}

/// The tray itself.
#[component]
pub(super) fn TrayView() -> impl IntoView {
    let uploads = expect_context::<Uploads>();
    let queue = uploads.queue();
    let counts = Memo::new(move |_| {
        queue.with(|queue| Counts {
            all: queue.items.len(),
            ended: queue.items.len() - queue.open(),
            done: queue.count(Stage::Done),
            failed: queue.count(Stage::Failed),
            skipped: queue.count(Stage::Skipped),
            is_paused: queue.is_paused,
        })
    });
    let tab = expect_context::<TabTitle>();
    Effect::new(move |_| {
        let Counts { all, ended, .. } = counts.get();
        tab.set_progress(&if ended < all { format!("{ended}/{all}") } else { String::new() });
    });
    on_cleanup(move || tab.set_progress(""));
    // New files open it: one wants to see that they are taken. Those for a pipeline are listed on its page, which it would lie
    // over, unless something is wrong with them.
    let told_here = Memo::new(move |_| {
        let is_told = |item: &&Item| item.purpose == Purpose::Document || item.problem.is_some();
        queue.with(|queue| queue.items.iter().filter(is_told).count())
    });
    let is_open = RwSignal::new(told_here.get_untracked() > 0);
    Effect::new(move |before: Option<usize>| {
        let now = told_here.get();
        if before.is_some_and(|before| now > before) {
            is_open.set(true);
        }
        now
    });
    let messages = &use_locale().messages.uploads.tray;
    view! {
        <Announcer counts />
        <Show when=move || { counts.with(|counts| counts.all > 0) }>
            <aside class="tray" class:closed=move || !is_open.get() aria-label=messages.title>
                <Head counts is_open />
                <Show when=move || is_open.get()><List counts /></Show>
            </aside>
        </Show>
    }
}

#[component]
fn Head(counts: Memo<Counts>, is_open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.tray;
    let uploads = expect_context::<Uploads>();
    let queue = uploads.queue();
    let is_working = Memo::new(move |_| counts.with(|counts| counts.ended < counts.all));
    let is_paused = Memo::new(move |_| counts.with(|counts| counts.is_paused));
    let title = Memo::new(move |_| {
        let Counts { all, ended, is_paused, .. } = counts.get();
        let (all_text, ended_text) = (locale.number(all as u64), locale.number(ended as u64));
        if ended == all {
            (messages.ended)(all as u64, &all_text)
        } else if is_paused {
            (messages.paused)(&ended_text, &all_text)
        } else {
            (messages.working)(&ended_text, &all_text)
        }
    });
    let pace = Memo::new(move |_| {
        let left = queue.with(|queue| queue.unsent());
        let speed = uploads.speed().filter(|_| left > 0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes a second")]
        let pace = speed.map(|speed| (messages.speed)(&locale.bytes(speed as u64)));
        let time = seconds_left(left, speed).map(|seconds| time_left(locale, seconds));
        match (pace, time) {
            (Some(pace), Some(time)) => format!("{pace} · {time}"),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => String::new(),
        }
    });
    // In steps of half a percent: more would move nothing that one sees.
    let part = Memo::new(move |_| (queue.with(|queue| queue.fraction()) * 200.0).floor() / 200.0);
    view! {
        <header>
            <strong>{move || title.get()}</strong>
            <span class="pace">{move || pace.get()}</span>
            <Show when=move || is_working.get()>
                {move || {
                    let (icon, label, next) =
                        if is_paused.get() { ("play", messages.resume, false) } else { ("pause", messages.pause, true) };
                    view! { <IconButton icon label on_click=move |_| uploads.set_paused(next) /> }
                }}
            </Show>
            {move || {
                let (icon, label) = if is_open.get() { ("down", messages.collapse) } else { ("up", messages.expand) };
                view! { <IconButton icon label on_click=move |_| is_open.update(|open| *open = !*open) /> }
            }}
        </header>
        <Show when=move || is_working.get()>
            <Progress value=Signal::derive(move || Some(part.get())) label=title />
        </Show>
    }
}

#[component]
fn List(counts: Memo<Counts>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.tray;
    let uploads = expect_context::<Uploads>();
    let shown = RwSignal::new(Shown::All);
    let most = RwSignal::new(ROWS);
    let ids = Memo::new(move |_| uploads.queue().with(|queue| order(queue, shown.get())));
    let count = Memo::new(move |_| ids.with(Vec::len));
    let is_working = Memo::new(move |_| counts.with(|counts| counts.ended < counts.all));
    let filter = move |which: Shown, word: &'static str, number: fn(&Counts) -> usize| {
        let number = Memo::new(move |_| counts.with(number));
        view! {
            <Show when=move || { which == Shown::All || number.get() > 0 }>
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || if shown.get() == which { "true" } else { "false" }
                    on:click=move |_| {
                        shown.set(which);
                        most.set(ROWS);
                    }
                >
                    {word} <span class="chip-count">{move || locale.number(number.get() as u64)}</span>
                </button>
            </Show>
        }
    };
    // A filter whose last file is gone would show nothing.
    Effect::new(move |_| {
        if count.get() == 0 && shown.get() != Shown::All {
            shown.set(Shown::All);
        }
    });
    view! {
        <div class="tray-filters" role="group" aria-label=messages.title>
            {filter(Shown::All, messages.all, |counts| counts.all)}
            {filter(Shown::Failed, messages.failed, |counts| counts.failed)}
            {filter(Shown::Skipped, messages.skipped, |counts| counts.skipped)}
            {filter(Shown::Done, messages.done, |counts| counts.done)}
        </div>
        <ul class="tray-list" tabindex="0" aria-label=messages.title>
            <For each=move || ids.get().into_iter().take(most.get()) key=|id| *id let:id>
                <TrayRow id />
            </For>
            <Show when=move || { count.get() > most.get() }>
                <li>
                    <Button kind=ButtonKind::Quiet icon="down" on_click=move |_| most.update(|most| *most += 100)>
                        {move || (messages.show_more)(&locale.number(count.get() as u64))}
                    </Button>
                </li>
            </Show>
        </ul>
        <footer>
            <Show when=move || { counts.with(|counts| counts.failed > 0) }>
                <Button kind=ButtonKind::Quiet icon="retry" on_click=move |_| uploads.retry_failed()>{messages.retry_failed}</Button>
            </Show>
            <span class="grow"></span>
            <Show when=move || is_working.get()>
                <Button kind=ButtonKind::Quiet on_click=move |_| uploads.cancel_all()>{messages.cancel_all}</Button>
            </Show>
            <Show when=move || { counts.with(|counts| counts.ended > 0) }>
                <Button kind=ButtonKind::Quiet on_click=move |_| uploads.clear_ended()>{messages.clear}</Button>
            </Show>
        </footer>
    }
}

/// Tells screen readers a quarter at a time, and how it ended.
#[component]
fn Announcer(counts: Memo<Counts>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.tray;
    let text = Memo::new(move |_| {
        let Counts { all, ended, done, failed, skipped, .. } = counts.get();
        if all == 0 {
            String::new()
        } else if ended < all {
            (messages.announce)(&locale.number((ended * 4 / all * 25) as u64))
        } else {
            let number = |count: usize| locale.number(count as u64);
            (messages.announce_end)(&number(done), &number(failed), &number(skipped))
        }
    });
    view! { <p class="visually-hidden" role="status" aria-live="polite">{move || text.get()}</p> }
}
