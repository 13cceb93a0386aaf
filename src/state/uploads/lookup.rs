//! Looking for a document whose answer was lost: the server may have it, and then it has not failed.

use loredesk_wire::{Document, DocumentDetail};

use super::queue::Item;
use crate::{
    api::{Client, dify},
    dom::timers,
    model::{
        document::{is_moving, is_settled},
        id::DocumentId,
        stuck::is_update,
    },
    state::document_index::DocumentIndex,
};

/// How much later than asked a server may still be busy with a request whose answer was lost, in milliseconds.
const PATIENCE: u32 = 2_500;
/// Clocks differ between browser and server. A minute takes in no older upload of the same name in practice.
const CLOCK_SLACK: i64 = 60;

/// A document that a lost answer spoke of.
pub struct Found {
    /// Its id.
    pub id: String,
    /// The document as the list has it, where it is new there.
    pub document: Option<Document>,
}

/// Whether an accepted document was not made, but stood there already: it has been indexed before. Its age says nothing, because
/// a server's clock may be minutes behind.
pub fn has_replaced(document: &Document) -> bool {
    is_update(document)
}

/// Whether a listed document is the one that was sent under that name: made since, or just being worked on.
fn is_sent(document: &Document, name: &str, since: i64) -> bool {
    document.name == name && (document.created_at.unwrap_or_default() >= since || is_moving(&document.display_status))
}

/// Whether a document that was to be replaced has been: it is being worked on, or was changed since.
fn is_replaced(detail: &DocumentDetail, since: i64) -> bool {
    let changed_at = detail.updated_at.max(detail.completed_at).unwrap_or_default();
    !is_settled(&detail.indexing_status) || changed_at >= since
}

/// Looks for what was sent: at once, and once more a little later. `None` where the server has nothing of it, or says nothing.
pub async fn find(client: &Client, index: &DocumentIndex, item: &Item) -> Option<Found> {
    match look(client, index, item).await {
        Some(found) => Some(found),
        None => {
            timers::sleep(PATIENCE).await;
            look(client, index, item).await
        }
    }
}

/// Looks for what was sent, once.
pub async fn look(client: &Client, index: &DocumentIndex, item: &Item) -> Option<Found> {
    use leptos::prelude::WithUntracked;
    #[expect(clippy::cast_possible_truncation, reason = "epoch seconds")]
    let since = (item.started_at / 1000.0) as i64 - CLOCK_SLACK;
    let namesake = || {
        index.documents().with_untracked(|documents| documents.by_name(&item.name).and_then(|known| DocumentId::parse(&known.id)))
    };
    let replaced = item.target.clone().or_else(|| if item.may_replace { namesake() } else { None });
    if let Some(id) = replaced {
        let detail = dify::documents::get_without_metadata(client, &item.knowledge_base, &id).await.ok()?;
        return is_replaced(&detail, since).then(|| Found { id: id.to_string(), document: None });
    }
    let page = dify::documents::list(client, &item.knowledge_base, 1).await.ok()?;
    let document = page.data.into_iter().find(|document| is_sent(document, &item.name, since))?;
    Some(Found { id: document.id.clone(), document: Some(document) })
}

#[cfg(test)]
mod tests {
    use loredesk_wire::{DisplayStatus, IndexingStatus};

    use super::*;

    #[test]
    fn what_has_been_indexed_before_was_replaced_whatever_its_age() {
        let document = |created_at, word_count| Document { created_at, word_count, ..Document::default() };
        assert!(!has_replaced(&document(Some(1), None)));
        assert!(has_replaced(&document(Some(i64::MAX), Some(217))));
    }

    #[test]
    fn a_new_document_of_the_name_is_what_was_sent() {
        let document = |name: &str, created_at, display_status| Document {
            name: name.to_owned(),
            created_at: Some(created_at),
            display_status,
            ..Document::default()
        };
        assert!(is_sent(&document("a.txt", 1_000, DisplayStatus::Available), "a.txt", 940));
        assert!(!is_sent(&document("b.txt", 1_000, DisplayStatus::Available), "a.txt", 940));
        // An old one that nobody works on is somebody else's.
        assert!(!is_sent(&document("a.txt", 900, DisplayStatus::Available), "a.txt", 940));
        // An old one that is being worked on was replaced.
        assert!(is_sent(&document("a.txt", 900, DisplayStatus::Queuing), "a.txt", 940));
    }

    #[test]
    fn a_replaced_document_shows_it_by_its_state_or_its_time() {
        let detail = |indexing_status, updated_at| DocumentDetail { indexing_status, updated_at, ..DocumentDetail::default() };
        assert!(is_replaced(&detail(IndexingStatus::Waiting, None), 940));
        assert!(is_replaced(&detail(IndexingStatus::Completed, Some(1_000)), 940));
        assert!(!is_replaced(&detail(IndexingStatus::Completed, Some(900)), 940));
        assert!(!is_replaced(&detail(IndexingStatus::Completed, None), 940));
    }
}
