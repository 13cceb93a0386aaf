//! Values of metadata that were changed in the grid and not written yet: a draft that can be stored, undone and looked over.

use std::collections::{BTreeMap, BTreeSet};

use loredesk_wire::MetadataType;
use serde::{Deserialize, Serialize};

use super::metadata::MetadataValue;

/// Steps that can be undone.
const STEPS: usize = 100;

/// A changed value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What the server had when it was changed.
    pub base: MetadataValue,
    /// What it shall have.
    pub wanted: MetadataValue,
}

/// A value in a place: a document's id, a field's id, what the server has there, what is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Document id.
    pub document: String,
    /// Field id.
    pub field: String,
    /// What the server has.
    pub server: MetadataValue,
    /// What it shall have.
    pub wanted: MetadataValue,
}

type Cell = (String, String);

/// Changed values by document and field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Edits {
    documents: BTreeMap<String, BTreeMap<String, Edit>>,
    /// What the changed cells of each step held before it, newest last. Not a part of the stored draft.
    #[serde(skip)]
    steps: Vec<Vec<(Cell, Option<Edit>)>>,
}

impl Edits {
    /// The change of a value, if it is changed.
    #[must_use]
    pub fn get(&self, document: &str, field: &str) -> Option<&Edit> {
        self.documents.get(document)?.get(field)
    }

    /// The changes of a document by the field's id.
    #[must_use]
    pub fn of(&self, document: &str) -> Option<&BTreeMap<String, Edit>> {
        self.documents.get(document)
    }

    /// Every changed document with its changes.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &BTreeMap<String, Edit>)> {
        self.documents.iter()
    }

    /// Changes values in one step. One that is what the server has is no change any more.
    pub fn set(&mut self, changes: Vec<Change>) {
        let mut step = Vec::new();
        for Change { document, field, server, wanted } in changes {
            let before = self.get(&document, &field).cloned();
            // What the server had when the first change was made stays the base: it is what the person saw.
            let base = before.as_ref().map_or(server, |edit| edit.base.clone());
            let after = (base != wanted).then_some(Edit { base, wanted });
            if before != after {
                self.put(&document, &field, after);
                step.push(((document, field), before));
            }
        }
        if !step.is_empty() {
            self.steps.push(step);
            let surplus = self.steps.len().saturating_sub(STEPS);
            self.steps.drain(..surplus);
        }
    }

    fn put(&mut self, document: &str, field: &str, edit: Option<Edit>) {
        match edit {
            Some(edit) => drop(self.documents.entry(document.to_owned()).or_default().insert(field.to_owned(), edit)),
            None => {
                if let Some(fields) = self.documents.get_mut(document) {
                    fields.remove(field);
                    if fields.is_empty() {
                        self.documents.remove(document);
                    }
                }
            }
        }
    }

    /// Takes the latest step back; gives one of its cells, to show where.
    pub fn undo(&mut self) -> Option<(String, String)> {
        let step = self.steps.pop()?;
        let shown = step.first().map(|(cell, _)| cell.clone());
        for ((document, field), before) in step {
            self.put(&document, &field, before);
        }
        shown
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.steps.is_empty()
    }

    /// A value was written: its change is over, unless another value is wanted by now.
    pub fn written(&mut self, document: &str, field: &str, value: &MetadataValue) {
        let edit = self.get(document, field).cloned();
        let rest = edit.filter(|edit| edit.wanted != *value).map(|edit| Edit { base: value.clone(), ..edit });
        self.put(document, field, rest);
        // Steps before a write would bring back what is no longer the server's.
        self.steps.clear();
    }

    /// The server has another value than the person saw: from now on that one is the base, and the wish stays.
    pub fn rebase(&mut self, document: &str, field: &str, server: &MetadataValue) {
        self.written(document, field, server);
    }

    /// Throws every change away.
    pub fn clear(&mut self) {
        self.documents.clear();
        self.steps.clear();
    }

    /// Throws away changes of documents and fields that are not there any more; tells how many values that were.
    pub fn retain(&mut self, is_document: impl Fn(&str) -> bool, is_field: impl Fn(&str) -> bool) -> usize {
        let before = self.values();
        for (document, fields) in &mut self.documents {
            let is_here = is_document(document);
            fields.retain(|field, _| is_here && is_field(field));
        }
        self.documents.retain(|_, fields| !fields.is_empty());
        before - self.values()
    }

    /// Takes in what another tab made of the same draft. `known` is what both last had in common: what was changed here since then
    /// stays, everything else is theirs. Tells whether changes that stood here are over, because they were saved or discarded there.
    pub fn merge(&mut self, known: &Self, theirs: &Self) -> bool {
        let places = |edits: &Self| {
            let cell = |document: &String, field: &String| (document.clone(), field.clone());
            edits
                .documents
                .iter()
                .flat_map(|(document, fields)| fields.keys().map(move |field| cell(document, field)))
                .collect::<Vec<_>>()
        };
        let cells: BTreeSet<Cell> = places(self).into_iter().chain(places(theirs)).collect();
        let mut has_ended = false;
        for (document, field) in cells {
            let (own, before, new) = (self.get(&document, &field), known.get(&document, &field), theirs.get(&document, &field));
            if own != before || own == new {
                continue;
            }
            has_ended |= new.is_none();
            let new = new.cloned();
            self.put(&document, &field, new);
            // Taking a step back would undo what was not done here.
            for step in &mut self.steps {
                step.retain(|((known, own), _)| *known != document || *own != field);
            }
        }
        self.steps.retain(|step| !step.is_empty());
        has_ended
    }

    /// Whether the same values are changed in the same way, whatever steps led there.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.documents == other.documents
    }

    /// Changed values.
    #[must_use]
    pub fn values(&self) -> usize {
        self.documents.values().map(BTreeMap::len).sum()
    }

    /// Documents with changed values.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// Changed values that do not fit their field, so that they are not written.
    pub fn unfit(&self, kind: impl Fn(&str) -> Option<MetadataType>) -> usize {
        let edits = self.documents.values().flatten();
        edits.filter(|(field, edit)| kind(field).is_none_or(|kind| !edit.wanted.fits(&kind))).count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> MetadataValue {
        MetadataValue::Text(text.to_owned())
    }

    fn change(document: &str, server: &str, wanted: &str) -> Change {
        Change { document: document.to_owned(), field: "f".to_owned(), server: text(server), wanted: text(wanted) }
    }

    #[test]
    fn a_value_changed_back_is_no_change() {
        let mut edits = Edits::default();
        edits.set(vec![change("a", "old", "new"), change("b", "old", "new")]);
        assert_eq!((edits.documents(), edits.values()), (2, 2));
        edits.set(vec![change("a", "old", "old")]);
        assert_eq!((edits.documents(), edits.values()), (1, 1));
    }

    #[test]
    fn a_step_is_undone_as_one() {
        let mut edits = Edits::default();
        edits.set(vec![change("a", "old", "first")]);
        edits.set(vec![change("a", "old", "second"), change("b", "old", "second")]);
        assert_eq!(edits.undo(), Some(("a".to_owned(), "f".to_owned())));
        assert_eq!(edits.get("a", "f").map(|edit| edit.wanted.clone()), Some(text("first")));
        assert!(edits.get("b", "f").is_none());
        edits.undo();
        assert_eq!((edits.values(), edits.can_undo(), edits.undo()), (0, false, None));
    }

    #[test]
    fn what_was_written_is_no_change_and_what_was_typed_meanwhile_is() {
        let mut edits = Edits::default();
        edits.set(vec![change("a", "old", "new")]);
        edits.set(vec![change("a", "old", "newer")]);
        edits.written("a", "f", &text("new"));
        assert_eq!(edits.get("a", "f"), Some(&Edit { base: text("new"), wanted: text("newer") }));
        edits.written("a", "f", &text("newer"));
        assert_eq!(edits.values(), 0);
    }

    #[test]
    fn two_tabs_keep_the_changes_of_both() {
        let known = Edits::default();
        let (mut here, mut there) = (known.clone(), known.clone());
        here.set(vec![change("a", "old", "here"), change("b", "old", "here")]);
        there.set(vec![change("b", "old", "there"), change("c", "old", "there")]);
        assert!(!here.merge(&known, &there));
        let wanted = |document: &str| here.get(document, "f").map(|edit| edit.wanted.clone());
        // Of one value that both changed, the one that is typed here counts here, and is what is stored next.
        assert_eq!((wanted("a"), wanted("b"), wanted("c")), (Some(text("here")), Some(text("here")), Some(text("there"))));
    }

    #[test]
    fn what_was_saved_in_another_tab_is_over_here_too() {
        let mut here = Edits::default();
        here.set(vec![change("a", "old", "new"), change("b", "old", "new")]);
        let known = here.clone();
        let mut there = known.clone();
        there.written("a", "f", &text("new"));
        here.set(vec![change("b", "old", "newer")]);
        assert!(here.merge(&known, &there));
        assert!(here.get("a", "f").is_none());
        assert_eq!(here.get("b", "f").map(|edit| edit.wanted.clone()), Some(text("newer")));
        // The step that made both can still be taken back, but only for what is left of it.
        here.undo();
        here.undo();
        assert_eq!((here.values(), here.can_undo()), (0, false));
        assert!(!here.merge(&there, &there));
    }

    proptest! {
        #[test]
        fn tabs_that_hear_of_each_other_end_with_the_same_draft(
            writes in prop::collection::vec((any::<bool>(), "[abc]", "[xyz]?"), 0..24),
        ) {
            // Two tabs, one store. A tab writes what it has, and the other hears of it before it writes itself.
            let mut stored = Edits::default();
            let mut tabs = [Edits::default(), Edits::default()];
            let mut known = [Edits::default(), Edits::default()];
            for (is_second, document, wanted) in writes {
                let at = usize::from(is_second);
                tabs[at].set(vec![change(&document, "", &wanted)]);
                let own = known[at].clone();
                tabs[at].merge(&own, &stored);
                stored = tabs[at].clone();
                known[at] = stored.clone();
                let (other, own) = (1 - at, known[1 - at].clone());
                tabs[other].merge(&own, &stored);
                known[other] = stored.clone();
                prop_assert!(tabs[0].is_same(&tabs[1]) && tabs[0].is_same(&stored));
            }
        }
    }

    #[test]
    fn a_stored_draft_is_the_same_draft() {
        let mut edits = Edits::default();
        edits.set(vec![change("a", "old", "new")]);
        let stored = serde_json::to_string(&edits).unwrap_or_default();
        let mut restored: Edits = serde_json::from_str(&stored).unwrap_or_default();
        assert_eq!(restored.get("a", "f"), edits.get("a", "f"));
        assert_eq!(restored.retain(|_| true, |field| field != "f"), 1);
        assert_eq!(restored.documents(), 0);
    }
}
