//! Where child chunks lie in their parent's text.

use std::ops::Range;

use loredesk_wire::ChildChunk;

/// The bytes of each child chunk in its parent's text, in order, with its position. One whose text is not in the parent any
/// more, because one of the two was changed, is left out.
#[must_use]
pub fn places(text: &str, children: &[ChildChunk]) -> Vec<(Range<usize>, u64)> {
    let mut ordered: Vec<&ChildChunk> = children.iter().collect();
    ordered.sort_by_key(|child| child.position);
    let mut places = Vec::with_capacity(ordered.len());
    let mut at = 0;
    for child in ordered {
        let wanted = child.content.trim();
        let found = (!wanted.is_empty()).then(|| text[at..].find(wanted)).flatten();
        if let Some(start) = found.map(|offset| at + offset) {
            at = start + wanted.len();
            places.push((start..at, child.position));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn children(texts: &[&str]) -> Vec<ChildChunk> {
        let child = |(at, text): (usize, &&str)| ChildChunk {
            content: (*text).to_owned(),
            position: at as u64 + 1,
            ..ChildChunk::default()
        };
        texts.iter().enumerate().map(child).collect()
    }

    #[test]
    fn child_chunks_are_found_in_order() {
        let text = "Arches hold. Cables hang. Arches hold.";
        let mut all = children(&["Arches hold", "Cables hang", "Arches hold"]);
        all.reverse();
        assert_eq!(places(text, &all), [(0..11, 1), (13..24, 2), (26..37, 3)]);
    }

    #[test]
    fn what_is_not_in_the_text_is_left_out() {
        let text = "\u{6c34}\u{6ce5}. Cables hang.";
        assert_eq!(places(text, &children(&["edited by hand", "", " Cables hang. "])), [(8..20, 3)]);
        assert!(places("", &children(&["x"])).is_empty());
    }
}
