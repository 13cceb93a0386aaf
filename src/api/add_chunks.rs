//! Adding many chunks so that none is added twice and none is lost without a word: a piece at a time, and after a lost answer the
//! end of the document is read before anything is sent again. A browser that loses a connection it has used before sends a request
//! once more by itself, so the end of the document is read after a success too.

use std::{collections::HashSet, future::Future};

use loredesk_wire::{CreateSegments, NewSegment, Segment, SegmentsAnswer};
use serde::{Deserialize, Serialize};

use super::{ApiError, Client, ErrorKind, dify};
use crate::model::id::{ChunkId, DocumentId, KnowledgeBaseId};

/// Chunks that go in one request at most: a refusal refuses them all, and an answer comes only once all are indexed.
pub const PIECE: usize = 100;

/// A document that takes chunks at its end.
pub trait ChunkEnd {
    /// One page of chunks, from 1.
    fn page(&self, page: u64, limit: u64) -> impl Future<Output = Result<SegmentsAnswer, ApiError>>;
    /// Adds chunks, all or none.
    fn add(&self, chunks: Vec<NewSegment>) -> impl Future<Output = Result<Vec<Segment>, ApiError>>;
    /// Takes a chunk out again.
    fn remove(&self, id: &str) -> impl Future<Output = Result<(), ApiError>>;
}

/// A document on a server.
#[derive(Clone)]
pub struct RemoteDocument {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The document.
    pub id: DocumentId,
}

impl ChunkEnd for RemoteDocument {
    async fn page(&self, page: u64, limit: u64) -> Result<SegmentsAnswer, ApiError> {
        dify::segments::list(&self.client, &self.knowledge_base, &self.id, page, limit, "").await
    }

    async fn add(&self, segments: Vec<NewSegment>) -> Result<Vec<Segment>, ApiError> {
        let body = CreateSegments { segments };
        Ok(dify::segments::create(&self.client, &self.knowledge_base, &self.id, &body).await?.data)
    }

    async fn remove(&self, id: &str) -> Result<(), ApiError> {
        match ChunkId::parse(id) {
            Some(id) => dify::segments::delete(&self.client, &self.knowledge_base, &self.id, &id).await,
            None => Ok(()),
        }
    }
}

/// The end of a document before a piece was sent: what was there is not what was added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    page: u64,
    ids: HashSet<String>,
}

/// A chunk that is being added, and the end of the document before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Addition {
    /// Its text.
    pub content: String,
    mark: Mark,
}

impl Addition {
    /// Of that text, which nobody has tried to add yet.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn look(end: &impl ChunkEnd, content: &str) -> Result<Self, ApiError> {
        Ok(Self { content: content.to_owned(), mark: look(end).await? })
    }
}

/// Adds one chunk, after a look at what an earlier try of the same has done.
///
/// # Errors
/// See [`ErrorKind`]. What was added all the same is found by the next try.
pub async fn add_one(end: &impl ChunkEnd, chunk: NewSegment, addition: &Addition) -> Result<Segment, ApiError> {
    let added = add_piece(end, &[chunk], &mut Some(addition.mark.clone())).await?;
    added.into_iter().next().ok_or_else(|| ApiError::local(ErrorKind::Decode("data".to_owned()), "POST", "segments"))
}

/// Adds a piece of at most [`PIECE`] chunks; answers them as the server has them, in their order. `mark` outlives a failure: with
/// it, another try first looks what the one before has done.
///
/// # Errors
/// See [`ErrorKind`]. What was added all the same is found by the next try.
pub async fn add_piece(end: &impl ChunkEnd, chunks: &[NewSegment], mark: &mut Option<Mark>) -> Result<Vec<Segment>, ApiError> {
    let mut found: Vec<Option<Segment>> = chunks.iter().map(|_| None).collect();
    let known = if let Some(known) = mark {
        take(&mut found, chunks, newcomers(end, known).await?);
        known.clone()
    } else {
        let known = look(end).await?;
        *mark = Some(known.clone());
        known
    };
    let missing: Vec<NewSegment> =
        chunks.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(chunk, _)| chunk.clone()).collect();
    if !missing.is_empty() {
        match end.add(missing.clone()).await {
            Ok(added) if added.len() == missing.len() => fill(&mut found, added),
            // An answer that says less than it should is looked up like a lost one.
            outcome => {
                let error = match outcome {
                    Err(error) if !error.is_outcome_unknown() => return Err(error),
                    Err(error) => error,
                    Ok(_) => ApiError::local(ErrorKind::Decode("data".to_owned()), "POST", "segments"),
                };
                let after = newcomers(end, &known).await.map_err(|_| error.clone())?;
                found.iter_mut().for_each(|found| *found = None);
                take(&mut found, chunks, after);
                if found.iter().any(Option::is_none) {
                    return Err(error);
                }
            }
        }
    }
    take_back(end, &known, chunks, &found).await;
    Ok(found.into_iter().flatten().collect())
}

/// Takes out the copies that a browser made by sending the request again, which Chromium does up to twice: the same chunks, new since
/// the mark, and not those that were answered. Where the document cannot be read or changed just now, they stay.
async fn take_back(end: &impl ChunkEnd, known: &Mark, sent: &[NewSegment], found: &[Option<Segment>]) {
    let Ok(new) = newcomers(end, known).await else { return };
    let is_kept = |chunk: &Segment| found.iter().flatten().any(|kept| kept.id == chunk.id);
    for copy in new.iter().filter(|chunk| !is_kept(chunk) && sent.iter().any(|sent| is_same(sent, chunk))) {
        let _ = end.remove(&copy.id).await;
    }
}

/// Puts what was added where something is missing.
fn fill(found: &mut [Option<Segment>], added: Vec<Segment>) {
    let mut added = added.into_iter();
    for place in found.iter_mut().filter(|place| place.is_none()) {
        *place = added.next();
    }
}

/// Finds the chunks among what is new in the document, each new one once.
fn take(found: &mut [Option<Segment>], chunks: &[NewSegment], mut new: Vec<Segment>) {
    for (place, chunk) in found.iter_mut().zip(chunks) {
        if let Some(at) = new.iter().position(|segment| is_same(chunk, segment)) {
            *place = Some(new.remove(at));
        }
    }
}

/// Whether a chunk is the one that was sent.
fn is_same(sent: &NewSegment, chunk: &Segment) -> bool {
    let answer = sent.answer.as_deref().unwrap_or_default().trim();
    let theirs = chunk.answer.as_deref().unwrap_or_default().trim();
    // Outside question-and-answer mode servers keep no answer.
    chunk.content.trim() == sent.content.trim() && (theirs.is_empty() || theirs == answer)
}

/// The ids at the end of the document: its last page and the one before, because a delete may move chunks from one to the other.
async fn look(end: &impl ChunkEnd) -> Result<Mark, ApiError> {
    let total = end.page(1, 1).await?.total.unwrap_or_default();
    let page = total.div_ceil(dify::PAGE_MAX).saturating_sub(1).max(1);
    let ids = from(end, page).await?.into_iter().map(|chunk| chunk.id).collect();
    Ok(Mark { page, ids })
}

/// Chunks that came after the mark.
async fn newcomers(end: &impl ChunkEnd, mark: &Mark) -> Result<Vec<Segment>, ApiError> {
    let chunks = from(end, mark.page).await?;
    Ok(chunks.into_iter().filter(|chunk| !mark.ids.contains(&chunk.id)).collect())
}

/// Every chunk from a page on, each once.
async fn from(end: &impl ChunkEnd, first: u64) -> Result<Vec<Segment>, ApiError> {
    let mut seen = HashSet::new();
    let mut chunks = Vec::new();
    for page in first.. {
        let answer = end.page(page, dify::PAGE_MAX).await?;
        let is_last = answer.data.is_empty() || page * dify::PAGE_MAX >= answer.total.unwrap_or_default();
        chunks.extend(answer.data.into_iter().filter(|chunk| seen.insert(chunk.id.clone())));
        if is_last {
            break;
        }
    }
    Ok(chunks)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;

    /// Imitates a server; the real client needs a browser.
    #[derive(Default)]
    struct Imitation {
        chunks: RefCell<Vec<Segment>>,
        requests: Cell<usize>,
        /// Requests whose answers are lost after they were carried out.
        loses: usize,
        /// Of a lost request only so many chunks get there.
        stores_only: Option<usize>,
        /// Reads fail too, from this request on.
        is_deaf: Cell<bool>,
        refuses: bool,
        /// Every request is carried out three times, as browsers do to one whose connection breaks.
        repeats: bool,
    }

    fn lost() -> ApiError {
        ApiError::local(ErrorKind::Timeout, "POST", "segments")
    }

    fn with(count: usize) -> Imitation {
        let server = Imitation::default();
        (0..count).for_each(|at| server.push(&new(&format!("old {at}"))));
        server
    }

    fn new(content: &str) -> NewSegment {
        NewSegment { content: content.to_owned(), ..NewSegment::default() }
    }

    impl Imitation {
        fn push(&self, chunk: &NewSegment) {
            let last = self.chunks.borrow().last().and_then(|chunk| chunk.id.parse::<usize>().ok());
            let id = last.map_or(0, |last| last + 1).to_string();
            self.chunks.borrow_mut().push(Segment { id, content: chunk.content.clone(), ..Segment::default() });
        }

        fn count(&self, content: &str) -> usize {
            self.chunks.borrow().iter().filter(|chunk| chunk.content == content).count()
        }
    }

    impl ChunkEnd for Imitation {
        async fn page(&self, page: u64, limit: u64) -> Result<SegmentsAnswer, ApiError> {
            if self.is_deaf.get() {
                return Err(lost());
            }
            let chunks = self.chunks.borrow();
            let (page, limit) = (usize::try_from(page).unwrap(), usize::try_from(limit).unwrap());
            let data = chunks.iter().skip((page - 1) * limit).take(limit).cloned().collect();
            Ok(SegmentsAnswer { data, total: Some(chunks.len() as u64), ..SegmentsAnswer::default() })
        }

        async fn add(&self, chunks: Vec<NewSegment>) -> Result<Vec<Segment>, ApiError> {
            if self.refuses {
                return Err(ApiError::local(ErrorKind::Invalid(None), "POST", "segments"));
            }
            let number = self.requests.get();
            self.requests.set(number + 1);
            let is_lost = number < self.loses;
            let stored = if is_lost { self.stores_only.unwrap_or(chunks.len()) } else { chunks.len() };
            for _ in 0..if self.repeats { 3 } else { 1 } {
                chunks.iter().take(stored).for_each(|chunk| self.push(chunk));
            }
            let all = self.chunks.borrow();
            if is_lost { Err(lost()) } else { Ok(all[all.len() - chunks.len()..].to_vec()) }
        }

        async fn remove(&self, id: &str) -> Result<(), ApiError> {
            self.chunks.borrow_mut().retain(|chunk| chunk.id != id);
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_lost_answer_is_looked_up_in_a_document_of_any_length() {
        for before in [0, 1, 99, 100, 101, 250] {
            let server = Imitation { loses: 1, ..with(before) };
            let piece = [new("a"), new("old 3"), new("b")];
            let added = add_piece(&server, &piece, &mut None).await.unwrap();
            assert_eq!(added.iter().map(|chunk| chunk.content.as_str()).collect::<Vec<_>>(), ["a", "old 3", "b"], "{before}");
            assert_eq!((server.count("a"), server.requests.get()), (1, 1), "{before}");
        }
    }

    #[tokio::test]
    async fn another_try_adds_only_what_is_missing() {
        let server = Imitation { loses: 1, stores_only: Some(1), ..with(120) };
        let piece = [new("a"), new("b"), new("a")];
        let mut mark = None;
        assert!(add_piece(&server, &piece, &mut mark).await.is_err());
        assert_eq!(add_piece(&server, &piece, &mut mark).await.unwrap().len(), 3);
        assert_eq!((server.count("a"), server.count("b")), (2, 1));
    }

    #[tokio::test]
    async fn a_try_after_a_look_that_failed_looks_first() {
        let server = Imitation { loses: 1, repeats: true, ..with(5) };
        let mut mark = Some(look(&server).await.unwrap());
        // Carried out, lost, and not to be looked up either.
        assert!(server.add(vec![new("a")]).await.is_err());
        server.is_deaf.set(true);
        assert!(add_piece(&server, &[new("a")], &mut mark).await.is_err());
        server.is_deaf.set(false);
        assert_eq!(add_piece(&server, &[new("a")], &mut mark).await.unwrap().len(), 1);
        assert_eq!((server.count("a"), server.requests.get()), (1, 1));
    }

    #[tokio::test]
    async fn what_the_browser_sent_again_is_there_once() {
        for loses in [0, 1] {
            let server = Imitation { repeats: true, loses, ..with(99) };
            let added = add_piece(&server, &[new("a"), new("b"), new("a")], &mut None).await.unwrap();
            assert_eq!((server.count("a"), server.count("b"), added.len()), (2, 1, 3));
            let ids: Vec<String> = server.chunks.borrow().iter().map(|chunk| chunk.id.clone()).collect();
            assert!(added.iter().all(|chunk| ids.contains(&chunk.id)), "{loses}");
            assert_eq!(ids.len(), 102);
        }
    }

    #[tokio::test]
    async fn a_refusal_is_a_failure_without_a_second_look() {
        let server = Imitation { refuses: true, ..with(2) };
        assert!(add_piece(&server, &[new("a")], &mut None).await.is_err());
        assert_eq!(server.count("a"), 0);
    }
}
