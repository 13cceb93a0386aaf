//! What the log of requests is told: each request that ends, with its status and time.

use std::{cell::RefCell, rc::Rc};

use super::{error::ApiError, exchange::Exchange};
use crate::dom::clock;

/// What the headers of an answer name.
#[derive(Default)]
pub(super) struct Named {
    /// The id in the host's log.
    pub request_id: String,
    /// The server's version.
    pub version: String,
}

/// A request under way, as the log will have it.
pub(super) struct Watch {
    start: f64,
    connection: String,
    method: &'static str,
    path: String,
}

type Observer = Rc<dyn Fn(Exchange)>;

thread_local! {
    // A browser page has one thread, and one log.
    static OBSERVER: RefCell<Option<Observer>> = const { RefCell::new(None) };
}

/// Has every request that ends told to `observer`, in place of whoever heard it before.
pub fn observe(observer: impl Fn(Exchange) + 'static) {
    OBSERVER.set(Some(Rc::new(observer)));
}

impl Watch {
    /// Begins to watch a request of that path as it may be told.
    pub(super) fn begin(connection: String, method: &'static str, path: String) -> Self {
        Self { start: clock::now(), connection, method, path }
    }

    /// Tells how it ended: the status, 0 where no answer came, and the code of a refusal.
    pub(super) fn tell(self, status: u16, code: &str, named: Named) {
        let Some(observer) = OBSERVER.with_borrow(Clone::clone) else { return };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time since the page was opened")]
        let (milliseconds, at) = ((clock::now() - self.start).max(0.0) as u64, (self.start / 1000.0) as i64);
        observer(Exchange {
            number: 0,
            connection: self.connection,
            method: self.method,
            path: self.path,
            status,
            code: code.to_owned(),
            milliseconds,
            at,
            request_id: named.request_id,
            version: Some(named.version).filter(|version| !version.is_empty()),
        });
    }

    /// The same from an outcome, where no headers are known.
    pub(super) fn tell_outcome<T>(self, outcome: &Result<T, ApiError>) {
        match outcome {
            Ok(_) => self.tell(200, "", Named::default()),
            Err(error) => self.tell(error.raw.status, &error.code, Named::default()),
        }
    }
}
