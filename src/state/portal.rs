//! The page that holds the desk in a frame: whether there is one, what stays in the address for it, and what it is told.

use leptos::prelude::*;

use super::{
    preferences::{Language, Theme},
    url::UrlParameters,
};
use crate::{
    config::Config,
    dom::{framing, location},
    model::portal::stranger,
};

/// What stays in the address while a portal holds the desk, so that a reload shows the same. Empty where it does not come from there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept(Vec<(&'static str, String)>);

impl Kept {
    fn of(address: &UrlParameters) -> Self {
        let parameter = |name: &'static str| (name, address.get(name).to_owned());
        let all = [parameter("embed"), parameter("theme"), parameter("lang")];
        Self(if is_asked(address) { all.into_iter().filter(|(_, value)| !value.is_empty()).collect() } else { Vec::new() })
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        if !self.0.is_empty() {
            self.0.retain(|(known, _)| *known != name);
            self.0.push((name, value.to_owned()));
        }
        self
    }

    /// A query string with what is kept in it.
    fn join(&self, query: &str) -> String {
        if self.0.is_empty() {
            return query.to_owned();
        }
        self.0.iter().fold(UrlParameters::parse(query), |all, (name, value)| all.with(name, value)).print()
    }
}

fn is_asked(address: &UrlParameters) -> bool {
    address.get("embed") == "1"
}

/// The theme and the language that the address asks for on behalf of a portal.
pub(super) fn asked() -> (Option<Theme>, Option<Language>) {
    let address = UrlParameters::parse(&location::search());
    let get = |name| Some(address.get(name)).filter(|value| is_asked(&address) && !value.is_empty());
    (get("theme").map(Theme::parse), get("lang").map(Language::parse))
}

/// A query string without what is only there for a portal.
#[must_use]
pub fn without_kept(query: &str) -> String {
    ["embed", "theme", "lang"].into_iter().fold(UrlParameters::parse(query), |all, name| all.with(name, "")).print()
}

/// The page around the desk. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Portal {
    is_embedded: bool,
    kept: RwSignal<Kept>,
    /// Origins to speak with.
    origins: StoredValue<Vec<String>>,
    refused: StoredValue<Option<String>>,
    problem: RwSignal<Option<String>>,
}

impl Portal {
    /// Looks at the address, at the configuration and at the pages around.
    #[must_use]
    pub fn find(config: &Config) -> Self {
        let address = UrlParameters::parse(&location::search());
        let listed = &config.portal_origins;
        let (mut origins, mut refused) = (Vec::new(), None);
        if framing::is_framed() {
            match framing::ancestors() {
                Some(ancestors) => {
                    refused = stranger(&ancestors, &framing::own_origin(), listed).cloned();
                    origins.extend(ancestors.into_iter().next());
                }
                // The browser delivers only to the origin that is named.
                None => origins.extend(listed.iter().cloned().chain([framing::own_origin()])),
            }
        }
        Self {
            is_embedded: config.embed || is_asked(&address),
            kept: RwSignal::new(Kept::of(&address)),
            origins: StoredValue::new(origins),
            refused: StoredValue::new(refused),
            problem: RwSignal::new(None),
        }
    }

    /// Whether the desk is shown without its own frame.
    #[must_use]
    pub fn is_embedded(self) -> bool {
        self.is_embedded
    }

    /// The origin of a page around it that may not hold the desk.
    #[must_use]
    pub fn refused(self) -> Option<String> {
        self.refused.get_value()
    }

    /// The origins of the page that holds the desk; one, or in browsers that do not tell it, those that it may be of.
    #[must_use]
    pub fn origins(self) -> Vec<String> {
        self.origins.get_value()
    }

    /// A query string (`?…` or nothing) with what has to stay in the address, to track.
    #[must_use]
    pub fn query(self, query: &str) -> String {
        self.kept.with(|kept| kept.join(query))
    }

    /// Keeps another theme in the address.
    pub fn keep_theme(self, theme: Theme) {
        self.kept.update(|kept| *kept = std::mem::take(kept).with("theme", theme.name()));
    }

    /// Keeps another language in the address.
    pub fn keep_language(self, language: Language) {
        self.kept.update(|kept| *kept = std::mem::take(kept).with("lang", language.tag()));
    }

    /// Tells the portal that something went wrong, as a sentence.
    pub fn tell(self, problem: &str) {
        self.problem.set(Some(problem.to_owned()));
    }

    /// What went wrong last, to track.
    #[must_use]
    pub fn problem(self) -> Signal<Option<String>> {
        self.problem.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_portal_needs_stays_in_every_address() {
        let kept = Kept::of(&UrlParameters::parse("embed=1&theme=dark&search=pumps"));
        assert_eq!(kept.join(""), "?embed=1&theme=dark");
        assert_eq!(kept.join("?q=a%26b"), "?q=a%26b&embed=1&theme=dark");
        assert_eq!(kept.join("?embed=1&theme=light"), "?embed=1&theme=dark");
        assert_eq!(kept.with("theme", "light").with("lang", "zh-CN").join(""), "?embed=1&theme=light&lang=zh-CN");
        assert_eq!(without_kept("?q=a%26b&embed=1&theme=dark"), "?q=a%26b");
    }

    #[test]
    fn without_a_portal_addresses_are_as_they_were() {
        for address in ["", "embed=0", "theme=dark&lang=zh", "embed"] {
            let kept = Kept::of(&UrlParameters::parse(address)).with("theme", "dark");
            assert_eq!(kept.join("?q=%41"), "?q=%41");
        }
    }
}
