//! index.html, the one file that differs from place to place: its `<base>` says where the desk is served.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::api::ApiError;
use crate::config::BasePath;

/// What the build leaves in index.html.
const BUILT: &str = "<base href=\"/\">";

/// Answers the page. Its packed copies are never used: they hold the base that the build wrote.
pub(super) async fn answer(folder: &Path, base: &BasePath, headers: &HeaderMap) -> Response {
    match tokio::fs::read_to_string(folder.join("index.html")).await {
        Ok(text) => page(&text, base, headers),
        Err(_) => {
            let place = folder.display();
            let sentence = format!("The app is not built: there is no index.html in {place}. Build it with cargo xtask build.\n");
            (StatusCode::NOT_FOUND, [("cache-control", "no-store")], sentence).into_response()
        }
    }
}

/// The page of that text, under the base.
pub(super) fn page(text: &str, base: &BasePath, headers: &HeaderMap) -> Response {
    let Some(text) = rebased(text, base) else {
        let sentence = format!("index.html has not exactly one {BUILT}, so it cannot be served under {base}.");
        return ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_server_error", sentence).into_response();
    };
    let tag = tag(&text);
    let is_known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|known| known.contains(&tag));
    if is_known {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
    }
    ([(CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (ETAG, tag)], text).into_response()
}

fn rebased(text: &str, base: &BasePath) -> Option<String> {
    if base.is_root() {
        return Some(text.to_owned());
    }
    let is_one = text.match_indices(BUILT).count() == 1;
    is_one.then(|| text.replacen(BUILT, &format!("<base href=\"{base}\">"), 1))
}

/// A tag of the text that is sent, so that another base is another page.
fn tag(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("\"{:016x}-{:x}\"", hasher.finish(), text.len())
}
