//! Reads what a handler left of a request, so that a refusal before the body has arrived does not break the connection:
//! clients that keep connections would meet the break at their next request, and browsers at this one.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Bytes, Frame, SizeHint};

/// How much is read and thrown away, in bytes; whoever sends more loses the connection.
const MOST: usize = 1 << 30;

/// Lets the rest of every body be read once its handler has let go of it.
pub(crate) async fn rest(request: Request, next: Next) -> Response {
    next.run(request.map(|body| Body::new(Drained(body)))).await
}

/// A body that is read to its end also when nobody wants it any more.
struct Drained(Body);

impl hyper::body::Body for Drained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.0).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl Drop for Drained {
    fn drop(&mut self) {
        if self.0.is_end_stream() {
            return;
        }
        let mut body = std::mem::take(&mut self.0);
        // The runtime is gone when the host stops; then the connection ends with it.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let mut read = 0;
                while let Some(Ok(frame)) = body.frame().await {
                    read += frame.data_ref().map_or(0, Bytes::len);
                    if read > MOST {
                        break;
                    }
                }
            });
        }
    }
}
