//! Answers that the fault layer makes, or makes something else of.

use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use hyper::body::{Bytes, Frame};
use serde::Deserialize;
use serde_json::Value;

use super::MOST;

/// An answer that a rule holds.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Given {
    status: u16,
    body: Option<String>,
    content_type: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl IntoResponse for Given {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = self.content_type.unwrap_or_else(|| "application/json".to_owned());
        let mut response = (status, [(CONTENT_TYPE, kind)], self.body.unwrap_or_default()).into_response();
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Changes a JSON answer at these pointers; what is not there is put in where its parent is an object.
pub(super) async fn replaced(response: Response, values: &BTreeMap<String, Value>) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, MOST).await.unwrap_or_default();
    let Ok(mut json) = serde_json::from_slice::<Value>(&whole) else { return Response::from_parts(parts, Body::from(whole)) };
    for (pointer, value) in values {
        if let Some(place) = json.pointer_mut(pointer) {
            *place = value.clone();
        } else if let Some((parent, name)) = pointer.rsplit_once('/')
            && let Some(Value::Object(fields)) = json.pointer_mut(parent)
        {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(json.to_string()))
}

/// Promises the whole answer and sends its beginning.
pub(super) async fn truncated(response: Response, bytes: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, MOST).await.unwrap_or_default();
    parts.headers.insert(CONTENT_LENGTH, whole.len().into());
    Response::from_parts(parts, Body::new(Cut(Some(whole.slice(..bytes.min(whole.len()))))))
}

/// A body that sends its bytes and then fails.
struct Cut(Option<Bytes>);

impl hyper::body::Body for Cut {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        match self.0.take() {
            Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None => {
                // The bytes have to leave before the connection breaks.
                context.waker().wake_by_ref();
                Poll::Ready(Some(Err(std::io::Error::other("the fault layer cuts the answer"))))
            }
        }
    }
}

/// Events, each after a pause; where it is cut, the connection breaks after the last.
pub(super) fn events(pieces: VecDeque<String>, pause: Duration, is_cut: bool) -> Response {
    let body = Slow { pieces, pause, is_cut, sleep: Box::pin(tokio::time::sleep(pause)) };
    ([(CONTENT_TYPE, "text/event-stream")], Body::new(body)).into_response()
}

/// A body that comes in pieces, each after a pause, and may fail after the last.
struct Slow {
    pieces: VecDeque<String>,
    pause: Duration,
    is_cut: bool,
    sleep: Pin<Box<tokio::time::Sleep>>,
}

impl hyper::body::Body for Slow {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if self.sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let next = tokio::time::Instant::now() + self.pause;
        self.sleep.as_mut().reset(next);
        match self.pieces.pop_front() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(Bytes::from(piece))))),
            None if self.is_cut => Poll::Ready(Some(Err(std::io::Error::other("the fault layer cuts the stream")))),
            None => Poll::Ready(None),
        }
    }
}
