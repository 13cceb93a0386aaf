//! The state of a document in words: a tone, a word, a bar where it is on its way, and a sentence where it wants one.

use loredesk_wire::{DisplayStatus, Document, IndexingStatus};

use crate::{
    dom::visible::visible,
    i18n::Locale,
    model::{
        progress::Progress,
        stuck::{Cause, Delay},
    },
    ui::Tone,
};

/// The value by which the filter of statuses knows what is stuck.
pub const STUCK: &str = "stuck";

/// The state of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Colour and icon.
    pub tone: Tone,
    /// The word.
    pub word: String,
    /// Whether it is on its way, and how far; the inner `None` is a bar that moves.
    pub bar: Option<Option<f64>>,
}

/// The state of a document, with its progress where the upload queue follows it.
#[must_use]
pub fn state(locale: Locale, document: &Document, delay: Option<&Delay>, progress: Option<&Progress>) -> State {
    if matches!(delay, Some(Delay::Stuck { .. })) {
        return State { tone: Tone::Warning, word: locale.document_actions().delays.stuck.to_owned(), bar: None };
    }
    let words = &locale.messages.documents;
    let (tone, word) = match &document.display_status {
        DisplayStatus::Queuing => (Tone::Waiting, words.queuing),
        DisplayStatus::Indexing => (Tone::Busy, stage(locale, &document.indexing_status)),
        status => (tone(status), word(locale, status)),
    };
    let is_indexing = document.display_status == DisplayStatus::Indexing;
    let word = match progress.filter(|progress| is_indexing && progress.total > 0) {
        Some(progress) => (words.indexing_of)(&locale.number(progress.completed), &locale.number(progress.total)),
        None => word.to_owned(),
    };
    State { tone, word, bar: is_indexing.then(|| progress.and_then(Progress::fraction)) }
}

fn tone(status: &DisplayStatus) -> Tone {
    match status {
        DisplayStatus::Queuing => Tone::Waiting,
        DisplayStatus::Indexing => Tone::Busy,
        DisplayStatus::Paused => Tone::Warning,
        DisplayStatus::Error => Tone::Bad,
        DisplayStatus::Available => Tone::Good,
        _ => Tone::Off,
    }
}

/// The word of a status, for the list and the filters; an unknown one is shown as the server calls it.
#[must_use]
pub fn word(locale: Locale, status: &DisplayStatus) -> &str {
    let words = &locale.messages.documents;
    match status {
        DisplayStatus::Queuing => words.queuing,
        DisplayStatus::Indexing => words.indexing,
        DisplayStatus::Paused => words.paused,
        DisplayStatus::Error => words.failed,
        DisplayStatus::Available => words.available,
        DisplayStatus::Disabled => words.disabled,
        DisplayStatus::Archived => words.archived,
        DisplayStatus::Other(other) => other,
    }
}

fn stage(locale: Locale, status: &IndexingStatus) -> &'static str {
    let words = &locale.messages.documents;
    match status {
        IndexingStatus::Parsing => words.parsing,
        IndexingStatus::Cleaning => words.cleaning,
        IndexingStatus::Splitting => words.splitting,
        _ => words.indexing,
    }
}

/// The sentence below a document's name: why it failed, or why it does not move.
#[must_use]
pub fn sentence(locale: Locale, document: &Document, delay: Option<&Delay>) -> Option<String> {
    match (&document.display_status, delay) {
        (DisplayStatus::Error, _) => {
            let said = document.error.as_deref().and_then(|error| error.lines().map(str::trim).find(|line| !line.is_empty()));
            Some(visible(said.unwrap_or(locale.messages.documents.failed_without_reason)))
        }
        (_, Some(delay)) => Some(delay_words(locale, delay, &locale.ago(delay.since()))),
        _ => None,
    }
}

/// Why a document does not move; `ago` is since when, in words.
fn delay_words(locale: Locale, delay: &Delay, ago: &str) -> String {
    let words = &locale.document_actions().delays;
    match delay {
        Delay::Behind { name, .. } => (words.behind)(ago, &visible(name)),
        Delay::Stuck { cause: Cause::WorkerDown, .. } => (words.worker_down)(ago),
        Delay::Stuck { cause: Cause::BlockedBy(name), .. } => (words.blocked_by)(ago, &visible(name)),
        Delay::Stuck { cause: Cause::UpdateHang, .. } => (words.update_hang)(ago),
        Delay::Stuck { cause: Cause::Stalled, .. } => (words.stalled)(ago),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::preferences::Language;

    #[test]
    fn a_failure_is_told_in_its_first_line() {
        let locale = Locale::of(Language::English);
        let failed = |error: Option<&str>| Document {
            display_status: DisplayStatus::Error,
            error: error.map(str::to_owned),
            ..Document::default()
        };
        assert_eq!(sentence(locale, &failed(Some("\n No text. \nTraceback")), None).as_deref(), Some("No text."));
        assert!(sentence(locale, &failed(None), None).is_some());
        assert_eq!(sentence(locale, &Document::default(), None), None);
    }

    #[test]
    fn what_is_stuck_says_so_with_its_cause_in_every_language() {
        let document = Document { display_status: DisplayStatus::Indexing, ..Document::default() };
        for language in [Language::English, Language::Chinese] {
            let locale = Locale::of(language);
            let causes = [Cause::WorkerDown, Cause::BlockedBy("big.pdf".to_owned()), Cause::UpdateHang, Cause::Stalled];
            for cause in causes {
                let delay = Delay::Stuck { since: 0, cause };
                assert!(delay_words(locale, &delay, "26 minutes ago").contains("26 minutes ago"));
                let state = state(locale, &document, Some(&delay), None);
                assert_eq!((state.tone, state.bar), (Tone::Warning, None));
            }
            let behind = Delay::Behind { since: 0, name: "big.pdf".to_owned() };
            assert!(delay_words(locale, &behind, "now").contains("big.pdf"));
            assert_eq!(state(locale, &document, Some(&behind), None).tone, Tone::Busy);
        }
    }

    #[test]
    fn an_unknown_status_keeps_the_server_s_word() {
        let document = Document { display_status: DisplayStatus::Other("sleeping".to_owned()), ..Document::default() };
        let state = state(Locale::of(Language::Chinese), &document, None, None);
        assert_eq!((state.word.as_str(), state.tone, state.bar), ("sleeping", Tone::Off, None));
    }

    #[test]
    fn a_moving_document_has_a_bar() {
        let document = Document {
            display_status: DisplayStatus::Indexing,
            indexing_status: IndexingStatus::Splitting,
            ..Document::default()
        };
        let state = state(Locale::of(Language::English), &document, None, None);
        assert_eq!((state.word.as_str(), state.bar), ("Splitting", Some(None)));
    }
}
