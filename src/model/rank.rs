//! Comparing two retrievals: where a passage of the second stood in the first.

/// Where a passage stands against the other list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankChange {
    /// At the same place.
    Same,
    /// So many places nearer to the top.
    Up(usize),
    /// So many places nearer to the bottom.
    Down(usize),
    /// The other list does not have it.
    Alone,
}

/// The change of the passage at `rank` (from 0) with that id against the ids of the other list, best first.
#[must_use]
pub fn rank_change(id: &str, rank: usize, other: &[String]) -> RankChange {
    match other.iter().position(|known| known == id) {
        None => RankChange::Alone,
        Some(before) if before > rank => RankChange::Up(before - rank),
        Some(before) if before < rank => RankChange::Down(rank - before),
        Some(_) => RankChange::Same,
    }
}

/// How many passages both lists have, and how many different ones there are.
#[must_use]
pub fn overlap(first: &[String], second: &[String]) -> (usize, usize) {
    let common = second.iter().filter(|id| first.contains(id)).count();
    (common, first.len() + second.len() - common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_rank_is_counted_from_the_other_list() {
        let first = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(rank_change("a", 0, &first), RankChange::Same);
        assert_eq!(rank_change("c", 0, &first), RankChange::Up(2));
        assert_eq!(rank_change("a", 2, &first), RankChange::Down(2));
        assert_eq!(rank_change("x", 1, &first), RankChange::Alone);
        assert_eq!(overlap(&first, &["c", "x"].map(str::to_owned)), (1, 4));
    }
}
