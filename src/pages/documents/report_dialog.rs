//! What a batch has done, until one closes it.

use leptos::prelude::*;

use super::{
    actions::{Job, words},
    screen::use_screen,
};
use crate::{components::BatchReport, i18n::use_locale, ui::Dialog};

/// Name of the saved report, without its ending.
const FILE: &str = "loredesk-report";

/// The dialog.
#[component]
pub fn ReportDialog() -> impl IntoView {
    let locale = use_locale();
    let screen = use_screen();
    let (job, open) = (screen.job, screen.is_reporting);
    let is_running = Signal::derive(move || job.get().is_some_and(|job| job.run.is_running().get()));
    let title = move || {
        let Some(Job { action, run }) = job.get() else { return String::new() };
        let total = run.batch().with(|batch| batch.total()) as u64;
        (words(locale, action).title)(total, &locale.number(total))
    };
    view! {
        <Dialog open title=Signal::derive(title) close_label=locale.messages.common.close is_held=is_running>
            {move || job.get().map(|job| view! {
                <BatchReport run=job.run file=FILE on_close=move |()| open.set(false) />
            })}
        </Dialog>
    }
}
