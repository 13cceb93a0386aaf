//! The built app: static files with their pre-compressed variants, and index.html for the app's own addresses.

use std::path::Path;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::services::{ServeDir, ServeFile};

use crate::api::ApiError;

/// A year without asking again, and no proxy may rewrite what the page checks by its digest.
const IMMUTABLE: &str = "public, max-age=31536000, immutable, no-transform";

/// Serves the folder.
pub(crate) fn router(folder: &Path) -> Router {
    let index = ServeFile::new(folder.join("index.html")).precompressed_br().precompressed_gzip();
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().fallback(index);
    Router::new().fallback_service(files).layer(from_fn_with_state(folder.to_path_buf(), navigation)).layer(from_fn(caching))
}

/// An address that is no file is one of the app's own screens when a person opens it, and a mistake when anything else does.
async fn navigation(State(folder): State<std::path::PathBuf>, request: Request, next: Next) -> Response {
    let is_page = is_screen(request.uri().path(), request.headers());
    if !is_page && !is_file(&folder, request.uri().path()).await {
        return ApiError::no_such_path().into_response();
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        let sentence =
            format!("The app is not built: there is no index.html in {}. Build it with cargo xtask build.\n", folder.display());
        return (StatusCode::NOT_FOUND, [(CACHE_CONTROL, "no-store")], sentence).into_response();
    }
    response
}

/// Whether an address may be one of the app's own screens.
pub(crate) fn is_screen(path: &str, headers: &HeaderMap) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') || wants_html(headers)
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// Whether the path, which has no escapes in the app's own file names, is a file of the folder.
async fn is_file(folder: &Path, path: &str) -> bool {
    let relative = path.trim_start_matches('/');
    let is_plain = relative.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains(['%', '\\']));
    is_plain && tokio::fs::metadata(folder.join(relative)).await.is_ok_and(|data| data.is_file())
}

/// Says how long an answer may be kept: for ever where the name has a hash, else until it is asked for again.
pub(crate) async fn caching(request: Request, next: Next) -> Response {
    let is_hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let is_html = response.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let policy = if is_hashed && !is_html { IMMUTABLE } else { "no-cache" };
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(policy));
    }
    response
}

/// Whether the build put the content's hash into the name: `app-0123456789abcdef….css`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.match_indices('-').any(|(at, _)| {
        let rest = &name.as_bytes()[at + 1..];
        rest.len() >= 16 && rest[..16].iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn hashed_names_are_known() {
        assert!(is_hashed("/loredesk-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("/sub/a-b-0123456789abcdef.css"));
        assert!(!is_hashed("/index.html"));
        assert!(!is_hashed("/icons-1.svg"));
        assert!(!is_hashed("/loredesk-0123456789ABCDEF.js"));
    }
}
