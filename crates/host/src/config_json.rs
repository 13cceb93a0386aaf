//! `GET /config.json`: what the app has to know before its first request. No address of a server and no key is in it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::config::{Config, Connection};
use crate::security::{SignOut, User};

/// The bases of the connections are relative to the page's `<base>`.
pub(crate) async fn get(
    State(config): State<Arc<Config>>,
    user: Option<Extension<User>>,
    sign_out: Option<Extension<SignOut>>,
) -> Response {
    let connections: Vec<Value> = config.connections.iter().map(connection).collect();
    let user = user.map(|Extension(User(name))| name).unwrap_or_default();
    let sign_out = sign_out.map(|Extension(SignOut(path))| path).unwrap_or_default();
    let body = json!({
        "connections": connections,
        "limits": { "max_upload_bytes": config.limits.max_upload_bytes, "extensions": config.limits.extensions },
        "languages": config.languages,
        "portal_origins": config.portal_origins,
        "user": { "name": user, "sign_out": sign_out },
        "server": { "name": "loredesk", "version": env!("CARGO_PKG_VERSION") },
    });
    // It names who asks, so no proxy may keep it.
    ([(CACHE_CONTROL, "private, no-cache")], Json(body)).into_response()
}

fn connection(connection: &Connection) -> Value {
    json!({
        "id": connection.id,
        "name": connection.name,
        "kind": connection.server.api(),
        "base": format!("api/{}", connection.id),
        "read_only": connection.read_only,
        "knowledge_base": connection.knowledge_base.map(|id| id.to_string()),
        "embedded": connection.server.upstream().is_none(),
    })
}
