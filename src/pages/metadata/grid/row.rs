//! One document in the grid. The row stays while its document changes.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::Document;

use super::{Grid, editor::CellEditor};
use crate::{
    components::{Allowed, Link, metadata_values::words},
    i18n::use_locale,
    model::{
        access::Right,
        cells::Cell,
        id::DocumentId,
        metadata::{Field, MetadataValue},
        metadata_edits::Edit,
    },
    pages::metadata::screen::use_screen,
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
    let grid = expect_context::<Grid>();
    // Asked a row, so that a key or a change wakes the cells of the rows that it concerns, and not all that are in view.
    let marks = Memo::new(move |_| {
        let row = place.get();
        grid.chosen.with(|chosen| Marks {
            chosen: chosen.has(Cell { row, column: chosen.head.column }).then(|| chosen.columns()),
            active: (chosen.head.row == row).then_some(chosen.head.column),
        })
    });
    let edited = Memo::new(move |_| {
        grid.editing.with(|editing| {
            let own = editing.as_ref().filter(|editing| id.with_value(|id| editing.document == *id));
            own.map(|editing| editing.field.id.clone())
        })
    });
    let edits = Memo::new(move |_| id.with_value(|id| screen.edits.with(|edits| edits.of(id).cloned())));
    let of = OfRow { document, place, name, marks, edited, edits };
    view! {
        <tr class:picked=move || is_selected.get() data-row=move || place.get() aria-rowindex=move || place.get() + 2>
            <th scope="row" class="row-head" aria-colindex="1" title=move || name.get()>
                <span>
                    <Allowed right=Right::Change>
                        <Checkbox
                            checked=is_selected
                            label=Signal::derive(move || (messages.select)(&name.get()))
                            is_label_hidden=true
                            on_change=select
                        />
                    </Allowed>
                    {title}
                </span>
            </th>
            {move || screen.fields.get().into_iter().enumerate().map(|(column, field)| {
                view! { <CellView of field column /> }
            }).collect_view()}
        </tr>
    }
}

/// Which cells of a row are chosen, from the first to the last column, and which one the keyboard is at.
#[derive(Clone, Copy, PartialEq)]
struct Marks {
    chosen: Option<(usize, usize)>,
    active: Option<usize>,
}

/// What the cells of a row share.
#[derive(Clone, Copy)]
struct OfRow {
    document: Memo<Arc<Document>>,
    place: Memo<usize>,
    name: Memo<String>,
    marks: Memo<Marks>,
    /// The field whose cell is edited.
    edited: Memo<Option<String>>,
    /// The document's changes.
    edits: Memo<Option<BTreeMap<String, Edit>>>,
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
fn CellView(of: OfRow, field: Field, column: usize) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let OfRow { document, place, name, marks, edited, edits } = of;
    let class = words::column(&field.kind);
    let field = StoredValue::new(field);
    let shown = Memo::new(move |_| {
        field.with_value(|field| {
            edits.with(|edits| {
                let edit = edits.as_ref().and_then(|edits| edits.get(&field.id));
                let server = document.with(|document| screen.server_value(document, field));
                let value: &MetadataValue = edit.map_or(&server, |edit| &edit.wanted);
                Shown {
                    text: words::cell(value),
                    before: edit.map(|edit| (messages.before)(&words::named(locale, &edit.base))),
                    problem: words::problem(locale, &field.kind, value),
                    utc: words::utc(locale, value),
                }
            })
        })
    });
    let is_chosen =
        Memo::new(move |_| marks.with(|marks| marks.chosen.is_some_and(|(left, right)| (left..=right).contains(&column))));
    let is_active = Memo::new(move |_| marks.with(|marks| marks.active == Some(column)));
    let is_edited = Memo::new(move |_| field.with_value(|field| edited.with(|edited| edited.as_ref() == Some(&field.id))));
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
            class:in-choice=move || is_chosen.get()
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
