//! Theme and language: kept in the browser, applied to the root element.

use leptos::prelude::*;

use crate::dom::{element::set_root_attribute, storage};

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

    fn parse(name: &str) -> Self {
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
    /// The BCP 47 tag, for `lang`, Intl and storage.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
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
}

impl Preferences {
    /// Reads the preferences and applies them; without a stored language, the browser's counts.
    #[must_use]
    pub fn load() -> Self {
        let theme = storage::get(THEME_KEY).map_or(Theme::System, |name| Theme::parse(&name));
        let language = storage::get(LANGUAGE_KEY).or_else(|| web_sys::window()?.navigator().language()).unwrap_or_default();
        let preferences = Self { theme: RwSignal::new(theme), language: RwSignal::new(Language::parse(&language)) };
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

    /// Changes the theme and keeps it.
    pub fn set_theme(self, theme: Theme) {
        storage::set(THEME_KEY, theme.name());
        self.theme.set(theme);
        self.apply();
    }

    /// Changes the language and keeps it.
    pub fn set_language(self, language: Language) {
        storage::set(LANGUAGE_KEY, language.tag());
        set_root_attribute("lang", language.tag());
        self.language.set(language);
    }
}
