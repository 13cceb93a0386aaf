//! The time now.

/// Milliseconds since the epoch.
#[must_use]
pub fn now() -> f64 {
    js_sys::Date::now()
}
