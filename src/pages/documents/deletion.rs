//! Deleting documents one after the other: what has become of each, without a browser.

use crate::api::ApiError;

/// What has become of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Its turn has not come, or never will because somebody stopped.
    Waiting,
    /// It is being deleted.
    Running,
    /// It is gone.
    Deleted,
    /// Somebody else had deleted it.
    AlreadyGone,
    /// It is still there.
    Failed(ApiError),
}

/// One document of a deletion.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What has become of it.
    pub outcome: Outcome,
}

/// A deletion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deletion {
    /// The documents, in their order.
    pub entries: Vec<Entry>,
    /// Whether one is being deleted.
    pub is_running: bool,
}

impl Deletion {
    /// A deletion of these documents, given as id and name.
    pub fn of(documents: impl Iterator<Item = (String, String)>) -> Self {
        let entries = documents.map(|(id, name)| Entry { id, name, outcome: Outcome::Waiting }).collect();
        Self { entries, is_running: true }
    }

    /// The next document, unless it was stopped; it counts as being deleted from now on.
    pub fn next(&mut self) -> Option<String> {
        let next = self.entries.iter_mut().find(|entry| entry.outcome == Outcome::Waiting).filter(|_| self.is_running);
        match next {
            Some(entry) => {
                entry.outcome = Outcome::Running;
                Some(entry.id.clone())
            }
            None => {
                self.is_running = false;
                None
            }
        }
    }

    /// What has become of a document.
    pub fn settle(&mut self, id: &str, outcome: Outcome) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id) {
            entry.outcome = outcome;
        }
    }

    /// Whatever is still there gets another try.
    pub fn begin_again(&mut self) {
        self.is_running = true;
        for entry in &mut self.entries {
            if matches!(entry.outcome, Outcome::Failed(_)) {
                entry.outcome = Outcome::Waiting;
            }
        }
    }

    /// Documents that are gone.
    #[must_use]
    pub fn gone(&self) -> usize {
        self.entries.iter().filter(|entry| matches!(entry.outcome, Outcome::Deleted | Outcome::AlreadyGone)).count()
    }

    /// Documents of which it is known what became of them.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.entries.iter().filter(|entry| !matches!(entry.outcome, Outcome::Waiting | Outcome::Running)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ErrorKind;

    fn deletion() -> Deletion {
        Deletion::of(["a", "b", "c"].into_iter().map(|name| (name.to_owned(), name.to_owned())))
    }

    #[test]
    fn one_after_the_other() {
        let mut deletion = deletion();
        let mut seen = Vec::new();
        while let Some(id) = deletion.next() {
            deletion.settle(&id, Outcome::Deleted);
            seen.push(id);
        }
        assert_eq!(seen, ["a", "b", "c"]);
        assert_eq!((deletion.gone(), deletion.is_running), (3, false));
    }

    #[test]
    fn what_is_stopped_stays_and_can_go_on() {
        let mut deletion = deletion();
        let first = deletion.next();
        assert_eq!(first.as_deref(), Some("a"));
        deletion.is_running = false;
        deletion.settle("a", Outcome::Failed(ApiError::local(ErrorKind::Offline, "DELETE", "x")));
        assert_eq!(deletion.next(), None);
        assert_eq!((deletion.gone(), deletion.settled()), (0, 1));
        deletion.begin_again();
        assert_eq!(deletion.next().as_deref(), Some("a"));
    }
}
