//! The latest run: its steps as they are told, and how it ended.

use leptos::prelude::*;

use super::work::use_work;
use crate::{
    components::{ErrorLine, Link},
    dom::visible::visible,
    i18n::{Locale, pipeline, use_locale},
    model::pipeline::{Ending, Step, StepState},
    routes::Route,
    state::pipeline_runs::{PipelineRuns, Run, RunEnd},
    ui::{Icon, Status, Tone},
};

/// The section; nothing before a run.
#[component]
pub fn Report() -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let work = use_work();
    let runs = expect_context::<PipelineRuns>();
    let run = Memo::new(move |_| work.place.with_value(|(client, knowledge_base)| runs.of(client, knowledge_base)));
    let is_there = Memo::new(move |_| run.with(Option::is_some));
    let steps = Memo::new(move |_| run.with(|run| run.as_ref().map(|run| run.state.steps.clone()).unwrap_or_default()));
    let end = Memo::new(move |_| run.with(|run| run.as_ref().and_then(|run| end_words(locale, run))));
    let error = Signal::derive(move || run.with(|run| run.as_ref().and_then(error_of)));
    let copies = Memo::new(move |_| {
        let copies = run.with(|run| run.as_ref().map_or(0, |run| run.copies)) as u64;
        (copies > 0).then(|| (messages.copies)(copies, &locale.number(copies)))
    });
    let to = Signal::stored(work.place.with_value(|(client, knowledge_base)| Route::Documents {
        connection: client.connection().to_owned(),
        knowledge_base: knowledge_base.clone(),
    }));
    view! {
        <Show when=move || is_there.get()>
            <section class="settings-section run-report">
                <header><h2>{messages.latest}</h2><p>{messages.latest_text}</p></header>
                <div class="form">
                    <ol class="steps">
                        {move || steps.get().into_iter().map(|step| view! { <StepRow step /> }).collect_view()}
                    </ol>
                    <div class="run-end" role="status">
                        {move || end.get().map(|(tone, words, remedy)| view! {
                            <Status tone text=words />
                            {remedy.map(|remedy| view! { <p class="none">{remedy}</p> })}
                            {move || copies.get().map(|words| view! {
                                <p class="note"><Icon name="warning" /><span>{words}</span></p>
                            })}
                            <Link to class="link">{messages.to_documents}</Link>
                        })}
                    </div>
                    <ErrorLine error />
                </div>
            </section>
        </Show>
    }
}

#[component]
fn StepRow(step: Step) -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let (tone, words) = match step.state {
        StepState::Running => (Tone::Busy, messages.step_running),
        StepState::Done => (Tone::Good, messages.step_done),
        StepState::Failed => (Tone::Bad, messages.step_failed),
    };
    let seconds = step.seconds.map(|seconds| (messages.in_seconds)(&locale.decimal(seconds, 1)));
    let title = visible(&step.title);
    view! {
        <li>
            <span class="step-title" title=title.clone()>{title.clone()}</span>
            <Status tone text=words />
            <span class="none">{seconds}</span>
            {step.error.map(|said| view! { <p class="said">{visible(&said)}</p> })}
        </li>
    }
}

/// How a run ended, in words: what, and what to do.
fn end_words(locale: Locale, run: &Run) -> Option<(Tone, String, Option<String>)> {
    let messages = pipeline::of(locale);
    let number = |count: usize| locale.number(count as u64);
    Some(match run.end.as_ref()? {
        RunEnd::Told => match run.state.ending.as_ref()? {
            Ending::Succeeded if run.state.documents.is_empty() => (Tone::Good, messages.done_without.to_owned(), None),
            Ending::Succeeded => {
                let count = run.state.documents.len();
                (Tone::Good, (messages.done)(count as u64, &number(count)), None)
            }
            Ending::Failed(said) => {
                let said = if said.is_empty() { messages.without_reason.to_owned() } else { visible(said) };
                (Tone::Bad, messages.failed.to_owned(), Some(format!("{said} {}", messages.failed_remedy)))
            }
        },
        RunEnd::Found(found, expected) if found < expected => {
            (Tone::Warning, (messages.recovered_part)(&number(*found), &number(*expected)), None)
        }
        RunEnd::Found(found, _) => (Tone::Good, (messages.recovered)(*found as u64, &number(*found)), None),
        RunEnd::Lost(None) => (Tone::Warning, messages.lost_by_reload.to_owned(), Some(messages.lost_remedy.to_owned())),
        RunEnd::Lost(Some(_)) => (Tone::Warning, messages.lost.to_owned(), Some(messages.lost_remedy.to_owned())),
        RunEnd::Refused(_) => return None,
    })
}

fn error_of(run: &Run) -> Option<crate::api::ApiError> {
    match run.end.as_ref()? {
        RunEnd::Refused(error) | RunEnd::Lost(Some(error)) => Some(error.clone()),
        _ => None,
    }
}
