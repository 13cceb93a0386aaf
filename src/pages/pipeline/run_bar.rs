//! Below what there is to choose from: the button that runs the pipeline, and with how much.
//!
//! Carries out: runPipeline.

use leptos::{ev, prelude::*};

use super::work::use_work;
use crate::{
    components::{is_submit_key, use_page_action},
    dom::focus,
    i18n::{pipeline, use_locale},
    model::pipeline::Ending,
    state::pipeline_runs::{PipelineRuns, RunEnd},
    ui::{Button, ButtonKind, Progress},
};

/// The bar.
#[component]
pub fn RunBar() -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let run_word = locale.messages.common.run_pipeline;
    let work = use_work();
    let runs = expect_context::<PipelineRuns>();
    let latest = Memo::new(move |_| work.place.with_value(|(client, knowledge_base)| runs.of(client, knowledge_base)));
    let is_running = Memo::new(move |_| latest.with(|run| run.as_ref().is_some_and(|run| run.end.is_none())));
    let is_sending = Memo::new(move |_| !work.on_their_way().is_empty());
    let count = Memo::new(move |_| work.chosen.with(Vec::len) as u64);
    let is_off = Signal::derive(move || count.get() == 0 || is_sending.get() || is_running.get());
    let words = Memo::new(move |_| {
        if is_running.get() {
            let is_looking = latest.with(|run| run.as_ref().is_some_and(|run| run.is_looking));
            return if is_looking { messages.looking_first } else { messages.running }.to_owned();
        }
        match count.get() {
            _ if is_sending.get() => messages.still_sending.to_owned(),
            0 => messages.nothing_chosen.to_owned(),
            _ if work.has_tried.get() && work.has_problems() => messages.mend_inputs.to_owned(),
            count => (messages.will_make)(count, &locale.number(count)),
        }
    });
    let run = Callback::new(move |()| {
        work.has_tried.set(true);
        if is_off.get_untracked() {
            return;
        }
        if untrack(move || work.has_problems()) {
            return request_animation_frame(|| {
                focus::first(".pipeline-inputs [aria-invalid], .pipeline-inputs .field-error:not(:empty)");
            });
        }
        work.run(runs);
        request_animation_frame(|| focus::show(".run-report"));
    });
    // What a good run has taken in is not chosen for the next one.
    Effect::new(move |was_running: Option<bool>| {
        let now = is_running.get();
        let is_good = latest.with(|run| match run.as_ref().and_then(|run| run.end.as_ref()) {
            Some(RunEnd::Told) => run.as_ref().is_some_and(|run| run.state.ending == Some(Ending::Succeeded)),
            Some(RunEnd::Found(..)) => true,
            _ => false,
        });
        if was_running == Some(true) && !now {
            // How it ended may make it longer.
            request_animation_frame(|| focus::show(".run-report"));
        }
        if was_running == Some(true) && !now && is_good {
            work.chosen.set(Vec::new());
            work.told.update(|told| {
                if work.kind() == loredesk_wire::DatasourceType::LocalFile {
                    told.found.clear();
                }
            });
        }
        now
    });
    use_page_action(run_word, "play", is_off, run);
    let keys = window_event_listener(ev::keydown, move |event| {
        if is_submit_key(&event) && !event.default_prevented() {
            event.prevent_default();
            run.run(());
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="run-bar">
            <Show when=move || is_running.get()><Progress value=Signal::stored(None) label=words /></Show>
            <div class="run-actions">
                <Button
                    kind=ButtonKind::Primary
                    icon="play"
                    disabled=is_off
                    pending=is_running
                    title=Signal::stored("Ctrl+Enter".to_owned())
                    on_click=move |_| run.run(())
                >{run_word}</Button>
                <span role="status">{move || words.get()}</span>
            </div>
        </div>
    }
}
