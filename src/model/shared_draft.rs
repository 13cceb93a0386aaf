//! One draft that several tabs may have open: what each of them types goes together, and nothing that was typed is dropped.

use serde::{Deserialize, Serialize};

/// What is typed into one form.
pub trait SharedForm: Clone + PartialEq {
    /// Takes in what another tab made of it. `known` is what both last had in common: what was changed here since then stays,
    /// everything else is theirs. Tells whether something of theirs had to give way.
    fn merge(&mut self, known: &Self, theirs: &Self) -> bool;
}

/// One part of a form in [`SharedForm::merge`].
pub fn merge_part<T: Clone + PartialEq>(own: &mut T, known: &T, theirs: &T) -> bool {
    if own == known {
        own.clone_from(theirs);
        return false;
    }
    theirs != known && own != theirs
}

impl SharedForm for String {
    fn merge(&mut self, known: &Self, theirs: &Self) -> bool {
        merge_part(self, known, theirs)
    }
}

/// A draft as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SharedDraft<Form, Base = Form> {
    /// What is typed.
    #[serde(alias = "text")]
    pub form: Form,
    /// What the server had when that began.
    pub base: Base,
    /// What another tab had typed where this was typed at the same time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<Form>,
}

/// What another tab has done to a draft, for the form that is open here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elsewhere<Form, Base = Form> {
    /// Show this.
    Show(SharedDraft<Form, Base>),
    /// It is saved or thrown away there, and nothing was typed here since.
    Ended,
}

/// What becomes of a form when the stored draft is no longer what this tab knows; without a draft, a form holds `start`.
pub fn take_in<Form: SharedForm, Base: Clone>(
    now: &SharedDraft<Form, Base>,
    start: &Form,
    known: Option<&SharedDraft<Form, Base>>,
    stored: Option<&SharedDraft<Form, Base>>,
) -> Option<Elsewhere<Form, Base>> {
    let before = known.map_or(start, |known| &known.form);
    match stored {
        Some(stored) if now.form == *before => Some(Elsewhere::Show(stored.clone())),
        Some(stored) => {
            let mut draft = now.clone();
            let has_yielded = draft.form.merge(before, &stored.form);
            let other = if has_yielded { Some(stored.form.clone()) } else { draft.other.or_else(|| stored.other.clone()) };
            draft.other = other.filter(|other| *other != draft.form);
            Some(Elsewhere::Show(draft))
        }
        None if now.form == *before => Some(Elsewhere::Ended),
        // What was typed since stays, and is a draft of its own.
        None => None,
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    struct Two(String, String);

    impl SharedForm for Two {
        fn merge(&mut self, known: &Self, theirs: &Self) -> bool {
            let first = merge_part(&mut self.0, &known.0, &theirs.0);
            merge_part(&mut self.1, &known.1, &theirs.1) || first
        }
    }

    type Draft = SharedDraft<Two>;

    fn draft(first: &str, second: &str) -> Draft {
        SharedDraft { form: Two(first.to_owned(), second.to_owned()), ..SharedDraft::default() }
    }

    fn shown(elsewhere: Option<Elsewhere<Two>>) -> Draft {
        match elsewhere {
            Some(Elsewhere::Show(draft)) => draft,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_typed_elsewhere_is_shown_where_nothing_is_typed() {
        let start = Two::default();
        assert_eq!(shown(take_in(&draft("", ""), &start, None, Some(&draft("a", "")))), draft("a", ""));
        let (known, stored) = (draft("a", ""), draft("ab", ""));
        assert_eq!(shown(take_in(&known, &start, Some(&known), Some(&stored))), stored);
    }

    #[test]
    fn two_fields_go_together() {
        let (known, stored) = (draft("a", ""), draft("a", "theirs"));
        let both = shown(take_in(&draft("ab", ""), &Two::default(), Some(&known), Some(&stored)));
        assert_eq!(both, draft("ab", "theirs"));
    }

    #[test]
    fn of_one_field_the_other_version_is_kept() {
        let (known, stored) = (draft("a", ""), draft("theirs", ""));
        let both = shown(take_in(&draft("mine", ""), &Two::default(), Some(&known), Some(&stored)));
        assert_eq!((both.form.0.as_str(), both.other), ("mine", Some(stored.form)));
        // The tab that sees its own give way keeps it too.
        let other = SharedDraft { other: Some(draft("theirs", "").form), ..draft("mine", "") };
        assert_eq!(shown(take_in(&stored_like("theirs"), &Two::default(), Some(&stored_like("theirs")), Some(&other))), other);
    }

    fn stored_like(first: &str) -> Draft {
        draft(first, "")
    }

    #[test]
    fn an_end_elsewhere_is_one_here_unless_something_was_typed_since() {
        let known = draft("a", "");
        assert_eq!(take_in(&known, &Two::default(), Some(&known), None), Some(Elsewhere::Ended));
        assert_eq!(take_in(&draft("ab", ""), &Two::default(), Some(&known), None), None);
    }

    /// A tab as `state/shared_draft.rs` makes one of these rules.
    struct Tab {
        now: Draft,
        known: Option<Draft>,
    }

    impl Tab {
        fn look(&mut self, stored: Option<&Draft>) {
            if self.known.as_ref() != stored {
                match take_in(&self.now, &Two::default(), self.known.as_ref(), stored) {
                    Some(Elsewhere::Show(draft)) => self.now = draft,
                    Some(Elsewhere::Ended) => self.now = Draft::default(),
                    None => {}
                }
                self.known = stored.cloned();
            }
        }

        fn type_in(&mut self, is_second: bool, text: &str, stored: &mut Option<Draft>) {
            let part = if is_second { &mut self.now.form.1 } else { &mut self.now.form.0 };
            *part = text.to_owned();
            self.look(stored.as_ref());
            *stored = Some(self.now.clone());
            self.known.clone_from(stored);
        }
    }

    proptest! {
        /// Two tabs that type one after the other, each hearing of the other at once or much later: of what either of them typed
        /// last into a field, nothing is gone.
        #[test]
        fn two_tabs_lose_nothing(steps in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 1..20)) {
            let mut tabs = [Tab { now: Draft::default(), known: None }, Tab { now: Draft::default(), known: None }];
            let mut stored = None;
            for (at, (tab, is_second, hears)) in steps.into_iter().enumerate() {
                let (own, text) = (usize::from(tab), format!("{at}"));
                let part = |form: &Two| if is_second { form.1.clone() } else { form.0.clone() };
                // What the other tab has typed into the same field and this one has not seen.
                let unseen = stored.as_ref().map(|stored: &Draft| part(&stored.form)).filter(|theirs| {
                    !theirs.is_empty() && *theirs != part(&tabs[own].known.clone().unwrap_or_default().form)
                });
                tabs[own].type_in(is_second, &text, &mut stored);
                let whole = stored.clone().unwrap_or_default();
                prop_assert_eq!(part(&whole.form), text, "what is typed is what is stored");
                if let Some(unseen) = unseen {
                    prop_assert_eq!(whole.other.map(|other| part(&other)), Some(unseen), "what gives way is kept");
                }
                if hears {
                    tabs[1 - own].look(stored.as_ref());
                    prop_assert_eq!(&tabs[0].now, &tabs[1].now);
                }
            }
            for tab in &mut tabs {
                tab.look(stored.as_ref());
            }
            prop_assert_eq!(&tabs[0].now, &tabs[1].now);
        }
    }
}
