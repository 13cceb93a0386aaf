//! Theme and language: kept in the browser, applied to the root element.

use leptos::prelude::*;

use super::portal;
use crate::dom::{element::set_root_attribute, location, storage};

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The name in storage and in the `data-theme` attribute.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name; what is none is as the system has it.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// A language of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language of the desk, with its name in itself.
    pub const ALL: [(Self, &'static str); 2] = [(Self::English, "English"), (Self::Chinese, "简体中文")];

    /// The BCP 47 tag, for `lang`, Intl and storage.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language that a tag names; `None` where the desk has none such.
    #[must_use]
    pub fn named(tag: &str) -> Option<Self> {
        let tag = tag.to_lowercase();
        let is = |known: &str| tag == known || tag.strip_prefix(known).is_some_and(|rest| rest.starts_with('-'));
        if is("zh") { Some(Self::Chinese) } else { is("en").then_some(Self::English) }
    }

    /// The language of a tag; anything that is not Chinese is English.
    #[must_use]
    pub fn parse(tag: &str) -> Self {
        if tag.to_lowercase().starts_with("zh") { Self::Chinese } else { Self::English }
    }
}

const THEME_KEY: &str = "loredesk.theme";
const LANGUAGE_KEY: &str = "loredesk.language";

/// What the person prefers. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Preferences {
    theme: RwSignal<Theme>,
    language: RwSignal<Language>,
    /// The place whose page was made anew by a change of the language, until that page takes it.
    made_anew: StoredValue<Option<String>>,
    /// The languages that are offered; empty means all.
    offered: StoredValue<Vec<Language>>,
}

impl Preferences {
    /// Reads the preferences and applies them; without a stored language, the browser's counts. Before both comes what a portal asks
    /// for in the address.
    #[must_use]
    pub fn load() -> Self {
        let (theme, language) = portal::asked();
        let stored = || storage::get(LANGUAGE_KEY).or_else(|| web_sys::window()?.navigator().language());
        let theme = theme.unwrap_or_else(|| storage::get(THEME_KEY).map_or(Theme::System, |name| Theme::parse(&name)));
        let language = language.unwrap_or_else(|| Language::parse(&stored().unwrap_or_default()));
        let offered = StoredValue::new(Vec::new());
        let preferences =
            Self { theme: RwSignal::new(theme), language: RwSignal::new(language), made_anew: StoredValue::new(None), offered };
        preferences.apply();
        preferences
    }

    fn apply(self) {
        set_root_attribute("data-theme", self.theme.get_untracked().name());
        set_root_attribute("lang", self.language.get_untracked().tag());
    }

    /// The theme.
    #[must_use]
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// The language.
    #[must_use]
    pub fn language(self) -> Signal<Language> {
        self.language.into()
    }

    /// Offers only the languages of these tags; without any, all. One that is not offered is not shown either.
    pub fn offer(self, tags: &[String]) {
        let offered: Vec<Language> = tags.iter().map(|tag| Language::parse(tag)).collect();
        if let Some(first) = offered.first().filter(|_| !offered.contains(&self.language.get_untracked())) {
            self.show_language(*first);
        }
        self.offered.set_value(offered);
    }

    /// Whether a language is offered.
    #[must_use]
    pub fn offers(self, language: Language) -> bool {
        self.offered.with_value(|offered| offered.is_empty() || offered.contains(&language))
    }

    /// The languages that are offered, each with its name in itself.
    #[must_use]
    pub fn languages(self) -> Vec<(Language, &'static str)> {
        Language::ALL.into_iter().filter(|(language, _)| self.offers(*language)).collect()
    }

    /// Shows a theme without keeping it: a portal's, which is not what the person prefers elsewhere.
    pub fn show_theme(self, theme: Theme) {
        self.theme.set(theme);
        self.apply();
    }

    /// Shows a language without keeping it.
    pub fn show_language(self, language: Language) {
        set_root_attribute("lang", language.tag());
        self.made_anew.set_value(location::path());
        self.language.set(language);
    }

    /// Whether the page of this place is made again in another language, where it was before: it leads nobody anywhere, because the
    /// focus is where it was. True once a change.
    #[must_use]
    pub fn take_made_anew(self) -> bool {
        let path = location::path();
        self.made_anew.try_update_value(|place| path.is_some() && place.take() == path).unwrap_or_default()
    }

    /// Changes the theme and keeps it.
    pub fn set_theme(self, theme: Theme) {
        storage::set(THEME_KEY, theme.name());
        self.show_theme(theme);
    }

    /// Changes the language and keeps it.
    pub fn set_language(self, language: Language) {
        storage::set(LANGUAGE_KEY, language.tag());
        self.show_language(language);
    }
}
