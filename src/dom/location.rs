//! Where the page is.

/// The app's base address from `<base href>`, with a slash at its end: `http://host/kb/`.
#[must_use]
pub fn base_url() -> String {
    let base = web_sys::window().and_then(|window| window.document()).and_then(|document| document.base_uri().ok().flatten());
    base.unwrap_or_else(|| "/".to_owned())
}

/// The path of the base address without a slash at its end: empty, `/kb`, `/a/b`.
#[must_use]
pub fn base_path() -> String {
    let url = base_url();
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let path = url[after_scheme..].find('/').map_or("", |at| &url[after_scheme + at..]);
    path.trim_end_matches('/').to_owned()
}

/// The query string as it stands in the address, without `?`, not decoded.
#[must_use]
pub fn search() -> String {
    let search = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

/// The path as it stands in the address; `None` without a window.
#[must_use]
pub fn path() -> Option<String> {
    web_sys::window()?.location().pathname().ok()
}

/// The path and what follows it, as they stand in the address.
#[must_use]
pub fn path_and_query() -> String {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return "/".to_owned() };
    let part = |part: Result<String, _>| part.unwrap_or_default();
    format!("{}{}", part(location.pathname()), part(location.search()))
}

/// Leaves the page for another address; the way back does not lead here.
pub fn leave_for(address: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(address);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}
