//! The keys of the grid while no cell is edited: those of a spreadsheet. Tab is not among them, so that nobody is caught inside.

use leptos::ev;

use super::Grid;
use crate::model::cells::Step;

/// Rows that Page Up and Page Down move by.
const PAGE: isize = 15;

/// Answers a key that the table itself got.
pub fn on_keydown(grid: Grid, event: &ev::KeyboardEvent) {
    // A checkbox or a link in a row has its own use for keys.
    if !grid.has_focus() || event.default_prevented() {
        return;
    }
    let is_extending = event.shift_key();
    let has_command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    let step = match (key.as_str(), has_command) {
        ("ArrowUp", false) => Some(Step::By(-1, 0)),
        ("ArrowDown", false) => Some(Step::By(1, 0)),
        ("ArrowLeft", false) => Some(Step::By(0, -1)),
        ("ArrowRight", false) => Some(Step::By(0, 1)),
        ("ArrowUp", true) => Some(Step::By(isize::MIN, 0)),
        ("ArrowDown", true) => Some(Step::By(isize::MAX, 0)),
        ("ArrowLeft", true) | ("Home", false) => Some(Step::RowStart),
        ("ArrowRight", true) | ("End", false) => Some(Step::RowEnd),
        ("PageUp", false) => Some(Step::By(-PAGE, 0)),
        ("PageDown", false) => Some(Step::By(PAGE, 0)),
        ("Home", true) => Some(Step::First),
        ("End", true) => Some(Step::Last),
        _ => None,
    };
    let is_known = if let Some(step) = step {
        grid.step(step, is_extending);
        true
    } else {
        act(grid, event, &key, has_command)
    };
    if is_known {
        // Others listen for letters too, to move between rows or to open a search.
        event.prevent_default();
        event.stop_propagation();
    }
}

/// What is no movement; tells whether the key was one of ours.
fn act(grid: Grid, event: &ev::KeyboardEvent, key: &str, has_command: bool) -> bool {
    match (key, has_command) {
        ("Enter" | "F2", false) => grid.edit(None),
        ("Delete" | "Backspace", false) => grid.clear(),
        ("d" | "D", true) => grid.fill_down(),
        ("z" | "Z", true) if !event.shift_key() => grid.undo(),
        ("a" | "A", true) => {
            grid.step(Step::First, false);
            grid.step(Step::Last, true);
        }
        (" ", false) if event.shift_key() => {
            grid.step(Step::RowStart, false);
            grid.step(Step::RowEnd, true);
        }
        // An input method is at work: it goes on in the editor.
        ("Process", false) => {
            grid.edit(Some(String::new()));
            return false;
        }
        (text, false) if !event.alt_key() && text.chars().count() == 1 => grid.edit(Some(text.to_owned())),
        _ => return false,
    }
    true
}
