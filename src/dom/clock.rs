//! The time now.

/// Milliseconds since the epoch.
#[must_use]
#[cfg(target_arch = "wasm32")]
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Milliseconds since the epoch, where there is no browser: in native tests of what runs on signals.
#[must_use]
#[cfg(not(target_arch = "wasm32"))]
pub fn now() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0.0, |since| since.as_secs_f64() * 1000.0)
}
