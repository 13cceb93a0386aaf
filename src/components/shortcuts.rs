//! The one listener for the keys of the desk. Pages say what their list does and what Escape closes; the rules are `model::shortcuts`.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    dom::{focus, focus_keeper},
    model::shortcuts::{Scene, Shortcut, Step, Stroke, shortcut},
    ui::VirtualRows,
};

/// Something typed into, or something that has its own use for letters and arrows.
const TYPING: &str = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";

/// What the keys do in the list of a page.
#[derive(Clone, Copy)]
pub struct ListKeys {
    step: Callback<Step>,
    select: Option<Callback<()>>,
}

/// An action of the page that the command palette offers too.
#[derive(Clone)]
pub struct PageAction {
    /// What it does, in words.
    pub label: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Whether it can be done now.
    pub is_off: Signal<bool>,
    /// Does it.
    pub run: Callback<()>,
}

/// The keyboard of the desk. Made once, in `App`; pages put their parts in for as long as they are there.
#[derive(Clone, Copy)]
pub struct Shortcuts {
    /// Whether the command palette is open.
    pub is_palette_open: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub is_help_open: RwSignal<bool>,
    lists: StoredValue<Vec<(u32, ListKeys)>>,
    closers: StoredValue<Vec<(u32, Callback<()>)>>,
    actions: StoredValue<Vec<(u32, PageAction)>>,
    pending: StoredValue<Option<&'static str>>,
    next: StoredValue<u32>,
}

impl Shortcuts {
    /// Listens until the owner goes away.
    #[must_use]
    pub fn listen() -> Self {
        let this = Self {
            is_palette_open: RwSignal::new(false),
            is_help_open: RwSignal::new(false),
            lists: StoredValue::new(Vec::new()),
            closers: StoredValue::new(Vec::new()),
            actions: StoredValue::new(Vec::new()),
            pending: StoredValue::new(None),
            next: StoredValue::new(0),
        };
        let handle = window_event_listener(ev::keydown, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let key = event.key();
            let stroke = Stroke {
                key: &key,
                has_command: event.ctrl_key() || event.meta_key(),
                has_alt: event.alt_key(),
                has_shift: event.shift_key(),
                is_composing: event.is_composing(),
                is_used: event.default_prevented(),
            };
            if shortcut(stroke, scene(target.as_ref())).is_some_and(|shortcut| this.run(shortcut, target.as_ref())) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
        this
    }

    /// The actions of the page on screen.
    #[must_use]
    pub fn actions(self) -> Vec<PageAction> {
        self.actions.with_value(|actions| actions.iter().map(|(_, action)| action.clone()).collect())
    }

    /// Has the page that comes next do what it offers under that name.
    pub fn do_there(self, label: &'static str) {
        self.pending.set_value(Some(label));
    }

    /// Does it; `false` where there is nothing to do it to, so that the browser may use the key.
    fn run(self, shortcut: Shortcut, target: Option<&Element>) -> bool {
        let list = self.lists.with_value(|lists| lists.last().map(|(_, list)| *list));
        match shortcut {
            Shortcut::Palette => self.is_palette_open.set(true),
            Shortcut::Help => self.is_help_open.set(true),
            Shortcut::Search => return focus_search(),
            Shortcut::Close => {
                let Some((_, close)) = self.closers.with_value(|closers| closers.last().copied()) else { return false };
                close.run(());
            }
            Shortcut::Move(step) => {
                let Some(list) = list else { return false };
                list.step.run(step);
            }
            Shortcut::Select => {
                let Some(select) = list.and_then(|list| list.select) else { return false };
                select.run(());
            }
            Shortcut::Open => return target.and_then(link_of_row).map(|link| link.click()).is_some(),
        }
        true
    }

    fn put<T: Send + Sync + 'static>(self, into: StoredValue<Vec<(u32, T)>>, what: T) {
        let id = self.next.try_update_value(|next| std::mem::replace(next, *next + 1)).unwrap_or_default();
        into.update_value(|all| all.push((id, what)));
        on_cleanup(move || {
            let _ = into.try_update_value(|all| all.retain(|(other, _)| *other != id));
        });
    }
}

/// Whether the key sends the form from wherever one types in it: Ctrl or ⌘ with Enter.
#[must_use]
pub fn is_submit_key(event: &ev::KeyboardEvent) -> bool {
    event.key() == "Enter" && (event.ctrl_key() || event.meta_key())
}

/// The keyboard that the app provides.
#[must_use]
pub fn use_shortcuts() -> Shortcuts {
    expect_context::<Shortcuts>()
}

/// Has Escape close something, wherever the focus is on the page; what was opened last is closed first.
pub fn use_escape(close: Callback<()>) {
    let shortcuts = use_shortcuts();
    shortcuts.put(shortcuts.closers, close);
}

/// Offers an action of the page in the command palette.
pub fn use_page_action(label: &'static str, icon: &'static str, is_off: Signal<bool>, run: Callback<()>) {
    let shortcuts = use_shortcuts();
    shortcuts.put(shortcuts.actions, PageAction { label, icon, is_off, run });
    // Asked for from another page.
    if shortcuts.pending.get_value() == Some(label) {
        shortcuts.pending.set_value(None);
        if !is_off.get_untracked() {
            focus_keeper::once_settled(move || {
                let _ = run.try_run(());
            });
        }
    }
}

/// The keys of a long list of which only some rows are there; `on_select` hears the place of the row that `x` picks.
pub fn use_row_keys(rows: VirtualRows, count: Signal<usize>, on_select: Callback<usize>) {
    let step = Callback::new(move |step: Step| {
        let count = count.try_get_untracked().unwrap_or_default();
        if let Some(place) = step.from(rows.current(), count) {
            rows.focus_row(place);
        }
    });
    let select = Callback::new(move |()| {
        let count = count.try_get_untracked().unwrap_or_default();
        if let Some(place) = rows.current().filter(|place| *place < count) {
            on_select.run(place);
        }
    });
    put_list(ListKeys { step, select: Some(select) });
}

/// The keys of a list whose links `selector` finds; `x` picks the item that has the focus, Enter is each link's own.
pub fn use_link_keys(selector: &'static str) {
    let last = StoredValue::new(None::<usize>);
    let step = Callback::new(move |step: Step| {
        let links = links(selector);
        let now = focus::active().and_then(|active| {
            let row = active.closest("tr, li").ok().flatten()?;
            links.iter().position(|link| row.contains(Some(link)))
        });
        if let Some(place) = step.from(now.or_else(|| last.get_value()), links.len()) {
            last.set_value(Some(place));
            let _ = links[place].focus();
        }
    });
    // The mark in the item, where it has one.
    let select = Callback::new(move |()| {
        let item = focus::active().and_then(|active| active.closest("tr, li").ok().flatten());
        let mark = item.and_then(|item| item.query_selector("input[type=checkbox]").ok().flatten());
        mark.and_then(|mark| mark.dyn_into::<HtmlElement>().ok()).into_iter().for_each(|mark| mark.click());
    });
    put_list(ListKeys { step, select: Some(select) });
}

fn put_list(keys: ListKeys) {
    let shortcuts = use_shortcuts();
    shortcuts.put(shortcuts.lists, keys);
}

fn links(selector: &str) -> Vec<HtmlElement> {
    let found = document().query_selector_all(selector).ok();
    found.into_iter().flat_map(|found| (0..found.length()).filter_map(move |at| found.get(at)?.dyn_into().ok())).collect()
}

fn is_in(element: &Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}

fn scene(target: Option<&Element>) -> Scene {
    let is_in_one = |selector| target.is_some_and(|target| is_in(target, selector));
    Scene {
        is_typing: is_in_one(TYPING),
        is_dialog_open: document().query_selector("dialog[open]").is_ok_and(|found| found.is_some()),
        is_in_menu: is_in_one(".menu"),
        is_in_list: is_in_one("[data-rows]"),
        is_on_mark: is_in_one("input[type=checkbox]") && target.and_then(link_of_row).is_some(),
    }
}

fn link_of_row(target: &Element) -> Option<HtmlElement> {
    target.closest("tr").ok()??.query_selector(".row-link").ok()??.dyn_into().ok()
}

/// The first search field that can be seen; what is in it is selected, so that typing replaces it.
fn focus_search() -> bool {
    let Some(field) = links("[data-search]").into_iter().find(|field| field.get_bounding_client_rect().width() > 0.0) else {
        return false;
    };
    let _ = field.focus();
    match field.dyn_ref::<web_sys::HtmlInputElement>() {
        Some(input) => input.select(),
        None => field.dyn_ref::<web_sys::HtmlTextAreaElement>().into_iter().for_each(web_sys::HtmlTextAreaElement::select),
    }
    true
}

/// After the view has been made anew: the title of the page gets the focus, unless something on the page has it.
pub(super) fn focus_title() {
    focus_keeper::once_settled(|| {
        let is_on_page = focus::active().is_some_and(|active| active.tag_name() != "MAIN" && is_in(&active, "main, dialog"));
        if !is_on_page {
            focus_keeper::title();
        }
    });
}
