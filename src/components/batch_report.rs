//! What a batch has done, as the content of a dialog: how far it is, who was refused and why, another try, the report as a file.

use leptos::prelude::*;

use super::words::error_words;
use crate::{
    dom::download,
    i18n::{Locale, use_locale},
    model::{
        batch::{Item, Outcome},
        csv,
    },
    state::batch::{BatchRun, Reason},
    ui::{Button, ButtonKind, Icon, Progress},
};

/// Refusals that are listed; the saved report has all of them.
const LISTED: usize = 200;

/// The report. The dialog around it should be held while `run` is under way.
#[component]
pub fn BatchReport(
    /// The batch.
    run: BatchRun,
    /// Name of the saved report, without its ending.
    file: &'static str,
    /// Closes the dialog.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = locale.batch();
    let batch = run.batch();
    let is_running = run.is_running();
    let counts = Memo::new(move |_| {
        batch.with(|batch| {
            [batch.total(), batch.settled(), batch.done(), batch.refused(), batch.not_tried()].map(|count| count as u64)
        })
    });
    let sentence = move || {
        let [total, settled, done, ..] = counts.get();
        if is_running.get() {
            (messages.running)(&locale.number(settled), &locale.number(total))
        } else if done == total {
            (messages.all_done)(total, &locale.number(total))
        } else {
            (messages.some_done)(&locale.number(done), &locale.number(total))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "a bar")]
    let part = move || {
        let [total, settled, ..] = counts.get();
        Some(settled as f64 / total.max(1) as f64)
    };
    let has_left = Memo::new(move |_| {
        let [total, _, done, ..] = counts.get();
        !is_running.get() && done < total
    });
    let refused = move || {
        let [.., refused, _] = counts.get();
        (refused > 0).then(|| (messages.refused)(refused, &locale.number(refused)))
    };
    let not_tried = move || {
        let [.., not_tried] = counts.get();
        (not_tried > 0).then(|| (messages.not_tried)(not_tried, &locale.number(not_tried)))
    };
    let save = move |_| {
        let text = batch.with_untracked(|batch| {
            let head = messages.columns.map(str::to_owned).to_vec();
            let rows = std::iter::once(head).chain(batch.items().map(|(item, outcome)| line(locale, item, outcome)));
            csv::print(&rows.collect::<Vec<_>>())
        });
        download::save(&format!("{file}.csv"), "text/csv;charset=utf-8", &text);
    };
    view! {
        <div class="form batch-report">
            <div class="batch-sum">
                <p role="status">{sentence}</p>
                {move || refused().map(|text| view! { <span class="status bad"><Icon name="warning" /><span>{text}</span></span> })}
                {move || not_tried().map(|text| view! { <span class="status off"><Icon name="off" /><span>{text}</span></span> })}
            </div>
            <Show when=move || is_running.get()>
                <Progress value=Signal::derive(part) label=Signal::derive(sentence) />
            </Show>
            <Refusals run />
            <footer class="dialog-foot">
                <Show
                    when=move || is_running.get()
                    fallback=move || view! {
                        <Button kind=ButtonKind::Quiet icon="download" on_click=save>{messages.save}</Button>
                        <span class="grow"></span>
                        <Show when=move || has_left.get()>
                            <Button icon="retry" on_click=move |_| run.retry()>{messages.retry}</Button>
                        </Show>
                        <Button kind=ButtonKind::Primary on_click=move |_| on_close.run(())>{locale.messages.common.close}</Button>
                    }
                >
                    <Button icon="pause" on_click=move |_| run.cancel()>{messages.stop}</Button>
                </Show>
            </footer>
        </div>
    }
}

/// Those that were refused, each with its reason.
#[component]
fn Refusals(run: BatchRun) -> impl IntoView {
    let locale = use_locale();
    let messages = locale.batch();
    let batch = run.batch();
    let list = move || {
        batch.with(|batch| {
            let refused = batch.items().filter_map(|(item, outcome)| match outcome {
                Outcome::Refused(reason) => Some((item.name.clone(), reason_words(locale, reason))),
                _ => None,
            });
            refused.take(LISTED).collect::<Vec<_>>()
        })
    };
    let more = move || batch.with(|batch| batch.refused().saturating_sub(LISTED));
    let stopped = move || batch.with(|batch| batch.not_tried() > 0);
    move || {
        let list = list();
        (!list.is_empty() || stopped()).then(|| {
            let lines = list.into_iter().map(|(name, why)| {
                view! { <li><span class="name">{name}</span><span class="status bad"><Icon name="warning" /><span>{why}</span></span></li> }
            });
            let rest = (more() > 0).then(|| view! { <li class="none">{(messages.more)(&locale.number(more() as u64))}</li> });
            view! {
                <ul class="outcomes" tabindex="0" aria-label=messages.why>{lines.collect_view()} {rest}</ul>
                {stopped().then(|| view! { <p class="hint">{messages.stopped}</p> })}
            }
        })
    }
}

/// Why a thing was refused, in words.
#[must_use]
pub fn reason_words(locale: Locale, reason: &Reason) -> String {
    match reason {
        Reason::Words(words) => words.clone(),
        Reason::Error(error) => {
            let words = error_words(locale.messages, error);
            format!("{} {} {}", words.cause, words.remedy, words.said.unwrap_or_default()).trim_end().to_owned()
        }
    }
}

fn line(locale: Locale, item: &Item, outcome: &Outcome<Reason>) -> Vec<String> {
    let messages = locale.batch();
    let (result, why) = match outcome {
        Outcome::Done => (messages.result_done, String::new()),
        Outcome::Refused(reason) => (messages.result_refused, reason_words(locale, reason)),
        Outcome::Waiting | Outcome::Running | Outcome::NotTried => (messages.result_not_tried, String::new()),
    };
    vec![item.name.clone(), item.id.clone(), result.to_owned(), why]
}
