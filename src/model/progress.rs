//! Progress of indexing that never goes back and never spins for ever.

use loredesk_wire::{BatchStatus, IndexingStatus};

use super::document::{is_settled, stage_number};

/// How far a document has got, as far as anybody has seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// The latest stage.
    pub status: IndexingStatus,
    /// Chunks that are indexed.
    pub completed: u64,
    /// Chunks in all; 0 while that is not known.
    pub total: u64,
    /// Why it failed.
    pub error: Option<String>,
    /// The greatest part that was shown: a total that grows must not move the bar back.
    shown: f64,
}

impl Progress {
    /// Takes a new answer in. Stages may be skipped and totals may grow; a late answer never moves the bar back,
    /// but an ended document that starts again (it was replaced) starts from the beginning.
    pub fn advance(&mut self, answer: &BatchStatus) {
        let begins_again = is_settled(&self.status) && !is_settled(&answer.indexing_status);
        if begins_again || stage_number(&answer.indexing_status) >= stage_number(&self.status) {
            self.status = answer.indexing_status.clone();
        }
        // Before the stage `indexing` the total is still being counted and is no measure.
        let is_counted = stage_number(&self.status) >= stage_number(&IndexingStatus::Indexing);
        if begins_again {
            (self.completed, self.total, self.shown) = (0, 0, 0.0);
        }
        if is_counted {
            self.total = self.total.max(answer.total_segments);
            self.completed = self.completed.max(answer.completed_segments).min(self.total);
        }
        self.shown = self.shown.max(self.part().unwrap_or_default());
        self.error.clone_from(&answer.error);
    }

    #[expect(clippy::cast_precision_loss, reason = "a bar of a few hundred pixels")]
    fn part(&self) -> Option<f64> {
        (self.total > 0).then(|| self.completed as f64 / self.total as f64)
    }

    /// Part done between 0 and 1, or `None` before chunks are counted.
    #[must_use]
    pub fn fraction(&self) -> Option<f64> {
        if self.status == IndexingStatus::Completed {
            return Some(1.0);
        }
        self.part().map(|part| part.max(self.shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: IndexingStatus, completed: u64, total: u64) -> BatchStatus {
        BatchStatus { indexing_status: status, completed_segments: completed, total_segments: total, ..BatchStatus::default() }
    }

    #[test]
    fn never_goes_back() {
        let mut progress = Progress::default();
        for (status, completed, total) in [
            (IndexingStatus::Waiting, 0, 0),
            (IndexingStatus::Splitting, 0, 5),
            (IndexingStatus::Indexing, 10, 120),
            (IndexingStatus::Splitting, 0, 5),
            (IndexingStatus::Indexing, 8, 120),
        ] {
            progress.advance(&answer(status, completed, total));
        }
        assert_eq!(progress.status, IndexingStatus::Indexing);
        assert_eq!((progress.completed, progress.total), (10, 120));
    }

    #[test]
    fn a_total_that_grows_never_moves_the_bar_back() {
        let mut progress = Progress::default();
        let mut before = 0.0;
        for (completed, total) in [(5, 10), (6, 100), (40, 100), (41, 1_000), (999, 1_000)] {
            progress.advance(&answer(IndexingStatus::Indexing, completed, total));
            let now = progress.fraction().unwrap_or_default();
            assert!(now >= before, "{completed} of {total}: {now} after {before}");
            before = now;
        }
        assert!(before > 0.99 && before < 1.0, "{before}");
    }

    #[test]
    fn stages_may_be_skipped_and_unknown_ones_are_passed_over() {
        let mut progress = Progress::default();
        progress.advance(&answer(IndexingStatus::Indexing, 0, 0));
        assert_eq!(progress.fraction(), None);
        progress.advance(&answer(IndexingStatus::Other("summarising".to_owned()), 3, 9));
        assert_eq!(progress.status, IndexingStatus::Indexing);
        progress.advance(&answer(IndexingStatus::Completed, 0, 0));
        assert_eq!((progress.status.clone(), progress.fraction()), (IndexingStatus::Completed, Some(1.0)));
        // Of two ends the later one counts.
        progress.advance(&answer(IndexingStatus::Error, 0, 0));
        assert_eq!(progress.status, IndexingStatus::Error);
    }

    #[test]
    fn more_done_than_there_is_is_all() {
        let mut progress = Progress::default();
        progress.advance(&answer(IndexingStatus::Indexing, 12, 9));
        assert_eq!(progress.fraction(), Some(1.0));
    }

    #[test]
    fn a_replaced_document_starts_again() {
        let mut progress = Progress { status: IndexingStatus::Completed, completed: 9, total: 9, ..Progress::default() };
        progress.advance(&answer(IndexingStatus::Waiting, 0, 0));
        assert_eq!(progress.status, IndexingStatus::Waiting);
        assert_eq!(progress.fraction(), None);
    }

    #[test]
    fn an_empty_document_ends_full() {
        let mut progress = Progress::default();
        progress.advance(&answer(IndexingStatus::Completed, 0, 0));
        assert_eq!(progress.fraction(), Some(1.0));
    }
}
