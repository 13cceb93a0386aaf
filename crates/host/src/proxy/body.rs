//! The body of a request on its way to a server: counted, and watched so that nothing waits for ever.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use hyper::body::{Bytes, Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::refusals;
use crate::api::{ApiError, upload};
use crate::config::TimeOuts;

/// How far the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The server takes it.
    Sending,
    /// More of it has to come from the browser.
    Awaited,
    /// The server has it, or wants no more of it.
    Sent,
    /// It is larger than allowed.
    TooLarge,
    /// The browser broke it off.
    BrokenOff,
}

/// Who was too slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Late {
    /// The browser, with its upload.
    Browser,
    /// The server, in taking the upload or in answering.
    Server(Duration),
}

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    bytes: u64,
}

/// What is known of a body while the connection has it.
#[derive(Clone, Debug)]
pub(super) struct Progress(Arc<Known>);

#[derive(Debug)]
struct Known {
    state: Mutex<State>,
    /// Another phase has another limit, so whoever waits has to look again.
    changed: Notify,
}

/// A body that tells how far it is.
pub(super) struct Watched {
    body: Body,
    most: u64,
    progress: Progress,
}

impl Watched {
    /// Watches a body of at most so many bytes.
    pub(super) fn new(body: Body, most: u64) -> (Self, Progress) {
        let is_empty = hyper::body::Body::is_end_stream(&body);
        let phase = if is_empty { Phase::Sent } else { Phase::Sending };
        let state = Mutex::new(State { phase, since: Instant::now(), bytes: 0 });
        let progress = Progress(Arc::new(Known { state, changed: Notify::new() }));
        (Self { body, most, progress: progress.clone() }, progress)
    }
}

impl Progress {
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Something moved.
    fn enter(&self, phase: Phase) {
        self.change(|state| state.since = Instant::now());
        self.be(phase);
    }

    fn be(&self, phase: Phase) {
        let before = self.change(|state| std::mem::replace(&mut state.phase, phase));
        if before != phase {
            self.0.changed.notify_one();
        }
    }

    /// Waits for an answer for as long as the request moves, and then for as long as a server may think.
    pub(super) async fn watch<T>(&self, asking: impl Future<Output = T>, limits: TimeOuts) -> Result<T, Late> {
        let mut asking = std::pin::pin!(asking);
        loop {
            let (deadline, late) = self.deadline(limits);
            tokio::select! {
                answer = &mut asking => return Ok(answer),
                () = self.0.changed.notified() => {}
                () = tokio::time::sleep_until(deadline) => {
                    // A piece may have passed meanwhile.
                    if self.deadline(limits).0 <= Instant::now() {
                        return Err(late);
                    }
                }
            }
        }
    }

    fn deadline(&self, limits: TimeOuts) -> (Instant, Late) {
        self.change(|state| match state.phase {
            Phase::Awaited => (state.since + limits.upload, Late::Browser),
            Phase::Sending => (state.since + limits.upload.max(limits.connect), Late::Server(limits.upload)),
            Phase::Sent | Phase::TooLarge | Phase::BrokenOff => (state.since + limits.answer, Late::Server(limits.answer)),
        })
    }

    /// Why a request failed, where its own body is the reason.
    pub(super) fn refusal(&self, most: u64) -> Option<ApiError> {
        match self.change(|state| state.phase) {
            Phase::TooLarge => Some(upload::too_large(most)),
            Phase::BrokenOff => Some(refusals::broken_off()),
            Phase::Sending | Phase::Awaited | Phase::Sent => None,
        }
    }
}

impl hyper::body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            // The time since the last piece counts, not since the last look.
            Poll::Pending => self.progress.be(Phase::Awaited),
            Poll::Ready(None) => self.progress.enter(Phase::Sent),
            Poll::Ready(Some(Err(_))) => self.progress.enter(Phase::BrokenOff),
            Poll::Ready(Some(Ok(frame))) => {
                let length = frame.data_ref().map_or(0, Bytes::len) as u64;
                let bytes = self.progress.change(|state| {
                    state.bytes += length;
                    state.bytes
                });
                if bytes > self.most {
                    self.progress.enter(Phase::TooLarge);
                    return Poll::Ready(Some(Err(axum::Error::new(std::io::Error::other("the body is too large")))));
                }
                self.progress.enter(Phase::Sending);
            }
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

impl Drop for Watched {
    fn drop(&mut self) {
        // Whoever sends it lets go of it at its end without asking for more, or when the server has answered early.
        if self.progress.change(|state| matches!(state.phase, Phase::Sending | Phase::Awaited)) {
            self.progress.enter(Phase::Sent);
        }
    }
}
