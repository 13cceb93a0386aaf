//! The body of an answer that is made while it is sent.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use hyper::body::{Bytes, Frame};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Pieces that wait to be sent; whoever makes them waits when there are so many.
const WAITING: usize = 2;

/// Where the pieces go. An error breaks the connection off, so that nobody takes a part for the whole.
pub(crate) type Pieces = Sender<io::Result<Bytes>>;

/// A body, and where its pieces go; it ends when that is dropped.
pub(crate) fn body() -> (Pieces, Body) {
    let (sender, receiver) = channel(WAITING);
    (sender, Body::new(Streamed(receiver)))
}

struct Streamed(Receiver<io::Result<Bytes>>);

impl hyper::body::Body for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
