//! Giving a document a new file, or other settings for its chunks: by `PATCH`, or the older way on servers that lack it.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{CreateDocumentByFile, DocumentAccepted};

use super::capabilities::Capabilities;
use crate::{
    api::{
        ApiError, Client, ErrorKind,
        capabilities::{Operation, absence},
        dify, pipeline_guard,
        upload::AbortHandle,
    },
    model::{
        document::is_settled,
        id::{DocumentId, KnowledgeBaseId},
    },
};

/// What a document shall get.
#[derive(Clone)]
pub struct DocumentUpdate {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The document.
    pub document: DocumentId,
    /// The new file; without one its text stays.
    pub file: Option<web_sys::File>,
    /// Process rule and technique.
    pub data: Arc<CreateDocumentByFile>,
}

impl DocumentUpdate {
    /// Sends it. Which way the server has is learned from its first answer and remembered; `on_start` gets what stops the request
    /// under way, twice where the first way does not exist.
    ///
    /// # Errors
    /// See [`crate::api::ErrorKind`].
    pub async fn send(
        &self,
        capabilities: Capabilities,
        on_progress: impl Fn(f64, f64) + Clone + 'static,
        on_start: impl Fn(AbortHandle),
    ) -> Result<DocumentAccepted, ApiError> {
        let Self { client, knowledge_base, document, file, data } = self;
        pipeline_guard::ask(client, knowledge_base).await?;
        let is_known_to_lack = untrack(|| capabilities.absence(client, Operation::DocumentPatch)).is_some();
        if !is_known_to_lack {
            let upload = dify::documents::update(client, knowledge_base, document, file.as_ref(), data, on_progress.clone())?;
            on_start(upload.abort_handle());
            let outcome = upload.finish::<DocumentAccepted>().await;
            capabilities.learn(client, Operation::DocumentPatch, &outcome);
            if !matches!(&outcome, Err(error) if absence(error).is_some()) {
                return outcome;
            }
        }
        let upload = dify::documents::update_by_file(client, knowledge_base, document, file.as_ref(), data, on_progress)?;
        on_start(upload.abort_handle());
        upload.finish().await
    }

    /// The same without a file, where nothing else looks after a lost answer: a document that is being worked on has got it.
    ///
    /// # Errors
    /// See [`crate::api::ErrorKind`].
    pub async fn send_settings(&self, capabilities: Capabilities) -> Result<(), ApiError> {
        let Self { client, knowledge_base, document, .. } = self;
        match self.send(capabilities, |_, _| {}, drop).await {
            Ok(_) => Ok(()),
            Err(error) if error.kind != ErrorKind::Aborted && error.is_outcome_unknown() => {
                match dify::documents::get_without_metadata(client, knowledge_base, document).await {
                    Ok(detail) if !is_settled(&detail.indexing_status) => Ok(()),
                    _ => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }
}
