//! A menu behind a button. It is placed by the window, so that no table cuts it off.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Icon, element_id};

/// Tells the items of a menu how to close it.
#[derive(Clone, Copy)]
struct MenuContext {
    close: Callback<()>,
}

/// A button that opens a list of actions. Arrow keys move, Escape closes and gives the focus back.
#[component]
pub fn Menu(
    /// What it holds, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Icon of the button.
    #[prop(default = "more")]
    icon: &'static str,
    /// The word on the button, where it has one.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// Class of the button.
    #[prop(default = "button quiet icon-only")]
    class: &'static str,
    /// The items: [`MenuItem`]s.
    children: ChildrenFn,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let place = RwSignal::new((0.0, 0.0));
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let list_id = element_id("menu");
    let controls = list_id.clone();

    let close = move || {
        is_open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    provide_context(MenuContext { close: Callback::new(move |()| close()) });
    let open = move || {
        let Some(button) = button.get_untracked() else { return };
        let rect = button.get_bounding_client_rect();
        place.set((rect.right(), rect.bottom()));
        is_open.set(true);
    };
    // Placed once it has a size: at the button's right edge, above it where there is no room below.
    Effect::new(move |_| {
        let (right, bottom) = place.get();
        let Some(list) = list.get().filter(|_| is_open.get()) else { return };
        let size = list.get_bounding_client_rect();
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let left = (right - size.width()).max(8.0);
        let top = if bottom + 4.0 + size.height() > height { (bottom - 36.0 - size.height()).max(8.0) } else { bottom + 4.0 };
        let style = web_sys::HtmlElement::style(&list);
        let _ = style.set_property("left", &format!("{left}px"));
        let _ = style.set_property("top", &format!("{top}px"));
        focus_item(&list, 0);
    });
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_inside = |element: Option<web_sys::Node>| element.is_some_and(|element| element.contains(target.as_ref()));
        let list = list.try_get_untracked().flatten().map(web_sys::Node::from);
        let button = button.try_get_untracked().flatten().map(web_sys::Node::from);
        if is_open.try_get_untracked() == Some(true) && !is_inside(list) && !is_inside(button) {
            is_open.set(false);
        }
    });
    let scrolled = window_event_listener(ev::scroll, move |_| {
        // A list has a menu in each row, and each would tell its button.
        if is_open.try_get_untracked() == Some(true) {
            is_open.set(false);
        }
    });
    on_cleanup(move || {
        outside.remove();
        scrolled.remove();
    });

    let on_keydown = move |event: ev::KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        match event.key().as_str() {
            "Escape" => close(),
            "Tab" => return is_open.set(false),
            "ArrowDown" => move_focus(&list, 1),
            "ArrowUp" => move_focus(&list, -1),
            "Home" => focus_item(&list, 0),
            "End" => focus_item(&list, -1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let children = StoredValue::new(children);
    view! {
        <button
            type="button"
            class=class
            node_ref=button
            aria-haspopup="menu"
            aria-expanded=move || if is_open.get() { "true" } else { "false" }
            aria-controls=controls
            aria-label=move || text.is_none().then(|| label.get())
            title=move || text.is_none().then(|| label.get())
            on:click=move |event| {
                event.stop_propagation();
                if is_open.get_untracked() { close() } else { open() }
            }
        >
            {text.map(|text| view! { <span>{move || text.get()}</span> })}
            <Icon name=icon />
        </button>
        <Show when=move || is_open.get()>
            <div class="menu" id=list_id.clone() role="menu" aria-label=move || label.get() node_ref=list on:keydown=on_keydown>
                {children.with_value(|children| children())}
            </div>
        </Show>
    }
}

fn items(list: &web_sys::HtmlDivElement) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = list.query_selector_all("[role^=menuitem]:not([disabled])") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Focuses the item at a place; -1 is the last one.
fn focus_item(list: &web_sys::HtmlDivElement, at: isize) {
    let items = items(list);
    let item = if at < 0 { items.last() } else { items.get(at.unsigned_abs()) };
    if let Some(item) = item {
        let _ = item.focus();
    }
}

fn move_focus(list: &web_sys::HtmlDivElement, step: isize) {
    let items = items(list);
    let active = document().active_element();
    let now = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    let last = items.len().saturating_sub(1);
    let next = match (now, step) {
        (None, _) => 0,
        (Some(at), 1) => {
            if at >= last {
                0
            } else {
                at + 1
            }
        }
        (Some(0), _) => last,
        (Some(at), _) => at - 1,
    };
    focus_item(list, isize::try_from(next).unwrap_or_default());
}

/// One action of a menu.
#[component]
pub fn MenuItem(
    /// Icon before the word.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Whether it takes something away.
    #[prop(optional)]
    is_danger: bool,
    /// Whether it cannot be done now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// For one of several choices: whether it is the chosen one.
    #[prop(optional, into)]
    checked: Option<Signal<bool>>,
    /// Why it cannot be done, on hover.
    #[prop(optional, into)]
    title: Option<String>,
    /// What it does.
    #[prop(into)]
    on_select: Callback<()>,
    /// The word.
    children: Children,
) -> impl IntoView {
    let menu = expect_context::<MenuContext>();
    view! {
        <button
            type="button"
            class="menu-item"
            class:danger=is_danger
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || checked.map(|checked| checked.get().to_string())
            tabindex="-1"
            title=title
            disabled=move || disabled.get()
            on:click=move |event| {
                event.stop_propagation();
                menu.close.run(());
                on_select.run(());
            }
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span>{children()}</span>
            {checked.map(|checked| view! { <Show when=move || checked.get()><Icon name="check" /></Show> })}
        </button>
    }
}
