//! Long tables: only the rows near the window are in the page, two empty rows stand for the others. The window scrolls.

use std::ops::Range;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// Rows beyond the window's edges that are made in advance.
const MARGIN: usize = 9;
/// Rows change in steps of so many, so that not every pixel makes new ones.
const STEP: usize = 6;
/// Never more rows than this, however high the window.
const MOST: usize = 150;
/// A row's height until one has been measured.
const ROW: f64 = 40.0;

/// The rows to make: of `count` rows of one height whose first begins at `top` (pixels below the window's upper edge).
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of a page, checked to be positive")]
pub fn rows_in_view(count: usize, row: f64, top: f64, window: f64) -> Range<usize> {
    let row = if row > 1.0 { row } else { ROW };
    let first = (-top / row).max(0.0) as usize;
    let seen = (window / row).max(0.0).ceil() as usize + 1;
    let start = (first.saturating_sub(MARGIN) / STEP * STEP).min(count.saturating_sub(1) / STEP * STEP);
    let end = (first + seen + MARGIN).div_ceil(STEP) * STEP;
    start..end.min(start + MOST).min(count)
}

/// How far to scroll so that a row is between the edges; nothing where it is.
#[must_use]
pub fn scroll_to_row(top: f64, row: f64, upper: f64, lower: f64) -> Option<f64> {
    if top < upper {
        Some(top - upper)
    } else if top + row > lower {
        Some(top + row - lower)
    } else {
        None
    }
}

/// The rows of a long table. Each row carries its place in `data-row`, and the class `row-link` on what the keyboard goes to.
#[derive(Clone, Copy)]
pub struct VirtualRows {
    body: NodeRef<html::Tbody>,
    count: Signal<usize>,
    range: RwSignal<Range<usize>>,
    row: RwSignal<f64>,
    last: StoredValue<Option<usize>>,
}

/// Follows the window over a table body of so many rows.
#[must_use]
pub fn use_virtual_rows(body: NodeRef<html::Tbody>, count: Signal<usize>) -> VirtualRows {
    let start = rows_in_view(count.get_untracked(), ROW, 0.0, 1000.0);
    let rows = VirtualRows { body, count, range: RwSignal::new(start), row: RwSignal::new(ROW), last: StoredValue::new(None) };
    Effect::new(move |_| {
        body.track();
        count.track();
        request_animation_frame(move || rows.measure());
    });
    let scrolled = window_event_listener(ev::scroll, move |_| rows.measure());
    let resized = window_event_listener(ev::resize, move |_| rows.measure());
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
    rows
}

impl VirtualRows {
    /// The rows to make.
    #[must_use]
    pub fn range(self) -> Signal<Range<usize>> {
        self.range.into()
    }

    /// Height of the empty row above, in pixels.
    #[must_use]
    pub fn space_above(self) -> String {
        pixels(self.row.get() * as_pixels(self.range.with(|range| range.start)))
    }

    /// Height of the empty row below, in pixels.
    #[must_use]
    pub fn space_below(self) -> String {
        pixels(self.row.get() * as_pixels(self.count.get().saturating_sub(self.range.with(|range| range.end))))
    }

    /// Looks where the window is. Does nothing once the table is gone.
    fn measure(self) {
        let (Some(Some(body)), Some(count)) = (self.body.try_get_untracked(), self.count.try_get_untracked()) else { return };
        let row = body.query_selector("tr[data-row]").ok().flatten().map(|row| row.get_bounding_client_rect().height());
        if let Some(row) = row.filter(|row| *row > 1.0 && (row - self.row.get_untracked()).abs() > 0.5) {
            self.row.set(row);
        }
        let range = rows_in_view(count, self.row.get_untracked(), body.get_bounding_client_rect().top(), window_height());
        if range != self.range.get_untracked() {
            self.keep_focus(&body, &range);
            self.range.set(range);
        }
    }

    /// A row that leaves the page would take the focus with it: the table keeps it, and the arrow keys go on from there.
    fn keep_focus(self, body: &web_sys::Element, range: &Range<usize>) {
        let Some(place) = focused_row() else { return };
        self.last.set_value(Some(place));
        if !range.contains(&place)
            && let Some(table) = body.closest("[data-rows]").ok().flatten()
            && let Ok(table) = table.dyn_into::<web_sys::HtmlElement>()
        {
            focus(&table);
        }
    }

    /// Remembers the row that has the focus, for the time after a dialog that it opened.
    pub fn note_focus(self) {
        if let Some(place) = focused_row() {
            self.last.set_value(Some(place));
        }
    }

    /// The row that the keyboard is at.
    #[must_use]
    pub fn current(self) -> Option<usize> {
        focused_row().or_else(|| self.last.get_value())
    }

    /// The same, `None` once the table is gone.
    #[must_use]
    pub fn try_current(self) -> Option<Option<usize>> {
        self.last.try_get_value().map(|last| focused_row().or(last))
    }

    /// Scrolls to a row and gives it the focus.
    pub fn focus_row(self, place: usize) {
        let (Some(Some(body)), Some(count)) = (self.body.try_get_untracked(), self.count.try_get_untracked()) else { return };
        if count == 0 {
            return;
        }
        let place = place.min(count - 1);
        self.last.set_value(Some(place));
        let row = self.row.get_untracked();
        let top = body.get_bounding_client_rect().top() + row * as_pixels(place);
        // Room for the head that stays in view, and for the bars at the lower edge.
        if let Some(distance) = scroll_to_row(top, row, 96.0, window_height() - 72.0) {
            window().scroll_by_with_x_and_y(0.0, distance);
        }
        self.measure();
        request_animation_frame(move || {
            let Some(body) = self.body.try_get_untracked().flatten() else { return };
            let found = body.query_selector(&format!("tr[data-row=\"{place}\"] .row-link")).ok().flatten();
            if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
                focus(&element);
            }
        });
    }
}

fn focus(element: &web_sys::HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

fn focused_row() -> Option<usize> {
    document().active_element()?.closest("tr[data-row]").ok()??.get_attribute("data-row")?.parse().ok()
}

fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(800.0)
}

#[expect(clippy::cast_precision_loss, reason = "rows of a list")]
fn as_pixels(rows: usize) -> f64 {
    rows as f64
}

fn pixels(height: f64) -> String {
    format!("{height}px")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_rows_are_all_made() {
        assert_eq!(rows_in_view(0, 40.0, 200.0, 800.0), 0..0);
        assert_eq!(rows_in_view(5, 40.0, 200.0, 800.0), 0..5);
    }

    #[test]
    fn ten_thousand_rows_never_make_more_than_two_hundred() {
        for window in [0.0, 300.0, 800.0, 2_160.0, 20_000.0] {
            for row in [0.0, 32.0, 40.0, 76.0] {
                for top in [300.0, -1.0, -5_000.0, -399_999.0, -1.0e9] {
                    let range = rows_in_view(10_000, row, top, window);
                    assert!(range.len() <= MOST && range.end <= 10_000, "{range:?}");
                }
            }
        }
    }

    #[test]
    fn what_the_window_shows_is_made() {
        for first in [0_usize, 7, 100, 9_990] {
            let range = rows_in_view(10_000, 40.0, -40.0 * as_pixels(first), 800.0);
            assert!(range.start <= first && range.end >= (first + 20).min(10_000), "{first}: {range:?}");
        }
        // Far below the end, after a filter made the list short: its end is shown.
        assert_eq!(rows_in_view(30, 40.0, -90_000.0, 800.0).end, 30);
    }

    #[test]
    fn scrolling_to_a_row_is_the_shortest_way() {
        assert_eq!(scroll_to_row(200.0, 40.0, 96.0, 700.0), None);
        assert_eq!(scroll_to_row(50.0, 40.0, 96.0, 700.0), Some(-46.0));
        assert_eq!(scroll_to_row(690.0, 40.0, 96.0, 700.0), Some(30.0));
    }
}
