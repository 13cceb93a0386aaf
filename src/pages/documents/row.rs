//! One document in the list. The row stays while its document changes, so that the focus does.
//!
//! Carries out: downloadDocument.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{
    actions::use_actions,
    arrange::{file_type, size},
    columns::{Columns, field_text},
    row_menu::RowMenu,
    screen::use_screen,
    status::{self, State},
};
use crate::{
    components::{Link, Time},
    dom::visible::visible,
    i18n::use_locale,
    model::{document::is_moving, id::DocumentId, stuck::Delay},
    routes::Route,
    state::uploads::Uploads,
    ui::{Button, ButtonKind, Checkbox, Progress, Status},
};

/// A row.
#[component]
pub fn Row(
    /// The document as it was when the row was made.
    document: Arc<Document>,
    /// The documents near the window with their places, to follow this one.
    window: Memo<Vec<(Arc<Document>, usize)>>,
    /// The columns that are shown.
    columns: Columns,
    /// The document of the address.
    here: Memo<String>,
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
    let name = Memo::new(move |_| document.with(|document| visible(&document.name)));
    let selection = screen.selection;
    let is_selected = Memo::new(move |_| id.with_value(|id| selection.with(|selection| selection.contains(id))));
    let is_here = Memo::new(move |_| id.with_value(|id| here.with(|here| here == id)));
    let number =
        move |value: Option<u64>| value.map_or_else(|| locale.messages.common.none.to_owned(), |value| locale.number(value));
    let leaving = screen.index.leaving();
    let is_leaving = Memo::new(move |_| id.with_value(|id| leaving.with(|leaving| leaving.contains_key(id))));
    let delays = screen.delays;
    let delay = Memo::new(move |_| id.with_value(|id| delays.with(|delays| delays.get(id).cloned())));
    let sentence = Memo::new(move |_| {
        if is_leaving.get() {
            return Some(locale.document_actions().deletion.leaving.to_owned());
        }
        document.with(|document| delay.with(|delay| status::sentence(locale, document, delay.as_ref())))
    });
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
        <tr class:picked=move || is_selected.get() class:here=move || is_here.get() class:leaving=move || is_leaving.get() class:told=move || sentence.with(Option::is_some) data-row=move || place.get() aria-rowindex=move || place.get() + 2>
            <td class="select-cell">
                <Checkbox
                    checked=is_selected
                    disabled=is_leaving
                    label=Signal::derive(move || (messages.select)(&name.get()))
                    is_label_hidden=true
                    on_change=select
                />
            </td>
            <td class="name" title=move || name.get()>
                {title}
                {move || sentence.get().map(|text| view! { <small class="sentence" title=text.clone()>{text.clone()}</small> })}
            </td>
            <td class="column-status"><StatusCell document delay /></td>
            <td class="column-type">{move || document.with(|document| file_type(document))}</td>
            <td class="column-size number">{move || {
                document.with(|document| size(document)).map_or_else(|| locale.messages.common.none.to_owned(), |size| locale.bytes(size))
            }}</td>
            <td class="column-words number">{move || number(document.with(|document| document.word_count))}</td>
            <td class="column-hits number">{move || number(Some(document.with(|document| document.hit_count)))}</td>
            <td class="column-created">{move || view! { <Time seconds=created.get() /> }}</td>
            <For each=move || columns.fields.get() key=Clone::clone children=move |field| {
                let text = Memo::new(move |_| document.with(|document| visible(&field_text(locale, document, &field))));
                view! { <td class="column-field" title=move || text.get()>{move || text.get()}</td> }
            } />
            <td class="row-actions">{move || if is_leaving.get() {
                view! { <Undo document name /> }.into_any()
            } else {
                view! { <RowMenu document name /> }.into_any()
            }}</td>
        </tr>
    }
}

#[component]
fn StatusCell(document: Memo<Arc<Document>>, delay: Memo<Option<Delay>>) -> impl IntoView {
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
            delay.with(|delay| status::state(locale, document, delay.as_ref(), progress.flatten().as_ref()))
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

/// In place of the menu, while the document is about to be deleted.
#[component]
fn Undo(document: Memo<Arc<Document>>, name: Memo<String>) -> impl IntoView {
    let locale = use_locale();
    let actions = use_actions();
    let undo = move |_| actions.undo_deletion(&document.get_untracked().id);
    let label = move || (locale.document_actions().deletion.undo)(&name.get());
    view! {
        <Button kind=ButtonKind::Quiet title=Signal::derive(label) on_click=undo>
            <span aria-hidden="true">{locale.messages.common.undo}</span>
            <span class="visually-hidden">{label}</span>
        </Button>
    }
}
