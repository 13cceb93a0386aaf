//! Files of a source that takes them: chosen or dropped, sent at once by the upload queue, and chosen for the run when the server
//! has them.
//!
//! Carries out: uploadPipelineFile.

use std::collections::HashSet;

use leptos::{html, prelude::*};

use super::{
    found::FoundStatus,
    found_list::FoundList,
    inputs::LoneFurtherInputs,
    look::{Lookup, use_look},
    work::{Looking, Work, as_found, use_work},
};
use crate::{
    components::accepted_words,
    dom::{
        picked::{self, PickedFiles},
        visible::visible,
    },
    i18n::{pipeline, use_locale},
    model::pipeline::Found,
    state::{
        pipeline_files::PipelineFiles,
        pipeline_runs::PipelineRuns,
        session::Session,
        uploads::{
            Uploads,
            queue::{Item, Stage},
        },
    },
    ui::{Button, ButtonKind, FileInput, Icon, IconButton, Progress, open_picker},
};

/// The section.
#[component]
pub fn FilesSection() -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let work = use_work();
    let limits = expect_context::<Session>().config().limits.clone();
    let accept = limits.extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",");
    let (files, folder) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let add = Callback::new(move |picked: PickedFiles| work.send(picked, None, None));
    let runs = expect_context::<PipelineRuns>();
    let handed = work.place.with_value(|(client, knowledge_base)| runs.take_handed(client, knowledge_base));
    if let Some(picked) = handed {
        add.run(picked);
    }
    choose_what_arrives(work);
    let mine = Memo::new(move |_| {
        let of_run =
            work.files.with(|files| files.iter().filter(|file| file.variable.is_none()).map(as_found).collect::<Vec<_>>());
        let others = work.told.with(|told| told.found.clone());
        let known: HashSet<String> = of_run.iter().map(|found| found.key.clone()).collect();
        of_run.into_iter().chain(others.into_iter().filter(|found| !known.contains(&found.key))).collect::<Vec<Found>>()
    });
    let look = use_look(work);
    let is_looking = Signal::derive(move || work.looking.get() == Looking::Busy);
    view! {
        <section class="settings-section">
            <header>
                <h2>{messages.files}</h2>
                <p>{messages.files_text}</p>
                <p class="hint">{accepted_words(locale, &limits)}</p>
            </header>
            <div class="form">
                <FileInput node_ref=files accept on_files=add />
                <FileInput node_ref=folder is_folder=true on_files=add />
                <div class="drop-place">
                    <Icon name="upload" />
                    <p>{messages.drop_here}</p>
                    <div class="drop-buttons">
                        <Button icon="upload" on_click=move |_| open_picker(files)>{messages.choose_files}</Button>
                        <Button icon="folder" on_click=move |_| open_picker(folder)>{messages.choose_folder}</Button>
                        <Button kind=ButtonKind::Quiet icon="history" pending=is_looking on_click=move |_| look.run(Lookup::Start)>{messages.find_waiting}</Button>
                    </div>
                </div>
                <FoundStatus />
                <OnTheirWay />
                <FoundList things=mine on_remove=use_remove(work) />
                <LoneFurtherInputs />
            </div>
        </section>
        <DropOverlay add />
    }
}

/// What is uploaded is meant for the run, until somebody says otherwise; so is what an earlier page uploaded.
fn choose_what_arrives(work: Work) {
    Effect::new(move |before: Option<HashSet<String>>| {
        let before = before.unwrap_or_default();
        let files = work.files.get();
        let files: Vec<_> = files.iter().filter(|file| file.variable.is_none()).collect();
        let new: Vec<Found> = files.iter().filter(|file| !before.contains(&file.id)).map(|file| as_found(file)).collect();
        let now: HashSet<String> = files.iter().map(|file| file.id.clone()).collect();
        if !new.is_empty() {
            work.choose(new, true);
        }
        // What a run has taken is no longer there to be chosen.
        let gone: HashSet<String> = before.difference(&now).cloned().collect();
        if !gone.is_empty() {
            work.chosen.update(|chosen| chosen.retain(|found| !gone.contains(&found.key)));
        }
        now
    });
}

/// Takes a file off the page; on the server it stays until that sweeps it.
fn use_remove(work: Work) -> Callback<String> {
    let waiting = expect_context::<PipelineFiles>();
    Callback::new(move |key: String| {
        work.chosen.update(|chosen| chosen.retain(|found| found.key != key));
        work.told.update(|told| told.found.retain(|found| found.key != key));
        work.place.with_value(|(client, knowledge_base)| waiting.remove(client.connection(), knowledge_base, &[key]));
    })
}

/// Files that are being sent, each with its bar.
#[component]
fn OnTheirWay() -> impl IntoView {
    let locale = use_locale();
    let messages = pipeline::of(locale);
    let work = use_work();
    let uploads = expect_context::<Uploads>();
    let items = Memo::new(move |_| work.on_their_way());
    let ids = Memo::new(move |_| items.with(|items| items.iter().map(|item| item.id).collect::<Vec<_>>()));
    let row = move |id: u32| {
        let item = Memo::new(move |before: Option<&Option<Item>>| {
            let now = items.with(|items| items.iter().find(|item| item.id == id).cloned());
            now.or_else(|| before.cloned().flatten())
        });
        let name = item.get_untracked().map(|item| visible(&item.name)).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes")]
        let bytes = move |bytes: f64| locale.bytes(bytes as u64);
        let words = move || {
            item.with(|item| match item {
                Some(item) if item.stage == Stage::Sending => (messages.sending)(&bytes(item.sent), &bytes(item.size)),
                _ => messages.waiting.to_owned(),
            })
        };
        let part = Signal::derive(move || Some(item.with(|item| item.as_ref().map_or(0.0, Item::fraction))));
        view! {
            <li class="thing sending">
                <span class="file-name" title=name.clone()>{name.clone()}</span>
                <span class="none">{words}</span>
                <IconButton icon="close" label=(messages.remove)(&name) on_click=move |_| uploads.cancel(id) />
                <Progress value=part label=name />
            </li>
        }
    };
    view! {
        <Show when=move || !ids.with(Vec::is_empty)>
            <ul class="things"><For each=move || ids.get() key=|id| *id children=row /></ul>
        </Show>
    }
}

/// The whole page takes files while some are dragged over it.
#[component]
fn DropOverlay(add: Callback<PickedFiles>) -> impl IntoView {
    let messages = pipeline::of(use_locale());
    let is_over = RwSignal::new(false);
    picked::on_drop(
        move |over| {
            if is_over.try_get_untracked().is_some_and(|now| now != over) {
                is_over.set(over);
            }
        },
        move |files| {
            let _ = add.try_run(files);
        },
    );
    view! {
        <Show when=move || is_over.get()>
            <div class="drop-overlay" role="status">
                <div>
                    <Icon name="upload" />
                    <strong>{messages.drop_title}</strong>
                    <span>{messages.drop_text}</span>
                </div>
            </div>
        </Show>
    }
}
