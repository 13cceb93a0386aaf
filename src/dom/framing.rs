//! Whether the page is inside another one, whose that is, and speaking with it.

use js_sys::{Array, Object, Reflect};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

/// The window of the page around this one; `None` where there is none.
fn parent() -> Option<web_sys::Window> {
    let window = web_sys::window()?;
    window.parent().ok().flatten().filter(|parent| !Object::is(parent, &window))
}

/// Whether the page is in a frame.
#[must_use]
pub fn is_framed() -> bool {
    parent().is_some()
}

/// Whether the page is in a frame and somebody works outside of it: then the focus is theirs and must not be taken.
#[must_use]
pub fn is_elsewhere() -> bool {
    is_framed() && !document().has_focus().unwrap_or(true)
}

/// The origin that the page's address has. A sandbox may have taken it away from the page itself.
#[must_use]
pub fn own_origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The origins of the pages around this one, the nearest first; `None` in browsers that do not tell.
#[must_use]
pub fn ancestors() -> Option<Vec<String>> {
    let location = web_sys::window()?.location();
    let list = Reflect::get(&location, &"ancestorOrigins".into()).ok().filter(JsValue::is_object)?;
    Some(Array::from(&list).iter().filter_map(|origin| origin.as_string()).collect())
}

/// Says something, given as JSON, to the page around this one, if that is of this origin.
pub fn say(json: &str, origin: &str) {
    if let (Some(parent), Ok(message)) = (parent(), js_sys::JSON::parse(json)) {
        // Only an origin that is none makes it throw, and the configuration has been checked for that.
        let _ = parent.post_message(&message, origin);
    }
}

/// Hears what the page around this one says, if it is of one of these origins, and the message has that mark; as JSON. Until the
/// owner goes away.
pub fn hear(origins: Vec<String>, mark: &'static str, callback: impl Fn(String) + 'static) {
    let handle = window_event_listener(ev::message, move |event| {
        let is_parent = event.source().is_some_and(|source| parent().is_some_and(|parent| Object::is(&source, &parent)));
        let data = event.data();
        let is_marked = data.is_object() && Reflect::has(&data, &mark.into()).unwrap_or_default();
        if is_parent && is_marked && origins.contains(&event.origin()) {
            // What JSON cannot hold is nothing of ours.
            if let Ok(json) = js_sys::JSON::stringify(&data) {
                callback(json.into());
            }
        }
    });
    on_cleanup(move || handle.remove());
}

/// Sets a measure of the style sheet on the root element, in pixels.
pub fn set_measure(name: &str, pixels: f64) {
    let root = document().document_element().and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(root) = root {
        let _ = web_sys::HtmlElement::style(&root).set_property(name, &format!("{pixels}px"));
    }
}
