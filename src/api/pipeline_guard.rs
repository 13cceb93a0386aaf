//! The last line before a document would pass a pipeline by: servers in the field take create-by-file for a knowledge base with a
//! pipeline, and what comes of it is none of the pipeline's work. Which ones have one is learned from every answer that shows
//! knowledge bases; screens know it too, and offer nothing of the kind.

use std::{cell::RefCell, collections::HashMap};

use loredesk_wire::Dataset;

use super::{ApiError, Client, ErrorKind};
use crate::model::{id::KnowledgeBaseId, knowledge_base::is_pipeline};

thread_local! {
    // A browser page has one thread. By connection and id, whether a pipeline fills it.
    static KNOWN: RefCell<HashMap<(String, String), bool>> = RefCell::new(HashMap::new());
}

/// Remembers what an answer shows of a knowledge base. Answers that do not say its mode teach nothing.
pub fn learn(client: &Client, dataset: &Dataset) {
    if dataset.runtime_mode.is_some() {
        let key = (client.connection().to_owned(), dataset.id.to_ascii_lowercase());
        let _ = KNOWN.with_borrow_mut(|known| known.insert(key, is_pipeline(dataset)));
    }
}

/// Refuses what would make or replace a document otherwise than by the pipeline.
///
/// # Errors
/// `PipelineOnly`, without a request.
pub fn refuse(client: &Client, knowledge_base: &KnowledgeBaseId, path: &str) -> Result<(), ApiError> {
    let key = (client.connection().to_owned(), knowledge_base.to_string());
    match KNOWN.with_borrow(|known| known.get(&key).copied()) {
        Some(true) => Err(ApiError::local(ErrorKind::PipelineOnly, "POST", path)),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use loredesk_wire::{CreateDocumentByText, UpdateDocumentByText};

    use super::*;
    use crate::{api::dify::documents, model::id::DocumentId};

    const ID: &str = "9b41e05d-636d-4164-aae5-4cba46ec80c5";

    fn dataset(mode: Option<&str>) -> Dataset {
        Dataset { id: ID.to_owned(), runtime_mode: mode.map(str::to_owned), ..Dataset::default() }
    }

    #[tokio::test]
    async fn nothing_passes_a_pipeline_by() {
        let (client, id) = (Client::new("local", "api/local"), KnowledgeBaseId::parse(ID).unwrap());
        assert_eq!(refuse(&client, &id, "x"), Ok(()));
        learn(&client, &dataset(Some("rag_pipeline")));
        // Without a browser a request would not even begin: these end before one.
        let made = documents::create_by_text(&client, &id, &CreateDocumentByText::default()).await;
        assert_eq!(made.unwrap_err().kind, ErrorKind::PipelineOnly);
        let document = DocumentId::parse(ID).unwrap();
        let changed = documents::update_by_text(&client, &id, &document, &UpdateDocumentByText::default()).await;
        assert_eq!(changed.unwrap_err().kind, ErrorKind::PipelineOnly);
        // An answer that does not say teaches nothing; another connection is another server.
        learn(&client, &dataset(None));
        assert!(refuse(&client, &id, "x").is_err());
        assert_eq!(refuse(&Client::new("other", "api/other"), &id, "x"), Ok(()));
        learn(&client, &dataset(Some("general")));
        assert_eq!(refuse(&client, &id, "x"), Ok(()));
    }
}
