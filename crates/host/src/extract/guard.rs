//! Runs a reader where it can do no harm inside this process: on a thread with a large stack, for a limited time, with panics
//! caught. What it can't hold, a process of its own does (`isolate`).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::error::ExtractError;

/// Only address space until it is used. Parsers recurse by the nesting of a file.
const STACK_BYTES: usize = 128 << 20;

/// Runs the reader. When the time is over, its thread is left behind and the caller goes on.
pub(super) fn run<F>(time: Duration, reader: F) -> Result<String, ExtractError>
where
    F: FnOnce() -> Result<String, ExtractError> + Send + 'static,
{
    let (sender, receiver) = sync_channel(1);
    let work = move || {
        let result = catch_unwind(AssertUnwindSafe(reader)).unwrap_or(Err(ExtractError::Panicked));
        // The receiver is gone when the time was over; then nobody wants the result.
        let _unwanted = sender.send(result);
    };
    thread::Builder::new()
        .name("extract".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(work)
        .map_err(|error| ExtractError::Unreadable(format!("no thread to read it on ({error})")))?;
    match receiver.recv_timeout(time) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(ExtractError::TimedOut { seconds: time.as_secs() }),
        Err(RecvTimeoutError::Disconnected) => Err(ExtractError::Panicked),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "the panic is what is tested")]
    use std::time::Duration;

    use super::{ExtractError, run};

    #[test]
    fn panics_and_long_runs_come_back_as_errors() {
        let second = Duration::from_secs(1);
        assert_eq!(run(second, || Ok("text".to_owned())), Ok("text".to_owned()));
        assert_eq!(run(second, || panic!("odd file")), Err(ExtractError::Panicked));
        let asleep = run(Duration::from_millis(20), || {
            std::thread::sleep(Duration::from_secs(2));
            Ok(String::new())
        });
        assert_eq!(asleep, Err(ExtractError::TimedOut { seconds: 0 }));
    }
}
