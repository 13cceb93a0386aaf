//! The keys of a list: `j` and `k` or the arrows move, `x` selects, Enter is the row's own link.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::VirtualRows;

/// Listens for the keys of a list while its screen is there; `on_select` hears the place of a row that `x` picks.
pub fn use_row_keys(rows: VirtualRows, count: Signal<usize>, on_select: Callback<usize>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let Some(count) = count.try_get_untracked().filter(|count| *count > 0) else { return };
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_in_list = target.as_ref().is_some_and(|target| is_in(target, "[data-rows]") && !is_in(target, ".menu"));
        if target.as_ref().is_some_and(wants_keys) || is_dialog_open() {
            return;
        }
        let current = rows.current();
        let next = match event.key().as_str() {
            "j" => current.map_or(0, |at| at + 1),
            "k" => current.map_or(0, |at| at.saturating_sub(1)),
            "ArrowDown" if is_in_list => current.map_or(0, |at| at + 1),
            "ArrowUp" if is_in_list => current.map_or(0, |at| at.saturating_sub(1)),
            "Home" if is_in_list => 0,
            "End" if is_in_list => count - 1,
            "x" => {
                if let Some(current) = current.filter(|at| *at < count) {
                    on_select.run(current);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        rows.focus_row(next);
    });
    on_cleanup(move || handle.remove());
}

fn is_in(element: &web_sys::Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}

/// Whether an element is typed into, or has its own use for the keys.
fn wants_keys(element: &web_sys::Element) -> bool {
    is_in(element, "textarea, select, [contenteditable], .menu, input:not([type=checkbox])")
}

fn is_dialog_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|found| found.is_some())
}
