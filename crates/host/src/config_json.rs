//! `GET /config.json`: what the app has to know before its first request.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::api::{Host, upload};

/// The one connection to the embedded server; its base is relative to the page's `<base>`.
pub(crate) async fn get(State(host): State<Host>) -> Response {
    let body = json!({
        "connections": [{ "id": "local", "name": "This computer", "kind": "dify", "base": "api/local", "embedded": true }],
        "limits": { "max_upload_bytes": host.config.max_upload_bytes, "extensions": upload::extensions() },
        "server": { "name": "loredesk", "version": env!("CARGO_PKG_VERSION") },
    });
    ([(CACHE_CONTROL, "no-cache")], Json(body)).into_response()
}
