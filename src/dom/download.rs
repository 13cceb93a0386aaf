//! Giving a file to the person.

use wasm_bindgen::JsCast;

/// Opens an address as a download under its own name.
pub fn open(url: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let anchor = document
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(url);
        anchor.set_rel("noopener");
        anchor.set_download("");
        anchor.click();
    }
}
