//! The values of documents on a server: from lists where that takes fewer requests, else from each document.

use futures::future::try_join_all;
use loredesk_wire::{DocumentMetadata, DocumentMetadataChange, UpdateDocumentsMetadata};

use super::{MetadataStore, Values};
use crate::{
    api::{ApiError, Client, ErrorKind, dify},
    model::id::{DocumentId, KnowledgeBaseId},
};

/// Requests under way at the same time.
const PARALLEL: usize = 4;

/// The values of a knowledge base's documents.
#[derive(Clone)]
pub struct RemoteMetadata {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
}

impl RemoteMetadata {
    async fn from_details(&self, documents: &[DocumentId]) -> Result<Values, ApiError> {
        let mut values = Values::new();
        for some in documents.chunks(PARALLEL) {
            let answers = try_join_all(some.iter().map(|document| self.read_one(document))).await?;
            let found = some.iter().zip(answers);
            values.extend(found.filter_map(|(document, answer)| Some((document.clone(), answer?))));
        }
        Ok(values)
    }
}

impl MetadataStore for RemoteMetadata {
    async fn read(&self, documents: &[DocumentId]) -> Result<Values, ApiError> {
        if documents.len() <= PARALLEL {
            return self.from_details(documents).await;
        }
        let first = dify::documents::list(&self.client, &self.knowledge_base, 1).await?;
        let pages = first.total.div_ceil(dify::PAGE_MAX);
        if pages > documents.len() as u64 {
            return self.from_details(documents).await;
        }
        let mut listed = first.data;
        let rest: Vec<u64> = (2..=pages).collect();
        for some in rest.chunks(PARALLEL) {
            let answers = some.iter().map(|page| dify::documents::list(&self.client, &self.knowledge_base, *page));
            for answer in try_join_all(answers).await? {
                listed.extend(answer.data);
            }
        }
        let wanted = |id: &str| DocumentId::parse(id).filter(|id| documents.contains(id));
        let mut values: Values =
            listed.into_iter().filter_map(|document| Some((wanted(&document.id)?, document.doc_metadata))).collect();
        // A page that shifted while it was read leaves a document out.
        let missing: Vec<DocumentId> = documents.iter().filter(|id| !values.contains_key(id)).cloned().collect();
        values.extend(self.from_details(&missing).await?);
        Ok(values)
    }

    async fn read_one(&self, document: &DocumentId) -> Result<Option<Vec<DocumentMetadata>>, ApiError> {
        match dify::documents::get_metadata(&self.client, &self.knowledge_base, document).await {
            Ok(detail) => Ok(Some(detail.doc_metadata)),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn write(&self, changes: Vec<DocumentMetadataChange>) -> Result<(), ApiError> {
        let body = UpdateDocumentsMetadata { operation_data: changes };
        dify::metadata::update_values(&self.client, &self.knowledge_base, &body).await
    }
}
