//! Which files the tray shows, and in which order: what is under way and what went wrong before what waits and what is done.

use crate::state::uploads::queue::{Queue, Stage};

/// The files that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Every one.
    All,
    /// Those that failed.
    Failed,
    /// Those that are not sent.
    Skipped,
    /// Those that are indexed.
    Done,
}

impl Shown {
    fn wants(self, stage: Stage) -> bool {
        match self {
            Self::All => true,
            Self::Failed => stage == Stage::Failed,
            Self::Skipped => stage == Stage::Skipped,
            Self::Done => stage == Stage::Done,
        }
    }
}

fn rank(stage: Stage) -> u8 {
    match stage {
        Stage::Sending => 0,
        Stage::Indexing => 1,
        Stage::Failed => 2,
        Stage::Skipped => 3,
        Stage::Waiting => 4,
        Stage::Cancelled => 5,
        Stage::Done => 6,
    }
}

/// Numbers of the wanted files in their order; those of one stage keep the order in which they came.
#[must_use]
pub fn order(queue: &Queue, shown: Shown) -> Vec<u32> {
    let mut wanted: Vec<_> = queue.items.iter().filter(|item| shown.wants(item.stage)).collect();
    wanted.sort_by_key(|item| rank(item.stage));
    wanted.into_iter().map(|item| item.id).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::model::id::KnowledgeBaseId;

    #[test]
    fn what_is_under_way_stands_before_what_waits() {
        let knowledge_base = KnowledgeBaseId::parse("9b41e05d-636d-4164-aae5-4cba46ec80c5").unwrap();
        let mut queue = Queue::default();
        for stage in [Stage::Done, Stage::Waiting, Stage::Failed, Stage::Sending, Stage::Waiting, Stage::Skipped] {
            let id = queue.push("local", &knowledge_base, "a", 1.0);
            queue.change(id, |item| item.stage = stage);
        }
        assert_eq!(order(&queue, Shown::All), [3, 2, 5, 1, 4, 0]);
        assert_eq!(order(&queue, Shown::Failed), [2]);
        assert_eq!(order(&queue, Shown::Done), [0]);
    }
}
