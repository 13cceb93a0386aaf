//! What becomes of each file of a drop, before anything is sent: refused, skipped, new, under another name, or in place of a
//! document. Nothing is replaced unless somebody says so, because servers replace a namesake without a word.

use std::collections::{HashMap, HashSet};

use super::file::{FileProblem, NAME_MAX, check_file, free_name};
use crate::config::Limits;

/// What a person chose for a file whose name is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Leave what is there.
    Skip,
    /// Make the document's chunks anew from this file.
    Replace,
    /// Add it under a free name.
    KeepBoth,
}

/// Who has the name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesake {
    /// A document; whether a file may take its place.
    Document {
        /// Servers replace enabled documents only; an archived one is not to be changed.
        can_replace: bool,
    },
    /// A file that is being sent.
    OnItsWay,
    /// Another file of the same drop, such as one from another folder.
    Twin,
}

impl Namesake {
    /// What can be chosen.
    #[must_use]
    pub fn choices(self) -> &'static [Choice] {
        match self {
            Self::Document { can_replace: true } => &[Choice::Skip, Choice::Replace, Choice::KeepBoth],
            _ => &[Choice::Skip, Choice::KeepBoth],
        }
    }

    /// What is chosen until somebody chooses: what is there stays, and of two new files none is lost.
    fn default_choice(self) -> Choice {
        if self == Self::Twin { Choice::KeepBoth } else { Choice::Skip }
    }
}

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is sent under this name.
    Send {
        /// The name that the document shall have.
        name: String,
        /// Whether it takes the place of a document of that name.
        replaces: bool,
    },
    /// It would be refused.
    Refused(FileProblem),
    /// Its name is taken, and the person keeps what is there.
    Skipped,
}

/// A file with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What becomes of it.
    pub verdict: Verdict,
    /// Who has its name, where somebody has; and what is chosen.
    pub question: Option<(Namesake, Choice)>,
}

/// The names that are taken in a knowledge base.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Names of documents, and whether a file may take their place.
    pub documents: HashMap<String, bool>,
    /// Names of files that are being sent.
    pub on_their_way: HashSet<String>,
}

impl Taken {
    fn namesake(&self, name: &str, given: &HashSet<String>) -> Option<Namesake> {
        if given.contains(name) {
            Some(Namesake::Twin)
        } else if self.on_their_way.contains(name) {
            Some(Namesake::OnItsWay)
        } else {
            self.documents.get(name).map(|can_replace| Namesake::Document { can_replace: *can_replace })
        }
    }
}

/// Checks the files of a drop, given as name and size, in their order; `choice` gives what was chosen for the file at a place.
pub fn check<'a>(
    files: impl Iterator<Item = (&'a str, u64)> + Clone,
    taken: &Taken,
    limits: &Limits,
    choice: impl Fn(usize) -> Option<Choice>,
) -> Vec<Checked> {
    let names: HashSet<&str> = files.clone().map(|(name, _)| name).collect();
    let mut given = HashSet::new();
    let mut checked = Vec::new();
    for (at, (name, size)) in files.enumerate() {
        if let Err(problem) = check_file(name, size, limits) {
            checked.push(Checked { verdict: Verdict::Refused(problem), question: None });
            continue;
        }
        let namesake = taken.namesake(name, &given);
        let chosen = namesake.map(|namesake| {
            let chosen = choice(at).filter(|choice| namesake.choices().contains(choice));
            chosen.unwrap_or_else(|| namesake.default_choice())
        });
        let verdict = match chosen {
            Some(Choice::Skip) => Verdict::Skipped,
            Some(Choice::KeepBoth) => {
                // A free name is also none that a later file of the drop brings along.
                let is_taken = |name: &str| names.contains(name) || taken.namesake(name, &given).is_some();
                let name = free_name(name, is_taken);
                if name.chars().count() > NAME_MAX {
                    Verdict::Refused(FileProblem::LongName)
                } else {
                    Verdict::Send { name, replaces: false }
                }
            }
            Some(Choice::Replace) => Verdict::Send { name: name.to_owned(), replaces: true },
            None => Verdict::Send { name: name.to_owned(), replaces: false },
        };
        if let Verdict::Send { name, .. } = &verdict {
            given.insert(name.clone());
        }
        checked.push(Checked { verdict, question: namesake.zip(chosen) });
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken() -> Taken {
        Taken {
            documents: HashMap::from([("a.txt".to_owned(), true), ("off.txt".to_owned(), false)]),
            on_their_way: HashSet::from(["way.txt".to_owned()]),
        }
    }

    fn run(names: &[&str], choice: Option<Choice>) -> Vec<Checked> {
        check(names.iter().map(|name| (*name, 1)), &taken(), &Limits::default(), |_| choice)
    }

    fn send(name: &str, replaces: bool) -> Verdict {
        Verdict::Send { name: name.to_owned(), replaces }
    }

    fn verdicts(names: &[&str], choice: Option<Choice>) -> Vec<Verdict> {
        run(names, choice).into_iter().map(|checked| checked.verdict).collect()
    }

    #[test]
    fn nothing_is_replaced_unasked() {
        assert_eq!(
            verdicts(&["a.txt", "off.txt", "way.txt", "new.txt"], None),
            [Verdict::Skipped, Verdict::Skipped, Verdict::Skipped, send("new.txt", false)]
        );
        assert_eq!(run(&["a.txt"], None)[0].question, Some((Namesake::Document { can_replace: true }, Choice::Skip)));
    }

    #[test]
    fn only_what_the_server_would_replace_can_be_replaced() {
        assert_eq!(
            verdicts(&["a.txt", "off.txt", "way.txt"], Some(Choice::Replace)),
            [send("a.txt", true), Verdict::Skipped, Verdict::Skipped]
        );
    }

    #[test]
    fn both_are_kept_under_names_that_nobody_has() {
        assert_eq!(
            verdicts(&["a.txt", "a (2).txt", "off.txt"], Some(Choice::KeepBoth)),
            [send("a (3).txt", false), send("a (2).txt", false), send("off (2).txt", false)]
        );
    }

    #[test]
    fn of_two_files_of_one_name_none_is_lost() {
        assert_eq!(
            verdicts(&["n.txt", "n.txt", "n.txt"], None),
            [send("n.txt", false), send("n (2).txt", false), send("n (3).txt", false)]
        );
        assert_eq!(verdicts(&["n.txt", "n.txt"], Some(Choice::Skip)), [send("n.txt", false), Verdict::Skipped]);
        // The second of two that may replace is a twin of the first.
        assert_eq!(verdicts(&["a.txt", "a.txt"], Some(Choice::Replace)), [send("a.txt", true), send("a (2).txt", false)]);
    }

    #[test]
    fn a_refused_file_takes_no_name() {
        let files = [("x.txt", 0), ("x.txt", 1), ("x.exe", 1)];
        let checked = check(files.into_iter(), &Taken::default(), &Limits::default(), |_| None);
        assert_eq!(checked[0].verdict, Verdict::Refused(FileProblem::Empty));
        assert_eq!(checked[1].verdict, send("x.txt", false));
        assert_eq!(checked[2].verdict, Verdict::Refused(FileProblem::Type("exe".to_owned())));
    }

    #[test]
    fn a_free_name_that_is_too_long_is_refused() {
        let name = format!("{}.txt", "x".repeat(196));
        let taken = Taken { documents: HashMap::from([(name.clone(), true)]), ..Taken::default() };
        let checked = check([(name.as_str(), 1)].into_iter(), &taken, &Limits::default(), |_| Some(Choice::KeepBoth));
        assert_eq!(checked[0].verdict, Verdict::Refused(FileProblem::LongName));
    }
}
