//! The deletion of many, above the list: how far it is, and what is left of it until one closes it. It interrupts nobody.

use leptos::prelude::*;

use super::{actions::Job, screen::use_screen};
use crate::{
    i18n::use_locale,
    ui::{Button, ButtonKind, IconButton, Progress},
};

/// The strip; nothing while nothing is deleted.
#[component]
pub fn DeletionStrip() -> impl IntoView {
    let screen = use_screen();
    let deletion = screen.deletion;
    move || deletion.get().map(|job| view! { <Strip job /> })
}

#[component]
fn Strip(job: Job) -> impl IntoView {
    let locale = use_locale();
    let words = &locale.document_actions().deletion;
    let screen = use_screen();
    let Job { run, .. } = job;
    let (batch, is_running) = (run.batch(), run.is_running());
    let counts = Memo::new(move |_| batch.with(|batch| [batch.total(), batch.settled(), batch.done()].map(|count| count as u64)));
    let sentence = move || {
        let [total, settled, done] = counts.get();
        if is_running.get() {
            (words.running)(&locale.number(settled), &locale.number(total))
        } else {
            (words.ended)(&locale.number(done), &locale.number(total - done))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "a bar")]
    let part = move || {
        let [total, settled, _] = counts.get();
        Some(settled as f64 / total.max(1) as f64)
    };
    let show = move |_| {
        screen.job.set(Some(job));
        screen.is_reporting.set(true);
    };
    view! {
        <div class="deletion-strip">
            <span role="status">{sentence}</span>
            <Show
                when=move || is_running.get()
                fallback=move || view! {
                    <Button kind=ButtonKind::Quiet on_click=show>{words.show}</Button>
                    <IconButton icon="close" label=locale.messages.common.close on_click=move |_| screen.deletion.set(None) />
                }
            >
                <Progress value=Signal::derive(part) label=Signal::derive(sentence) />
                <Button kind=ButtonKind::Quiet icon="pause" on_click=move |_| run.cancel()>{locale.batch().stop}</Button>
            </Show>
        </div>
    }
}
