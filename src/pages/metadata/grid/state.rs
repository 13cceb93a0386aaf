//! What the grid knows: which cells are chosen, which one is edited, and how values get in and out of them.

use std::sync::Arc;

use leptos::{html, prelude::*};
use loredesk_wire::Document;

use super::super::{screen::Screen, values::Shown};
use crate::{
    components::metadata_values::words,
    model::{
        cells::{Cell, Chosen, Step, fill_down, print_block},
        metadata::{Field, MetadataValue},
    },
};

/// A cell that is being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Editing {
    /// The document, whatever row it is in by now.
    pub document: String,
    /// The field.
    pub field: Field,
    /// What the editor began with.
    pub first: String,
    /// What the editor holds.
    pub text: String,
    /// Whether it began empty, with the key that was pressed.
    pub is_overwriting: bool,
}

/// The grid. Copy it into handlers.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The screen.
    pub screen: Screen,
    /// Its rows.
    pub shown: Shown,
    /// The chosen cells.
    pub chosen: RwSignal<Chosen>,
    /// The cell that is edited.
    pub editing: RwSignal<Option<Editing>>,
    scroller: NodeRef<html::Div>,
    table: NodeRef<html::Table>,
}

impl Grid {
    /// A grid at its first cell.
    pub fn new(screen: Screen, shown: Shown, scroller: NodeRef<html::Div>, table: NodeRef<html::Table>) -> Self {
        Self { screen, shown, chosen: RwSignal::new(Chosen::default()), editing: RwSignal::new(None), scroller, table }
    }

    /// Rows and columns.
    pub fn size(self) -> (usize, usize) {
        (self.shown.with_untracked(Vec::len), self.screen.fields.with_untracked(Vec::len))
    }

    /// The document and the field of a cell.
    pub fn at(self, cell: Cell) -> Option<(Arc<Document>, Field)> {
        let document = self.shown.with_untracked(|shown| shown.get(cell.row).cloned())?;
        let field = self.screen.fields.with_untracked(|fields| fields.get(cell.column).cloned())?;
        Some((document, field))
    }

    fn value_at(self, cell: Cell) -> Option<MetadataValue> {
        let (document, field) = self.at(cell)?;
        Some(self.screen.edits.with_untracked(|edits| self.screen.value(edits, &document, &field)))
    }

    // Moving.

    /// Moves the keyboard and shows where it is.
    pub fn step(self, step: Step, is_extending: bool) {
        let (rows, columns) = self.size();
        self.chosen.update(|chosen| *chosen = chosen.step(step, is_extending, rows, columns));
        self.show();
    }

    /// Scrolls until the cell that the keyboard is at is in view: its row is made first where it is far away.
    pub fn show(self) {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else { return };
        let Cell { row, column } = self.chosen.get_untracked().head;
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "pixels of a list")]
        let top = (super::ROW * row as f64) as i32;
        let (upper, height) = (scroller.scroll_top(), scroller.client_height());
        #[expect(clippy::cast_possible_truncation, reason = "a row's height")]
        let row_height = super::ROW as i32;
        // The head covers about a row and a half of the upper edge.
        if top < upper {
            scroller.set_scroll_top(top);
        } else if top + 3 * row_height > upper + height {
            scroller.set_scroll_top(top + 3 * row_height - height);
        }
        request_animation_frame(move || {
            crate::dom::focus::show_inside(&format!("#cell-{row}-{column}"));
        });
    }

    /// Gives the table the focus.
    pub fn focus(self) {
        if let Some(Some(table)) = self.table.try_get_untracked() {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = table.focus_with_options(&options);
        }
    }

    /// Whether the table itself has the focus.
    pub fn has_focus(self) -> bool {
        let Some(Some(table)) = self.table.try_get_untracked() else { return false };
        document().active_element().as_ref() == Some(table.as_ref())
    }

    // Editing.

    /// Whether a cell is edited.
    pub fn is_editing(self) -> bool {
        self.editing.with_untracked(Option::is_some)
    }

    /// Opens the editor of the cell that the keyboard is at; with a text it begins with that instead of the value.
    pub fn edit(self, text: Option<String>) {
        let cell = self.chosen.get_untracked().head;
        let Some((document, field)) = self.at(cell).filter(|_| self.screen.may_change) else { return };
        self.chosen.set(Chosen::one(cell));
        let is_overwriting = text.is_some();
        let text = text.unwrap_or_else(|| self.value_at(cell).as_ref().map(words::cell).unwrap_or_default());
        self.editing.set(Some(Editing { document: document.id.clone(), field, first: text.clone(), text, is_overwriting }));
    }

    /// Takes the editor's text in and closes it. Does nothing where none is open.
    pub fn commit(self) {
        let Some(Some(editing)) = self.editing.try_update(Option::take) else { return };
        // Looking is no change: a value may have blanks around it that typing would take off.
        if editing.text == editing.first && !editing.is_overwriting {
            return;
        }
        let Some(document) = self.screen.document(&editing.document) else { return };
        let value = words::typed(&editing.field.kind, &editing.text);
        self.screen.set(vec![(document, editing.field, value)]);
    }

    /// Closes the editor; the value stays as it was.
    pub fn cancel(self) {
        self.editing.set(None);
        self.focus();
    }

    // Values.

    /// Puts texts into cells, as if each had been typed.
    pub fn put_texts(self, texts: Vec<(Cell, String)>) {
        let values = texts.into_iter().filter_map(|(cell, text)| {
            let (document, field) = self.at(cell)?;
            let value = words::typed(&field.kind, &text);
            Some((document, field, value))
        });
        self.screen.set(values.collect());
    }

    fn put(self, values: impl Iterator<Item = (Cell, MetadataValue)>) {
        let values = values.filter_map(|(cell, value)| {
            let (document, field) = self.at(cell)?;
            Some((document, field, value))
        });
        self.screen.set(values.collect());
    }

    fn chosen_rows(self) -> Vec<Vec<Cell>> {
        let chosen = self.chosen.get_untracked();
        let ((top, bottom), (left, right)) = (chosen.rows(), chosen.columns());
        (top..=bottom).map(|row| (left..=right).map(|column| Cell { row, column }).collect()).collect()
    }

    /// The chosen cells as a spreadsheet takes them.
    pub fn copied(self) -> String {
        let text = |cell: &Cell| self.value_at(*cell).as_ref().map(words::cell).unwrap_or_default();
        print_block(&self.chosen_rows().iter().map(|row| row.iter().map(text).collect()).collect::<Vec<_>>())
    }

    /// Empties the chosen cells.
    pub fn clear(self) {
        self.put(self.chosen_rows().into_iter().flatten().map(|cell| (cell, MetadataValue::Empty)));
    }

    /// Fills the chosen cells from the first of their rows, or from the row above where it is one.
    pub fn fill_down(self) {
        let pairs = fill_down(self.chosen.get_untracked());
        // A value goes into fields of the same column, so its type fits.
        let values: Vec<_> = pairs.into_iter().filter_map(|(from, to)| Some((to, self.value_at(from)?))).collect();
        self.put(values.into_iter());
    }

    /// Takes the latest change back and goes to where it was.
    pub fn undo(self) {
        let Some(Some((document, field))) = self.screen.edits.try_update(crate::model::metadata_edits::Edits::undo) else {
            return;
        };
        let row = self.shown.with_untracked(|shown| shown.iter().position(|known| known.id == document));
        let column = self.screen.fields.with_untracked(|fields| fields.iter().position(|known| known.id == field));
        if let (Some(row), Some(column)) = (row, column) {
            self.chosen.set(Chosen::one(Cell { row, column }));
            self.show();
        }
    }
}
