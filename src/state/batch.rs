//! A batch under way: asks the rules of [`crate::model::batch`] for piece after piece and does them, one at a time.
//!
//! What is done with a piece is an async function over ids, so that enabling, archiving, deleting and writing metadata all use this.

use std::{future::Future, pin::Pin, rc::Rc};

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{ApiError, ErrorKind, ForbiddenCause},
    dom::clock,
    model::batch::{Batch, Item, Outcome, PIECE_MAX, PieceOutcome},
};

/// Why a thing was refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The server's refusal.
    Error(ApiError),
    /// A sentence, already in the person's language.
    Words(String),
}

/// What a piece answers: the things of it that were refused, the others being done; or why all of it was refused.
pub type PieceAnswer = Result<Vec<(String, Reason)>, ApiError>;

type Work = Rc<dyn Fn(Vec<String>) -> Pin<Box<dyn Future<Output = PieceAnswer>>>>;

/// A batch with its report. Copy it into the handlers of one dialog.
#[derive(Clone, Copy)]
pub struct BatchRun {
    batch: RwSignal<Batch<Reason>>,
    is_running: RwSignal<bool>,
    started_at: StoredValue<f64>,
    most: StoredValue<usize>,
    work: StoredValue<Option<Work>, LocalStorage>,
    on_end: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
}

impl Default for BatchRun {
    fn default() -> Self {
        Self::new()
    }
}

impl BatchRun {
    /// A batch of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            batch: RwSignal::new(Batch::default()),
            is_running: RwSignal::new(false),
            started_at: StoredValue::new(0.0),
            most: StoredValue::new(PIECE_MAX),
            work: StoredValue::new_local(None),
            on_end: StoredValue::new_local(None),
        }
    }

    /// Does `work` with all of `items`, in pieces of at most `most`. `on_end` is called each time there is nothing left to do.
    /// Does nothing while another batch runs here.
    pub fn start<F>(self, items: Vec<Item>, most: usize, work: impl Fn(Vec<String>) -> F + 'static, on_end: impl Fn() + 'static)
    where
        F: Future<Output = PieceAnswer> + 'static,
    {
        if self.is_running.get_untracked() {
            return;
        }
        self.most.set_value(most);
        self.work.set_value(Some(Rc::new(move |ids| Box::pin(work(ids)))));
        self.on_end.set_value(Some(Rc::new(on_end)));
        self.batch.set(Batch::new(items, most));
        self.go_on();
    }

    /// Tries again with whatever is not done.
    pub fn retry(self) {
        if !self.is_running.get_untracked() {
            self.batch.update(|batch| batch.retry(self.most.get_value()));
            self.go_on();
        }
    }

    /// Begins nothing more; the piece under way ends.
    pub fn cancel(self) {
        self.batch.update(Batch::cancel);
    }

    /// The things with what has become of them, to track.
    #[must_use]
    pub fn batch(self) -> ReadSignal<Batch<Reason>> {
        self.batch.read_only()
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_running(self) -> Signal<bool> {
        self.is_running.into()
    }

    /// When it was started, in milliseconds since the epoch.
    #[must_use]
    pub fn started_at(self) -> f64 {
        self.started_at.get_value()
    }

    /// The ids of the things that are done.
    #[must_use]
    pub fn done(self) -> Vec<String> {
        let is_done = |outcome: &Outcome<Reason>| matches!(outcome, Outcome::Done);
        self.batch.with_untracked(|batch| {
            batch.items().filter(|(_, outcome)| is_done(outcome)).map(|(item, _)| item.id.clone()).collect()
        })
    }

    fn go_on(self) {
        let Some(work) = self.work.get_value() else { return };
        self.is_running.set(true);
        self.started_at.set_value(clock::now());
        spawn_local(async move {
            // `None` once the screen is left: what is under way ends, nothing more is begun.
            while let Some(Some(piece)) = self.batch.try_update(Batch::begin_piece) {
                let outcome = match work(piece).await {
                    Ok(refused) => PieceOutcome::Each(refused),
                    Err(error) if is_for_all(&error) => PieceOutcome::Failed(Reason::Error(error)),
                    Err(error) => PieceOutcome::Refused(Reason::Error(error)),
                };
                let _ = self.batch.try_update(|batch| batch.settle(outcome));
            }
            if self.is_running.try_set(false).is_none()
                && let Some(on_end) = self.on_end.get_value()
            {
                on_end();
            }
        });
    }
}

/// Whether any other piece would end the same way, so that going on is no use.
fn is_for_all(error: &ApiError) -> bool {
    match &error.kind {
        ErrorKind::Offline
        | ErrorKind::Timeout
        | ErrorKind::Aborted
        | ErrorKind::Unauthorized
        | ErrorKind::SignedOut
        | ErrorKind::RateLimited(_)
        | ErrorKind::NotOffered
        | ErrorKind::Decode(_) => true,
        ErrorKind::Forbidden(cause) => *cause != ForbiddenCause::Archived,
        // 500 is what some servers answer to one bad id; 502 to 504 is nobody there.
        ErrorKind::Server => matches!(error.raw.status, 502..=504),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::error::Answer;

    fn answered(status: u16, body: &str) -> ApiError {
        ApiError::from_answer("PATCH", "x", &Answer { status, body: body.to_owned(), ..Answer::default() })
    }

    #[test]
    fn a_refusal_is_cut_and_a_server_that_is_away_is_not_asked_on() {
        for (status, body) in
            [(400, "{}"), (404, "{}"), (409, "{}"), (500, ""), (403, r#"{"code":"archived_document_immutable"}"#)]
        {
            assert!(!is_for_all(&answered(status, body)), "{status}");
        }
        for (status, body) in [
            (401, "{}"),
            (429, "{}"),
            (502, ""),
            (403, r#"{"message":"rate limit"}"#),
            (403, r#"{"message":"Dataset api access is not enabled."}"#),
        ] {
            assert!(is_for_all(&answered(status, body)), "{status}");
        }
        assert!(is_for_all(&ApiError::local(ErrorKind::Offline, "PATCH", "x")));
    }
}
