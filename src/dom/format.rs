//! Numbers, sizes and times in the reader's language, by the browser's own Intl: no tables in our bytes.

use std::{cell::RefCell, collections::HashMap};

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    // Making one costs more than a hundred uses of it, and a list has several in each row.
    static FORMATS: RefCell<HashMap<(String, &'static str, u32), JsValue>> = RefCell::new(HashMap::new());
}

/// The format of that kind in a language, made at its first use.
fn format(language: &str, kind: &'static str, digits: u32, make: impl FnOnce() -> JsValue) -> JsValue {
    let key = (language.to_owned(), kind, digits);
    FORMATS.with_borrow_mut(|formats| formats.entry(key).or_insert_with(make).clone())
}

/// Calls a format's own function.
fn formatted(format: &JsValue, value: &JsValue) -> Option<String> {
    format.dyn_ref::<Function>()?.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

fn locales(language: &str) -> Array {
    Array::of1(&JsValue::from_str(language))
}

/// A whole number with its separators.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts that people read")]
pub fn number(language: &str, value: u64) -> String {
    decimal(language, value as f64, 0)
}

/// A number with at most so many digits after the point.
#[must_use]
pub fn decimal(language: &str, value: f64, digits: u32) -> String {
    let format = format(language, "decimal", digits, || {
        let options = Object::new();
        let _ = Reflect::set(&options, &JsValue::from_str("maximumFractionDigits"), &JsValue::from(digits));
        Intl::NumberFormat::new(&locales(language), &options).format().into()
    });
    formatted(&format, &JsValue::from_f64(value)).unwrap_or_else(|| value.to_string())
}

/// A size in bytes as B, kB, MB or GB (1 kB = 1000 B).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "sizes that people read")]
pub fn bytes(language: &str, value: u64) -> String {
    let value = value as f64;
    let (scaled, unit) = match value {
        value if value < 1e3 => (value, "B"),
        value if value < 1e6 => (value / 1e3, "kB"),
        value if value < 1e9 => (value / 1e6, "MB"),
        value => (value / 1e9, "GB"),
    };
    let digits = u32::from(scaled < 10.0 && unit != "B");
    format!("{}\u{a0}{unit}", decimal(language, scaled, digits))
}

#[expect(clippy::cast_precision_loss, reason = "epoch seconds are exact in a double")]
fn date(seconds: i64) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64(seconds as f64 * 1000.0))
}

/// A date or time; what no date can be is given as the number that it is.
fn dated(language: &str, kind: &'static str, pairs: &[(&str, &str)], seconds: i64) -> String {
    let format = format(language, kind, 0, || Intl::DateTimeFormat::new(&locales(language), &options(pairs)).format().into());
    formatted(&format, &date(seconds)).unwrap_or_else(|| seconds.to_string())
}

/// The exact local date and time.
#[must_use]
pub fn date_time(language: &str, seconds: i64) -> String {
    dated(language, "time", &[("dateStyle", "medium"), ("timeStyle", "medium")], seconds)
}

/// The exact time in UTC, in the form of ISO 8601.
#[must_use]
pub fn utc(seconds: i64) -> String {
    // An impossible date would throw; servers have been seen to send milliseconds for seconds.
    if seconds.abs() > 8_000_000_000_000 { seconds.to_string() } else { date(seconds).to_iso_string().into() }
}

/// The local date only.
#[must_use]
pub fn day(language: &str, seconds: i64) -> String {
    dated(language, "day", &[("dateStyle", "medium")], seconds)
}

/// "5 minutes ago", "yesterday"; dates older than a week are given as a day.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a difference of seconds")]
pub fn relative(language: &str, seconds: i64, now_ms: f64) -> String {
    let passed = (now_ms / 1000.0) as i64 - seconds;
    let (value, unit) = match passed {
        ..60 => return relative_text(language, 0.0, "second"),
        60..3600 => (passed / 60, "minute"),
        3600..86_400 => (passed / 3600, "hour"),
        86_400..604_800 => (passed / 86_400, "day"),
        _ => return day(language, seconds),
    };
    #[expect(clippy::cast_precision_loss, reason = "less than a week")]
    relative_text(language, -(value as f64), unit)
}

fn relative_text(language: &str, value: f64, unit: &str) -> String {
    let format = format(language, "relative", 0, || {
        Intl::RelativeTimeFormat::new(&locales(language), options(&[("numeric", "auto")]).unchecked_ref()).into()
    });
    format.unchecked_into::<Intl::RelativeTimeFormat>().format(value, unit).into()
}
