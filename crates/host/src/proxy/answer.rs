//! What of an answer reaches the browser: a list of headers, and a body that cannot become a page of the desk's origin.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED, RETRY_AFTER,
};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep};

/// Largest answer that is read here.
const MOST_READ: usize = 64 << 10;

/// No `Set-Cookie`, no `Location`, no `Access-Control-…`, no `WWW-Authenticate` (the browser would ask for a password of its own).
const PASSED: [HeaderName; 11] = [
    ACCEPT_RANGES,
    ALLOW,
    CACHE_CONTROL,
    CONTENT_DISPOSITION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    ETAG,
    LAST_MODIFIED,
    RETRY_AFTER,
];

/// Somebody else's content on the desk's origin has no rights there.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

/// Types that an answer of an API has; all others are text, so that a proxy's HTML page can be read and never is a page here.
const TYPES: [&str; 8] = [
    "application/json",
    "application/problem+json",
    "application/x-ndjson",
    "text/event-stream",
    "text/plain",
    "text/csv",
    "application/zip",
    "application/octet-stream",
];

/// An answer of the API, streamed.
pub(super) fn passed(response: Response<Incoming>, idle: Duration) -> Response {
    let (parts, body) = response.into_parts();
    let mut headers = headers(&parts.headers);
    if !headers.get(CONTENT_TYPE).is_none_or(is_data) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    }
    respond(&parts, headers, Body::new(Idle::new(body, idle)))
}

/// An original file, streamed: always saved, never shown.
pub(super) fn file(response: Response<Incoming>, idle: Duration) -> Response {
    if !response.status().is_success() {
        return passed(response, idle);
    }
    let (parts, body) = response.into_parts();
    let mut headers = headers(&parts.headers);
    headers.insert(CONTENT_DISPOSITION, attachment(parts.headers.get(CONTENT_DISPOSITION)));
    headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/octet-stream"));
    respond(&parts, headers, Body::new(Idle::new(body, idle)))
}

/// Reads a short answer.
pub(super) async fn read(response: Response<Incoming>, limit: Duration) -> Result<(Parts, Bytes), ()> {
    let (parts, body) = response.into_parts();
    let read = tokio::time::timeout(limit, Limited::new(body, MOST_READ).collect()).await;
    Ok((parts, read.map_err(|_| ())?.map_err(|_| ())?.to_bytes()))
}

/// An answer that was read, with another address in its field `url` where there is one.
pub(super) fn rewritten(parts: &Parts, text: &Bytes, own: impl FnOnce(&str) -> Option<String>) -> Response {
    let mut headers = headers(&parts.headers);
    headers.remove(CONTENT_LENGTH);
    headers.remove(ETAG);
    if !headers.get(CONTENT_TYPE).is_none_or(is_data) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    }
    let mut body = serde_json::from_slice::<serde_json::Value>(text).ok();
    let address = body.as_ref().and_then(|body| own(body.get("url")?.as_str()?));
    let body = match (&mut body, address) {
        (Some(body), Some(address)) => {
            body["url"] = address.into();
            Body::from(body.to_string())
        }
        _ => Body::from(text.clone()),
    };
    respond(parts, headers, body)
}

fn respond(parts: &Parts, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = parts.status;
    *response.headers_mut() = headers;
    response
}

fn headers(all: &HeaderMap) -> HeaderMap {
    let mut passed = HeaderMap::new();
    for name in PASSED {
        if let Some(value) = all.get(&name) {
            passed.insert(name, value.clone());
        }
    }
    passed.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    passed.insert(CONTENT_SECURITY_POLICY, POLICY);
    passed
}

fn is_data(value: &HeaderValue) -> bool {
    let kind = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    TYPES.contains(&kind.as_str())
}

/// The server's name for the file, and the order to save it.
fn attachment(given: Option<&HeaderValue>) -> HeaderValue {
    let save = b"attachment";
    let rest =
        given.map(HeaderValue::as_bytes).and_then(|given| given.iter().position(|byte| *byte == b';').map(|at| &given[at..]));
    let whole = [save.as_slice(), rest.unwrap_or_default()].concat();
    HeaderValue::from_bytes(&whole).unwrap_or(HeaderValue::from_static("attachment"))
}

/// A body that breaks when nothing comes for so long, so that nobody takes a part for the whole.
struct Idle {
    body: Incoming,
    limit: Duration,
    timer: Pin<Box<Sleep>>,
}

impl Idle {
    fn new(body: Incoming, limit: Duration) -> Self {
        Self { body, limit, timer: Box::pin(tokio::time::sleep(limit)) }
    }
}

impl hyper::body::Body for Idle {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(frame) => {
                let next = Instant::now() + self.limit;
                self.timer.as_mut().reset(next);
                Poll::Ready(frame.map(|frame| frame.map_err(axum::Error::new)))
            }
            Poll::Pending => match self.timer.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(Some(Err(axum::Error::new(std::io::Error::from(std::io::ErrorKind::TimedOut))))),
                Poll::Pending => Poll::Pending,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::{HeaderValue, attachment, is_data};

    #[test]
    fn files_are_saved_under_the_server_s_name() {
        for (given, whole) in [
            ("inline; filename=\"a.pdf\"", "attachment; filename=\"a.pdf\""),
            ("attachment; filename*=UTF-8''%E4.txt", "attachment; filename*=UTF-8''%E4.txt"),
            ("inline", "attachment"),
        ] {
            assert_eq!(attachment(Some(&HeaderValue::from_static(given))), whole);
        }
        assert_eq!(attachment(None), "attachment");
    }

    #[test]
    fn pages_are_no_data() {
        assert!(is_data(&HeaderValue::from_static("Application/JSON; charset=utf-8")));
        for kind in ["text/html", "application/xhtml+xml", "image/svg+xml", "text/javascript", "application/wasm", "text/css"] {
            assert!(!is_data(&HeaderValue::from_static(kind)), "{kind}");
        }
    }
}
