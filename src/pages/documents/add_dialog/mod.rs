//! The dialog before files are sent: every file with what will become of it, the process rule, and a preview of the chunks.
//!
//! Carries out: createDocumentFromFile.

mod files;
mod lists;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

pub use self::files::{names, settings};
use self::{
    files::{Listed, listed, submit, verdicts},
    lists::{Questions, Ready, Refused},
};
use super::screen::{Screen, use_screen};
use crate::{
    components::{ChunkPreview, ErrorLine, PreviewText, ProcessRuleFields, RuleState, is_previewable},
    dom::picked::beginning,
    i18n::use_locale,
    model::preflight::{Checked, Choice, Verdict},
    state::{session::Session, uploads::Uploads},
    ui::{Button, ButtonKind, Dialog, Progress},
};

/// Bytes that are read for the preview.
const READ: i32 = 200_000;

/// The dialog.
#[component]
pub fn AddDialog() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let Screen { is_adding, picked, .. } = use_screen();
    let title = move || {
        let count = picked.with(|picked| picked.files.len() + picked.unreadable.len()) as u64;
        (messages.title)(count, &locale.number(count))
    };
    view! {
        <Dialog open=is_adding title=Signal::derive(title) close_label=locale.messages.common.close class="wide">
            <Form />
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let screen = use_screen();
    let Screen { client, knowledge_base, dataset, is_adding, picked, documents, index, .. } = screen.clone();
    let uploads = expect_context::<Uploads>();
    let limits = StoredValue::new(expect_context::<Session>().config().limits.clone());
    // The question about names needs all of them.
    index.open();
    let files = Memo::new(move |_| picked.with(listed));
    let choices = RwSignal::new(HashMap::<usize, Choice>::new());
    let taken = {
        let documents = documents.clone();
        Memo::new(move |_| documents.with(|documents| Arc::new(names(&documents.list))))
    };
    let on_their_way = {
        let (client, knowledge_base) = (client.clone(), knowledge_base.clone());
        Memo::new(move |_| -> HashSet<String> {
            uploads.queue().with(|queue| queue.names_on_their_way(client.connection(), &knowledge_base))
        })
    };
    let checked = Memo::new(move |_| limits.with_value(|limits| verdicts(files, taken, on_their_way, choices, limits)));
    let is_known = {
        let documents = documents.clone();
        Memo::new(move |_| documents.with(|documents| documents.is_current()))
    };
    let rule = RuleState::remembered(client.connection(), &knowledge_base, dataset);
    let going = Memo::new(move |_| {
        checked.with(|checked| {
            files.with(|files| {
                let going = files.iter().zip(checked).filter(|(_, checked)| matches!(checked.verdict, Verdict::Send { .. }));
                going.fold((0_u64, 0_u64), |(count, size), (file, _)| (count + 1, size + file.size))
            })
        })
    });
    let will = move || match going.get() {
        (0, _) => messages.will_add_none.to_owned(),
        (count, size) => (messages.will_add)(count, &locale.number(count), &locale.bytes(size)),
    };
    let is_off = Signal::derive(move || !is_known.get() || rule.problem().is_some());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_off.get_untracked() {
            return;
        }
        rule.remember(client.connection(), &knowledge_base);
        submit(&screen, uploads, checked.get_untracked(), &untrack(|| rule.form()));
        is_adding.set(false);
    };
    let word = move || match going.get().0 {
        0 => messages.submit_none.to_owned(),
        count => (messages.submit)(count, &locale.number(count)),
    };
    view! {
        <form class="form" novalidate on:submit=on_submit>
            <Names />
            <div class="add">
                <div class="add-files">
                    <Questions files checked choices />
                    <Refused files checked />
                    <Ready files checked />
                </div>
                <div class="add-rule">
                    <ProcessRuleFields rule />
                    <ChunkPreview text=preview_of(files, checked) rule />
                </div>
            </div>
            <footer class="dialog-foot">
                <p role="status">{will}</p>
                <Button on_click=move |_| is_adding.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Primary kind_attribute="submit" icon="upload" disabled=is_off>{word}</Button>
            </footer>
        </form>
    }
}

/// How far the names are known, or why they are not.
#[component]
fn Names() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.uploads.add;
    let Screen { documents, index, .. } = use_screen();
    let index = StoredValue::new(index);
    let state = Memo::new(move |_| {
        documents.with(|documents| {
            let (loaded, total) = documents.progress();
            (!documents.is_current()).then(|| (loaded, total, documents.error.clone()))
        })
    });
    let text = move || {
        let (loaded, total, _) = state.get().unwrap_or_default();
        (messages.checking_names)(&locale.number(loaded), &locale.number(total))
    };
    #[expect(clippy::cast_precision_loss, reason = "a bar")]
    let part = move || state.get().filter(|(_, total, _)| *total > 0).map(|(loaded, total, _)| loaded as f64 / total as f64);
    let error = Signal::derive(move || state.get().and_then(|(_, _, error)| error));
    view! {
        <Show when=move || state.with(Option::is_some)>
            <Show
                when=move || error.with(Option::is_some)
                fallback=move || view! {
                    <div class="checking">
                        <span>{text}</span>
                        <Progress value=Signal::derive(part) label=Signal::derive(text) />
                    </div>
                }
            >
                <ErrorLine error />
                <p><Button icon="retry" on_click=move |_| index.with_value(|index| index.reload())>{locale.messages.common.retry}</Button></p>
            </Show>
        </Show>
    }
}

/// The beginning of the first file that is sent and whose bytes are text.
fn preview_of(files: Memo<Arc<Vec<Listed>>>, checked: Memo<Vec<Checked>>) -> Signal<Option<PreviewText>> {
    let picked = use_screen().picked;
    let text = RwSignal::new(None);
    let at = Memo::new(move |_| {
        checked.with(|checked| {
            files.with(|files| {
                let is_it = |(file, checked): &(&Listed, &Checked)| {
                    matches!(checked.verdict, Verdict::Send { .. }) && is_previewable(&file.name)
                };
                files.iter().zip(checked).position(|pair| is_it(&pair))
            })
        })
    });
    Effect::new(move |_| {
        let file = at.get().and_then(|at| picked.with_untracked(|picked| picked.files.get(at).map(|picked| picked.file.clone())));
        match file {
            None => text.set(None),
            Some(file) => spawn_local(async move {
                let read = beginning(&file, READ).await;
                let is_part = file.size() > f64::from(READ);
                let preview = read.map(|text| PreviewText { name: file.name(), text: text.into(), is_part });
                let _ = text.try_set(preview);
            }),
        }
    });
    text.into()
}
