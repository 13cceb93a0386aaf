//! One document in the list. The row stays while its document changes, so that the focus does.
//!
//! Carries out: downloadDocument.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{DisplayStatus, Document};

use super::{
    arrange::{file_type, size},
    screen::use_screen,
    status::{self, State},
};
use crate::{
    api::dify,
    components::{Link, Time, use_go, words::error_words},
    dom::{clock, download},
    i18n::use_locale,
    model::{
        document::{can_delete, is_moving},
        id::DocumentId,
    },
    routes::Route,
    state::{toasts::Toasts, uploads::Uploads},
    ui::{Checkbox, Menu, MenuItem, Progress, Status},
};

/// A row.
#[component]
pub fn Row(
    /// The document as it was when the row was made.
    document: Arc<Document>,
    /// The documents near the window with their places, to follow this one.
    window: Memo<Vec<(Arc<Document>, usize)>>,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = use_screen();
    let id = StoredValue::new(document.id.clone());
    // A row that is about to leave keeps what it showed.
    let found = Memo::new(move |before: Option<&(Arc<Document>, usize)>| {
        let now = id.with_value(|id| window.with(|window| window.iter().find(|(document, _)| document.id == *id).cloned()));
        now.or_else(|| before.cloned()).unwrap_or_else(|| (Arc::clone(&document), 0))
    });
    let document = Memo::new(move |_| found.with(|(document, _)| Arc::clone(document)));
    let place = Memo::new(move |_| found.with(|(_, place)| *place));
    let name = Memo::new(move |_| document.with(|document| document.name.clone()));
    let selection = screen.selection;
    let is_selected = Memo::new(move |_| id.with_value(|id| selection.with(|selection| selection.contains(id))));
    let number =
        move |value: Option<u64>| value.map_or_else(|| locale.messages.common.none.to_owned(), |value| locale.number(value));
    #[expect(clippy::cast_possible_truncation, reason = "epoch seconds")]
    let sentence =
        Memo::new(move |_| document.with(|document| status::sentence(locale, document, (clock::now() / 1000.0) as i64)));
    let created = Memo::new(move |_| document.with(|document| document.created_at));
    // A server's id that is no UUID cannot be opened, and its row says so by not being a link.
    let title = match id.with_value(|id| DocumentId::parse(id)) {
        Some(document) => {
            let to = Route::Document {
                connection: screen.client.connection().to_owned(),
                knowledge_base: screen.knowledge_base.clone(),
                document,
                chunk: None,
            };
            view! { <Link to class="row-link">{move || name.get()}</Link> }.into_any()
        }
        None => view! { <span>{move || name.get()}</span> }.into_any(),
    };
    let select = {
        let screen = screen.clone();
        move |is_selected: bool| id.with_value(|id| screen.select(id, is_selected))
    };
    view! {
        <tr class:picked=move || is_selected.get() class:told=move || sentence.with(Option::is_some) data-row=move || place.get() aria-rowindex=move || place.get() + 2>
            <td class="select-cell">
                <Checkbox
                    checked=is_selected
                    label=Signal::derive(move || (messages.select)(&name.get()))
                    is_label_hidden=true
                    on_change=select
                />
            </td>
            <td class="name" title=move || name.get()>
                {title}
                {move || sentence.get().map(|text| view! { <small class="sentence" title=text.clone()>{text.clone()}</small> })}
            </td>
            <td class="column-status"><StatusCell document /></td>
            <td class="column-type">{move || document.with(|document| file_type(document))}</td>
            <td class="column-size number">{move || {
                document.with(|document| size(document)).map_or_else(|| locale.messages.common.none.to_owned(), |size| locale.bytes(size))
            }}</td>
            <td class="column-words number">{move || number(document.with(|document| document.word_count))}</td>
            <td class="column-hits number">{move || number(Some(document.with(|document| document.hit_count)))}</td>
            <td class="column-created">{move || view! { <Time seconds=created.get() /> }}</td>
            <td class="row-actions"><Actions document name /></td>
        </tr>
    }
}

#[component]
fn StatusCell(document: Memo<Arc<Document>>) -> impl IntoView {
    let locale = use_locale();
    let uploads = expect_context::<Uploads>();
    let state = Memo::new(move |_| {
        document.with(|document| {
            // Only what moves listens to the queue.
            let progress = is_moving(&document.display_status).then(|| {
                uploads.queue().with(|queue| {
                    let own = queue.items.iter().rev().find(|item| item.document.as_ref() == Some(&document.id));
                    own.map(|item| item.progress.clone())
                })
            });
            status::state(locale, document, progress.flatten().as_ref())
        })
    });
    move || {
        let State { tone, word, bar } = state.get();
        let label = word.clone();
        view! {
            <Status tone text=word />
            {bar.map(|value| view! { <Progress value=Signal::stored(value) label=label /> })}
        }
    }
}

#[component]
fn Actions(document: Memo<Arc<Document>>, name: Memo<String>) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.messages.documents;
    let screen = StoredValue::new(use_screen());
    let toasts = expect_context::<Toasts>();
    let go = StoredValue::new_local(use_go());
    let open = move |()| {
        let Some(document) = DocumentId::parse(&document.get_untracked().id) else { return };
        let route = screen.with_value(|screen| Route::Document {
            connection: screen.client.connection().to_owned(),
            knowledge_base: screen.knowledge_base.clone(),
            document,
            chunk: None,
        });
        go.with_value(|go| go(&route, ""));
    };
    let save = move |()| {
        let Some(id) = DocumentId::parse(&document.get_untracked().id) else { return };
        let (client, knowledge_base) = screen.with_value(|screen| (screen.client.clone(), screen.knowledge_base.clone()));
        spawn_local(async move {
            match dify::documents::download_url(&client, &knowledge_base, &id).await {
                Ok(answer) if download::open(&answer.url) => {}
                Ok(_) => toasts.problem(locale.messages.errors.decode.join(" ")),
                Err(error) => {
                    let words = error_words(locale.messages, &error);
                    toasts.problem(format!("{} {}", words.cause, words.remedy));
                }
            }
        });
    };
    let replace = move |()| {
        screen.with_value(|screen| {
            screen.to_replace.set(Some(document.get_untracked()));
            screen.is_replacing.set(true);
        });
    };
    let delete = move |()| screen.with_value(|screen| screen.delete(vec![document.get_untracked()]));
    view! {
        <Menu label=Signal::derive(move || (messages.actions_of)(&name.get()))>
            {move || {
                let (can_delete, is_enabled, is_archived) = document.with_untracked(|document| {
                    let is_archived = document.archived || document.display_status == DisplayStatus::Archived;
                    (can_delete(&document.display_status), document.enabled, is_archived)
                });
                let can_replace = is_enabled && !is_archived && screen.with_value(|screen| screen.can_add.get_untracked());
                let why = if is_archived {
                    messages.archived_stays
                } else if is_enabled {
                    ""
                } else {
                    messages.disabled_stays
                };
                view! {
                    <MenuItem icon="document" on_select=open>{messages.open}</MenuItem>
                    <MenuItem icon="download" on_select=save>{messages.download}</MenuItem>
                    <MenuItem icon="upload" disabled=Signal::stored(!can_replace) title=why on_select=replace>{messages.replace}</MenuItem>
                    <MenuItem
                        icon="delete"
                        is_danger=true
                        disabled=Signal::stored(!can_delete)
                        title=if can_delete { "" } else { messages.archived_stays }
                        on_select=delete
                    >{messages.delete}</MenuItem>
                }
            }}
        </Menu>
    }
}
