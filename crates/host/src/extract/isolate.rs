//! Reads a file in a process of its own. Endless recursion and exhausted memory end a process and can't be caught in it; here
//! they end the helper. The helper gets a path and limits, no environment, and answers on its standard output.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::Wanted;
use super::error::ExtractError;
use super::guard;
use super::kind::Kind;
use super::limits::ExtractLimits;

/// The first argument that makes a program the helper.
const ARGUMENT: &str = "--extract-text";
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Room for what parsers print in front of the answer.
const CHATTER_BYTES: u64 = 4 << 20;
/// The helper ends itself a little later than its parent would end it, for the case that the parent is gone.
const GRACE: Duration = Duration::from_secs(5);

/// Runs the helper and waits for its answer, within the limits.
pub(super) fn run(
    program: &Path,
    path: &Path,
    file_name: &str,
    wanted: Wanted,
    limits: &ExtractLimits,
) -> Result<String, ExtractError> {
    // Nothing in a file can know it, so nothing that a parser prints can be taken for an answer.
    let marker = Uuid::new_v4().to_string();
    let mut helper = Helper(
        Command::new(program)
            .arg(ARGUMENT)
            .arg(&marker)
            .arg(path)
            .arg(file_name)
            .args(
                [
                    limits.max_text_bytes as u64,
                    limits.max_unpacked_bytes,
                    limits.time.as_millis() as u64,
                    u64::from(wanted == Wanted::Table),
                ]
                .map(|n| n.to_string()),
            )
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| ExtractError::Unreadable(format!("the reading process could not be started ({error})")))?,
    );
    let answer = helper.listen(limits.max_text_bytes as u64 + CHATTER_BYTES)?;
    let bytes = helper.wait(&answer, limits)?;
    match parse(bytes, &marker) {
        Some(result) => result,
        // A crash: a signal, as after endless recursion, or an allocation that failed.
        None if !helper.0.wait()?.success() => Err(ExtractError::Panicked),
        None => Err(ExtractError::Unreadable("the reading process gave no answer".to_owned())),
    }
}

/// A running helper; it never outlives its owner.
struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        // Both fail only when it has already ended and been waited for.
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

impl Helper {
    fn listen(&mut self, most: u64) -> Result<Receiver<Vec<u8>>, ExtractError> {
        let (sender, receiver) = sync_channel(1);
        let output = self.0.stdout.take().ok_or(ExtractError::Panicked)?;
        thread::Builder::new().name("extract-listen".to_owned()).spawn(move || {
            let mut bytes = Vec::new();
            // A broken pipe leaves a cut answer, which `parse` finds out.
            let _cut = output.take(most).read_to_end(&mut bytes);
            let _unwanted = sender.send(bytes);
        })?;
        Ok(receiver)
    }

    fn wait(&self, answer: &Receiver<Vec<u8>>, limits: &ExtractLimits) -> Result<Vec<u8>, ExtractError> {
        let end = Instant::now() + limits.time;
        loop {
            match answer.recv_timeout(LOOK_EVERY) {
                Ok(bytes) => return Ok(bytes),
                Err(RecvTimeoutError::Disconnected) => return Err(ExtractError::Panicked),
                Err(RecvTimeoutError::Timeout) if Instant::now() >= end => {
                    return Err(ExtractError::TimedOut { seconds: limits.time.as_secs() });
                }
                Err(RecvTimeoutError::Timeout) if resident_bytes(self.0.id()) > limits.max_memory_bytes => {
                    return Err(ExtractError::TooMuchMemory);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// What a process has in memory; 0 where the system has no such file.
fn resident_bytes(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// `marker`, `ok`, the text and `marker` again; or `marker` and the error's line. `None` for anything else.
fn parse(mut bytes: Vec<u8>, marker: &str) -> Option<Result<String, ExtractError>> {
    let mark = marker.as_bytes();
    let start = bytes.windows(mark.len()).position(|window| window == mark)?;
    let rest = bytes[start + mark.len()..].strip_prefix(b"\n")?;
    if !rest.starts_with(b"ok\n") {
        let line = String::from_utf8_lossy(rest);
        return ExtractError::from_line(line.lines().next()?).map(Err);
    }
    let text = bytes.len() - rest.len() + 3;
    let end = bytes.len().checked_sub(mark.len()).filter(|end| *end >= text && &bytes[*end..] == mark)?;
    bytes.truncate(end);
    bytes.drain(..text);
    String::from_utf8(bytes).ok().map(Ok)
}

/// Makes this program the helper when it was started as one: then the result is its exit code, and `main` ends with it.
/// `None` on every other start.
pub fn helper_main() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != OsStr::new(ARGUMENT) {
        return None;
    }
    // Panics are expected and answered; nobody reads their messages here.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<_> = arguments.collect();
    let [marker, path, file_name, numbers @ ..] = arguments.as_slice() else { return Some(ExitCode::FAILURE) };
    let numbers: Vec<u64> = numbers.iter().filter_map(|number| number.to_str()?.parse().ok()).collect();
    let [max_text, max_unpacked, time, is_table] = numbers[..] else { return Some(ExitCode::FAILURE) };
    let limits = ExtractLimits {
        max_text_bytes: usize::try_from(max_text).unwrap_or(usize::MAX),
        max_unpacked_bytes: max_unpacked,
        time: Duration::from_millis(time) + GRACE,
        ..ExtractLimits::default()
    };
    let wanted = if is_table == 1 { Wanted::Table } else { Wanted::Text };
    let result = Kind::of_name(&file_name.to_string_lossy()).and_then(|kind| {
        let (path, within) = (PathBuf::from(path), limits.clone());
        guard::run(limits.time, move || super::read(&path, kind, wanted, &within))
    });
    match answer(&marker.to_string_lossy(), &result) {
        Ok(()) => Some(ExitCode::SUCCESS),
        Err(_) => Some(ExitCode::FAILURE),
    }
}

fn answer(marker: &str, result: &Result<String, ExtractError>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match result {
        Ok(text) => {
            write!(out, "\n{marker}\nok\n")?;
            out.write_all(text.as_bytes())?;
            out.write_all(marker.as_bytes())?;
        }
        Err(error) => write!(out, "\n{marker}\n{}\n", error.to_line())?,
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::{ExtractError, parse};

    #[test]
    fn only_a_whole_answer_counts() {
        let parsed = |text: &str| parse(text.as_bytes().to_vec(), "MARK");
        assert_eq!(parsed("chatter\nMARK\nok\ntext\nMARK"), Some(Ok("text\n".to_owned())));
        assert_eq!(parsed("MARK\nok\nMARK"), Some(Ok(String::new())));
        assert_eq!(parsed("MARK\nno text\n"), Some(Err(ExtractError::NoText)));
        for cut in ["", "MAR", "MARK", "MARK\n", "MARK\nok\n", "MARK\nok\ntext", "ok\ntext"] {
            assert_eq!(parsed(cut), None, "{cut}");
        }
    }
}
