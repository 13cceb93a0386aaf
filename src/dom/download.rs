//! Giving a file to the person.

use wasm_bindgen::JsCast;

/// Whether an address is one that a file can come from: of this origin, or of the web. Servers are not trusted with more.
fn is_web_address(url: &str) -> bool {
    let is_own = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    is_own || is_elsewhere(url)
}

fn is_elsewhere(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Opens an address as a download under its own name. `false` where it is none that a file can come from.
pub fn open(url: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let anchor = document
        .filter(|_| is_web_address(url))
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(anchor) = &anchor {
        anchor.set_href(url);
        anchor.set_rel("noopener noreferrer");
        anchor.set_download("");
        if is_elsewhere(url) {
            // Browsers do not save what comes from another origin by themselves: it must not take the desk's place.
            anchor.set_target("_blank");
        }
        anchor.click();
    }
    anchor.is_some()
}

/// Gives a text to the person as a file of that name and type. `false` where the browser cannot.
pub fn save(name: &str, kind: &str, text: &str) -> bool {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).is_ok_and(|blob| save_file(name, &blob))
}

/// Gives a file to the person under that name. `false` where the browser cannot.
pub fn save_file(name: &str, file: &web_sys::Blob) -> bool {
    let address = web_sys::Url::create_object_url_with_blob(file);
    let document = web_sys::window().and_then(|window| window.document());
    let anchor = document
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    let (Ok(address), Some(anchor)) = (address, anchor) else { return false };
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The download holds the content by now.
    let _ = web_sys::Url::revoke_object_url(&address);
    true
}

#[cfg(test)]
mod tests {
    use super::is_web_address;

    #[test]
    fn a_file_comes_from_the_web_or_from_nowhere() {
        assert!(is_web_address("/api/local/files/1"));
        assert!(is_web_address("https://files.example/1"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example/1", "/\\elsewhere.example", "files/1", ""] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
