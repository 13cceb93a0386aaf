//! Documents and their indexing status.

use loredesk_wire::{
    BatchStatusList, ChangedDocuments, CreateDocumentByFile, CreateDocumentByText, Document, DocumentAccepted, DocumentDetail,
    DownloadUrl, DownloadZip, Page, StatusAction, UpdateDocumentByText,
};

use super::PAGE_MAX;
use crate::{
    api::{
        ApiError, Client,
        pipeline_guard::{ask, refuse},
        upload::Upload,
    },
    model::id::{BatchId, DocumentId, KnowledgeBaseId},
};

/// One page of 100 documents, newest first.
///
/// Operation: listDocuments.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn list(client: &Client, knowledge_base: &KnowledgeBaseId, page: u64) -> Result<Page<Document>, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/documents?page={page}&limit={PAGE_MAX}")).await
}

/// One document.
///
/// Operation: getDocumentDetail.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn get(client: &Client, knowledge_base: &KnowledgeBaseId, id: &DocumentId) -> Result<DocumentDetail, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/documents/{id}")).await
}

/// Makes a document from text. An existing enabled document of the same name would be replaced: ask first.
///
/// Operation: createDocumentFromText.
///
/// # Errors
/// `PipelineOnly` where a pipeline fills the knowledge base; nothing is sent then.
pub async fn create_by_text(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    body: &CreateDocumentByText,
) -> Result<DocumentAccepted, ApiError> {
    let path = format!("datasets/{knowledge_base}/document/create-by-text");
    ask(client, knowledge_base).await?;
    client.post(&path, body).await
}

/// Starts sending a file; [`ask`] before. An existing enabled document of the same name would be replaced: ask first.
///
/// Operation: createDocumentFromFile.
///
/// # Errors
/// `PipelineOnly` where a pipeline fills the knowledge base; offline, where the browser refuses to send at all.
pub fn create_by_file(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    file: &web_sys::File,
    name: &str,
    data: &CreateDocumentByFile,
    on_progress: impl Fn(f64, f64) + 'static,
) -> Result<Upload, ApiError> {
    let path = format!("datasets/{knowledge_base}/document/create-by-file");
    refuse(client, knowledge_base, &path)?;
    Upload::start(client, "POST", &path, Some((file, name)), Some(data), on_progress)
}

/// Starts replacing a document's file, or without one its process rule only; every chunk is made anew.
///
/// Operation: updateDocument.
///
/// # Errors
/// `PipelineOnly` where a pipeline fills the knowledge base; offline, where the browser refuses to send at all. The answer is
/// `NotOffered` on older servers, which have [`update_by_file`] in its place.
pub fn update(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    id: &DocumentId,
    file: Option<&web_sys::File>,
    data: &CreateDocumentByFile,
    on_progress: impl Fn(f64, f64) + 'static,
) -> Result<Upload, ApiError> {
    let path = format!("datasets/{knowledge_base}/documents/{id}");
    refuse(client, knowledge_base, &path)?;
    let name = file.map(web_sys::File::name).unwrap_or_default();
    Upload::start(client, "PATCH", &path, file.map(|file| (file, name.as_str())), Some(data), on_progress)
}

/// The same as [`update`], as servers before it have it.
///
/// Operation: updateDocumentByFile.
///
/// # Errors
/// `PipelineOnly` where a pipeline fills the knowledge base; offline, where the browser refuses to send at all.
pub fn update_by_file(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    id: &DocumentId,
    file: Option<&web_sys::File>,
    data: &CreateDocumentByFile,
    on_progress: impl Fn(f64, f64) + 'static,
) -> Result<Upload, ApiError> {
    let path = format!("datasets/{knowledge_base}/documents/{id}/update-by-file");
    refuse(client, knowledge_base, &path)?;
    let name = file.map(web_sys::File::name).unwrap_or_default();
    Upload::start(client, "POST", &path, file.map(|file| (file, name.as_str())), Some(data), on_progress)
}

/// Replaces a document's text; every chunk is made anew.
///
/// Operation: updateDocumentByText.
///
/// # Errors
/// `Invalid` unless the document is available; `PipelineOnly` where a pipeline fills the knowledge base.
pub async fn update_by_text(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    id: &DocumentId,
    body: &UpdateDocumentByText,
) -> Result<DocumentAccepted, ApiError> {
    let path = format!("datasets/{knowledge_base}/documents/{id}/update-by-text");
    ask(client, knowledge_base).await?;
    client.post(&path, body).await
}

/// Deletes a document with its chunks.
///
/// Operation: deleteDocument.
///
/// # Errors
/// `Forbidden(Archived)` for an archived one.
pub async fn delete(client: &Client, knowledge_base: &KnowledgeBaseId, id: &DocumentId) -> Result<(), ApiError> {
    client.delete(&format!("datasets/{knowledge_base}/documents/{id}")).await
}

/// How far the documents of a batch have got.
///
/// Operation: getDocumentIndexingStatus.
///
/// # Errors
/// `NotFound` when the batch is gone: its document was deleted or replaced.
pub async fn batch_status(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    batch: &BatchId,
) -> Result<BatchStatusList, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/documents/{}/indexing-status", batch.as_str())).await
}

/// The address of the original file.
///
/// Operation: downloadDocument.
///
/// # Errors
/// `NotOffered` on older servers.
pub async fn download_url(client: &Client, knowledge_base: &KnowledgeBaseId, id: &DocumentId) -> Result<DownloadUrl, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/documents/{id}/download")).await
}

/// One document with nothing but its metadata: native numbers, where lists send texts.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn get_metadata(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    id: &DocumentId,
) -> Result<DocumentDetail, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/documents/{id}?metadata=only")).await
}

/// One document with everything but its metadata, where only its state counts.
///
/// # Errors
/// See [`crate::api::ErrorKind`].
pub async fn get_without_metadata(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    id: &DocumentId,
) -> Result<DocumentDetail, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/documents/{id}?metadata=without")).await
}

/// Enables, disables, archives or un-archives documents, 100 at most. Doing it twice does no harm.
///
/// Operation: batchUpdateDocumentStatus.
///
/// # Errors
/// All or nothing: `Invalid` where one of them is being indexed, or was changed a moment ago.
pub async fn set_status(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    action: &StatusAction,
    documents: &[DocumentId],
) -> Result<(), ApiError> {
    let body = ChangedDocuments { document_ids: documents.iter().map(ToString::to_string).collect() };
    client.put_by_patch(&format!("datasets/{knowledge_base}/documents/status/{}", action.as_str()), &body).await
}

/// The original files of documents in one ZIP, 100 at most.
///
/// Operation: downloadDocumentsZip.
///
/// # Errors
/// `NotOffered` on older servers. All or nothing: `NotFound` where one of them has no file.
pub async fn download_zip(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    documents: &[DocumentId],
) -> Result<web_sys::Blob, ApiError> {
    let body = DownloadZip { document_ids: documents.iter().map(ToString::to_string).collect() };
    client.post_for_file(&format!("datasets/{knowledge_base}/documents/download-zip"), &body).await
}
