//! `GET /healthz`: whether the host works, for a probe. Answered without login and under every name; there is nothing secret in it.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::api::Host;
use crate::store::{Store, StoreError};

/// A probe gives up soon after.
const PATIENCE: Duration = Duration::from_secs(5);

/// 503 when nothing can be written. Servers elsewhere are not asked: this host works without them.
pub(crate) async fn get(State(host): State<Option<Host>>) -> Response {
    let store = match &host {
        None => "none",
        Some(host) => match tokio::time::timeout(PATIENCE, probe(&host.store)).await {
            Ok(Ok(())) => "writable",
            Ok(Err(error)) => {
                tracing::error!("the store cannot be written to: {error}");
                "not writable"
            }
            Err(_) => "busy",
        },
    };
    let is_well = ["none", "writable"].contains(&store);
    let status = if is_well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body =
        json!({ "status": if is_well { "ok" } else { "unavailable" }, "version": env!("CARGO_PKG_VERSION"), "store": store });
    (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Takes the database's lock for writing, and makes a file where uploads arrive.
async fn probe(store: &Store) -> Result<(), StoreError> {
    store.write(|_| Ok::<_, StoreError>(())).await?;
    let files = store.files.clone();
    // It vanishes at once.
    tokio::task::spawn_blocking(move || files.begin().map(drop)).await.map_err(|_| StoreError::Stopped)?
}
