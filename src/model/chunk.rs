//! Rules about chunks: what a form of one holds, what is wrong with it, when two people's edits collide, what is written.

use loredesk_wire::{Segment, SegmentChange, SegmentStatus};
use serde::{Deserialize, Serialize};

use super::shared_draft::{SharedDraft, SharedForm, merge_part};

/// Most keywords of a chunk (from the contract's documentation).
pub const KEYWORDS_MAX: usize = 10;
/// Longest keyword in characters (as the server's own console has it).
pub const KEYWORD_MAX: usize = 20;
/// Chunks of one document that the desk reads at once for filters and for the whole text.
pub const READ_MAX: u64 = 1_000;

/// What a person can change of a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChunkForm {
    /// The text.
    pub content: String,
    /// The answer, in question-and-answer mode.
    pub answer: String,
    /// The keywords.
    pub keywords: Vec<String>,
    /// Whether retrieval may find it.
    pub enabled: bool,
    /// The summary; `None` where the server keeps none, and then it is left alone.
    pub summary: Option<String>,
}

impl ChunkForm {
    /// What the server has. The content, never the signed one: that holds addresses which expire.
    #[must_use]
    pub fn of(chunk: &Segment) -> Self {
        Self {
            content: chunk.content.clone(),
            answer: chunk.answer.clone().unwrap_or_default(),
            keywords: chunk.keywords.clone().unwrap_or_default(),
            enabled: chunk.enabled,
            summary: chunk.summary.clone(),
        }
    }

    /// Whether text, answer, keywords or summary differ; the order of keywords means nothing.
    #[must_use]
    pub fn has_other_text(&self, other: &Self) -> bool {
        self.content != other.content
            || self.answer != other.answer
            || !same_keywords(&self.keywords, &other.keywords)
            || self.has_other_summary(other)
    }

    /// Whether the summaries differ, where both are known.
    #[must_use]
    pub fn has_other_summary(&self, other: &Self) -> bool {
        matches!((&self.summary, &other.summary), (Some(own), Some(other)) if own.trim() != other.trim())
    }

    /// Whether anything differs.
    #[must_use]
    pub fn differs(&self, other: &Self) -> bool {
        self.enabled != other.enabled || self.has_other_text(other)
    }
}

impl SharedForm for ChunkForm {
    fn merge(&mut self, known: &Self, theirs: &Self) -> bool {
        let yielded = [
            merge_part(&mut self.content, &known.content, &theirs.content),
            merge_part(&mut self.answer, &known.answer, &theirs.answer),
            merge_part(&mut self.keywords, &known.keywords, &theirs.keywords),
            merge_part(&mut self.enabled, &known.enabled, &theirs.enabled),
            merge_part(&mut self.summary, &known.summary, &theirs.summary),
        ];
        yielded.contains(&true)
    }
}

/// Whether two lists hold the same keywords.
#[must_use]
pub fn same_keywords(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().all(|keyword| b.contains(keyword))
}

/// Which chunks of a document are shown; servers cannot filter by any of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChunkFilter {
    /// Every chunk.
    #[default]
    All,
    /// Those that retrieval may find.
    Enabled,
    /// Those that it may not.
    Disabled,
    /// Those that it has never found.
    NeverRetrieved,
    /// Those that are not indexed: failed, or not yet.
    NotIndexed,
}

impl ChunkFilter {
    /// Every filter, in the order in which they are offered.
    pub const EVERY: [Self; 5] = [Self::All, Self::Enabled, Self::Disabled, Self::NeverRetrieved, Self::NotIndexed];

    /// The name in the address; empty for all.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::NeverRetrieved => "never-retrieved",
            Self::NotIndexed => "not-indexed",
        }
    }

    /// The filter of a name; unknown names are all.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        Self::EVERY.into_iter().find(|filter| filter.name() == name).unwrap_or_default()
    }

    /// Whether a chunk is shown.
    #[must_use]
    pub fn matches(self, chunk: &Segment) -> bool {
        match self {
            Self::All => true,
            Self::Enabled => chunk.enabled,
            Self::Disabled => !chunk.enabled,
            Self::NeverRetrieved => chunk.hit_count == 0,
            Self::NotIndexed => chunk.status != SegmentStatus::Completed,
        }
    }
}

/// Characters from which on a chunk is folded in the list.
const FOLD_FROM: usize = 2_400;
/// Characters that a folded chunk shows.
const FOLD_TO: usize = 1_600;

/// Where a long chunk is folded, in bytes; a little earlier where a word ends there. `None` for one that is shown whole.
#[must_use]
pub fn fold_at(text: &str) -> Option<usize> {
    text.char_indices().nth(FOLD_FROM)?;
    let (at, _) = text.char_indices().nth(FOLD_TO)?;
    let word_end = text[..at].rfind(char::is_whitespace).filter(|end| at - end < 100);
    Some(word_end.unwrap_or(at))
}

/// A text that was typed and not saved.
pub type ChunkDraft = SharedDraft<ChunkForm>;

/// What is wrong with a chunk before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkProblem {
    /// No text: a server would keep the old one without a word.
    NoContent,
    /// No answer, in question-and-answer mode.
    NoAnswer,
}

/// Checks a chunk before it is sent.
///
/// # Errors
/// The first problem found.
pub fn check(form: &ChunkForm, has_answers: bool) -> Result<(), ChunkProblem> {
    if form.content.trim().is_empty() {
        Err(ChunkProblem::NoContent)
    } else if has_answers && form.answer.trim().is_empty() {
        Err(ChunkProblem::NoAnswer)
    } else {
        Ok(())
    }
}

/// Whether writing `wanted` over `now` would undo somebody's change: the server no longer has what the edit began with, and
/// does not have what is wanted either. Times are not compared: a write that changed nothing we send is no loss.
#[must_use]
pub fn is_conflict(base: &ChunkForm, wanted: &ChunkForm, now: &ChunkForm) -> bool {
    now.differs(base) && now.differs(wanted)
}

/// What becomes of the child chunks when their parent's text changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Children {
    /// They stay as they are, and may say what the parent no longer says.
    #[default]
    Keep,
    /// They are made anew from the new text; what was written by hand is lost.
    Anew,
}

/// The writes that bring a chunk from `now` to `wanted`, in order. Each holds the whole chunk, because servers erase what is
/// left out; a disabled chunk takes text only together with `enabled: true`, and `enabled: false` makes them ignore the rest.
#[must_use]
pub fn plan(now: &Segment, wanted: &ChunkForm, children: Children) -> Vec<SegmentChange> {
    let before = ChunkForm::of(now);
    let mut changes = Vec::new();
    if wanted.has_other_text(&before) {
        // Only a new text is a reason: keywords or a summary say nothing about child chunks.
        let anew = (children == Children::Anew && wanted.content != before.content).then_some(true);
        changes.push(SegmentChange { enabled: Some(true), regenerate_child_chunks: anew, ..whole(now, wanted) });
    }
    let is_enabled = if changes.is_empty() { before.enabled } else { true };
    if wanted.enabled != is_enabled {
        changes.push(SegmentChange { enabled: Some(wanted.enabled), ..whole(now, wanted) });
    }
    changes
}

/// The write that makes the child chunks of an enabled chunk anew and changes nothing else.
#[must_use]
pub fn children_anew(now: &Segment) -> SegmentChange {
    SegmentChange { enabled: Some(true), regenerate_child_chunks: Some(true), ..whole(now, &ChunkForm::of(now)) }
}

fn whole(now: &Segment, wanted: &ChunkForm) -> SegmentChange {
    let has_answer = !wanted.answer.is_empty() || now.answer.is_some();
    SegmentChange {
        content: Some(wanted.content.clone()),
        answer: has_answer.then(|| wanted.answer.clone()),
        keywords: Some(wanted.keywords.clone()),
        enabled: None,
        regenerate_child_chunks: None,
        attachment_ids: Some(now.attachments.iter().map(|attachment| attachment.id.clone()).collect()),
        summary: wanted.summary.clone().or_else(|| now.summary.clone()),
    }
}

/// The type of a child chunk that somebody wrote or changed.
pub const CUSTOMIZED: &str = "customized";

/// What a server made of a write that it called a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has what was sent.
    Good,
    /// It could not index the chunk and has switched it off.
    NotIndexed,
    /// It has another text than was sent.
    OtherText,
    /// It kept keywords although all were taken out.
    KeptKeywords,
    /// It kept child chunks that were to be made anew.
    KeptChildren,
}

/// Compares what was sent with what the server has now.
#[must_use]
pub fn verdict(sent: &ChunkForm, now: &Segment) -> Verdict {
    let has = ChunkForm::of(now);
    let is_failed = now.status == SegmentStatus::Error || now.error.as_ref().is_some_and(|error| !error.is_empty());
    if is_failed && (sent.enabled || now.status == SegmentStatus::Error) {
        Verdict::NotIndexed
    } else if has.content.trim() != sent.content.trim()
        || has.answer.trim() != sent.answer.trim()
        || has.enabled != sent.enabled
        || sent.has_other_summary(&has)
    {
        Verdict::OtherText
    } else if sent.keywords.is_empty() && !has.keywords.is_empty() {
        Verdict::KeptKeywords
    } else {
        Verdict::Good
    }
}

#[cfg(test)]
mod tests {
    use loredesk_wire::Attachment;

    use super::*;

    fn form(content: &str, enabled: bool) -> ChunkForm {
        ChunkForm { content: content.to_owned(), enabled, ..ChunkForm::default() }
    }

    fn segment(content: &str, enabled: bool) -> Segment {
        Segment { content: content.to_owned(), enabled, ..Segment::default() }
    }

    #[test]
    fn a_write_holds_the_whole_chunk() {
        let now = Segment {
            sign_content: Some("signed".to_owned()),
            keywords: Some(vec!["seal".to_owned()]),
            attachments: vec![Attachment { id: "image".to_owned(), ..Attachment::default() }],
            summary: Some("short".to_owned()),
            ..segment("old", true)
        };
        let wanted = ChunkForm { content: "new".to_owned(), ..ChunkForm::of(&now) };
        let expected = SegmentChange {
            content: Some("new".to_owned()),
            keywords: Some(vec!["seal".to_owned()]),
            enabled: Some(true),
            attachment_ids: Some(vec!["image".to_owned()]),
            summary: Some("short".to_owned()),
            ..SegmentChange::default()
        };
        assert_eq!(plan(&now, &wanted, Children::Keep), [expected]);
    }

    #[test]
    fn switching_and_editing_go_in_an_order_that_servers_take() {
        let flags = |now: &Segment, wanted: &ChunkForm| {
            plan(now, wanted, Children::Anew).iter().map(|change| change.enabled).collect::<Vec<_>>()
        };
        assert_eq!(flags(&segment("a", false), &form("b", true)), [Some(true)]);
        assert_eq!(flags(&segment("a", true), &form("b", false)), [Some(true), Some(false)]);
        assert_eq!(flags(&segment("a", false), &form("b", false)), [Some(true), Some(false)]);
        assert_eq!(flags(&segment("a", true), &form("a", false)), [Some(false)]);
        assert_eq!(flags(&segment("a", false), &form("a", true)), [Some(true)]);
        assert!(flags(&segment("a", true), &form("a", true)).is_empty());
    }

    #[test]
    fn only_a_lost_change_is_a_conflict() {
        let (base, mine, theirs) = (form("a", true), form("b", true), form("c", true));
        assert!(is_conflict(&base, &mine, &theirs));
        assert!(!is_conflict(&base, &mine, &base));
        assert!(!is_conflict(&base, &mine, &mine));
        assert!(is_conflict(&base, &mine, &form("a", false)));
    }

    #[test]
    fn a_failure_inside_a_success_is_seen() {
        let failed = Segment { status: SegmentStatus::Error, error: Some("no vector".to_owned()), ..segment("b", false) };
        assert_eq!(verdict(&form("b", true), &failed), Verdict::NotIndexed);
        assert_eq!(verdict(&form("b", true), &segment("a", true)), Verdict::OtherText);
        assert_eq!(verdict(&form("b", true), &segment("b", true)), Verdict::Good);
        let kept = Segment { keywords: Some(vec!["x".to_owned()]), ..segment("b", true) };
        assert_eq!(verdict(&form("b", true), &kept), Verdict::KeptKeywords);
    }

    #[test]
    fn children_are_made_anew_only_where_somebody_said_so_and_the_text_changed() {
        let now = Segment { keywords: Some(vec!["seal".to_owned()]), ..segment("a", true) };
        let anew = |wanted: &ChunkForm, children| {
            plan(&now, wanted, children).iter().map(|change| change.regenerate_child_chunks).collect::<Vec<_>>()
        };
        assert_eq!(anew(&form("b", true), Children::Anew), [Some(true)]);
        assert_eq!(anew(&form("b", true), Children::Keep), [None]);
        // Edited and switched off: the second write must not make them once more.
        assert_eq!(anew(&form("b", false), Children::Anew), [Some(true), None]);
        assert_eq!(anew(&form("a", true), Children::Anew), [None]);
        let again = children_anew(&now);
        assert_eq!((again.content.as_deref(), again.regenerate_child_chunks), (Some("a"), Some(true)));
        assert_eq!(again.keywords, Some(vec!["seal".to_owned()]));
    }

    #[test]
    fn a_summary_is_never_lost_and_can_be_changed() {
        let now = Segment { summary: Some("short".to_owned()), ..segment("a", true) };
        // A draft from before there were summaries.
        assert_eq!(plan(&now, &form("b", true), Children::Keep)[0].summary.as_deref(), Some("short"));
        let wanted = ChunkForm { summary: Some("other".to_owned()), ..ChunkForm::of(&now) };
        assert_eq!(plan(&now, &wanted, Children::Keep)[0].summary.as_deref(), Some("other"));
        assert_eq!(verdict(&wanted, &now), Verdict::OtherText);
        assert_eq!(verdict(&ChunkForm::of(&now), &now), Verdict::Good);
    }

    #[test]
    fn a_filter_survives_the_address() {
        for filter in ChunkFilter::EVERY {
            assert_eq!(ChunkFilter::parse(filter.name()), filter);
        }
        assert_eq!(ChunkFilter::parse("nonsense"), ChunkFilter::All);
        assert!(ChunkFilter::NeverRetrieved.matches(&segment("a", true)));
        assert!(!ChunkFilter::Enabled.matches(&segment("a", false)));
        let of = |status: SegmentStatus| ChunkFilter::NotIndexed.matches(&Segment { status, ..segment("a", true) });
        assert!(of(SegmentStatus::Error) && of(SegmentStatus::Indexing) && !of(SegmentStatus::Completed));
    }

    #[test]
    fn a_long_chunk_is_folded_between_words() {
        assert_eq!(fold_at(&"word ".repeat(100)), None);
        let long = "word ".repeat(1_000);
        let at = fold_at(&long).unwrap_or_default();
        assert!(long[..at].ends_with("word") && at < FOLD_TO);
        assert_eq!(fold_at(&"水".repeat(5_000)), Some(FOLD_TO * 3));
    }

    #[test]
    fn a_chunk_needs_text() {
        assert_eq!(check(&form(" \n", true), false), Err(ChunkProblem::NoContent));
        assert_eq!(check(&form("q", true), true), Err(ChunkProblem::NoAnswer));
        assert_eq!(check(&form("q", true), false), Ok(()));
    }
}
