//! Documents that do not move any more: how long one may take for its size, and what is likely in the way.
//!
//! Real servers work on one document after the other; one that hangs holds up all behind it. Updates hang for ever in Dify
//! 1.11.4 to 1.12 (langgenius/dify issues 31970 and 33748).

use std::{collections::HashMap, sync::Arc};

use loredesk_wire::{DisplayStatus, Document, IndexingStatus};

/// How long the smallest document may take, in seconds: a task starts within seconds, a worker that restarts takes minutes.
const LEAST: i64 = 600;
/// Bytes that the slowest server seen indexes in a second; a remote embedding service is slower than the splitting.
const BYTES_PER_SECOND: u64 = 5_000;
/// Longest that any document may take, in seconds.
const MOST: i64 = 3 * 3_600;

/// Why a document does not move, as far as the list tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It waits, and nothing of this knowledge base is being worked on: the server's worker is down, or busy elsewhere.
    WorkerDown,
    /// It waits behind a document that hangs; its name.
    BlockedBy(String),
    /// It had been indexed before and is being updated: the hang of Dify 1.11.4 to 1.12.
    UpdateHang,
    /// It is being worked on for longer than its size explains: the worker was stopped meanwhile.
    Stalled,
}

/// What can be said of a document that takes long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delay {
    /// It does not move any more.
    Stuck {
        /// Since when, in epoch seconds.
        since: i64,
        /// Why, most likely.
        cause: Cause,
    },
    /// It waits for long, but the one before it moves; its name.
    Behind {
        /// Since when, in epoch seconds.
        since: i64,
        /// The document that is being worked on.
        name: String,
    },
}

impl Delay {
    /// Since when it has not moved, in epoch seconds.
    #[must_use]
    pub fn since(&self) -> i64 {
        match self {
            Self::Stuck { since, .. } | Self::Behind { since, .. } => *since,
        }
    }
}

/// How long a document of so many bytes may stay where it is, in seconds.
#[must_use]
pub fn limit(bytes: Option<u64>) -> i64 {
    let own = bytes.unwrap_or_default() / BYTES_PER_SECOND;
    LEAST.saturating_add(i64::try_from(own).unwrap_or(MOST)).min(MOST)
}

fn bytes(document: &Document) -> Option<u64> {
    document.data_source_detail_dict.as_ref()?.upload_file.as_ref().map(|file| file.size)
}

/// Whether it had been indexed before: what is new has neither tokens nor a length, and an update keeps the old ones until it is done.
#[must_use]
pub fn is_update(document: &Document) -> bool {
    document.tokens.is_some_and(|tokens| tokens > 0) || document.word_count.is_some_and(|words| words > 0)
}

/// What can be said of the documents that take long, by their ids. `moved_at` is when each was last seen to move (epoch seconds),
/// where that was seen: lists tell only when a document was added, which for one that was replaced is long ago.
#[must_use]
pub fn delays(all: &[Arc<Document>], moved_at: &HashMap<String, i64>, now: i64) -> HashMap<String, Delay> {
    let since = |document: &Document| {
        let seen = moved_at.get(&document.id).copied();
        document.created_at.max(seen).unwrap_or(now)
    };
    let is_over = |document: &Document| now - since(document) > limit(bytes(document));
    let of = |status: DisplayStatus| all.iter().filter(move |document| document.display_status == status);
    let hanging = of(DisplayStatus::Indexing).find(|document| is_over(document));
    let working = of(DisplayStatus::Indexing).find(|document| !is_over(document));
    let mut delays = HashMap::new();
    for document in of(DisplayStatus::Indexing).filter(|document| is_over(document)) {
        let cause = if is_update(document) { Cause::UpdateHang } else { Cause::Stalled };
        delays.insert(document.id.clone(), Delay::Stuck { since: since(document), cause });
    }
    for document in of(DisplayStatus::Queuing).filter(|document| is_over(document)) {
        let since = since(document);
        let delay = match (working, hanging) {
            (Some(working), _) => Delay::Behind { since, name: working.name.clone() },
            (None, Some(hanging)) => Delay::Stuck { since, cause: Cause::BlockedBy(hanging.name.clone()) },
            (None, None) => Delay::Stuck { since, cause: Cause::WorkerDown },
        };
        delays.insert(document.id.clone(), delay);
    }
    delays
}

/// Whether two states of a document differ in what shows that it moves.
#[must_use]
pub fn has_moved(before: &Document, after: &Document) -> bool {
    let shows = |document: &Document| {
        let status: &IndexingStatus = &document.indexing_status;
        (status.clone(), document.display_status.clone(), document.word_count, document.tokens)
    };
    shows(before) != shows(after)
}

#[cfg(test)]
mod tests {
    use loredesk_wire::{DataSourceDetail, UploadFile};

    use super::*;

    fn document(name: &str, status: DisplayStatus, created_at: i64, size: u64) -> Arc<Document> {
        let file = UploadFile { size, ..UploadFile::default() };
        Arc::new(Document {
            id: name.to_owned(),
            name: name.to_owned(),
            display_status: status,
            created_at: Some(created_at),
            data_source_detail_dict: Some(DataSourceDetail { upload_file: Some(file) }),
            ..Document::default()
        })
    }

    fn cause(delays: &HashMap<String, Delay>, name: &str) -> Option<Cause> {
        match delays.get(name) {
            Some(Delay::Stuck { cause, .. }) => Some(cause.clone()),
            _ => None,
        }
    }

    #[test]
    fn the_limit_grows_with_the_size_and_ends() {
        assert_eq!(limit(None), 600);
        assert_eq!(limit(Some(1_000_000)), 800);
        assert_eq!(limit(Some(15 * 1024 * 1024)), 3_745);
        assert_eq!(limit(Some(u64::MAX)), 10_800);
    }

    #[test]
    fn a_worker_that_is_down_leaves_all_waiting() {
        let all = [document("a", DisplayStatus::Queuing, 0, 10), document("b", DisplayStatus::Queuing, 500, 10)];
        let delays = delays(&all, &HashMap::new(), 700);
        assert_eq!(cause(&delays, "a"), Some(Cause::WorkerDown));
        assert_eq!(delays.get("b"), None);
    }

    #[test]
    fn one_that_waits_behind_a_big_one_is_not_stuck() {
        let all = [document("big", DisplayStatus::Indexing, 0, 10_000_000), document("a", DisplayStatus::Queuing, 0, 10)];
        let early = delays(&all, &HashMap::new(), 2_000);
        assert_eq!(early.get("a"), Some(&Delay::Behind { since: 0, name: "big".to_owned() }));
        assert_eq!(early.get("big"), None);
        let late = delays(&all, &HashMap::new(), 3_000);
        assert_eq!(cause(&late, "a"), Some(Cause::BlockedBy("big".to_owned())));
        assert_eq!(cause(&late, "big"), Some(Cause::Stalled));
    }

    #[test]
    fn an_update_that_hangs_is_told_from_a_first_indexing() {
        let hung = Document { tokens: Some(9), ..(*document("a", DisplayStatus::Indexing, 0, 10)).clone() };
        assert_eq!(cause(&delays(&[Arc::new(hung)], &HashMap::new(), 601), "a"), Some(Cause::UpdateHang));
    }

    #[test]
    fn what_was_seen_to_move_is_not_stuck_however_old_it_is() {
        let all = [document("a", DisplayStatus::Indexing, 0, 10)];
        let moved_at = HashMap::from([("a".to_owned(), 100_000)]);
        assert!(delays(&all, &moved_at, 100_500).is_empty());
        assert!(!delays(&all, &moved_at, 100_601).is_empty());
        // What is done is never stuck.
        assert!(delays(&[document("a", DisplayStatus::Available, 0, 10)], &HashMap::new(), 1_000_000).is_empty());
    }
}
