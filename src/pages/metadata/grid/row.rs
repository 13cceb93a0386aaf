//! One document in the grid. The row stays while its document changes.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{Grid, editor::CellEditor};
use crate::{
    components::Link,
    i18n::use_locale,
    model::{
        cells::Cell,
        id::DocumentId,
        metadata::{Field, MetadataValue},
    },
    pages::metadata::{screen::use_screen, words},
    routes::Route,
    ui::Checkbox,
};

/// The documents that are made, with their places.
type Window = Memo<Vec<(Arc<Document>, usize)>>;

/// A row.
#[component]
pub fn Row(
    /// The document as it was when the row was made.
    document: Arc<Document>,
    /// The documents that are made, to follow this one.
    window: Window,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
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
    let select = move |is_selected: bool| {
        id.with_value(|id| {
            selection.update(|selection| {
                if is_selected {
                    selection.insert(id.clone());
                } else {
                    selection.remove(id);
                }
            });
        });
    };
    let title = match id.with_value(|id| DocumentId::parse(id)) {
        Some(document) => {
            let to = Route::Document {
                connection: screen.client.with_value(|client| client.connection().to_owned()),
                knowledge_base: screen.knowledge_base.get_value(),
                document,
                chunk: None,
            };
            view! { <Link to class="row-name">{move || name.get()}</Link> }.into_any()
        }
        None => view! { <span class="row-name">{move || name.get()}</span> }.into_any(),
    };
    view! {
        <tr class:picked=move || is_selected.get() data-row=move || place.get() aria-rowindex=move || place.get() + 2>
            <th scope="row" class="row-head" aria-colindex="1" title=move || name.get()>
                <span>
                    <Checkbox
                        checked=is_selected
                        label=Signal::derive(move || (messages.select)(&name.get()))
                        is_label_hidden=true
                        on_change=select
                    />
                    {title}
                </span>
            </th>
            {move || screen.fields.get().into_iter().enumerate().map(|(column, field)| {
                view! { <CellView document place name field column /> }
            }).collect_view()}
        </tr>
    }
}

/// What a cell shows.
#[derive(Clone, PartialEq)]
struct Shown {
    text: String,
    before: Option<String>,
    problem: Option<&'static str>,
    utc: Option<String>,
}

#[component]
fn CellView(document: Memo<Arc<Document>>, place: Memo<usize>, name: Memo<String>, field: Field, column: usize) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let grid = expect_context::<Grid>();
    let class = if field.kind == loredesk_wire::MetadataType::Number { "number" } else { "" };
    let field = StoredValue::new(field);
    let shown = Memo::new(move |_| {
        field.with_value(|field| {
            document.with(|document| {
                screen.edits.with(|edits| {
                    let edit = edits.get(&document.id, &field.id);
                    let server = screen.server_value(document, field);
                    let value: &MetadataValue = edit.map_or(&server, |edit| &edit.wanted);
                    Shown {
                        text: words::cell(value),
                        before: edit.map(|edit| (messages.before)(&words::named(locale, &edit.base))),
                        problem: words::problem(locale, &field.kind, value),
                        utc: words::utc(locale, value),
                    }
                })
            })
        })
    });
    let cell = move || Cell { row: place.get(), column };
    let is_chosen = Memo::new(move |_| grid.chosen.with(|chosen| chosen.has(cell())));
    let is_active = Memo::new(move |_| grid.chosen.with(|chosen| chosen.head == cell()));
    let is_edited = Memo::new(move |_| {
        grid.editing.with(|editing| {
            editing.as_ref().is_some_and(|editing| {
                document.with(|document| editing.document == document.id)
                    && field.with_value(|field| editing.field.id == field.id)
            })
        })
    });
    let title = move || {
        shown.with(|shown| {
            let parts = [shown.problem.map(str::to_owned), shown.before.clone(), shown.utc.clone()];
            let long = (shown.text.chars().count() > 18).then(|| shown.text.clone());
            let parts: Vec<String> = long.into_iter().chain(parts.into_iter().flatten()).collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        })
    };
    view! {
        <td
            role="gridcell"
            id=move || format!("cell-{}-{column}", place.get())
            class=class
            class:chosen=move || is_chosen.get()
            class:active=move || is_active.get()
            class:changed=move || shown.with(|shown| shown.before.is_some())
            class:unfit=move || shown.with(|shown| shown.problem.is_some())
            class:edited=move || is_edited.get()
            aria-colindex=column + 2
            aria-selected=move || if is_chosen.get() { "true" } else { "false" }
            aria-invalid=move || shown.with(|shown| shown.problem.map(|_| "true"))
            data-cell=move || format!("{},{column}", place.get())
            title=title
        >
            {move || if is_edited.get() {
                let label = field.with_value(|field| (messages.editor)(&field.name, &name.get_untracked()));
                view! { <CellEditor label /> }.into_any()
            } else {
                view! { <span class="cell-text">{move || shown.with(|shown| shown.text.clone())}</span> }.into_any()
            }}
        </td>
    }
}
