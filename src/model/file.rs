//! Files before they are sent: the checks whose failure a server would answer with an empty message, and free names.

use crate::{config::Limits, model::document::extension};

/// Characters that no server takes in a file name (from the recorded refusals).
pub const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
/// Longest file name in characters; a longer one would be cut, and the cut name might be somebody else's.
pub const NAME_MAX: usize = 200;

/// Why a file is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// Its type is not in the list; the extension, or empty where it has none.
    Type(String),
    /// Larger than allowed; the limit in bytes.
    Size(u64),
    /// It has no content.
    Empty,
    /// Its name holds this character.
    Character(char),
    /// Its name is longer than [`NAME_MAX`].
    LongName,
    /// The browser could not read it, such as a link that leads nowhere.
    Unreadable,
}

/// Checks a file before anything is sent.
///
/// # Errors
/// The first problem found.
pub fn check_file(name: &str, size: u64, limits: &Limits) -> Result<(), FileProblem> {
    let extension = extension(name);
    if let Some(character) = name.chars().find(|c| FORBIDDEN.contains(c) || c.is_control()) {
        Err(FileProblem::Character(character))
    } else if !limits.extensions.contains(&extension) {
        Err(FileProblem::Type(extension))
    } else if size > limits.max_upload_bytes {
        Err(FileProblem::Size(limits.max_upload_bytes))
    } else if size == 0 {
        Err(FileProblem::Empty)
    } else if name.chars().count() > NAME_MAX {
        Err(FileProblem::LongName)
    } else {
        Ok(())
    }
}

/// A name that is not taken: `report.pdf`, then `report (2).pdf`, `report (3).pdf`.
#[must_use]
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(name) {
        return name.to_owned();
    }
    let (stem, dot, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, ".", extension),
        _ => (name, "", ""),
    };
    (2_u32..)
        .map(|number| format!("{stem} ({number}){dot}{extension}"))
        .find(|candidate| !is_taken(candidate))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_a_server_would_refuse() {
        let limits = Limits::default();
        let check = |name: &str, size| check_file(name, size, &limits);
        assert_eq!(check("a.txt", 1), Ok(()));
        assert_eq!(check("A.TXT", limits.max_upload_bytes), Ok(()));
        assert_eq!(check("a.txt", limits.max_upload_bytes + 1), Err(FileProblem::Size(limits.max_upload_bytes)));
        assert_eq!(check("a.dwg", 1), Err(FileProblem::Type("dwg".to_owned())));
        assert_eq!(check("a", 1), Err(FileProblem::Type(String::new())));
        assert_eq!(check("a?.txt", 1), Err(FileProblem::Character('?')));
        assert_eq!(check("a.txt", 0), Err(FileProblem::Empty));
        assert_eq!(check(&format!("{}.txt", "x".repeat(197)), 1), Err(FileProblem::LongName));
    }

    #[test]
    fn a_free_name_counts_up_before_the_extension() {
        let taken = ["a.txt", "a (2).txt", "b"];
        let free = |name| free_name(name, |candidate| taken.contains(&candidate));
        assert_eq!(free("c.txt"), "c.txt");
        assert_eq!(free("a.txt"), "a (3).txt");
        assert_eq!(free("b"), "b (2)");
    }
}
