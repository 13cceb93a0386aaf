//! Tells the page around the app that it has started, or that it has stopped working; `boot.js` shows the crash page.

use std::panic::PanicHookInfo;

/// Tells `boot.js` that the app is on screen, so that it takes the progress bar away.
pub fn started() {
    dispatch("loredesk:started", "");
}

/// The panic hook: the message on the console, and the crash page over everything.
pub fn report(info: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
    dispatch("loredesk:crashed", &info.to_string());
}

/// A part of the app that is loaded later did not come; the page asks to load everything again.
pub fn part_missing(detail: &str) {
    dispatch("loredesk:missing", detail);
}

fn dispatch(name: &str, detail: &str) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&wasm_bindgen::JsValue::from_str(detail));
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::CustomEvent::new_with_event_init_dict(name, &init)) {
        let _ = window.dispatch_event(&event);
    }
}
