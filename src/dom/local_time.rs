//! Times on the person's own clock, in the form that a browser's field for date and time has.

use js_sys::Date;
use wasm_bindgen::JsValue;

/// Epoch seconds of a local time such as `2026-11-23T14:05:30`; `None` where it is none.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a date's milliseconds are whole and small enough")]
pub fn epoch(text: &str) -> Option<i64> {
    // Without a zone, and with a time of day, the browser takes it for a local time.
    let milliseconds = Date::new(&JsValue::from_str(text)).get_time();
    (!milliseconds.is_nan()).then_some((milliseconds / 1000.0) as i64)
}

/// The local time of epoch seconds, `2026-11-23T14:05:30`; `None` outside the years 1 to 9999, which the field cannot show.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "checked to be small")]
pub fn print(seconds: i64) -> Option<String> {
    if !(-62_135_510_400..253_402_214_400).contains(&seconds) {
        return None;
    }
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    let (hours, minutes, seconds) = (date.get_hours(), date.get_minutes(), date.get_seconds());
    Some(format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}"))
}
