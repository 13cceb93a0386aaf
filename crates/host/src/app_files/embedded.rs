//! The built app from inside the program, with the same answers as from a folder: compressed variants, entity tags, caching.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::{caching, index, is_screen};
use crate::api::ApiError;
use crate::config::BasePath;

/// A file of the app.
pub struct EmbeddedFile {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// SHA-256 of that.
    pub digest: [u8; 32],
    /// Its media type.
    pub kind: String,
}

/// Finds a file by its path inside the app, without a slash in front.
pub type Find = fn(&str) -> Option<EmbeddedFile>;

const PAGE: &str = "index.html";

/// What is served.
struct App {
    find: Find,
    base: BasePath,
}

/// Serves the files.
pub(super) fn router(find: Find, base: &BasePath) -> Router {
    let app = Arc::new(App { find, base: base.clone() });
    Router::new().fallback_service(get(serve).with_state(app)).layer(from_fn(caching))
}

async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let (path, headers) = (request.uri().path(), request.headers());
    let name = path.trim_start_matches('/');
    // The page differs from place to place; its packed copies hold the base that the build wrote.
    let is_page = name.starts_with(PAGE);
    match choose(app.find, name, headers) {
        Some((file, encoding)) if !is_page => answer(file, encoding, headers),
        _ if name != PAGE && (is_page || !is_screen(path, headers)) => ApiError::no_such_path().into_response(),
        _ => match (app.find)(PAGE) {
            Some(page) => index::page(&String::from_utf8_lossy(&page.bytes), &app.base, headers),
            None => {
                let sentence = "The app is not in this program: it was built before the app was.\n";
                (StatusCode::NOT_FOUND, [(CACHE_CONTROL, "no-store")], sentence).into_response()
            }
        },
    }
}

/// The smallest variant that the client reads.
fn choose(find: Find, name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, &'static str)> {
    let plain = find(name)?;
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let variant = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, suffix)| {
        let file = accepts(accepted, encoding).then(|| find(&format!("{name}.{suffix}")))??;
        Some((EmbeddedFile { kind: plain.kind.clone(), ..file }, encoding))
    });
    Some(variant.unwrap_or((plain, "")))
}

fn answer(file: EmbeddedFile, encoding: &'static str, headers: &HeaderMap) -> Response {
    let mut tag = String::from("\"");
    for byte in &file.digest[..12] {
        // Writing to a string does not fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_known = known.split(',').any(|one| ["*", tag.as_str()].contains(&one.trim().trim_start_matches("W/")));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let length = file.bytes.len();
        let mut response = Response::new(match file.bytes {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        });
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
        response
    };
    let own = response.headers_mut();
    own.insert(VARY, HeaderValue::from_static("accept-encoding"));
    for (name, value) in [(ETAG, tag.as_str()), (CONTENT_TYPE, file.kind.as_str()), (CONTENT_ENCODING, encoding)] {
        if let Ok(value) = HeaderValue::from_str(value)
            && !value.is_empty()
        {
            own.insert(name, value);
        }
    }
    response
}

/// Whether an Accept-Encoding header takes the encoding: named, and not with a quality of zero.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        let is_zero = quality.trim().strip_prefix("q=").and_then(|value| value.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
        name.trim().eq_ignore_ascii_case(encoding) && !is_zero
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<EmbeddedFile> {
        let text = match name {
            "a-0123456789abcdef.js" => "plain",
            "a-0123456789abcdef.js.gz" => "gz",
            "boot.js" => "boot",
            "boot.js.br" => "br",
            _ => return None,
        };
        Some(EmbeddedFile { bytes: Cow::Borrowed(text.as_bytes()), digest: [1; 32], kind: "text/javascript".to_owned() })
    }

    fn chosen(name: &str, accepted: &'static str) -> (String, &'static str) {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
        let (file, encoding) = choose(find, name, &headers).unwrap();
        (String::from_utf8_lossy(&file.bytes).into_owned(), encoding)
    }

    #[test]
    fn the_smallest_accepted_variant_is_sent() {
        let name = "a-0123456789abcdef.js";
        assert_eq!(chosen(name, "gzip, deflate, br"), ("gz".to_owned(), "gzip"));
        assert_eq!(chosen(name, "gzip;q=0, br"), ("plain".to_owned(), ""));
        assert_eq!(chosen("boot.js", "gzip, br"), ("br".to_owned(), "br"));
    }

    #[test]
    fn qualities_are_read() {
        assert!(accepts("br;q=0.5, gzip", "br") && accepts("GZIP", "gzip"));
        assert!(!accepts("br; q=0", "br") && !accepts("", "br") && !accepts("brotli", "br"));
    }
}
