//! What is wrong with a file, in words: for the dialog before it is sent and for the tray after.

use crate::{config::Limits, i18n::Locale, model::file::FileProblem};

/// Puts the problem of a file into a sentence.
#[must_use]
pub fn file_problem_words(locale: Locale, limits: &Limits, problem: &FileProblem) -> String {
    let words = &locale.messages.uploads.add;
    match problem {
        FileProblem::Type(kind) => (words.kind)(kind, &limits.extensions.join(", ")),
        FileProblem::Size(limit) => (words.size)(&locale.bytes(*limit)),
        FileProblem::Empty => words.empty.to_owned(),
        FileProblem::Character(character) if character.is_control() => (words.character)("\u{fffd}"),
        FileProblem::Character(character) => (words.character)(&character.to_string()),
        FileProblem::LongName => words.long_name.to_owned(),
        FileProblem::Unreadable => words.unreadable.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::preferences::Language;

    #[test]
    fn every_problem_has_a_sentence_in_every_language() {
        let problems = [
            FileProblem::Type("dwg".to_owned()),
            FileProblem::Type(String::new()),
            FileProblem::Empty,
            FileProblem::Character('?'),
            FileProblem::Character('\n'),
            FileProblem::LongName,
            FileProblem::Unreadable,
        ];
        for language in [Language::English, Language::Chinese] {
            for problem in &problems {
                let words = file_problem_words(Locale::of(language), &Limits::default(), problem);
                assert!(!words.is_empty() && !words.contains('\n'), "{words}");
            }
        }
    }
}
