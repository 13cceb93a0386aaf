//! What a batch has done with chunks, until one closes it.

use leptos::prelude::*;

use super::{Job, use_many};
use crate::{
    components::BatchReport,
    i18n::{chunk_actions::chunk_actions, use_locale},
    ui::Dialog,
};

/// The dialog.
#[component]
pub fn ReportDialog() -> impl IntoView {
    let locale = use_locale();
    let many = use_many();
    let (job, open) = (many.job, many.is_reporting);
    let is_running = Signal::derive(move || job.get().is_some_and(|job| job.run.is_running().get()));
    let title = move || {
        let Some(Job { deed, run }) = job.get() else { return String::new() };
        let total = run.batch().with(|batch| batch.total()) as u64;
        (deed.words(locale).title)(total, &locale.number(total))
    };
    view! {
        <Dialog open title=Signal::derive(title) close_label=locale.messages.common.close is_held=is_running>
            {move || job.get().map(|job| view! {
                <BatchReport run=job.run file=chunk_actions(locale).file on_close=move |()| open.set(false) />
            })}
        </Dialog>
    }
}
