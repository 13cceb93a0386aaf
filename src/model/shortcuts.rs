//! Which key does what, and when it does nothing: the rules of the keyboard without a keyboard.
//!
//! A key that somebody types, composes a character with or holds a modifier for is never ours, but for the palette's own.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Opens the command palette.
    Palette,
    /// Goes to the search field of the page.
    Search,
    /// Shows the keys.
    Help,
    /// Closes what was opened last beside the page, such as a drawer.
    Close,
    /// Goes to another row of the list.
    Move(Step),
    /// Selects the row, or takes it out of the selection.
    Select,
    /// Opens the row from another control in it.
    Open,
}

/// Where to in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The row after this one.
    Next,
    /// The row before this one.
    Previous,
    /// The first row.
    First,
    /// The last row.
    Last,
}

impl Step {
    /// The place to go to in a list of so many rows; without a row to start from, the first.
    #[must_use]
    pub fn from(self, now: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, now) {
            (Self::First, _) | (_, None) => 0,
            (Self::Last, _) => last,
            (Self::Next, Some(now)) => (now + 1).min(last),
            (Self::Previous, Some(now)) => now.saturating_sub(1).min(last),
        })
    }
}

/// A key that was pressed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stroke<'a> {
    /// Its name, as browsers give it: `j`, `Escape`.
    pub key: &'a str,
    /// Whether Ctrl or the command key is held.
    pub has_command: bool,
    /// Whether Alt is held.
    pub has_alt: bool,
    /// Whether Shift is held.
    pub has_shift: bool,
    /// Whether it composes a character.
    pub is_composing: bool,
    /// Whether something on the page has used it.
    pub is_used: bool,
}

/// Where it was pressed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scene {
    /// In something that is typed into, or that has its own use for letters.
    pub is_typing: bool,
    /// While a dialog is open.
    pub is_dialog_open: bool,
    /// In an open menu.
    pub is_in_menu: bool,
    /// In a list of rows.
    pub is_in_list: bool,
    /// On a mark that stands in a row and does nothing with Enter itself.
    pub is_on_mark: bool,
}

/// What a key asks for there, if anything.
#[must_use]
pub fn shortcut(stroke: Stroke<'_>, scene: Scene) -> Option<Shortcut> {
    if stroke.is_composing || stroke.is_used || scene.is_dialog_open || stroke.has_alt {
        return None;
    }
    if stroke.has_command {
        // Also from a field: what is typed there stays, and the palette gives the focus back.
        return (matches!(stroke.key, "k" | "K") && !stroke.has_shift).then_some(Shortcut::Palette);
    }
    if scene.is_typing || scene.is_in_menu {
        return None;
    }
    match stroke.key {
        // Where Chinese punctuation is on, the same keys give the second and third.
        "/" | "／" | "、" => Some(Shortcut::Search),
        "?" | "？" => Some(Shortcut::Help),
        "Escape" => Some(Shortcut::Close),
        _ if stroke.has_shift => None,
        "j" => Some(Shortcut::Move(Step::Next)),
        "k" => Some(Shortcut::Move(Step::Previous)),
        "x" => Some(Shortcut::Select),
        "ArrowDown" if scene.is_in_list => Some(Shortcut::Move(Step::Next)),
        "ArrowUp" if scene.is_in_list => Some(Shortcut::Move(Step::Previous)),
        "Home" if scene.is_in_list => Some(Shortcut::Move(Step::First)),
        "End" if scene.is_in_list => Some(Shortcut::Move(Step::Last)),
        "Enter" if scene.is_on_mark => Some(Shortcut::Open),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 11] = ["/", "?", "j", "k", "x", "Escape", "Enter", "ArrowDown", "ArrowUp", "Home", "End"];

    fn key(key: &str) -> Stroke<'_> {
        Stroke { key, ..Stroke::default() }
    }

    fn in_list() -> Scene {
        Scene { is_in_list: true, is_on_mark: true, ..Scene::default() }
    }

    #[test]
    fn each_key_has_its_meaning() {
        let page = Scene::default();
        assert_eq!(shortcut(key("/"), page), Some(Shortcut::Search));
        assert_eq!(shortcut(Stroke { has_shift: true, ..key("/") }, page), Some(Shortcut::Search), "on a German keyboard");
        assert_eq!(shortcut(Stroke { has_shift: true, ..key("?") }, page), Some(Shortcut::Help));
        assert_eq!(shortcut(key("？"), page), Some(Shortcut::Help));
        assert_eq!(shortcut(key("j"), page), Some(Shortcut::Move(Step::Next)));
        assert_eq!(shortcut(key("k"), page), Some(Shortcut::Move(Step::Previous)));
        assert_eq!(shortcut(key("x"), page), Some(Shortcut::Select));
        assert_eq!(shortcut(key("Escape"), page), Some(Shortcut::Close));
        assert_eq!(shortcut(key("q"), page), None);
    }

    #[test]
    fn arrows_and_enter_belong_to_the_page_outside_a_list() {
        for name in ["ArrowDown", "ArrowUp", "Home", "End", "Enter"] {
            assert_eq!(shortcut(key(name), Scene::default()), None, "{name}");
            assert!(shortcut(key(name), in_list()).is_some(), "{name}");
        }
    }

    #[test]
    fn what_is_typed_is_nobody_elses() {
        for name in KEYS {
            let typing = Scene { is_typing: true, ..in_list() };
            let composing = Stroke { is_composing: true, ..key(name) };
            let used = Stroke { is_used: true, ..key(name) };
            let in_menu = Scene { is_in_menu: true, ..in_list() };
            let behind = Scene { is_dialog_open: true, ..in_list() };
            for (stroke, scene) in
                [(key(name), typing), (composing, in_list()), (used, in_list()), (key(name), in_menu), (key(name), behind)]
            {
                assert_eq!(shortcut(stroke, scene), None, "{stroke:?} {scene:?}");
            }
        }
    }

    #[test]
    fn a_modifier_makes_it_the_browsers() {
        for name in KEYS {
            for stroke in [Stroke { has_command: true, ..key(name) }, Stroke { has_alt: true, ..key(name) }] {
                let expected = (name == "k" && stroke.has_command).then_some(Shortcut::Palette);
                assert_eq!(shortcut(stroke, in_list()), expected, "{stroke:?}");
            }
        }
        assert_eq!(shortcut(Stroke { has_shift: true, ..key("J") }, in_list()), None);
    }

    #[test]
    fn the_palette_opens_from_a_field_but_not_over_a_dialog() {
        let stroke = Stroke { has_command: true, ..key("k") };
        assert_eq!(shortcut(stroke, Scene { is_typing: true, ..Scene::default() }), Some(Shortcut::Palette));
        assert_eq!(shortcut(stroke, Scene { is_dialog_open: true, ..Scene::default() }), None);
        assert_eq!(shortcut(Stroke { is_composing: true, ..stroke }, Scene::default()), None);
        assert_eq!(shortcut(Stroke { has_shift: true, key: "K", ..stroke }, Scene::default()), None, "the browser's console");
    }

    #[test]
    fn steps_stay_in_the_list() {
        assert_eq!(Step::Next.from(None, 3), Some(0));
        assert_eq!(Step::Next.from(Some(2), 3), Some(2));
        assert_eq!(Step::Previous.from(Some(0), 3), Some(0));
        assert_eq!(Step::Previous.from(Some(9), 3), Some(2), "the list became shorter");
        assert_eq!(Step::Last.from(Some(0), 3), Some(2));
        assert_eq!(Step::First.from(Some(2), 3), Some(0));
        assert_eq!(Step::Next.from(Some(1), 0), None);
    }
}
