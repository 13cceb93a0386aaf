//! The rules of the queue, without a browser: what is sent next, what the totals are, what an item says.

use std::collections::HashSet;

pub use super::item::{Item, Problem, Purpose, Stage};
use crate::model::{id::KnowledgeBaseId, progress::Progress, stuck::limit};

/// Files sent at the same time.
pub const PARALLEL: usize = 3;
/// A poll asks about the oldest files until so many of them have not ended: servers work in order, so those behind wait.
pub const POLLED_OPEN: usize = 4;
/// Most files of one poll, however many have ended.
const POLLED_MOST: usize = 60;
/// Further files of one poll, others each time, so that none waits for ever behind some that hang.
const POLLED_IN_TURN: usize = 2;

/// All files, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// The files.
    pub items: Vec<Item>,
    /// Whether no further file is sent.
    pub is_paused: bool,
    next: u32,
}

impl Queue {
    /// Adds a file at the end and gives its number.
    pub fn push(&mut self, connection: &str, knowledge_base: &KnowledgeBaseId, name: &str, size: f64) -> u32 {
        let id = self.next;
        self.next += 1;
        self.items.push(Item {
            id,
            connection: connection.to_owned(),
            knowledge_base: knowledge_base.clone(),
            name: name.to_owned(),
            size,
            purpose: Purpose::Document,
            stage: Stage::Waiting,
            sent: 0.0,
            started_at: 0.0,
            ended_at: 0.0,
            progress: Progress::default(),
            moved_at: 0.0,
            batch: None,
            document: None,
            target: None,
            may_replace: false,
            has_replaced: false,
            is_unsure: false,
            problem: None,
        });
        id
    }

    /// Changes one file, if it is still there.
    pub fn change(&mut self, id: u32, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.iter_mut().find(|item| item.id == id) {
            change(item);
        }
    }

    /// The file of that number.
    #[must_use]
    pub fn item(&self, id: u32) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Numbers of the files in a stage, oldest first.
    #[must_use]
    pub fn ids(&self, stage: Stage) -> Vec<u32> {
        self.items.iter().filter(|item| item.stage == stage).map(|item| item.id).collect()
    }

    /// How many files are in a stage.
    #[must_use]
    pub fn count(&self, stage: Stage) -> usize {
        self.items.iter().filter(|item| item.stage == stage).count()
    }

    /// The files to send now. Two of one name in one knowledge base are never under way together: the second would
    /// replace the first while that is being indexed.
    #[must_use]
    pub fn sendable(&self) -> Vec<u32> {
        if self.is_paused {
            return Vec::new();
        }
        let free = PARALLEL.saturating_sub(self.count(Stage::Sending));
        let is_busy = |item: &Item| {
            let same = |other: &&Item| {
                let is_same_place = other.knowledge_base == item.knowledge_base && other.connection == item.connection;
                // A pipeline replaces nothing.
                is_same_place && item.purpose == Purpose::Document && other.name == item.name && other.id < item.id
            };
            self.items.iter().filter(same).any(|other| !other.stage.is_ended())
        };
        self.items.iter().filter(|item| item.stage == Stage::Waiting && !is_busy(item)).take(free).map(|item| item.id).collect()
    }

    /// Files that have not ended.
    #[must_use]
    pub fn open(&self) -> usize {
        self.items.iter().filter(|item| !item.stage.is_ended()).count()
    }

    /// Part of the whole way of all files, from 0 to 1, by their number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a number of files")]
    pub fn fraction(&self) -> f64 {
        if self.items.is_empty() { 0.0 } else { self.items.iter().map(Item::fraction).sum::<f64>() / self.items.len() as f64 }
    }

    /// The files to ask the server about in one poll: the oldest, to be asked until [`POLLED_OPEN`] of them have not ended; and
    /// some of the others in turn, to be asked in any case.
    #[must_use]
    pub fn to_poll(&self, turn: usize) -> (Vec<u32>, Vec<u32>) {
        let mut oldest = self.ids(Stage::Indexing);
        let others = oldest.get(POLLED_OPEN..).unwrap_or_default();
        let start = (turn * POLLED_IN_TURN).checked_rem(others.len()).unwrap_or_default();
        let in_turn = others.iter().cycle().skip(start).take(POLLED_IN_TURN.min(others.len())).copied().collect();
        oldest.truncate(POLLED_MOST);
        (oldest, in_turn)
    }

    /// Files whose indexing does not move any more at `now`, in milliseconds since the epoch. Servers work in order, so as long as
    /// anything of the same server moves, those behind it only wait.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "bytes and seconds")]
    pub fn stalled(&self, now: f64) -> Vec<u32> {
        let indexing = self.items.iter().filter(|item| item.stage == Stage::Indexing);
        let last = |connection: &str| {
            let of = self.items.iter().filter(|item| item.connection == connection);
            of.map(|item| item.moved_at.max(item.ended_at)).fold(0.0, f64::max)
        };
        let is_stalled = |item: &&Item| {
            let last = last(&item.connection);
            last > 0.0 && now - last > limit(Some(item.size as u64)) as f64 * 1_000.0
        };
        indexing.filter(is_stalled).map(|item| item.id).collect()
    }

    /// Ids of the documents that the queue follows in a knowledge base.
    #[must_use]
    pub fn followed(&self, connection: &str, knowledge_base: &KnowledgeBaseId) -> HashSet<String> {
        let is_of = |item: &&Item| {
            item.stage == Stage::Indexing && item.connection == connection && item.knowledge_base == *knowledge_base
        };
        self.items.iter().filter(is_of).filter_map(|item| item.document.clone()).collect()
    }

    /// Names that files on their way will take in a knowledge base.
    #[must_use]
    pub fn names_on_their_way(&self, connection: &str, knowledge_base: &KnowledgeBaseId) -> HashSet<String> {
        let is_of =
            |item: &&Item| !item.stage.is_ended() && item.connection == connection && item.knowledge_base == *knowledge_base;
        self.items.iter().filter(is_of).map(|item| item.name.clone()).collect()
    }

    /// Whether something would be lost with the page.
    #[must_use]
    pub fn has_unsent(&self) -> bool {
        self.items.iter().any(|item| matches!(item.stage, Stage::Waiting | Stage::Sending))
    }

    /// Bytes still to be sent.
    #[must_use]
    pub fn unsent(&self) -> f64 {
        let open = self.items.iter().filter(|item| matches!(item.stage, Stage::Waiting | Stage::Sending));
        open.map(|item| (item.size - item.sent).max(0.0)).sum()
    }

    /// Takes what has ended off the list.
    pub fn clear_ended(&mut self) {
        self.items.retain(|item| !item.stage.is_ended());
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn queue(names: &[&str]) -> Queue {
        let knowledge_base = KnowledgeBaseId::parse("9b41e05d-636d-4164-aae5-4cba46ec80c5").unwrap();
        let mut queue = Queue::default();
        for name in names {
            queue.push("local", &knowledge_base, name, 100.0);
        }
        queue
    }

    #[test]
    fn three_are_sent_at_a_time() {
        let mut queue = queue(&["a", "b", "c", "d"]);
        assert_eq!(queue.sendable(), [0, 1, 2]);
        queue.change(0, |item| item.stage = Stage::Sending);
        assert_eq!(queue.sendable(), [1, 2]);
        queue.is_paused = true;
        assert!(queue.sendable().is_empty());
    }

    #[test]
    fn two_of_one_name_go_one_after_the_other() {
        let mut queue = queue(&["a", "a", "b"]);
        assert_eq!(queue.sendable(), [0, 2]);
        queue.change(0, |item| item.stage = Stage::Indexing);
        assert_eq!(queue.sendable(), [2]);
        queue.change(0, |item| item.stage = Stage::Done);
        assert_eq!(queue.sendable(), [1, 2]);
    }

    #[test]
    fn files_for_a_pipeline_wait_for_no_namesake() {
        let mut queue = queue(&["a", "a", "b"]);
        queue.items.iter_mut().for_each(|item| item.purpose = Purpose::Pipeline(None));
        assert_eq!(queue.sendable(), [0, 1, 2]);
        queue.change(0, |item| (item.stage, item.sent) = (Stage::Sending, 50.0));
        assert!((queue.items[0].fraction() - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_oldest_are_polled_always_and_the_others_in_turn() {
        let mut queue = queue(&["a", "b", "c", "d", "e", "f", "g"]);
        queue.items.iter_mut().for_each(|item| item.stage = Stage::Indexing);
        assert_eq!(queue.to_poll(0), (vec![0, 1, 2, 3, 4, 5, 6], vec![4, 5]));
        assert_eq!(queue.to_poll(1).1, [6, 4]);
        assert_eq!(queue.to_poll(2).1, [5, 6]);
        queue.items.truncate(5);
        assert_eq!(queue.to_poll(7).1, [4]);
        queue.items.truncate(2);
        assert_eq!(queue.to_poll(3), (vec![0, 1], Vec::new()));
    }

    #[test]
    fn what_does_not_move_for_longer_than_its_size_explains_is_followed_no_longer() {
        let mut queue = queue(&["a", "b", "big"]);
        queue.items.iter_mut().for_each(|item| (item.stage, item.moved_at) = (Stage::Indexing, 1_000.0));
        queue.items[2].size = 10_000_000.0;
        assert!(queue.stalled(600_000.0).is_empty());
        assert_eq!(queue.stalled(602_000.0), [0, 1]);
        // As long as one of them moves, the others only wait behind it.
        queue.items[2].moved_at = 500_000.0;
        assert!(queue.stalled(602_000.0).is_empty());
        assert_eq!(queue.stalled(4_000_000.0), [0, 1, 2]);
        // Nobody has looked since the page was loaded.
        queue.items.iter_mut().for_each(|item| item.moved_at = 0.0);
        assert!(queue.stalled(4_000_000.0).is_empty());
    }

    #[test]
    fn another_try_may_replace_what_the_first_one_left() {
        let mut queue = queue(&["a", "b"]);
        queue.change(0, |item| item.document = Some("x".to_owned()));
        queue.items.iter_mut().for_each(Item::begin_again);
        assert!(queue.items[0].may_replace);
        assert!(!queue.items[1].may_replace);
    }

    #[test]
    fn names_on_their_way_are_those_of_the_same_place() {
        let mut queue = queue(&["a", "b"]);
        let here = queue.items[0].knowledge_base.clone();
        queue.change(1, |item| item.stage = Stage::Skipped);
        assert_eq!(queue.names_on_their_way("local", &here), HashSet::from(["a".to_owned()]));
        assert!(queue.names_on_their_way("other", &here).is_empty());
        assert!(queue.has_unsent());
    }

    #[test]
    fn the_bar_is_full_only_when_all_have_ended() {
        let mut queue = queue(&["a", "b"]);
        queue.change(0, |item| {
            item.stage = Stage::Sending;
            item.sent = 100.0;
        });
        assert!((queue.fraction() - 0.25).abs() < 1e-9);
        queue.items.iter_mut().for_each(|item| item.stage = Stage::Failed);
        assert!((queue.fraction() - 1.0).abs() < 1e-9);
        assert_eq!(queue.open(), 0);
        queue.clear_ended();
        assert!(queue.items.is_empty());
    }
}
