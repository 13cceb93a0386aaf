//! What the tray says of a file.

use loredesk_wire::IndexingStatus;

use crate::{
    components::{file_problem_words, words::error_words},
    i18n::Locale,
    state::uploads::queue::{Item, Problem, Purpose, Stage},
};

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It is on its way.
    Plain,
    /// It is there.
    Good,
    /// It is not there.
    Bad,
    /// Somebody decided so.
    Off,
}

/// What is said of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How it looks.
    pub look: Look,
    /// The words.
    pub text: String,
    /// More, on hover: what the server said.
    pub detail: String,
    /// Part done in steps of half a percent, where it is on its way; the inner `None` is a bar that moves.
    pub bar: Option<Option<f64>>,
}

/// A remaining time in its largest unit.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of seconds")]
pub fn time_left(locale: Locale, seconds: f64) -> String {
    let words = &locale.messages.uploads.tray;
    let number = |value: f64| locale.number(value.ceil() as u64);
    match seconds {
        seconds if seconds < 60.0 => (words.seconds_left)(&number(seconds)),
        seconds if seconds < 5400.0 => (words.minutes_left)(&number(seconds / 60.0)),
        seconds => (words.hours_left)(&number(seconds / 3600.0)),
    }
}

/// Says where a file is.
#[must_use]
pub fn line(locale: Locale, item: &Item) -> Line {
    let words = &locale.messages.uploads.tray;
    let plain = |text: String, bar| Line { look: Look::Plain, text, detail: String::new(), bar };
    let step = |fraction: f64| (fraction * 200.0).floor() / 200.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes")]
    let bytes = |bytes: f64| locale.bytes(bytes as u64);
    match item.stage {
        Stage::Waiting => plain(words.waiting.to_owned(), None),
        Stage::Sending if item.sent >= item.size => plain(words.answering.to_owned(), Some(None)),
        Stage::Sending => plain((words.sending)(&bytes(item.sent), &bytes(item.size)), Some(Some(step(item.sent / item.size)))),
        // One that waits for its turn has nothing to measure yet.
        Stage::Indexing if item.progress.status == IndexingStatus::Waiting => plain(stage(locale, item), None),
        Stage::Indexing => plain(stage(locale, item), Some(item.progress.fraction().map(step))),
        Stage::Done if item.purpose != Purpose::Document => Line { look: Look::Good, ..plain(words.uploaded.to_owned(), None) },
        Stage::Done => {
            let done = (words.done_with)(item.progress.total, &locale.number(item.progress.total));
            if item.has_replaced {
                Line { look: Look::Bad, ..plain(format!("{done}. {}", words.replaced), None) }
            } else {
                Line { look: Look::Good, ..plain(done, None) }
            }
        }
        Stage::Cancelled => {
            let text = if item.document.is_some() { words.left_alone } else { words.cancelled };
            Line { look: Look::Off, ..plain(text.to_owned(), None) }
        }
        Stage::Failed | Stage::Skipped => {
            let (text, detail) = item.problem.as_ref().map_or_else(Default::default, |problem| problem_words(locale, problem));
            Line { look: if item.stage == Stage::Skipped { Look::Off } else { Look::Bad }, text, detail, bar: None }
        }
    }
}

fn stage(locale: Locale, item: &Item) -> String {
    let (words, stages) = (&locale.messages.uploads.tray, &locale.messages.documents);
    match &item.progress.status {
        IndexingStatus::Parsing => stages.parsing.to_owned(),
        IndexingStatus::Cleaning => stages.cleaning.to_owned(),
        IndexingStatus::Splitting => stages.splitting.to_owned(),
        IndexingStatus::Indexing if item.progress.total > 0 => {
            (stages.indexing_of)(&locale.number(item.progress.completed), &locale.number(item.progress.total))
        }
        IndexingStatus::Indexing => stages.indexing.to_owned(),
        _ => words.queuing.to_owned(),
    }
}

fn problem_words(locale: Locale, problem: &Problem) -> (String, String) {
    let words = &locale.messages.uploads.tray;
    match problem {
        Problem::File(problem) => (file_problem_words(locale, problem), String::new()),
        Problem::SameName => (words.same_name.to_owned(), String::new()),
        Problem::Reloaded => (words.reloaded.to_owned(), String::new()),
        Problem::Gone => (words.gone.to_owned(), String::new()),
        Problem::Stalled => (words.stalled.to_owned(), String::new()),
        Problem::Request(error) => {
            let said = error_words(locale.messages, error);
            (format!("{} {}", said.cause, said.remedy), said.said.unwrap_or_default())
        }
        Problem::Indexing(said) => match said.lines().map(str::trim).find(|line| !line.is_empty()) {
            Some(first) => ((words.not_indexed)(first), said.clone()),
            None => (words.not_indexed_at_all.to_owned(), String::new()),
        },
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::{
        api::{ApiError, ErrorKind},
        model::id::KnowledgeBaseId,
        state::{preferences::Language, uploads::queue::Queue},
    };

    fn item() -> Item {
        let knowledge_base = KnowledgeBaseId::parse("9b41e05d-636d-4164-aae5-4cba46ec80c5").unwrap();
        let mut queue = Queue::default();
        queue.push("local", &knowledge_base, "a", 0.0);
        queue.items.remove(0)
    }

    #[test]
    fn every_problem_has_words_in_every_language() {
        for language in [Language::English, Language::Chinese] {
            for problem in [
                Problem::SameName,
                Problem::Reloaded,
                Problem::Gone,
                Problem::Stalled,
                Problem::Request(ApiError::local(ErrorKind::Offline, "POST", "x")),
                Problem::Indexing("\nNo text.\nmore".to_owned()),
                Problem::Indexing(String::new()),
            ] {
                let mut item = item();
                (item.stage, item.problem) = (Stage::Failed, Some(problem));
                let line = line(Locale::of(language), &item);
                assert!(!line.text.is_empty() && line.look == Look::Bad && line.bar.is_none(), "{}", line.text);
            }
        }
    }

    #[test]
    fn a_file_for_a_pipeline_says_what_is_still_to_do() {
        let mut item = item();
        (item.stage, item.purpose) = (Stage::Done, Purpose::Pipeline(None));
        assert!(line(Locale::of(Language::English), &item).text.contains("run the pipeline"));
    }

    #[test]
    fn what_the_server_has_is_said_to_stay_there() {
        let locale = Locale::of(Language::English);
        let mut item = item();
        item.stage = Stage::Cancelled;
        assert_eq!(line(locale, &item).text, "Cancelled");
        item.document = Some("x".to_owned());
        assert!(line(locale, &item).text.contains("stays"));
    }
}
