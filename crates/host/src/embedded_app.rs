//! The built app from inside the program, with the same answers as from a folder: compressed variants, entity tags, caching.

use std::borrow::Cow;
use std::fmt::Write;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::api::ApiError;
use crate::app_files::{caching, is_screen};

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

/// The literal that tells the app its base path.
const BASE: &str = r#"<base href="/">"#;

/// What is served.
#[derive(Clone)]
struct App {
    find: Find,
    base: String,
}

/// Serves the files, with the page made for that base path.
pub(crate) fn router(find: Find, base: &str) -> Router {
    let app = App { find, base: base.to_owned() };
    Router::new().fallback_service(get(serve).with_state(app)).layer(axum::middleware::from_fn(caching))
}

async fn serve(State(app): State<App>, request: Request) -> Response {
    let (path, headers) = (request.uri().path(), request.headers());
    let name = path.trim_start_matches('/');
    let name = match (app.find)(name) {
        Some(_) => name,
        None if is_screen(path, headers) => PAGE,
        None => return ApiError::no_such_path().into_response(),
    };
    match app.choose(name, headers) {
        Some((file, encoding)) => answer(file, encoding, headers),
        None => {
            let sentence = "The app is not in this program: it was built before the app was.\n";
            (StatusCode::NOT_FOUND, [(CACHE_CONTROL, "no-store")], sentence).into_response()
        }
    }
}

impl App {
    /// The smallest variant that the client reads.
    fn choose(&self, name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, &'static str)> {
        let plain = (self.find)(name)?;
        if name == PAGE && self.base != "/" {
            return Some((for_base(plain, &self.base), ""));
        }
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let variant = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, suffix)| {
            let file = accepts(accepted, encoding).then(|| (self.find)(&format!("{name}.{suffix}")))??;
            Some((EmbeddedFile { kind: plain.kind.clone(), ..file }, encoding))
        });
        Some(variant.unwrap_or((plain, "")))
    }
}

/// The page under another base path. It is small, and its compressed copies are of the other one, so it goes as it is.
fn for_base(page: EmbeddedFile, base: &str) -> EmbeddedFile {
    let text = String::from_utf8_lossy(&page.bytes).replacen(BASE, &format!("<base href=\"{base}\">"), 1);
    let mut digest = page.digest;
    // The tag has to be another one for another base; what it stands for differs by nothing else.
    digest.iter_mut().zip(base.bytes().cycle()).for_each(|(byte, base)| *byte = byte.rotate_left(3) ^ base);
    EmbeddedFile { bytes: Cow::Owned(text.into_bytes()), digest, kind: page.kind }
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
            "index.html" => "<base href=\"/\"><p>",
            "index.html.br" => "br",
            "a-0123456789abcdef.js" => "plain",
            "a-0123456789abcdef.js.gz" => "gz",
            _ => return None,
        };
        let kind = if name.ends_with(".js") { "text/javascript" } else { "text/html" };
        Some(EmbeddedFile { bytes: Cow::Borrowed(text.as_bytes()), digest: [text.len() as u8; 32], kind: kind.to_owned() })
    }

    fn chosen(base: &str, name: &str, accepted: &'static str) -> (String, &'static str, String) {
        let app = App { find, base: base.to_owned() };
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
        let (file, encoding) = app.choose(name, &headers).unwrap();
        (String::from_utf8_lossy(&file.bytes).into_owned(), encoding, file.kind)
    }

    #[test]
    fn the_smallest_accepted_variant_is_sent() {
        let name = "a-0123456789abcdef.js";
        assert_eq!(chosen("/", name, "gzip, deflate, br"), ("gz".to_owned(), "gzip", "text/javascript".to_owned()));
        assert_eq!(chosen("/", name, "gzip;q=0, br").0, "plain");
        assert_eq!(chosen("/", "index.html", "br").0, "br");
    }

    #[test]
    fn under_another_base_the_page_is_another_and_so_is_its_tag() {
        let (text, encoding, _) = chosen("/kb/", "index.html", "br");
        assert_eq!((text.as_str(), encoding), ("<base href=\"/kb/\"><p>", ""));
        let tag = |base: &str| for_base(find("index.html").unwrap(), base).digest;
        assert_ne!(tag("/kb/"), tag("/a/"));
    }

    #[test]
    fn qualities_are_read() {
        assert!(accepts("br;q=0.5, gzip", "br") && accepts("GZIP", "gzip"));
        assert!(!accepts("br; q=0", "br") && !accepts("", "br") && !accepts("brotli", "br"));
    }
}
