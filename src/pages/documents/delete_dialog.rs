//! Deleting one document or many: asks, deletes one after the other, and says of each what has become of it.
//!
//! Carries out: deleteDocument.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::Document;

use super::{
    deletion::{Deletion, Entry, Outcome},
    screen::{Screen, use_screen},
};
use crate::{
    api::{ApiError, Client, ErrorKind, dify},
    components::words::error_words,
    i18n::use_locale,
    model::{
        document::can_delete,
        id::{DocumentId, KnowledgeBaseId},
    },
    state::{cache::Resource, query::QueryCache, toasts::Toasts},
    ui::{Button, ButtonKind, Dialog, Icon, Progress},
};

/// Names shown before one knows how many there are.
const NAMED: usize = 6;

/// The dialog.
#[component]
pub fn DeleteDocumentsDialog() -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = use_screen();
    let (open, to_delete) = (screen.is_deleting, screen.to_delete);
    let deletion = RwSignal::new(None::<Deletion>);
    let is_running = Signal::derive(move || deletion.with(|deletion| deletion.as_ref().is_some_and(|it| it.is_running)));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        if was_open == Some(true) && !is_open {
            let has_deleted = deletion.with_untracked(|deletion| deletion.as_ref().is_some_and(|it| it.gone() > 0));
            deletion.set(None);
            if has_deleted {
                screen.focus_again();
            }
        }
        is_open
    });
    let title = move || {
        to_delete.with(|documents| match documents.as_slice() {
            [document] => (messages.delete_one_title)(&document.name),
            documents => {
                let count = documents.iter().filter(|document| can_delete(&document.display_status)).count() as u64;
                (messages.delete_many_title)(count, &locale.number(count))
            }
        })
    };
    view! {
        <Dialog open title=Signal::derive(title) close_label=locale.messages.common.close is_held=is_running>
            {move || {
                if deletion.with(Option::is_some) {
                    view! { <Outcomes deletion open /> }.into_any()
                } else {
                    view! { <Question deletion open /> }.into_any()
                }
            }}
        </Dialog>
    }
}

/// What goes, and the button.
#[component]
fn Question(deletion: RwSignal<Option<Deletion>>, open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = use_screen();
    let documents = screen.to_delete.get_untracked();
    let (going, staying): (Vec<Arc<Document>>, Vec<_>) =
        documents.into_iter().partition(|document| can_delete(&document.display_status));
    let is_many = going.len() + staying.len() > 1;
    let text = if is_many { messages.delete_many_text } else { messages.delete_one_text };
    let names = going.iter().take(NAMED).map(|document| view! { <li>{document.name.clone()}</li> }).collect_view();
    let more = (going.len() > NAMED).then(|| (messages.and_more)(&locale.number((going.len() - NAMED) as u64)));
    let left_out =
        (!staying.is_empty()).then(|| (messages.archived_left_out)(staying.len() as u64, &locale.number(staying.len() as u64)));
    let is_nothing = going.is_empty();
    let (cache, toasts) = (expect_context::<QueryCache>(), expect_context::<Toasts>());
    let start = move |_| {
        deletion.set(Some(Deletion::of(going.iter().map(|document| (document.id.clone(), document.name.clone())))));
        let single = going.first().filter(|_| going.len() == 1).map(|document| (messages.deleted_toast)(&document.name));
        run(screen.clone(), deletion, cache, move || {
            // One that went well needs no list.
            if let Some(text) = &single {
                open.set(false);
                toasts.done(text.clone());
            }
        });
    };
    view! {
        <div class="form">
            <p>{text}</p>
            {is_many.then(|| view! { <ul class="names">{names}{more.map(|more| view! { <li class="none">{more}</li> })}</ul> })}
            {left_out.map(|text| view! { <p class="warning-text">{text}</p> })}
            <footer class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{locale.messages.common.cancel}</Button>
                <Button kind=ButtonKind::Danger icon="delete" disabled=Signal::stored(is_nothing) on_click=start>{messages.delete_submit}</Button>
            </footer>
        </div>
    }
}

/// What has become of each.
#[component]
fn Outcomes(deletion: RwSignal<Option<Deletion>>, open: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = use_screen();
    let cache = expect_context::<QueryCache>();
    let read = move |part: fn(&Deletion) -> usize| deletion.with(|deletion| deletion.as_ref().map_or(0, part) as u64);
    let all = move || read(|deletion| deletion.entries.len());
    let is_running = Memo::new(move |_| deletion.with(|deletion| deletion.as_ref().is_some_and(|it| it.is_running)));
    let sentence = move || {
        let (gone, settled) = (read(Deletion::gone), read(Deletion::settled));
        if is_running.get() {
            (messages.deleting_of)(&locale.number(settled + 1), &locale.number(all()))
        } else {
            (messages.deleted_of)(&locale.number(gone), &locale.number(all() - gone))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "a bar")]
    let part = move || Some(read(Deletion::settled) as f64 / all().max(1) as f64);
    let ids = Memo::new(move |_| {
        deletion.with(|deletion| {
            let entries = deletion.iter().flat_map(|deletion| deletion.entries.iter());
            entries.map(|entry| entry.id.clone()).collect::<Vec<_>>()
        })
    });
    let has_left = move || !is_running.get() && read(Deletion::gone) < all();
    let retry = Callback::new(move |()| {
        deletion.update(|deletion| {
            if let Some(deletion) = deletion {
                deletion.begin_again();
            }
        });
        run(screen.clone(), deletion, cache, || {});
    });
    view! {
        <div class="form">
            <p role="status">{sentence}</p>
            <Show when=move || is_running.get()>
                <Progress value=Signal::derive(part) label=Signal::derive(sentence) />
            </Show>
            <ul class="outcomes" tabindex="0">
                <For each=move || ids.get() key=|id| id.clone() let:id>
                    <OutcomeLine deletion id />
                </For>
            </ul>
            <footer class="dialog-foot">
                {move || {
                    if is_running.get() {
                        view! {
                            <Button icon="pause" on_click=move |_| {
                                deletion.update(|deletion| {
                                    if let Some(deletion) = deletion {
                                        deletion.is_running = false;
                                    }
                                });
                            }>{messages.stop}</Button>
                        }.into_any()
                    } else {
                        view! {
                            <Show when=has_left><Button icon="retry" on_click=move |_| retry.run(())>{messages.retry_failed}</Button></Show>
                            <Button kind=ButtonKind::Primary on_click=move |_| open.set(false)>{locale.messages.common.close}</Button>
                        }.into_any()
                    }
                }}
            </footer>
        </div>
    }
}

#[component]
fn OutcomeLine(deletion: RwSignal<Option<Deletion>>, id: String) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let entry =
        Memo::new(move |_| deletion.with(|deletion| deletion.as_ref()?.entries.iter().find(|entry| entry.id == id).cloned()));
    let is_over = Memo::new(move |_| deletion.with(|deletion| deletion.as_ref().is_some_and(|it| !it.is_running)));
    move || {
        let Entry { name, outcome, .. } = entry.get()?;
        let (class, icon, word) = match outcome {
            Outcome::Waiting if is_over.get() => ("status off", "off", messages.not_tried.to_owned()),
            Outcome::Waiting => ("status waiting", "clock", messages.queuing.to_owned()),
            Outcome::Running => ("status busy", "busy", messages.being_deleted.to_owned()),
            Outcome::Deleted => ("status good", "check", messages.deleted.to_owned()),
            Outcome::AlreadyGone => ("status good", "check", messages.already_gone.to_owned()),
            Outcome::Failed(error) => {
                let words = error_words(locale.messages, &error);
                ("status bad", "warning", format!("{} {} {}", words.cause, words.remedy, words.said.unwrap_or_default()))
            }
        };
        Some(view! { <li><span class="name">{name}</span><span class=class><Icon name=icon /><span>{word}</span></span></li> })
    }
}

/// Deletes what is waiting; `on_success` is called when all of it is gone.
fn run(screen: Screen, deletion: RwSignal<Option<Deletion>>, cache: QueryCache, on_success: impl FnOnce() + 'static) {
    spawn_local(async move {
        // `None` once the screen is left.
        while let Some(Some(id)) = deletion.try_update(|deletion| deletion.as_mut().and_then(Deletion::next)) {
            let outcome = match DocumentId::parse(&id) {
                Some(document) => delete(&screen.client, &screen.knowledge_base, &document).await,
                None => Outcome::AlreadyGone,
            };
            if matches!(outcome, Outcome::Deleted | Outcome::AlreadyGone) {
                screen.index.remove(&id);
                let _ = screen.selection.try_update(|selection| selection.remove(&id));
            }
            let _ = deletion.try_update(|deletion| {
                if let Some(deletion) = deletion {
                    deletion.settle(&id, outcome);
                }
            });
        }
        for resource in [Resource::KnowledgeBases, Resource::KnowledgeBase, Resource::Document, Resource::Chunks] {
            cache.invalidate(resource);
        }
        let is_clean = deletion.try_with_untracked(|deletion| deletion.as_ref().is_some_and(|it| it.gone() == it.entries.len()));
        if is_clean == Some(true) {
            on_success();
        }
    });
}

async fn delete(client: &Client, knowledge_base: &KnowledgeBaseId, id: &DocumentId) -> Outcome {
    match dify::documents::delete(client, knowledge_base, id).await {
        Ok(()) => Outcome::Deleted,
        Err(error) if error.kind == ErrorKind::NotFound => Outcome::AlreadyGone,
        // The answer was lost: the document itself tells whether it was carried out.
        Err(error) if error.is_outcome_unknown() => match dify::documents::get(client, knowledge_base, id).await {
            Err(ApiError { kind: ErrorKind::NotFound, .. }) => Outcome::Deleted,
            _ => Outcome::Failed(error),
        },
        Err(error) => Outcome::Failed(error),
    }
}
