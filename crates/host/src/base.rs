//! The base path: everything the host serves lies below it.

use axum::Router;
use axum::extract::{OriginalUri, Request, State};
use axum::http::header::LOCATION;
use axum::http::uri::PathAndQuery;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tower_service::Service;

use crate::api::ApiError;
use crate::config::BasePath;

#[derive(Clone)]
struct Below {
    base: BasePath,
    inside: Router,
}

/// Serves the router, which knows no base, below the path.
pub(crate) fn below(base: &BasePath, inside: Router) -> Router {
    if base.is_root() {
        return inside;
    }
    Router::new().fallback(enter).with_state(Below { base: base.clone(), inside })
}

async fn enter(State(below): State<Below>, mut request: Request) -> Response {
    let uri = request.uri().clone();
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let Some(rest) = below.base.below(uri.path()) else {
        let base = below.base.as_str();
        let is_base = uri.path() == base.trim_end_matches('/');
        if is_base && [Method::GET, Method::HEAD].contains(request.method()) {
            // Not for ever: the next configuration may have another base.
            return (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("{base}{query}"))]).into_response();
        }
        return ApiError::no_such_path().into_response();
    };
    let Some(inner) = format!("{rest}{query}").parse::<PathAndQuery>().ok() else {
        return ApiError::no_such_path().into_response();
    };
    // Handlers that give out addresses need the whole one.
    request.extensions_mut().insert(OriginalUri(uri));
    *request.uri_mut() = Uri::from(inner);
    let mut inside = below.inside;
    inside.call(request).await.into_response()
}
