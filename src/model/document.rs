//! Rules about documents: stages, what may be done when, names.

use loredesk_wire::{DisplayStatus, IndexingStatus};

/// Stages in their order, for a bar that never goes back.
const STAGES: [IndexingStatus; 5] = [
    IndexingStatus::Waiting,
    IndexingStatus::Parsing,
    IndexingStatus::Cleaning,
    IndexingStatus::Splitting,
    IndexingStatus::Indexing,
];

/// Whether nothing more will happen by itself: completed, failed or paused.
#[must_use]
pub fn is_settled(status: &IndexingStatus) -> bool {
    matches!(status, IndexingStatus::Completed | IndexingStatus::Error | IndexingStatus::Paused)
}

/// Whether the server still works on it, as a list shows it.
#[must_use]
pub fn is_moving(status: &DisplayStatus) -> bool {
    matches!(status, DisplayStatus::Queuing | DisplayStatus::Indexing)
}

/// Place of a stage in the pipeline: 0 waiting to 4 indexing, 5 when it has ended; unknown stages count as 0.
#[must_use]
pub fn stage_number(status: &IndexingStatus) -> usize {
    if is_settled(status) {
        return STAGES.len();
    }
    STAGES.iter().position(|stage| stage == status).unwrap_or_default()
}

/// Whether text or file may be replaced: only of an available document, others answer "Document is not available".
#[must_use]
pub fn can_update(status: &DisplayStatus) -> bool {
    *status == DisplayStatus::Available
}

/// Whether it may be deleted: an archived one has to be un-archived first.
#[must_use]
pub fn can_delete(status: &DisplayStatus) -> bool {
    *status != DisplayStatus::Archived
}

/// The extension of a file name in lower case, without the dot; empty where there is none.
#[must_use]
pub fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_lowercase(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_in_order_and_end_last() {
        assert!(stage_number(&IndexingStatus::Waiting) < stage_number(&IndexingStatus::Splitting));
        assert!(stage_number(&IndexingStatus::Indexing) < stage_number(&IndexingStatus::Completed));
        assert_eq!(stage_number(&IndexingStatus::Other("summarising".to_owned())), 0);
    }

    #[test]
    fn an_extension_is_what_follows_the_last_dot() {
        assert_eq!(extension("a.b.PDF"), "pdf");
        assert_eq!(extension(".properties"), "");
        assert_eq!(extension("README"), "");
    }
}
