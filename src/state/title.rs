//! The title of the tab: the page's own, and what is under way before it. The only user of `document.title`.

use leptos::prelude::*;

use crate::dom::location::set_title;

/// What the tab's title is made of. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct TabTitle {
    page: RwSignal<String>,
    progress: RwSignal<String>,
    has_page: StoredValue<bool>,
}

impl Default for TabTitle {
    fn default() -> Self {
        Self::new()
    }
}

impl TabTitle {
    /// The product's name alone, until a page says its own.
    #[must_use]
    pub fn new() -> Self {
        let title = Self {
            page: RwSignal::new(String::new()),
            progress: RwSignal::new(String::new()),
            has_page: StoredValue::new(false),
        };
        Effect::new(move |_| {
            let text = title.page.with(|page| title.progress.with(|progress| joined(progress, page)));
            if !text.is_empty() {
                set_title(&text);
            }
        });
        title
    }

    /// Another page is put on screen; whether there was one before.
    pub fn turn_page(self) -> bool {
        self.has_page.try_update_value(|has_page| std::mem::replace(has_page, true)).unwrap_or_default()
    }

    /// The title of the page on screen, to track.
    #[must_use]
    pub fn page(self) -> Signal<String> {
        self.page.into()
    }

    /// The page on screen.
    pub fn set_page(self, title: &str) {
        if self.page.with_untracked(|now| now != title) {
            self.page.set(title.to_owned());
        }
    }

    /// What is under way, such as `34/412`; empty when nothing is.
    pub fn set_progress(self, progress: &str) {
        if self.progress.with_untracked(|now| now != progress) {
            self.progress.set(progress.to_owned());
        }
    }
}

fn joined(progress: &str, page: &str) -> String {
    if progress.is_empty() { page.to_owned() } else { format!("({progress}) {page}") }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn progress_stands_before_the_page() {
        assert_eq!(joined("34/412", "Pumps"), "(34/412) Pumps");
        assert_eq!(joined("", "Pumps"), "Pumps");
    }
}
