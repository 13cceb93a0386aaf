//! Rules about tags.

use loredesk_wire::{Dataset, Tag, TagWithCount};

/// Longest name in characters (from the contract).
pub const NAME_MAX: usize = 50;

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagProblem {
    /// Nothing but blanks.
    Empty,
    /// More than [`NAME_MAX`] characters.
    TooLong,
    /// Another tag has it.
    Taken,
}

/// Checks a name before it is sent; `taken` are the names of the other tags.
///
/// # Errors
/// The first problem found.
pub fn check_name<'a>(name: &str, mut taken: impl Iterator<Item = &'a str>) -> Result<(), TagProblem> {
    let name = name.trim();
    if name.is_empty() {
        Err(TagProblem::Empty)
    } else if name.chars().count() > NAME_MAX {
        Err(TagProblem::TooLong)
    } else if taken.any(|other| other == name) {
        Err(TagProblem::Taken)
    } else {
        Ok(())
    }
}

/// The tags that knowledge bases carry, by name, each with how many carry it.
#[must_use]
pub fn in_use(knowledge_bases: &[Dataset]) -> Vec<TagWithCount> {
    let mut tags: Vec<TagWithCount> = Vec::new();
    for Tag { id, name, kind } in knowledge_bases.iter().flat_map(|dataset| &dataset.tags) {
        match tags.iter_mut().find(|known| known.id == *id) {
            Some(known) => known.binding_count = known.binding_count.map(|count| count + 1),
            None => tags.push(TagWithCount { id: id.clone(), name: name.clone(), kind: kind.clone(), binding_count: Some(1) }),
        }
    }
    sort(&mut tags);
    tags
}

/// Puts tags into the order in which they are shown.
pub fn sort(tags: &mut [TagWithCount]) {
    tags.sort_by_key(|tag| (tag.name.to_lowercase(), tag.id.clone()));
}

/// Tag ids as one text for the address.
#[must_use]
pub fn print_ids(ids: &[String]) -> String {
    ids.join(",")
}

/// Reads what [`print_ids`] wrote.
#[must_use]
pub fn parse_ids(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Whether a knowledge base carries every one of these tags. Asked here, because `tag_ids` is refused by Dify 1.12 whatever
/// its form.
#[must_use]
pub fn carries_all(knowledge_base: &Dataset, ids: &[String]) -> bool {
    ids.iter().all(|id| knowledge_base.tags.iter().any(|tag| tag.id == *id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(tags: &[&str]) -> Dataset {
        let tag = |name: &&str| Tag { id: format!("id-{name}"), name: (*name).to_owned(), kind: "knowledge".to_owned() };
        Dataset { tags: tags.iter().map(tag).collect(), ..Dataset::default() }
    }

    #[test]
    fn a_name_has_one_to_fifty_characters_and_is_free() {
        assert_eq!(check_name(" ", [].into_iter()), Err(TagProblem::Empty));
        assert_eq!(check_name(&"知".repeat(50), [].into_iter()), Ok(()));
        assert_eq!(check_name(&"知".repeat(51), [].into_iter()), Err(TagProblem::TooLong));
        assert_eq!(check_name(" HR ", ["HR"].into_iter()), Err(TagProblem::Taken));
    }

    #[test]
    fn tags_in_use_are_counted_and_sorted_by_name() {
        let tags = in_use(&[dataset(&["pumps", "HR"]), dataset(&["pumps"])]);
        let seen: Vec<_> = tags.iter().map(|tag| (tag.name.as_str(), tag.binding_count)).collect();
        assert_eq!(seen, [("HR", Some(1)), ("pumps", Some(2))]);
    }

    #[test]
    fn several_tags_narrow_the_list() {
        let ids = |text: &str| parse_ids(text);
        assert!(carries_all(&dataset(&["a", "b"]), &ids("id-a,id-b")));
        assert!(!carries_all(&dataset(&["a"]), &ids("id-a,id-b")));
        assert!(carries_all(&dataset(&[]), &ids("")));
        assert_eq!(print_ids(&ids("x, y,,")), "x,y");
    }
}
