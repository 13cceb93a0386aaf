//! Follows every request from its head to the last byte of its answer: its id, its line in the log, and which are uploads.
//!
//! A line has method, path, status, times and sizes; never a query, a header or a body. Lines of changes are marked with
//! `change=true`: together they are the audit trail.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use hyper::body::{Body as _, Bytes, Frame, SizeHint};
use tokio::sync::watch;

use crate::config::BasePath;
use crate::operations::{self, Effect};
use crate::security::User;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest path in the log, in characters.
const LONGEST_PATH: usize = 300;

/// What following needs.
#[derive(Clone, Debug)]
pub(crate) struct Requests {
    base: BasePath,
    uploads: Arc<watch::Sender<usize>>,
}

impl Requests {
    /// Follows requests below the base path.
    pub(crate) fn new(base: BasePath) -> Self {
        Self { base, uploads: Arc::new(watch::Sender::new(0)) }
    }

    /// Waits until no upload is running.
    pub(crate) async fn no_uploads(&self) {
        // The sender is here, so it cannot be gone.
        let mut uploads = self.uploads.subscribe();
        let _none = uploads.wait_for(|running| *running == 0).await;
    }
}

/// The person, once it is known who asks; filled further inside, read when the answer is over.
#[derive(Clone, Debug, Default)]
struct Person(Arc<OnceLock<String>>);

/// The outermost layer.
pub(crate) async fn follow(State(requests): State<Requests>, mut request: Request, next: Next) -> Response {
    let id = id(request.headers());
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let person = Person::default();
    request.extensions_mut().insert(person.clone());
    let received = Arc::new(AtomicU64::new(0));
    let mut line = Line {
        id: id.clone(),
        method: request.method().clone(),
        place: Place::of(&requests.base, request.method(), request.uri().path()),
        begun: Instant::now(),
        received: received.clone(),
        person,
        status: 0,
        sent: 0,
        expected: None,
        is_whole: false,
        _upload: is_upload(request.headers()).then(|| Upload::begin(&requests.uploads)),
    };
    let request = request.map(|body| Body::new(Counted { body, received }));
    let mut response = next.run(request).await;
    line.status = response.status().as_u16();
    line.expected = length(&response);
    response.headers_mut().insert(REQUEST_ID, id);
    response.map(|body| Body::new(Followed { body, line }))
}

/// The innermost layer: behind the login, where the person is known.
pub(crate) async fn note_person(request: Request, next: Next) -> Response {
    if let (Some(person), Some(User(name))) = (request.extensions().get::<Person>(), request.extensions().get()) {
        let _first = person.0.set(name.clone());
    }
    next.run(request).await
}

/// The id that a proxy in front gave, or a new one.
fn id(headers: &HeaderMap) -> HeaderValue {
    let is_id = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        (8..=128).contains(&bytes.len()) && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    };
    let made = || HeaderValue::from_str(&uuid::Uuid::new_v4().to_string()).unwrap_or(HeaderValue::from_static("none"));
    headers.get(REQUEST_ID).filter(is_id).cloned().unwrap_or_else(made)
}

fn length(response: &Response) -> Option<u64> {
    let said = response.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    said.or_else(|| response.body().size_hint().exact())
}

fn is_upload(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().to_ascii_lowercase().starts_with(b"multipart/form-data"))
}

/// An upload that runs until this is dropped.
struct Upload(Arc<watch::Sender<usize>>);

impl Upload {
    fn begin(uploads: &Arc<watch::Sender<usize>>) -> Self {
        uploads.send_modify(|running| *running += 1);
        Self(uploads.clone())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.0.send_modify(|running| *running = running.saturating_sub(1));
    }
}

/// What was asked for, as far as the log may show it.
struct Place {
    path: String,
    connection: Option<String>,
    operation: Option<&'static str>,
    is_change: bool,
    /// Files of the app and the probe are asked for all the time and say nothing.
    is_quiet: bool,
}

impl Place {
    fn of(base: &BasePath, method: &Method, path: &str) -> Self {
        let below = base.below(path).unwrap_or(path);
        let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(method);
        let (connection, rest) = match below.strip_prefix("/api/") {
            Some(rest) => rest.split_once('/').unwrap_or((rest, "")),
            None => below.strip_prefix("/v1/").map_or(("", ""), |rest| ("v1", rest)),
        };
        let operation = operations::find_any(method, &format!("/{rest}"));
        let is_change = operation.map_or(!is_safe, |operation| operation.effect == Effect::Change);
        let path = match operation {
            // Whoever has the id of a file has the file.
            Some(operation) if operation.is_file() => below.replace(rest, operation.path.trim_start_matches('/')),
            _ => below.chars().take(LONGEST_PATH).collect(),
        };
        Self {
            path,
            connection: (!connection.is_empty()).then(|| connection.chars().take(64).collect()),
            operation: operation.map(|operation| operation.path),
            is_change,
            is_quiet: connection.is_empty() && is_safe,
        }
    }
}

/// A line of the log, written when the answer is over, however that comes.
struct Line {
    id: HeaderValue,
    method: Method,
    place: Place,
    begun: Instant,
    received: Arc<AtomicU64>,
    person: Person,
    status: u16,
    sent: u64,
    /// How much there is to send, where that is known before.
    expected: Option<u64>,
    is_whole: bool,
    _upload: Option<Upload>,
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.place.is_quiet && self.is_whole && self.status < 400 {
            return;
        }
        tracing::info!(
            target: "request",
            request_id = self.id.to_str().unwrap_or_default(),
            method = self.method.as_str(),
            path = self.place.path,
            operation = self.place.operation,
            connection = self.place.connection,
            user = self.person.0.get(),
            change = self.place.is_change,
            status = self.status,
            milliseconds = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            received = self.received.load(Ordering::Relaxed),
            sent = self.sent,
            outcome = if self.is_whole { "whole" } else { "broken off" },
        );
    }
}

/// The body of a request, counted.
struct Counted {
    body: Body,
    received: Arc<AtomicU64>,
}

impl hyper::body::Body for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &polled {
            self.received.fetch_add(frame.data_ref().map_or(0, Bytes::len) as u64, Ordering::Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer, with the line that is written at its end.
struct Followed {
    body: Body,
    line: Line,
}

impl hyper::body::Body for Followed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => self.line.sent += frame.data_ref().map_or(0, Bytes::len) as u64,
            Poll::Ready(None) => self.line.is_whole = true,
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        // A body of known length is let go of without asking for more; to HEAD and 304 none is sent at all.
        let line = &mut self.line;
        line.is_whole |= line.expected == Some(line.sent) || line.method == Method::HEAD || line.status == 304;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{BasePath, HeaderMap, HeaderValue, Method, Place, REQUEST_ID, id};

    const A: &str = "5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f";

    #[test]
    fn ids_of_proxies_are_taken_over_when_they_are_ids() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_bytes(text.as_bytes()).unwrap());
            id(&headers)
        };
        assert_eq!(of("4bf92f3577b34da6"), "4bf92f3577b34da6");
        for text in ["", "short", "with blank here", "a\"quote\"b", "ünï-not-ascii"] {
            assert_eq!(of(text).len(), 36, "{text}");
        }
    }

    #[test]
    fn places_show_what_they_may() {
        let base = BasePath::parse("/kb/").unwrap();
        let place = Place::of(&base, &Method::DELETE, &format!("/kb/api/dify/datasets/{A}/documents/{A}"));
        assert_eq!((place.connection.as_deref(), place.is_change, place.is_quiet), (Some("dify"), true, false));
        assert_eq!(place.operation, Some("/datasets/{dataset_id}/documents/{document_id}"));
        assert_eq!(place.path, format!("/api/dify/datasets/{A}/documents/{A}"));
        let place = Place::of(&base, &Method::GET, &format!("/kb/api/dify/files/{A}"));
        assert_eq!(place.path, "/api/dify/files/{file_id}", "the id is the key to the file");
        let place = Place::of(&base, &Method::POST, &format!("/kb/api/dify/datasets/{A}/retrieve"));
        assert!(!place.is_change, "searching changes nothing");
        assert!(Place::of(&base, &Method::GET, "/kb/desk.css").is_quiet);
        assert!(Place::of(&base, &Method::POST, "/kb/sign-in").is_change);
    }
}
