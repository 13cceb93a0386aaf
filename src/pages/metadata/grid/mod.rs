//! The grid of documents and fields. The table keeps the focus and names the cell that the keyboard is at; only the rows near the
//! visible part are made. It scrolls by itself both ways, so that its head and its first column stay in view.

mod editor;
mod keys;
mod row;
mod state;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use self::row::Row;
pub use self::state::Grid;
use super::{screen::use_screen, values::Shown};
use crate::{
    components::{Allowed, metadata_values::words},
    dom::{clipboard, visible::visible},
    i18n::use_locale,
    model::{
        access::Right,
        cells::{Cell, Chosen, place_block},
    },
    ui::{Checkbox, rows_in_view},
};

/// A row's height in pixels, as the style sheet has it.
const ROW: f64 = 36.0;

/// The grid.
#[component]
pub fn GridView(
    /// The documents to show.
    shown: Shown,
) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let (scroller, table) = (NodeRef::<html::Div>::new(), NodeRef::<html::Table>::new());
    let grid = Grid::new(screen, shown, scroller, table);
    provide_context(grid);
    let count = Memo::new(move |_| shown.with(Vec::len));
    let range = RwSignal::new(rows_in_view(count.get_untracked(), ROW, 0.0, 1000.0));
    let measure = move || {
        let Some(Some(scroller)) = scroller.try_get_untracked() else { return };
        let Some(count) = count.try_get_untracked() else { return };
        let now = rows_in_view(count, ROW, -f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
        if now != range.get_untracked() {
            range.set(now);
        }
    };
    Effect::new(move |_| {
        scroller.track();
        count.track();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    // A filter may leave fewer rows than the keyboard was at.
    Effect::new(move |_| {
        let (rows, columns) = (count.get(), screen.fields.with(Vec::len));
        grid.chosen.maybe_update(|chosen| {
            let inside = chosen.within(rows, columns);
            let has_changed = inside != *chosen;
            *chosen = inside;
            has_changed
        });
    });
    listen_to_clipboard(grid);
    let window = Memo::new_with_compare(
        move |_| {
            let range = range.get();
            shown.with(|shown| {
                let range = range.start.min(shown.len())..range.end.min(shown.len());
                shown[range.clone()].iter().cloned().zip(range).collect::<Vec<_>>()
            })
        },
        |_, _| true,
    );
    let space_above = move || pixels(range.with(|range| range.start));
    let space_below = move || pixels(count.get().saturating_sub(range.with(|range| range.end)));
    let columns = move || screen.fields.with(Vec::len) + 1;
    let active = move || {
        let Cell { row, column } = grid.chosen.get().head;
        format!("cell-{row}-{column}")
    };
    view! {
        <div class="grid-scroller" node_ref=scroller on:scroll=move |_| measure()>
            <table
                class="values-grid"
                role="grid"
                node_ref=table
                tabindex="0"
                aria-label=messages.table
                aria-rowcount=move || count.get() + 1
                aria-colcount=columns
                aria-multiselectable="true"
                aria-activedescendant=active
                on:keydown=move |event| keys::on_keydown(grid, &event)
                on:mousedown=move |event| on_press(grid, &event)
                on:mouseover=move |event| on_drag(grid, &event)
                on:dblclick=move |event| {
                    if cell_of(&event).is_some() {
                        grid.edit(None);
                    }
                }
            >
                <Head shown />
                <tbody>
                    <tr class="space" aria-hidden="true" style:height=space_above></tr>
                    <For each=move || window.get() key=|(document, _)| document.id.clone() let((document, _))>
                        <Row document window />
                    </For>
                    <tr class="space" aria-hidden="true" style:height=space_below></tr>
                </tbody>
            </table>
        </div>
        {screen.may_change.then(|| view! { <p class="hint grid-keys">{messages.keys}</p> })}
    }
}

#[component]
fn Head(shown: Shown) -> impl IntoView {
    let locale = use_locale();
    let messages = &locale.metadata().grid;
    let screen = use_screen();
    let selection = screen.selection;
    let picked = Memo::new(move |_| {
        selection.with(|selection| {
            shown.with(|shown| (shown.iter().filter(|document| selection.contains(&document.id)).count(), shown.len()))
        })
    });
    let select_all = move |is_selected: bool| {
        selection.update(|selection| {
            shown.with_untracked(|shown| {
                for document in shown {
                    if is_selected {
                        selection.insert(document.id.clone());
                    } else {
                        selection.remove(&document.id);
                    }
                }
            });
        });
    };
    view! {
        <thead>
            <tr aria-rowindex="1">
                <th class="corner" scope="col" aria-colindex="1">
                    <span>
                        <Allowed right=Right::Change>
                            <Checkbox
                                checked=Signal::derive(move || picked.with(|(picked, all)| picked == all && *all > 0))
                                is_partial=Signal::derive(move || picked.with(|(picked, all)| *picked > 0 && picked < all))
                                label=Signal::derive(move || (messages.select_all)(&locale.number(picked.get().1 as u64)))
                                is_label_hidden=true
                                on_change=select_all
                            />
                        </Allowed>
                        {messages.document}
                    </span>
                </th>
                {move || screen.fields.get().into_iter().enumerate().map(|(at, field)| {
                    let kind = words::kind(locale, &field.kind);
                    let name = visible(&field.name);
                    let title = format!("{name} · {kind}");
                    let class = words::column(&field.kind);
                    view! {
                        <th scope="col" class=class aria-colindex=at + 2 title=title>
                            <span class="field-name">{name}</span>
                            <small>{kind}</small>
                        </th>
                    }
                }).collect_view()}
            </tr>
        </thead>
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows of a list")]
fn pixels(rows: usize) -> String {
    format!("{}px", ROW * rows as f64)
}

/// The cell that an event of the mouse is at.
fn cell_of(event: &ev::MouseEvent) -> Option<Cell> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    // The editor is the person's own.
    if target.closest("input, textarea").ok()?.is_some() {
        return None;
    }
    let cell = target.closest("[data-cell]").ok()??.get_attribute("data-cell")?;
    let (row, column) = cell.split_once(',')?;
    Some(Cell { row: row.parse().ok()?, column: column.parse().ok()? })
}

fn on_press(grid: Grid, event: &ev::MouseEvent) {
    let Some(cell) = cell_of(event).filter(|_| event.button() == 0) else { return };
    // The table takes the focus itself; text of cells is chosen by cells.
    event.prevent_default();
    grid.commit();
    grid.chosen.update(|chosen| {
        *chosen = if event.shift_key() { Chosen { head: cell, ..*chosen } } else { Chosen::one(cell) };
    });
    grid.focus();
}

fn on_drag(grid: Grid, event: &ev::MouseEvent) {
    if event.buttons() & 1 == 0 || grid.is_editing() {
        return;
    }
    if let Some(cell) = cell_of(event) {
        grid.chosen.update(|chosen| chosen.head = cell);
    }
}

fn listen_to_clipboard(grid: Grid) {
    let locale = use_locale();
    let is_here = move || grid.has_focus();
    let copy = move || Some(grid.copied());
    let cut = move || {
        let text = grid.copied();
        grid.clear();
        Some(text)
    };
    let paste = move |text: String| {
        let block = crate::model::cells::parse_block(&text);
        let (rows, columns) = grid.size();
        let chosen = grid.chosen.get_untracked();
        let (placed, outside) = place_block(&block, chosen, rows, columns);
        let last = placed.last().map(|(cell, _)| *cell);
        grid.put_texts(placed);
        if let Some(last) = last {
            let ((top, _), (left, _)) = (chosen.rows(), chosen.columns());
            grid.chosen.set(Chosen { anchor: Cell { row: top, column: left }, head: last });
        }
        let note = (outside > 0).then(|| (locale.metadata().grid.outside)(outside as u64, &locale.number(outside as u64)));
        grid.screen.note.set(note);
    };
    clipboard::listen(is_here, copy, cut, paste);
}
