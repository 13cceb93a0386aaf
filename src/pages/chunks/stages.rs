//! A document that is not indexed: how far it is, or why it stopped.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{DocumentDetail, IndexingStatus};

use crate::{
    components::Allowed,
    i18n::use_locale,
    model::{
        access::Right,
        document::{is_settled, stage_number},
        progress::Progress as IndexingProgress,
    },
    state::uploads::Uploads,
    ui::{Button, ButtonKind, Icon, Progress},
};

/// The stages, the bar, and what to expect.
#[component]
pub fn Moving(
    /// The document.
    detail: Signal<Arc<DocumentDetail>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let uploads = expect_context::<Uploads>();
    // Its batch is known only where it was uploaded from here; then its chunks are counted live.
    let upload = Memo::new(move |_| {
        let id = detail.with(|detail| detail.id.clone());
        uploads.queue().with(|queue| {
            let own = queue.items.iter().rev().find(|item| item.document.as_ref() == Some(&id) && !item.stage.is_ended());
            own.map(|item| item.progress.clone()).unwrap_or_default()
        })
    });
    let stage =
        Memo::new(move |_| {
            let seen =
                detail.with(|detail| if is_settled(&detail.indexing_status) { 0 } else { stage_number(&detail.indexing_status) });
            seen.max(upload.with(
                |progress: &IndexingProgress| if is_settled(&progress.status) { 0 } else { stage_number(&progress.status) },
            ))
        });
    let is_paused = Memo::new(move |_| detail.with(|detail| detail.indexing_status == IndexingStatus::Paused));
    let counts = move || {
        let (done, total) = upload.with(|progress| (progress.completed, progress.total));
        let found = detail.with(|detail| detail.segment_count);
        if total > 0 {
            Some((messages.chunks_done)(&locale.number(done), &locale.number(total)))
        } else {
            (found > 0).then(|| (messages.chunks_found)(found))
        }
    };
    let step = move |at: usize| {
        let class = move || if at < stage.get() { "done" } else { "" };
        let is_current = move || (at == stage.get()).then_some("step");
        view! {
            <li class=class aria-current=is_current>
                <Show when=move || { at < stage.get() }><Icon name="check" /></Show>
                {messages.stages[at]}
            </li>
        }
    };
    view! {
        <section class="moving" aria-label=messages.stages_label>
            <ol class="stages">{(0..messages.stages.len()).map(step).collect_view()}</ol>
            <Show when=move || !is_paused.get()>
                <Progress value=Signal::derive(move || upload.with(IndexingProgress::fraction)) label=messages.stages_label.to_owned() />
            </Show>
            <p class="counts" role="status">{counts}</p>
            <p>{move || if is_paused.get() { messages.paused_text } else { messages.moving_text }}</p>
        </section>
    }
}

/// A document that failed: the server's own words, and the ways out.
#[component]
pub fn Failed(
    /// The document.
    detail: Signal<Arc<DocumentDetail>>,
    /// Whether a pipeline fills its knowledge base, so that no file can take its place.
    has_pipeline: Memo<bool>,
    /// Opens the dialog that replaces it.
    #[prop(into)]
    on_replace: Callback<()>,
    /// Opens the dialog that deletes it.
    #[prop(into)]
    on_delete: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.chunks;
    let reason = move || {
        let error = detail.with(|detail| detail.error.clone().unwrap_or_default());
        if error.trim().is_empty() { messages.failed_unknown.to_owned() } else { error }
    };
    view! {
        <section class="error-panel" role="alert">
            <Icon name="warning" />
            <div>
                <h2>{messages.failed_title}</h2>
                <p class="reason">{reason}</p>
                <Allowed right=Right::Change>
                    <p>{move || if has_pipeline.get() { locale.messages.documents.pipeline_fills } else { messages.failed_text }}</p>
                    <div class="ways">
                        <Show when=move || !has_pipeline.get()>
                            <Button kind=ButtonKind::Primary icon="upload" on_click=move |_| on_replace.run(())>{messages.replace_file}</Button>
                        </Show>
                        <Button icon="delete" on_click=move |_| on_delete.run(())>{messages.delete_document}</Button>
                    </div>
                </Allowed>
            </div>
        </section>
    }
}
