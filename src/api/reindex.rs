//! Indexing a document again in its place: servers have no such operation, but put a file in the place of the enabled document of
//! its name. So the original is fetched and sent again under the same name with the document's own rule; id and metadata stay.
//!
//! A server that makes a second document of it (older ones) is found out by the id; the values then go along, and nothing is deleted.

mod remote;

use std::future::Future;

use loredesk_wire::{
    BUILT_IN_ID, CreateDocumentByFile, Document, DocumentAccepted, DocumentDetail, DocumentMetadata, IndexingStatus,
    IndexingTechnique,
};

pub use self::remote::RemoteDocument;
use super::ApiError;
use crate::model::{document::is_settled, replace};

/// Where a document lives.
pub trait Reindexing {
    /// The original file.
    type File;
    /// The document as it is now.
    fn detail(&self) -> impl Future<Output = Result<DocumentDetail, ApiError>>;
    /// Its original file.
    fn file(&self) -> impl Future<Output = Result<Self::File, ApiError>>;
    /// Sends a file under that name.
    fn send(
        &self,
        file: Self::File,
        name: &str,
        settings: &CreateDocumentByFile,
    ) -> impl Future<Output = Result<DocumentAccepted, ApiError>>;
    /// Gives another document these values, and tells whether it has them.
    fn copy_metadata(&self, to: &str, values: Vec<DocumentMetadata>) -> impl Future<Output = Result<bool, ApiError>>;
}

/// How it ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Reindexed {
    /// It is indexed again under its id; the document as the server answered it, unless that answer was lost.
    InPlace(Option<Box<Document>>),
    /// The server made another document of it. The old one is still there.
    Second {
        /// The other document.
        document: Box<Document>,
        /// Whether it has the values of the first.
        has_metadata: bool,
    },
}

/// Why it was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The original file could not be had.
    File(ApiError),
    /// The server works on it after all.
    Working,
    /// Anything else.
    Request(ApiError),
}

/// Indexes a document again. `is_forced` sends it although the server says that it is at work on it: because it hangs.
///
/// # Errors
/// See [`Trouble`]; nothing was changed then, as far as anybody can know.
pub async fn reindex(place: &impl Reindexing, technique: IndexingTechnique, is_forced: bool) -> Result<Reindexed, Trouble> {
    let before = place.detail().await.map_err(Trouble::Request)?;
    if !is_settled(&before.indexing_status) && !is_forced {
        return Err(Trouble::Working);
    }
    let file = place.file().await.map_err(Trouble::File)?;
    let settings: CreateDocumentByFile = replace::by_file(&before, technique);
    match place.send(file, &before.name, &settings).await {
        Ok(accepted) if accepted.document.id == before.id => Ok(Reindexed::InPlace(Some(Box::new(accepted.document)))),
        Ok(accepted) => {
            let own = |value: &DocumentMetadata| value.id != BUILT_IN_ID && !value.value.is_null();
            let values: Vec<DocumentMetadata> = before.doc_metadata.into_iter().filter(own).collect();
            let document = Box::new(accepted.document);
            let has_metadata = values.is_empty() || place.copy_metadata(&document.id, values).await.unwrap_or_default();
            Ok(Reindexed::Second { document, has_metadata })
        }
        // The answer was lost: the document itself tells whether it was carried out.
        Err(error) if error.is_outcome_unknown() => match place.detail().await {
            Ok(after) if has_begun(&before, &after) => Ok(Reindexed::InPlace(None)),
            _ => Err(Trouble::Request(error)),
        },
        Err(error) => Err(Trouble::Request(error)),
    }
}

/// Whether a document that had failed or hung is being worked on anew.
fn has_begun(before: &DocumentDetail, after: &DocumentDetail) -> bool {
    let was_failed = is_settled(&before.indexing_status);
    let is_other = before.indexing_status != after.indexing_status;
    is_other && (!was_failed || !is_settled(&after.indexing_status) || after.indexing_status == IndexingStatus::Completed)
}

#[cfg(test)]
mod tests;
