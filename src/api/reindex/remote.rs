//! The document on a server.

use std::cell::Cell;

use loredesk_wire::{CreateDocumentByFile, DocumentAccepted, DocumentDetail, DocumentMetadata};
use wasm_bindgen::JsValue;

use super::Reindexing;
use crate::{
    api::{
        ApiError, Client, ErrorKind, dify, pipeline_guard,
        safe_metadata::{self, PartialUpdate, RemoteMetadata, Wish, WishedValue, Written},
    },
    model::{
        id::{DocumentId, KnowledgeBaseId},
        metadata::{Field, MetadataValue},
    },
};

/// A document of a knowledge base.
#[derive(Clone)]
pub struct RemoteDocument {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The document.
    pub document: DocumentId,
}

impl Reindexing for RemoteDocument {
    type File = web_sys::Blob;

    async fn detail(&self) -> Result<DocumentDetail, ApiError> {
        dify::documents::get(&self.client, &self.knowledge_base, &self.document).await
    }

    async fn file(&self) -> Result<web_sys::Blob, ApiError> {
        let address = dify::documents::download_url(&self.client, &self.knowledge_base, &self.document).await?;
        self.client.file_of(&address.url).await
    }

    async fn send(&self, file: web_sys::Blob, name: &str, settings: &CreateDocumentByFile) -> Result<DocumentAccepted, ApiError> {
        let parts = js_sys::Array::of1(&JsValue::from(file));
        let file = web_sys::File::new_with_blob_sequence(&parts, name)
            .map_err(|_| ApiError::local(ErrorKind::Offline, "POST", "create-by-file"))?;
        pipeline_guard::ask(&self.client, &self.knowledge_base).await?;
        let upload = dify::documents::create_by_file(&self.client, &self.knowledge_base, &file, name, settings, |_, _| {})?;
        upload.finish::<DocumentAccepted>().await
    }

    async fn copy_metadata(&self, to: &str, values: Vec<DocumentMetadata>) -> Result<bool, ApiError> {
        let Some(document) = DocumentId::parse(to) else { return Ok(false) };
        let values = values.into_iter().map(|value| WishedValue {
            wanted: MetadataValue::of(&value.kind, &value.value),
            field: Field { id: value.id, name: value.name, kind: value.kind },
            base: MetadataValue::Empty,
        });
        let wish = Wish { document, values: values.collect() };
        let store = RemoteMetadata { client: self.client.clone(), knowledge_base: self.knowledge_base.clone() };
        let written = safe_metadata::write(&store, &Cell::new(PartialUpdate::Unknown), &[wish]).await?;
        Ok(written.iter().all(|(_, written)| *written == Written::Done))
    }
}
