//! What is kept of every request for the log of the session: how it went, and nothing of what was in it.

use std::collections::VecDeque;

/// Requests that are kept.
pub const KEPT: usize = 200;

/// Query parameters whose values hold no contents.
const PLAIN: [&str; 3] = ["page", "limit", "metadata"];

/// A request that ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exchange {
    /// Counts all of the session.
    pub number: u64,
    /// Connection id.
    pub connection: String,
    /// `GET`, `POST` …
    pub method: &'static str,
    /// Path below the connection's base; values that a person typed are left out.
    pub path: String,
    /// HTTP status, 0 where no answer came.
    pub status: u16,
    /// The documented code of a refusal, such as `invalid_param`.
    pub code: String,
    /// How long it took.
    pub milliseconds: u64,
    /// When it began, in epoch seconds.
    pub at: i64,
    /// The id under which the host's log has it.
    pub request_id: String,
    /// The server's version, where it says one.
    pub version: Option<String>,
}

impl Exchange {
    /// Whether it did not do what it should.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        !(200..400).contains(&self.status)
    }
}

/// A path as it may be told: the names of its query parameters stay, values only where they are no contents.
#[must_use]
pub fn told(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let parts = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if PLAIN.contains(&name) && value.chars().all(|c| c.is_ascii_alphanumeric()) => pair.to_owned(),
        Some((name, _)) => format!("{name}=…"),
        None => "…".to_owned(),
    });
    format!("{path}?{}", parts.collect::<Vec<_>>().join("&"))
}

/// The latest requests, newest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestLog {
    entries: VecDeque<Exchange>,
    count: u64,
}

impl RequestLog {
    /// Takes one in; the oldest makes room.
    pub fn push(&mut self, mut exchange: Exchange) {
        self.count += 1;
        exchange.number = self.count;
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(exchange);
    }

    /// Those of a connection, newest first.
    pub fn of<'a>(&'a self, connection: &'a str) -> impl Iterator<Item = &'a Exchange> {
        self.entries.iter().rev().filter(move |exchange| exchange.connection == connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_is_told() {
        assert_eq!(told("datasets?page=2&limit=100"), "datasets?page=2&limit=100");
        assert_eq!(told("datasets?page=1&limit=20&keyword=secret%20pump"), "datasets?page=1&limit=20&keyword=…");
        assert_eq!(told("x?secret"), "x?…");
        assert_eq!(told("x?page=a%20b"), "x?page=…");
        assert_eq!(told("datasets/1"), "datasets/1");
    }

    #[test]
    fn the_oldest_makes_room_and_numbers_go_on() {
        let mut log = RequestLog::default();
        for at in 0..205 {
            let connection = if at % 2 == 0 { "a" } else { "b" };
            log.push(Exchange { at, connection: connection.to_owned(), ..Exchange::default() });
        }
        let kept: Vec<(u64, i64)> = log.of("a").map(|exchange| (exchange.number, exchange.at)).collect();
        assert_eq!(kept.len(), 100);
        assert_eq!((kept.first(), kept.last()), (Some(&(205, 204)), Some(&(7, 6))));
    }

    #[test]
    fn no_answer_is_a_failure() {
        for (status, is_failed) in [(0, true), (200, false), (204, false), (304, false), (404, true), (502, true)] {
            assert_eq!(Exchange { status, ..Exchange::default() }.is_failed(), is_failed, "{status}");
        }
    }
}
