//! When a request is sent again by itself, and after how long. No clock and no network of its own: both are given.

use std::future::Future;

use super::error::{ApiError, ErrorKind};

/// How often a request is sent again at most.
const TIMES: u32 = 2;
/// Longest wait that a server may ask for, in seconds; what asks for more is a person's business.
const PATIENCE: u32 = 30;

/// Whether sending a request twice does harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It only reads: again after a lost answer too.
    Read,
    /// It writes, and twice is as good as once: again where an answer says that it was not done.
    Idempotent,
}

/// How long to wait before sending again, in milliseconds; `None` when that is for a person to decide. A 403 never is, although
/// some servers mean "too often" by it. `jitter` is a chance below its argument.
pub fn wait(repeat: Repeat, error: &ApiError, attempt: u32, jitter: impl Fn(u32) -> u32) -> Option<u32> {
    let may_help = match (&error.kind, repeat) {
        (ErrorKind::RateLimited(Some(seconds)), _) => *seconds <= PATIENCE,
        (ErrorKind::RateLimited(None), _) => true,
        (ErrorKind::Server, _) => matches!(error.raw.status, 502..=504),
        (ErrorKind::Offline | ErrorKind::Timeout, Repeat::Read) => true,
        _ => false,
    };
    if !may_help || attempt >= TIMES {
        return None;
    }
    let wait = match error.kind {
        ErrorKind::RateLimited(Some(seconds)) => seconds * 1000,
        ErrorKind::RateLimited(None) => 1000 << attempt,
        _ => 400 << attempt,
    };
    Some(wait + jitter(250))
}

/// Sends until it succeeds or sending again would not help.
pub async fn run<T, Sent, Paused>(
    repeat: Repeat,
    send: impl Fn() -> Sent,
    pause: impl Fn(u32) -> Paused,
    jitter: impl Fn(u32) -> u32,
) -> Result<T, ApiError>
where
    Sent: Future<Output = Result<T, ApiError>>,
    Paused: Future<Output = ()>,
{
    let mut attempt = 0;
    loop {
        let error = match send().await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let Some(wait) = wait(repeat, &error, attempt, &jitter) else { return Err(error) };
        pause(wait).await;
        attempt += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::api::error::Answer;

    fn refused(status: u16, retry_after: Option<u32>) -> ApiError {
        ApiError::from_answer("POST", "x", &Answer { status, retry_after, body: "{}".to_owned(), ..Answer::default() })
    }

    /// Runs against a list of failures, after which it succeeds; gives the outcome and the waits.
    async fn script(repeat: Repeat, failures: Vec<ApiError>) -> (Result<(), ApiError>, Vec<u32>) {
        let (rest, waits) = (RefCell::new(failures.into_iter()), RefCell::new(Vec::new()));
        let send = || std::future::ready(rest.borrow_mut().next().map_or(Ok(()), Err));
        let pause = |wait| {
            waits.borrow_mut().push(wait);
            std::future::ready(())
        };
        let outcome = run(repeat, send, pause, |_| 7).await;
        (outcome, waits.into_inner())
    }

    #[tokio::test]
    async fn a_write_that_was_not_done_is_sent_again_twice() {
        for status in [429, 502, 503, 504] {
            let (outcome, waits) = script(Repeat::Idempotent, vec![refused(status, None), refused(status, None)]).await;
            assert!(outcome.is_ok() && waits.len() == 2 && waits[1] > waits[0], "{status}: {waits:?}");
            let (outcome, _) = script(Repeat::Idempotent, vec![refused(status, None); 3]).await;
            assert!(outcome.is_err());
        }
    }

    #[tokio::test]
    async fn a_403_and_every_other_refusal_is_final() {
        for status in [400, 401, 403, 404, 409, 413, 500] {
            for repeat in [Repeat::Read, Repeat::Idempotent] {
                let (outcome, waits) = script(repeat, vec![refused(status, None)]).await;
                assert!(outcome.is_err() && waits.is_empty(), "{status}");
            }
        }
    }

    #[tokio::test]
    async fn a_lost_answer_is_asked_for_again_only_when_reading() {
        let lost = || ApiError::local(ErrorKind::Offline, "GET", "x");
        assert!(script(Repeat::Read, vec![lost(), lost()]).await.0.is_ok());
        assert!(script(Repeat::Idempotent, vec![lost()]).await.0.is_err());
    }

    #[tokio::test]
    async fn the_server_says_how_long_to_wait_within_reason() {
        assert_eq!(script(Repeat::Read, vec![refused(429, Some(3))]).await.1, [3007]);
        let (outcome, waits) = script(Repeat::Read, vec![refused(429, Some(3600))]).await;
        assert!(outcome.is_err() && waits.is_empty());
    }
}
