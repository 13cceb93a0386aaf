//! What can be done with a document from a list, and why it cannot: known before a server is asked.

use loredesk_wire::{DisplayStatus, Document, IndexingStatus, StatusAction};

use super::document::{extension, is_moving};
use crate::config::Limits;

/// Characters that no server takes in a file name.
const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
/// Longest name that a server does not cut, in characters.
const LONGEST_NAME: usize = 200;

/// Something done with one document or with many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentAction {
    /// Retrieval may find it.
    Enable,
    /// Retrieval finds it no more.
    Disable,
    /// It is put away.
    Archive,
    /// It is taken out again.
    UnArchive,
    /// It goes, with its chunks.
    Delete,
    /// Its original file is saved.
    Download,
    /// It is indexed again in its place.
    Reindex,
}

/// Why an action cannot be done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is so already.
    AlreadySo,
    /// It is archived.
    Archived,
    /// It is not indexed yet, or failed.
    NotIndexed,
    /// It has no file of its own.
    NoFile,
    /// It neither failed nor hangs.
    NotFailed,
    /// The server is at work on it.
    Working,
    /// It is switched off: a file of its name would become a second document.
    Disabled,
    /// Its name is none that a server takes a file under.
    Name,
    /// Another enabled document has its name: the server might replace that one.
    Namesake,
    /// Its knowledge base takes no files: it is external, or a pipeline fills it.
    NoUploads,
}

impl DocumentAction {
    /// Every action, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Enable, Self::Disable, Self::Archive, Self::UnArchive, Self::Download, Self::Reindex, Self::Delete];

    /// Whether it leaves the document as it is.
    #[must_use]
    pub fn is_reading(self) -> bool {
        self == Self::Download
    }

    /// The action of the status batch, for those that are one.
    #[must_use]
    pub fn status(self) -> Option<StatusAction> {
        match self {
            Self::Enable => Some(StatusAction::Enable),
            Self::Disable => Some(StatusAction::Disable),
            Self::Archive => Some(StatusAction::Archive),
            Self::UnArchive => Some(StatusAction::UnArchive),
            Self::Delete | Self::Download | Self::Reindex => None,
        }
    }

    /// What stands in its way, as far as the document itself tells. Of [`Self::Reindex`] see [`reindex_obstacle`].
    #[must_use]
    pub fn obstacle(self, document: &Document) -> Option<Obstacle> {
        let is_archived = is_archived(document);
        match self {
            Self::Enable => document.enabled.then_some(Obstacle::AlreadySo),
            Self::Disable if !document.enabled => Some(Obstacle::AlreadySo),
            Self::Disable if document.indexing_status != IndexingStatus::Completed => Some(Obstacle::NotIndexed),
            Self::Disable => None,
            Self::Archive => is_archived.then_some(Obstacle::AlreadySo),
            Self::UnArchive => (!is_archived).then_some(Obstacle::AlreadySo),
            Self::Delete => is_archived.then_some(Obstacle::Archived),
            Self::Download => (!has_file(document)).then_some(Obstacle::NoFile),
            Self::Reindex => None,
        }
    }

    /// The document as a list shows it after the action.
    #[must_use]
    pub fn applied(self, document: &Document) -> Document {
        let mut after = document.clone();
        match self {
            Self::Enable => after.enabled = true,
            Self::Disable => after.enabled = false,
            Self::Archive => after.archived = true,
            Self::UnArchive => after.archived = false,
            Self::Delete | Self::Download | Self::Reindex => {}
        }
        // As servers make it of the fields: what is under way or failed is shown so, whatever else it is.
        if after.indexing_status == IndexingStatus::Completed {
            after.display_status = match (after.archived, after.enabled) {
                (true, _) => DisplayStatus::Archived,
                (_, false) => DisplayStatus::Disabled,
                _ => DisplayStatus::Available,
            };
        }
        after
    }
}

/// Whether it is put away.
#[must_use]
pub fn is_archived(document: &Document) -> bool {
    document.archived || document.display_status == DisplayStatus::Archived
}

/// Whether it came from a file or a text, and not from a page of the web or a connected service.
#[must_use]
pub fn has_file(document: &Document) -> bool {
    document.data_source_type.as_deref().is_none_or(|kind| kind.is_empty() || kind == "upload_file")
}

/// Whether a server takes a file of that name, so that it finds the document of it.
fn is_file_name(name: &str, limits: &Limits) -> bool {
    let is_short = name.chars().count() <= LONGEST_NAME;
    is_short && !name.contains(FORBIDDEN) && limits.extensions.contains(&extension(name))
}

/// What stands in the way of indexing a document again in its place: its original is sent under its own name, and the server
/// puts that in the place of the enabled document of this name. `is_stuck` tells that it does not move any more.
#[must_use]
pub fn reindex_obstacle(
    document: &Document,
    is_stuck: bool,
    takes_files: bool,
    limits: &Limits,
    mut others: impl Iterator<Item = bool>,
) -> Option<Obstacle> {
    let has_failed = matches!(document.display_status, DisplayStatus::Error | DisplayStatus::Paused);
    if is_moving(&document.display_status) && !is_stuck {
        Some(Obstacle::Working)
    } else if !has_failed && !is_stuck {
        Some(Obstacle::NotFailed)
    } else if !takes_files {
        Some(Obstacle::NoUploads)
    } else if !has_file(document) {
        Some(Obstacle::NoFile)
    } else if !document.enabled {
        Some(Obstacle::Disabled)
    } else if is_archived(document) {
        Some(Obstacle::Archived)
    } else if !is_file_name(&document.name, limits) {
        Some(Obstacle::Name)
    } else if others.any(|is_enabled| is_enabled) {
        Some(Obstacle::Namesake)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(status: DisplayStatus) -> Document {
        Document {
            name: "seal.txt".to_owned(),
            enabled: status != DisplayStatus::Disabled,
            archived: status == DisplayStatus::Archived,
            indexing_status: match status {
                DisplayStatus::Queuing => IndexingStatus::Waiting,
                DisplayStatus::Indexing => IndexingStatus::Indexing,
                DisplayStatus::Error => IndexingStatus::Error,
                _ => IndexingStatus::Completed,
            },
            data_source_type: Some("upload_file".to_owned()),
            display_status: status,
            ..Document::default()
        }
    }

    #[test]
    fn what_cannot_be_done_is_known_before() {
        use DocumentAction as A;
        let why = |action: A, status| action.obstacle(&document(status));
        assert_eq!(why(A::Enable, DisplayStatus::Available), Some(Obstacle::AlreadySo));
        assert_eq!(why(A::Enable, DisplayStatus::Disabled), None);
        assert_eq!(why(A::Disable, DisplayStatus::Available), None);
        assert_eq!(why(A::Disable, DisplayStatus::Error), Some(Obstacle::NotIndexed));
        assert_eq!(why(A::Disable, DisplayStatus::Queuing), Some(Obstacle::NotIndexed));
        assert_eq!(why(A::Archive, DisplayStatus::Archived), Some(Obstacle::AlreadySo));
        assert_eq!(why(A::UnArchive, DisplayStatus::Archived), None);
        assert_eq!(why(A::Delete, DisplayStatus::Archived), Some(Obstacle::Archived));
        assert_eq!(why(A::Delete, DisplayStatus::Indexing), None);
        let page = Document { data_source_type: Some("website_crawl".to_owned()), ..document(DisplayStatus::Available) };
        assert_eq!(A::Download.obstacle(&page), Some(Obstacle::NoFile));
    }

    #[test]
    fn an_action_shows_at_once_what_the_server_will_say() {
        use DocumentAction as A;
        let after = |action: A, status| action.applied(&document(status)).display_status;
        assert_eq!(after(A::Disable, DisplayStatus::Available), DisplayStatus::Disabled);
        assert_eq!(after(A::Enable, DisplayStatus::Disabled), DisplayStatus::Available);
        assert_eq!(after(A::Archive, DisplayStatus::Available), DisplayStatus::Archived);
        assert_eq!(after(A::UnArchive, DisplayStatus::Archived), DisplayStatus::Available);
        // A failure stays one.
        assert_eq!(after(A::Archive, DisplayStatus::Error), DisplayStatus::Error);
        assert!(A::Archive.applied(&document(DisplayStatus::Error)).archived);
    }

    #[test]
    fn only_what_failed_or_hangs_is_indexed_again_and_only_where_its_name_finds_it() {
        let limits = Limits::default();
        let why = |document: &Document, is_stuck| reindex_obstacle(document, is_stuck, true, &limits, std::iter::empty());
        let failed = document(DisplayStatus::Error);
        assert_eq!(why(&failed, false), None);
        assert_eq!(why(&document(DisplayStatus::Queuing), true), None);
        assert_eq!(why(&document(DisplayStatus::Indexing), false), Some(Obstacle::Working));
        assert_eq!(why(&document(DisplayStatus::Available), false), Some(Obstacle::NotFailed));
        assert_eq!(why(&Document { enabled: false, ..failed.clone() }, false), Some(Obstacle::Disabled));
        assert_eq!(why(&Document { archived: true, ..failed.clone() }, false), Some(Obstacle::Archived));
        for name in ["notes", "a:b.txt", "a.exe", &format!("{}.txt", "x".repeat(197))] {
            assert_eq!(why(&Document { name: name.to_owned(), ..failed.clone() }, false), Some(Obstacle::Name), "{name}");
        }
        let with = |takes_files, others: &[bool]| reindex_obstacle(&failed, false, takes_files, &limits, others.iter().copied());
        assert_eq!(with(false, &[]), Some(Obstacle::NoUploads));
        assert_eq!(with(true, &[false]), None);
        assert_eq!(with(true, &[false, true]), Some(Obstacle::Namesake));
    }
}
