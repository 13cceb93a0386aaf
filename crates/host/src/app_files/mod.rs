//! The built app: static files with their pre-compressed variants, and index.html for the app's own addresses; from a folder
//! or from inside the program.

mod embedded;
mod index;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, ALLOW, CACHE_CONTROL, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

use crate::api::ApiError;
use crate::config::{BasePath, Config};

pub use embedded::{EmbeddedFile, Find};

/// A year without asking again, and no proxy may rewrite what the page checks by its digest.
const IMMUTABLE: &str = "public, max-age=31536000, immutable, no-transform";

/// The app's folder and where it is served.
struct App {
    folder: PathBuf,
    base: BasePath,
}

/// Serves the app.
pub(crate) fn router(config: &Config) -> Router {
    match config.embedded_app {
        Some(find) => embedded::router(find, &config.base),
        None => from_folder(&config.app, &config.base),
    }
}

fn from_folder(folder: &Path, base: &BasePath) -> Router {
    let app = Arc::new(App { folder: folder.to_path_buf(), base: base.clone() });
    // Folders have no index of their own: the navigation answers the page.
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
    Router::new().fallback_service(files).layer(from_fn_with_state(app, navigation)).layer(from_fn(caching))
}

/// An address that is no file is one of the app's own screens when a person opens it, and a mistake when anything else does.
async fn navigation(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // Its packed copies hold the base that the build wrote.
    if ["/index.html.br", "/index.html.gz"].contains(&path) {
        return ApiError::no_such_path().into_response();
    }
    if path != "/index.html" && is_file(&app.folder, path).await {
        return next.run(request).await;
    }
    if !is_screen(path, request.headers()) {
        return ApiError::no_such_path().into_response();
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    index::answer(&app.folder, &app.base, request.headers()).await
}

/// Whether an address that is no file may be one of the app's own screens.
fn is_screen(path: &str, headers: &HeaderMap) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') || path == "/index.html" || wants_html(headers)
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

async fn caching(request: Request, next: Next) -> Response {
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
