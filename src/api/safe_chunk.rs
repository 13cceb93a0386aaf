//! Writing a chunk so that nobody's work is lost: read before, compare after, look again when an answer was lost.

use std::future::Future;

use loredesk_wire::{Segment, SegmentChange, UpdateSegment};

use super::{ApiError, Client, ErrorKind, dify};
use crate::model::{
    chunk::{Children, ChunkForm, Verdict, children_anew, is_conflict, plan, verdict},
    id::{ChunkId, DocumentId, KnowledgeBaseId},
};

/// Where one chunk lives.
pub trait ChunkStore {
    /// Reads it.
    fn get(&self) -> impl Future<Output = Result<Segment, ApiError>>;
    /// Writes it.
    fn update(&self, change: SegmentChange) -> impl Future<Output = Result<Segment, ApiError>>;
}

/// A chunk on a server.
#[derive(Clone, PartialEq)]
pub struct RemoteChunk {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The document.
    pub document: DocumentId,
    /// The chunk.
    pub id: ChunkId,
}

impl ChunkStore for RemoteChunk {
    async fn get(&self) -> Result<Segment, ApiError> {
        Ok(dify::segments::get(&self.client, &self.knowledge_base, &self.document, &self.id).await?.data)
    }

    async fn update(&self, segment: SegmentChange) -> Result<Segment, ApiError> {
        let body = UpdateSegment { segment };
        Ok(dify::segments::update(&self.client, &self.knowledge_base, &self.document, &self.id, &body).await?.data)
    }
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// The server has this now; the verdict says whether it is what was sent.
    Done(Box<Segment>, Verdict),
    /// Nothing was written: somebody else changed the chunk to this meanwhile.
    Conflict(Box<Segment>),
    /// It failed; with the chunk as it is now where a part of the change did get through.
    Failed(ApiError, Option<Box<Segment>>),
}

/// Brings a chunk to `wanted`, unless it is no longer `base` on the server.
pub async fn write(store: &impl ChunkStore, base: &ChunkForm, wanted: &ChunkForm, children: Children) -> Written {
    let mut now = match store.get().await {
        Ok(now) => now,
        Err(error) => return Written::Failed(error, None),
    };
    if is_conflict(base, wanted, &ChunkForm::of(&now)) {
        return Written::Conflict(Box::new(now));
    }
    let before: Vec<String> = now.child_chunks.iter().map(|child| child.id.clone()).collect();
    let mut written = None;
    let mut is_anew = false;
    for change in plan(&now, wanted, children) {
        is_anew |= change.regenerate_child_chunks == Some(true);
        let step = ChunkForm { enabled: change.enabled.unwrap_or_default(), ..wanted.clone() };
        match send(store, change, &step).await {
            Ok(answer) => now = answer,
            Err(error) => return Written::Failed(error, written),
        }
        let verdict = verdict(&step, &now);
        if verdict == Verdict::NotIndexed {
            return Written::Done(Box::new(now), verdict);
        }
        written = Some(Box::new(now.clone()));
    }
    let verdict = match verdict(wanted, &now) {
        Verdict::Good if is_anew && has_kept(&before, &now) => Verdict::KeptChildren,
        verdict => verdict,
    };
    Written::Done(Box::new(now), verdict)
}

/// Whether child chunks that were to be made anew are still the ones from before.
fn has_kept(before: &[String], now: &Segment) -> bool {
    !before.is_empty() && before.iter().all(|id| now.child_chunks.iter().any(|child| child.id == *id))
}

/// Switches a chunk on or off and changes nothing else; one that is so already is left alone.
pub async fn switch(store: &impl ChunkStore, enabled: bool) -> Written {
    let now = match store.get().await {
        Ok(now) => ChunkForm::of(&now),
        Err(error) => return Written::Failed(error, None),
    };
    write(store, &now, &ChunkForm { enabled, ..now.clone() }, Children::Keep).await
}

/// Makes the child chunks of a chunk anew, from its text as it is. Doing it twice does no harm, so a lost answer is an error
/// that can be tried again.
///
/// # Errors
/// `Invalid` for a disabled chunk: servers change none.
pub async fn regenerate(store: &impl ChunkStore) -> Result<(Segment, Verdict), ApiError> {
    let now = store.get().await?;
    if !now.enabled {
        return Err(ApiError::local(ErrorKind::Invalid(None), "POST", "segments"));
    }
    let wanted = ChunkForm::of(&now);
    let before: Vec<String> = now.child_chunks.iter().map(|child| child.id.clone()).collect();
    let now = store.update(children_anew(&now)).await?;
    let verdict = match verdict(&wanted, &now) {
        Verdict::Good if has_kept(&before, &now) => Verdict::KeptChildren,
        verdict => verdict,
    };
    Ok((now, verdict))
}

/// One write; after a lost answer the chunk is read, because it may have got there.
async fn send(store: &impl ChunkStore, change: SegmentChange, step: &ChunkForm) -> Result<Segment, ApiError> {
    match store.update(change).await {
        Err(error) if error.is_outcome_unknown() => match store.get().await {
            Ok(now) if verdict(step, &now) != Verdict::OtherText => Ok(now),
            _ => Err(error),
        },
        outcome => outcome,
    }
}

/// Deletes a chunk. One that is not there any more is deleted.
///
/// # Errors
/// See [`ErrorKind`].
pub async fn delete(chunk: &RemoteChunk) -> Result<(), ApiError> {
    let RemoteChunk { client, knowledge_base, document, id } = chunk;
    match dify::segments::delete(client, knowledge_base, document, id).await {
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(error) if error.is_outcome_unknown() => match chunk.get().await {
            Err(gone) if gone.kind == ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        },
        outcome => outcome,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::RefCell;

    use loredesk_wire::SegmentStatus;

    use super::*;

    /// Imitates the rules of a server for one chunk; the real client needs a browser.
    #[derive(Default)]
    struct Imitation {
        chunk: RefCell<Segment>,
        writes: RefCell<Vec<SegmentChange>>,
        /// The write of that number is carried out, but its answer is lost.
        loses_answer: Option<usize>,
        /// The write of that number is refused.
        refuses: Option<usize>,
        fails_to_index: bool,
    }

    fn lost() -> ApiError {
        ApiError::local(ErrorKind::Timeout, "POST", "segments")
    }

    impl ChunkStore for Imitation {
        async fn get(&self) -> Result<Segment, ApiError> {
            Ok(self.chunk.borrow().clone())
        }

        async fn update(&self, change: SegmentChange) -> Result<Segment, ApiError> {
            let number = self.writes.borrow().len();
            self.writes.borrow_mut().push(change.clone());
            if self.refuses == Some(number) {
                return Err(ApiError::local(ErrorKind::Server, "POST", "segments"));
            }
            let mut chunk = self.chunk.borrow_mut();
            if change.enabled == Some(false) {
                chunk.enabled = false;
            } else if !chunk.enabled && change.enabled != Some(true) {
                return Err(ApiError::local(ErrorKind::Invalid(None), "POST", "segments"));
            } else {
                chunk.content = change.content.filter(|content| !content.is_empty()).unwrap_or_default();
                chunk.keywords = change.keywords.filter(|keywords| !keywords.is_empty()).or(chunk.keywords.take());
                chunk.answer = change.answer;
                chunk.enabled = !self.fails_to_index;
                if self.fails_to_index {
                    chunk.status = SegmentStatus::Error;
                    chunk.error = Some("no vector".to_owned());
                }
            }
            if self.loses_answer == Some(number) { Err(lost()) } else { Ok(chunk.clone()) }
        }
    }

    fn form(content: &str, enabled: bool) -> ChunkForm {
        ChunkForm { content: content.to_owned(), enabled, ..ChunkForm::default() }
    }

    fn server(content: &str, enabled: bool) -> Imitation {
        let chunk = Segment { content: content.to_owned(), enabled, ..Segment::default() };
        Imitation { chunk: RefCell::new(chunk), ..Imitation::default() }
    }

    fn has(server: &Imitation) -> ChunkForm {
        ChunkForm::of(&server.chunk.borrow())
    }

    #[tokio::test]
    async fn edits_and_switches_off_a_disabled_chunk() {
        let server = server("a", false);
        let outcome = write(&server, &form("a", false), &form("b", false), Children::Keep).await;
        assert!(matches!(outcome, Written::Done(_, Verdict::Good)), "{outcome:?}");
        assert_eq!(has(&server), form("b", false));
    }

    #[tokio::test]
    async fn switching_changes_nothing_else() {
        let server = server("a", true);
        assert!(matches!(switch(&server, false).await, Written::Done(_, Verdict::Good)));
        assert_eq!(has(&server), form("a", false));
        assert!(matches!(switch(&server, false).await, Written::Done(_, Verdict::Good)));
        assert_eq!(server.writes.borrow().len(), 1);
        assert!(matches!(switch(&server, true).await, Written::Done(_, Verdict::Good)));
        assert_eq!(has(&server), form("a", true));
    }

    #[tokio::test]
    async fn writes_nothing_over_somebody_elses_change() {
        let server = server("theirs", true);
        let outcome = write(&server, &form("a", true), &form("mine", true), Children::Keep).await;
        assert!(matches!(outcome, Written::Conflict(chunk) if chunk.content == "theirs"));
        assert!(server.writes.borrow().is_empty());
    }

    #[tokio::test]
    async fn a_lost_answer_is_looked_up() {
        let lossy = Imitation { loses_answer: Some(0), ..server("a", true) };
        assert!(matches!(
            write(&lossy, &form("a", true), &form("b", true), Children::Keep).await,
            Written::Done(_, Verdict::Good)
        ));
        let refusing = Imitation { refuses: Some(0), ..server("a", true) };
        assert!(matches!(write(&refusing, &form("a", true), &form("b", true), Children::Keep).await, Written::Failed(_, None)));
    }

    #[tokio::test]
    async fn a_half_done_change_says_what_is_there_now() {
        let server = Imitation { refuses: Some(1), ..server("a", true) };
        let outcome = write(&server, &form("a", true), &form("b", false), Children::Keep).await;
        assert!(matches!(outcome, Written::Failed(_, Some(chunk)) if chunk.content == "b" && chunk.enabled));
    }

    #[tokio::test]
    async fn a_failure_inside_a_success_is_told() {
        let server = Imitation { fails_to_index: true, ..server("a", true) };
        let outcome = write(&server, &form("a", true), &form("b", true), Children::Keep).await;
        assert!(matches!(outcome, Written::Done(_, Verdict::NotIndexed)), "{outcome:?}");
    }

    #[tokio::test]
    async fn child_chunks_that_were_not_made_anew_are_told() {
        let server = server("a", true);
        server.chunk.borrow_mut().child_chunks = vec![loredesk_wire::ChildChunk { id: "1".to_owned(), ..Default::default() }];
        let outcome = write(&server, &form("a", true), &form("b", true), Children::Anew).await;
        assert!(matches!(outcome, Written::Done(_, Verdict::KeptChildren)), "{outcome:?}");
        assert_eq!(regenerate(&server).await.unwrap().1, Verdict::KeptChildren);
        let sent = server.writes.borrow().last().unwrap().clone();
        assert_eq!((sent.content.as_deref(), sent.regenerate_child_chunks), (Some("b"), Some(true)));
        assert!(matches!(
            write(&server, &form("b", true), &form("c", true), Children::Keep).await,
            Written::Done(_, Verdict::Good)
        ));
    }

    #[tokio::test]
    async fn keywords_that_cannot_be_cleared_are_told() {
        let server = server("a", true);
        server.chunk.borrow_mut().keywords = Some(vec!["seal".to_owned()]);
        let base = ChunkForm { keywords: vec!["seal".to_owned()], ..form("a", true) };
        assert!(matches!(write(&server, &base, &form("a", true), Children::Keep).await, Written::Done(_, Verdict::KeptKeywords)));
    }
}
