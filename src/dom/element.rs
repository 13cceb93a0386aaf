//! Attributes of the page's root element and small questions about the browser.

/// Sets an attribute of `<html>`: theme, language, density.
pub fn set_root_attribute(name: &str, value: &str) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute(name, value);
    }
}

/// Whether the computer is one of Apple's, whose keyboards have a command key for Ctrl.
#[must_use]
pub fn is_apple() -> bool {
    let platform = web_sys::window().and_then(|window| window.navigator().platform().ok()).unwrap_or_default();
    ["Mac", "iPhone", "iPad"].iter().any(|name| platform.starts_with(name))
}
