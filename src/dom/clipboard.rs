//! Copying and pasting where nothing is typed into: browsers tell the document of it, not the element that has the focus. And copying
//! at the press of a button.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// Gives the text to be copied when the person copies, and hears the text when they paste, as long as the owner lives and
/// `is_here` says that the focus is where it concerns us. A copy of nothing is left to the browser.
pub fn listen(
    is_here: impl Fn() -> bool + Clone + 'static,
    copy: impl Fn() -> Option<String> + 'static,
    cut: impl Fn() -> Option<String> + 'static,
    paste: impl Fn(String) + 'static,
) {
    let give = |event: &web_sys::Event, text: Option<String>| {
        if let (Some(text), Some(data)) = (text, data(event)) {
            let _ = data.set_data("text/plain", &text);
            event.prevent_default();
        }
    };
    let here = is_here.clone();
    let copied = window_event_listener_untyped("copy", move |event| {
        if here() {
            give(&event, copy());
        }
    });
    let here = is_here.clone();
    let taken = window_event_listener_untyped("cut", move |event| {
        if here() {
            give(&event, cut());
        }
    });
    let pasted = window_event_listener_untyped("paste", move |event| {
        if let Some(text) = data(&event).and_then(|data| data.get_data("text/plain").ok()).filter(|_| is_here()) {
            event.prevent_default();
            paste(text);
        }
    });
    on_cleanup(move || {
        copied.remove();
        taken.remove();
        pasted.remove();
    });
}

/// Puts a text on the clipboard. `false` where the browser does not let the page do that.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent where the page did not come over a safe connection.
    let has_one = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| !clipboard.is_undefined());
    has_one && wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// The event's data. Its type is not in the stable part of web-sys.
fn data(event: &ev::Event) -> Option<web_sys::DataTransfer> {
    js_sys::Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}
