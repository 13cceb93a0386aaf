//! Query parameters of the address as signals.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::state::url::UrlParameters;

/// The address' query parameters.
#[derive(Clone, Copy)]
pub struct Urls {
    parameters: Memo<UrlParameters>,
    change: Callback<(UrlParameters, bool)>,
}

impl Urls {
    /// The parameters, to track.
    #[must_use]
    pub fn all(self) -> UrlParameters {
        self.parameters.get()
    }

    /// A parameter as a signal; empty where it is absent.
    #[must_use]
    pub fn text(self, name: &'static str) -> Memo<String> {
        Memo::new(move |_| self.parameters.with(|parameters| parameters.get(name).to_owned()))
    }

    /// A parameter as a number; the default where it is absent or outside the range.
    #[must_use]
    pub fn number(self, name: &'static str, default: u64, range: std::ops::RangeInclusive<u64>) -> Memo<u64> {
        Memo::new(move |_| self.parameters.with(|parameters| parameters.number(name, default, range.clone())))
    }

    /// Changes parameters in place, without a step in the history: for what is typed and for filters.
    pub fn set(self, changes: &[(&str, &str)]) {
        self.apply(changes, true);
    }

    /// Changes parameters as a step that the browser's back button undoes: for pages of a list.
    pub fn go(self, changes: &[(&str, &str)]) {
        self.apply(changes, false);
    }

    fn apply(self, changes: &[(&str, &str)], replace: bool) {
        let now = self.parameters.get_untracked();
        let next = changes.iter().fold(now.clone(), |parameters, (name, value)| parameters.with(name, value));
        if next != now {
            self.change.run((next, replace));
        }
    }
}

/// The query parameters of the address that the app is at.
#[must_use]
pub fn use_urls() -> Urls {
    let location = use_location();
    let navigate = use_navigate();
    let session = expect_context::<crate::state::session::Session>();
    let parameters = Memo::new(move |_| location.search.with(|search| UrlParameters::parse(search)));
    let change = Callback::new(move |(parameters, replace): (UrlParameters, bool)| {
        let path = location.pathname.get_untracked();
        let base = session.base_path();
        let below = path.strip_prefix(base.as_str()).unwrap_or(&path);
        let to = format!("{below}{}", UrlParameters::print(&parameters));
        navigate(&to, NavigateOptions { replace, scroll: false, resolve: true, ..NavigateOptions::default() });
    });
    Urls { parameters, change }
}
