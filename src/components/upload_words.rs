//! What is wrong with a file, in words: for the dialog before it is sent and for the tray after.

use crate::{config::Limits, i18n::Locale, model::file::FileProblem};

/// The greatest size, rounded down: what it promises is accepted.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a size that people read")]
pub fn limit_words(locale: Locale, bytes: u64) -> String {
    match bytes {
        bytes if bytes < 1_000_000 => locale.bytes(bytes),
        bytes => format!("{}\u{a0}MB", locale.decimal((bytes / 100_000) as f64 / 10.0, 1)),
    }
}

/// What is accepted: types and size.
#[must_use]
pub fn accepted_words(locale: Locale, limits: &Limits) -> String {
    (locale.messages.uploads.add.accepted)(&limits.extensions.join(", "), &limit_words(locale, limits.max_upload_bytes))
}

/// Puts the problem of a file into a sentence.
#[must_use]
pub fn file_problem_words(locale: Locale, problem: &FileProblem) -> String {
    let words = &locale.messages.uploads.add;
    match problem {
        FileProblem::Type(kind) => (words.kind)(kind),
        FileProblem::Size(limit) => (words.size)(&limit_words(locale, *limit)),
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
                let words = file_problem_words(Locale::of(language), problem);
                assert!(!words.is_empty() && !words.contains('\n'), "{words}");
            }
        }
    }
}
