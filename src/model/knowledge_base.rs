//! Rules about knowledge bases.

use loredesk_wire::{Dataset, IndexingTechnique};

/// Longest name in characters (from the contract).
pub const NAME_MAX: usize = 40;
/// Longest description in characters (from the contract).
pub const DESCRIPTION_MAX: usize = 400;

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Nothing but blanks.
    Empty,
    /// More than [`NAME_MAX`] characters.
    TooLong,
    /// Another knowledge base has it.
    Taken,
}

/// Checks a name before it is sent; `taken` are the names of the other knowledge bases.
///
/// # Errors
/// The first problem found.
pub fn check_name<'a>(name: &str, mut taken: impl Iterator<Item = &'a str>) -> Result<(), NameProblem> {
    let name = name.trim();
    if name.is_empty() {
        Err(NameProblem::Empty)
    } else if name.chars().count() > NAME_MAX {
        Err(NameProblem::TooLong)
    } else if taken.any(|other| other == name) {
        Err(NameProblem::Taken)
    } else {
        Ok(())
    }
}

/// What a knowledge base with a pipeline has as its runtime mode.
pub const PIPELINE_MODE: &str = "rag_pipeline";

/// Whether a knowledge pipeline fills it. Documents that come any other way would pass the pipeline by.
#[must_use]
pub fn is_pipeline(knowledge_base: &Dataset) -> bool {
    knowledge_base.runtime_mode.as_deref() == Some(PIPELINE_MODE)
}

/// Whether files can be put into it through create-by-file: not an external one, not a pipeline one.
#[must_use]
pub fn can_take_files(knowledge_base: &Dataset) -> bool {
    knowledge_base.provider != "external" && !is_pipeline(knowledge_base)
}

/// The technique of the next document: the knowledge base's own, or economy while it has none.
#[must_use]
pub fn technique(knowledge_base: &Dataset) -> IndexingTechnique {
    match &knowledge_base.indexing_technique {
        IndexingTechnique::Other(_) => IndexingTechnique::Economy,
        known => known.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_forty_characters_and_is_free() {
        assert_eq!(check_name("  ", [].into_iter()), Err(NameProblem::Empty));
        assert_eq!(check_name(&"知".repeat(40), [].into_iter()), Ok(()));
        assert_eq!(check_name(&"知".repeat(41), [].into_iter()), Err(NameProblem::TooLong));
        assert_eq!(check_name(" HR ", ["HR"].into_iter()), Err(NameProblem::Taken));
    }

    #[test]
    fn neither_a_pipeline_one_nor_an_external_one_takes_files() {
        let of = |provider: &str, mode: Option<&str>| Dataset {
            provider: provider.to_owned(),
            runtime_mode: mode.map(str::to_owned),
            ..Dataset::default()
        };
        assert!(can_take_files(&of("vendor", None)) && can_take_files(&of("vendor", Some("general"))));
        assert!(!can_take_files(&of("vendor", Some("rag_pipeline"))) && !can_take_files(&of("external", None)));
        assert!(is_pipeline(&of("vendor", Some("rag_pipeline"))) && !is_pipeline(&of("external", None)));
    }
}
