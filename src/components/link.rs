//! The one way to link: the router's own links forget the base path and would leave the app.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    routes::Route,
    state::{portal::Portal, session::Session},
};

/// A link to a place in the app.
#[component]
pub fn Link(
    /// Where it leads.
    #[prop(into)]
    to: Signal<Route>,
    /// Its class.
    #[prop(optional, into)]
    class: Option<String>,
    /// Whether it leads to what is on screen.
    #[prop(optional, into)]
    is_current: Signal<bool>,
    /// Query parameters (`?…` or nothing).
    #[prop(optional, into)]
    query: Signal<String>,
    /// Whether the page stays where it is scrolled to: for what opens beside a list.
    #[prop(optional)]
    is_in_place: bool,
    /// Its id, where something gives it the focus.
    #[prop(optional, into)]
    id: Option<String>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let portal = expect_context::<Portal>();
    let href = move || to.with(|route| format!("{}{}{}", session.base_path(), route.path(), portal.query(&query.get())));
    view! {
        <a id=id class=class href=href data-noscroll=is_in_place aria-current=move || is_current.get().then_some("page")>{children()}</a>
    }
}

/// A function that goes to a place in the app, with query parameters (`?…` or nothing).
pub fn use_go() -> impl Fn(&Route, &str) + Clone + 'static {
    let navigate = use_navigate();
    let portal = expect_context::<Portal>();
    move |route, query| {
        let to = format!("{}{}", route.path(), untrack(|| portal.query(query)));
        navigate(&to, NavigateOptions { scroll: query.is_empty(), ..NavigateOptions::default() });
    }
}

/// The same without scrolling: for what opens and closes beside a list.
pub fn use_go_in_place() -> impl Fn(&Route, &str) + Clone + 'static {
    let navigate = use_navigate();
    let portal = expect_context::<Portal>();
    move |route, query| {
        let to = format!("{}{}", route.path(), untrack(|| portal.query(query)));
        navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    }
}
