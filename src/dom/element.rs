//! Attributes of the page's root element and small questions about elements.

/// Sets an attribute of `<html>`: theme, language, density.
pub fn set_root_attribute(name: &str, value: &str) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute(name, value);
    }
}
