//! The one way to link: the router's own links forget the base path and would leave the app.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{routes::Route, state::session::Session};

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
    /// Its words.
    children: Children,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let href = move || to.with(|route| session.base_path().to_owned() + &route.path());
    view! {
        <a class=class href=href aria-current=move || is_current.get().then_some("page")>{children()}</a>
    }
}

/// A function that goes to a place in the app, with query parameters (`?…` or nothing).
#[must_use]
pub fn use_go() -> impl Fn(&Route, &str) + Clone + 'static {
    let navigate = use_navigate();
    move |route, query| {
        navigate(&format!("{}{query}", route.path()), NavigateOptions { scroll: query.is_empty(), ..NavigateOptions::default() })
    }
}
