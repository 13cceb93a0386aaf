//! The embedded Knowledge API: same paths, bodies, codes and envelope as the published contract. One handler a file.

mod archive;
mod archive_names;
mod child_chunks;
mod datasets;
mod documents;
mod error;
mod extract;
mod metadata;
mod models;
mod pipeline;
mod retrieve;
mod segments;
mod shape;
mod shapes;
mod stream;
mod tags;
pub(crate) mod upload;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get, patch, post};

pub(crate) use datasets::no_embeddings;
pub(crate) use error::ApiError;

use crate::config::Config;
use crate::embeddings::Embeddings;
use crate::indexing::Queue;
use crate::retrieval::hits::Hits;
use crate::store::{Store, StoreError};

/// What every handler works with.
pub(crate) struct Shared {
    pub(crate) config: Arc<Config>,
    pub(crate) store: Store,
    pub(crate) queue: Queue,
    pub(crate) embeddings: Option<Embeddings>,
    pub(crate) hits: Hits,
}

/// The shared state, as handlers get it.
pub(crate) type Host = Arc<Shared>;

/// Runs to its end even when the client goes away meanwhile, so that a file and its row never part.
pub(crate) async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::spawn(work).await.map_err(|_| ApiError::from(StoreError::Stopped))?
}

/// All operations, without the prefix they are served under. Underscores and hyphens are both in use in the field.
pub(crate) fn router() -> Router<Host> {
    let document = "/datasets/{dataset_id}/documents/{document_id}";
    let segments = "/datasets/{dataset_id}/documents/{document_id}/segments";
    Router::new()
        .route("/datasets", get(datasets::list::handle).post(datasets::create::handle))
        .route(
            "/datasets/tags",
            get(tags::list::handle).post(tags::create::handle).patch(tags::rename::handle).delete(tags::delete::handle),
        )
        .route("/datasets/tags/binding", post(tags::bind::handle))
        .route("/datasets/tags/unbinding", post(tags::unbind::handle))
        .route("/datasets/{dataset_id}/tags", get(tags::of_dataset::handle))
        .route("/workspaces/current/models/model-types/{model_type}", get(models::list::handle))
        .route("/datasets/{dataset_id}/metadata", get(metadata::list::handle).post(metadata::create::handle))
        .route("/datasets/{dataset_id}/metadata/built-in", get(metadata::built_in::handle))
        .route("/datasets/{dataset_id}/metadata/built-in/{action}", post(metadata::switch_built_in::handle))
        .route("/datasets/{dataset_id}/metadata/{metadata_id}", patch(metadata::rename::handle).delete(metadata::delete::handle))
        .route("/datasets/{dataset_id}/documents/metadata", post(metadata::update_values::handle))
        .route("/datasets/{dataset_id}/documents/status/{action}", patch(documents::change_status::handle))
        .route(
            "/datasets/{dataset_id}",
            get(datasets::get::handle).patch(datasets::update::handle).delete(datasets::delete::handle),
        )
        .merge(both("/datasets/{dataset_id}/document/create-by-text", || post(documents::create_by_text::handle)))
        .merge(both("/datasets/{dataset_id}/document/create-by-file", || post(documents::create_by_file::handle)))
        .route("/datasets/{dataset_id}/documents", get(documents::list::handle))
        .route(document, get(documents::get::handle).patch(documents::update_by_file::handle).delete(documents::delete::handle))
        .route("/datasets/{dataset_id}/documents/{document_id}/indexing-status", get(documents::batch_status::handle))
        .route("/datasets/{dataset_id}/documents/{document_id}/download", get(documents::download::handle))
        .merge(both("/datasets/{dataset_id}/documents/{document_id}/update-by-text", || post(documents::update_by_text::handle)))
        .merge(both("/datasets/{dataset_id}/documents/{document_id}/update-by-file", || post(documents::update_by_file::handle)))
        .route(segments, get(segments::list::handle).post(segments::create::handle))
        .route(
            "/datasets/{dataset_id}/documents/{document_id}/segments/{segment_id}",
            get(segments::get::handle).post(segments::update::handle).delete(segments::delete::handle),
        )
        .merge(child_chunks())
        .merge(pipeline())
        .route("/datasets/{dataset_id}/documents/download-zip", post(documents::download_zip::handle))
        .route("/datasets/{dataset_id}/retrieve", post(retrieve::handle))
        .route("/datasets/{dataset_id}/hit-testing", post(retrieve::handle))
        .route("/files/{file_id}", get(documents::file::handle))
        .fallback(|| async { ApiError::no_such_path() })
        .method_not_allowed_fallback(|| async {
            let message = "This address does not know that method.";
            ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
        })
        // Each reader of a body has its own limit.
        .layer(axum::extract::DefaultBodyLimit::disable())
}

fn child_chunks() -> Router<Host> {
    let all = "/datasets/{dataset_id}/documents/{document_id}/segments/{segment_id}/child_chunks";
    let one = "/datasets/{dataset_id}/documents/{document_id}/segments/{segment_id}/child_chunks/{child_chunk_id}";
    Router::new()
        .route(all, get(child_chunks::list::handle).post(child_chunks::create::handle))
        .route(one, patch(child_chunks::update::handle).delete(child_chunks::delete::handle))
}

fn pipeline() -> Router<Host> {
    let node = "/datasets/{dataset_id}/pipeline/datasource/nodes/{node_id}/run";
    Router::new()
        .route("/datasets/pipeline/file-upload", post(pipeline::file_upload::handle))
        .route("/datasets/{dataset_id}/pipeline/datasource-plugins", get(pipeline::plugins::handle))
        .route(node, post(pipeline::run_node::handle))
        .route("/datasets/{dataset_id}/pipeline/run", post(pipeline::run::handle))
}

/// The same handler under a hyphenated path and its underscored twin.
fn both(path: &str, handler: impl Fn() -> MethodRouter<Host>) -> Router<Host> {
    let (parent, name) = path.rsplit_once('/').unwrap_or_default();
    Router::new().route(path, handler()).route(&format!("{parent}/{}", name.replace('-', "_")), handler())
}
