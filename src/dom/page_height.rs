//! How high the page would be if nothing limited it: for a frame that follows.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};

use super::timers::Debounce;

/// Changes within so many milliseconds are one. Not a frame of the animation: out of sight, browsers give none.
const SETTLES: u32 = 40;

/// Room around an open dialog, as the style sheet leaves it, and its border.
const AROUND_DIALOG: f64 = 50.0;

/// Room below and above what stands in a corner.
const AROUND_CORNER: f64 = 32.0;

/// Calls `callback` with the page's height now and at every change, until the owner goes away.
pub fn watch(callback: impl Fn(f64) + 'static) {
    let debounce = Debounce::default();
    let callback = Rc::new(callback);
    let settle = move || {
        let callback = Rc::clone(&callback);
        debounce.call(SETTLES, move || callback(height()));
    };
    settle();
    let look = Closure::<dyn FnMut()>::new(settle);
    let function = look.as_ref().unchecked_ref();
    let (resized, changed) = (web_sys::ResizeObserver::new(function).ok(), web_sys::MutationObserver::new(function).ok());
    if let Some(body) = document().body() {
        if let Some(resized) = &resized {
            resized.observe(&body);
        }
        // What lies over the page is no part of its height.
        let options = web_sys::MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_attribute_filter(&js_sys::Array::of2(&"open".into(), &"class".into()));
        if let Some(changed) = &changed {
            let _ = changed.observe_with_options(&body, &options);
        }
    }
    let watcher = StoredValue::new_local((resized, changed, look));
    on_cleanup(move || {
        let _ = watcher.try_with_value(|(resized, changed, _)| {
            resized.iter().for_each(web_sys::ResizeObserver::disconnect);
            changed.iter().for_each(web_sys::MutationObserver::disconnect);
        });
    });
}

fn height() -> f64 {
    let content = document().body().map_or(0.0, |body| body.get_bounding_client_rect().height());
    let over = |selector: &str, around: f64| {
        let found = document().query_selector_all(selector).ok();
        let heights = found.into_iter().flat_map(|found| (0..found.length()).filter_map(move |at| found.get(at)));
        let heights = heights.filter_map(|node| node.dyn_into::<web_sys::Element>().ok());
        heights.map(|element| f64::from(element.scroll_height()) + around).fold(0.0, f64::max)
    };
    content.max(over("dialog[open]", AROUND_DIALOG)).max(over(".tray", AROUND_CORNER)).ceil()
}
