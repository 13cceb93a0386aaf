//! Keeps the keyboard focus from getting lost: when what had it goes away or is switched off, its neighbour gets it.
//!
//! Browsers leave the focus nowhere then, and the next Tab begins at the top of the page.

use std::cell::RefCell;

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, HtmlElement};

use super::framing;

const FOCUSABLE: &str = "a[href], button:not(:disabled), input:not(:disabled):not([hidden]), textarea:not(:disabled), \
                         select:not(:disabled), summary, [tabindex=\"0\"]";

thread_local! {
    // A browser page has one thread and one focus.
    static LAST: RefCell<Option<FocusPlace>> = const { RefCell::new(None) };
}

/// An element that had the focus, and where it stood, to find its neighbour when it is gone.
#[derive(Clone)]
pub struct FocusPlace {
    element: HtmlElement,
    /// From the element outwards: a parent, and the place of its child on the way.
    way: Vec<(Element, u32)>,
}

impl FocusPlace {
    /// The element that has the focus, if one has.
    #[must_use]
    pub fn now() -> Option<Self> {
        let element: HtmlElement = document().active_element()?.dyn_into().ok()?;
        let mut way = Vec::new();
        let mut child: Element = element.clone().into();
        while let Some(parent) = child.parent_element() {
            way.push((parent.clone(), place_in(&parent, &child)));
            child = parent;
        }
        // The page's body has the focus when nothing has.
        if way.len() < 2 { None } else { Some(Self { element, way }) }
    }

    /// Gives the focus back: to the element, else to its neighbour, else to the title of the page.
    pub fn restore(&self) {
        if give(&self.element) {
            return;
        }
        // What is left of the way, from the inside; the page itself has no neighbours.
        for (parent, place) in self.way.iter().filter(|(parent, _)| parent.is_connected()) {
            if matches!(parent.tag_name().as_str(), "MAIN" | "BODY" | "HTML") {
                break;
            }
            let children = parent.children();
            let near = [Some(*place), place.checked_sub(1)].into_iter().flatten().filter_map(|at| children.item(at));
            if near.chain([parent.clone()]).any(|near| give_inside(&near)) {
                return;
            }
        }
        title();
    }

    fn is_gone(&self) -> bool {
        !self.element.is_connected() || is_off(&self.element)
    }

    /// A dialog gives the focus back itself.
    fn is_in_closed_dialog(&self) -> bool {
        self.way.iter().any(|(parent, _)| parent.tag_name() == "DIALOG" && !parent.has_attribute("open"))
    }
}

/// Gives the focus to the title of the page, or to the page where it has none yet. In a frame only where the person is in it.
pub fn title() {
    if framing::is_elsewhere() {
        return;
    }
    let find = |selector| document().query_selector(selector).ok().flatten();
    let found = find("main h1").or_else(|| find("main")).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Whether nothing has the focus, or something that keys cannot reach.
#[must_use]
pub fn is_lost() -> bool {
    document().active_element().is_none_or(|active| matches!(active.tag_name().as_str(), "BODY" | "HTML") || is_off(&active))
}

/// Calls `callback` when everything that happens now is on screen and has set its own focus.
pub fn once_settled(callback: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(callback));
}

/// Looks after the focus of the whole page, until the owner goes away.
pub fn watch() {
    let focused = window_event_listener(ev::focusin, move |_| LAST.set(FocusPlace::now()));
    // Pressing beside everything is a way to leave it.
    let pressed = window_event_listener(ev::pointerdown, move |_| LAST.set(None));
    let look = Closure::<dyn FnMut()>::new(|| {
        if LAST.with_borrow(|last| last.as_ref().is_some_and(FocusPlace::is_gone)) {
            once_settled(give_on);
        }
    });
    let observer = web_sys::MutationObserver::new(look.as_ref().unchecked_ref()).ok();
    let options = web_sys::MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    options.set_attribute_filter(&js_sys::Array::of1(&"disabled".into()));
    if let (Some(observer), Some(body)) = (&observer, document().body()) {
        let _ = observer.observe_with_options(&body, &options);
    }
    let watcher = StoredValue::new_local((observer, look));
    on_cleanup(move || {
        focused.remove();
        pressed.remove();
        let _ = watcher.try_with_value(|(observer, _)| observer.iter().for_each(web_sys::MutationObserver::disconnect));
    });
}

fn give_on() {
    let last = LAST.with_borrow(Clone::clone);
    if let Some(last) = last.filter(|last| is_lost() && last.is_gone() && !last.is_in_closed_dialog()) {
        last.restore();
    }
}

fn is_off(element: &Element) -> bool {
    element.matches(":disabled").unwrap_or_default()
}

fn place_in(parent: &Element, child: &Element) -> u32 {
    let children = parent.children();
    (0..children.length()).find(|at| children.item(*at).as_ref() == Some(child)).unwrap_or_default()
}

/// Gives the focus to an element that can be seen and takes it.
fn give(element: &HtmlElement) -> bool {
    if framing::is_elsewhere() {
        return false;
    }
    let rect = element.get_bounding_client_rect();
    if !element.is_connected() || is_off(element) || (rect.width() <= 0.0 && rect.height() <= 0.0) {
        return false;
    }
    let _ = element.focus();
    document().active_element().as_ref() == Some(element.as_ref())
}

/// Gives the focus to the link of a row, or to the first control inside.
fn give_inside(element: &Element) -> bool {
    let link = element.query_selector(".row-link").ok().flatten();
    let own = element.matches(FOCUSABLE).unwrap_or_default().then(|| element.clone());
    let found = element.query_selector_all(FOCUSABLE).ok();
    let inside = found.into_iter().flat_map(|found| (0..found.length()).filter_map(move |at| found.get(at)?.dyn_into().ok()));
    link.into_iter()
        .chain(own)
        .chain(inside)
        .any(|found: Element| found.dyn_into::<HtmlElement>().is_ok_and(|found| give(&found)))
}
