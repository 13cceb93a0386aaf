//! The last line before a document would pass a pipeline by: servers in the field take create-by-file for a knowledge base with a
//! pipeline, and what comes of it is none of the pipeline's work. Which ones have one is learned from every answer that shows
//! knowledge bases; screens know it too, and offer nothing of the kind.

use std::{cell::RefCell, collections::HashMap};

use loredesk_wire::Dataset;

use super::{ApiError, Client, ErrorKind, dify};
use crate::model::{id::KnowledgeBaseId, knowledge_base::is_pipeline};

/// Whether a pipeline fills a knowledge base; `None` where its server does not say, as older ones do not.
type Said = Option<bool>;

thread_local! {
    // A browser page has one thread. By connection and id.
    static KNOWN: RefCell<HashMap<(String, String), Said>> = RefCell::new(HashMap::new());
}

/// Remembers what an answer shows of a knowledge base. Answers that do not say its mode teach nothing.
pub(super) fn learn(client: &Client, dataset: &Dataset) {
    if dataset.runtime_mode.is_some() {
        let key = (client.connection().to_owned(), dataset.id.to_ascii_lowercase());
        let _ = KNOWN.with_borrow_mut(|known| known.insert(key, Some(is_pipeline(dataset))));
    }
}

fn known(client: &Client, knowledge_base: &KnowledgeBaseId) -> Option<Said> {
    let key = (client.connection().to_owned(), knowledge_base.to_string());
    KNOWN.with_borrow(|known| known.get(&key).copied())
}

/// Refuses what would make or replace a document otherwise than by the pipeline, as far as is known by now: see [`ask`].
///
/// # Errors
/// `PipelineOnly`, without a request.
pub(super) fn refuse(client: &Client, knowledge_base: &KnowledgeBaseId, path: &str) -> Result<(), ApiError> {
    match known(client, knowledge_base) {
        Some(Some(true)) => Err(ApiError::local(ErrorKind::PipelineOnly, "POST", path)),
        _ => Ok(()),
    }
}

/// The same where nothing may be known yet, as after a reload whose queue is sent on before any page has asked: then the server
/// is asked, once.
///
/// # Errors
/// `PipelineOnly`; another where the server does not tell, and then nothing may be sent either.
pub async fn ask(client: &Client, knowledge_base: &KnowledgeBaseId) -> Result<(), ApiError> {
    if known(client, knowledge_base).is_none() {
        dify::datasets::get(client, knowledge_base).await?;
        let key = (client.connection().to_owned(), knowledge_base.to_string());
        KNOWN.with_borrow_mut(|known| *known.entry(key).or_default());
    }
    refuse(client, knowledge_base, "datasets")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use loredesk_wire::{CreateDocumentByText, UpdateDocumentByText};

    use super::*;
    use crate::{
        api::dify::documents,
        model::{access::Access, id::DocumentId},
    };

    const ID: &str = "9b41e05d-636d-4164-aae5-4cba46ec80c5";

    fn dataset(mode: Option<&str>) -> Dataset {
        Dataset { id: ID.to_owned(), runtime_mode: mode.map(str::to_owned), ..Dataset::default() }
    }

    #[tokio::test]
    async fn nothing_passes_a_pipeline_by() {
        let (client, id) = (Client::new("local", "api/local", Access::default()), KnowledgeBaseId::parse(ID).unwrap());
        assert_eq!(refuse(&client, &id, "x"), Ok(()));
        learn(&client, &dataset(Some("rag_pipeline")));
        assert_eq!(ask(&client, &id).await.unwrap_err().kind, ErrorKind::PipelineOnly);
        // Without a browser a request would not even begin: these end before one.
        let made = documents::create_by_text(&client, &id, &CreateDocumentByText::default()).await;
        assert_eq!(made.unwrap_err().kind, ErrorKind::PipelineOnly);
        let document = DocumentId::parse(ID).unwrap();
        let changed = documents::update_by_text(&client, &id, &document, &UpdateDocumentByText::default()).await;
        assert_eq!(changed.unwrap_err().kind, ErrorKind::PipelineOnly);
        // An answer that does not say teaches nothing; another connection is another server.
        learn(&client, &dataset(None));
        assert!(refuse(&client, &id, "x").is_err());
        assert_eq!(refuse(&Client::new("other", "api/other", Access::default()), &id, "x"), Ok(()));
        learn(&client, &dataset(Some("general")));
        assert_eq!(refuse(&client, &id, "x"), Ok(()));
    }
}
