//! Writing a child chunk so that nobody's work is lost. Servers cannot be asked for one child chunk, so it is looked for in
//! the list of its parent: before a write, and after an answer that was lost.

use std::{collections::HashSet, future::Future};

use loredesk_wire::{ChildChunk, ChildChunkPage};
use serde::{Deserialize, Serialize};

use super::{ApiError, ErrorKind, dify, safe_chunk::RemoteChunk};
use crate::model::id::ChildChunkId;

/// Pages of child chunks that are read at most, 100 to a page.
const PAGES_MAX: u64 = 50;

/// Where the child chunks of one parent live.
pub trait ChildChunkStore {
    /// One page of 100, from 1.
    fn page(&self, page: u64, keyword: &str) -> impl Future<Output = Result<ChildChunkPage, ApiError>>;
    /// Adds one.
    fn create(&self, content: &str) -> impl Future<Output = Result<ChildChunk, ApiError>>;
    /// Changes one.
    fn update(&self, id: &ChildChunkId, content: &str) -> impl Future<Output = Result<ChildChunk, ApiError>>;
    /// Deletes one.
    fn delete(&self, id: &ChildChunkId) -> impl Future<Output = Result<(), ApiError>>;
}

impl ChildChunkStore for RemoteChunk {
    async fn page(&self, page: u64, keyword: &str) -> Result<ChildChunkPage, ApiError> {
        dify::child_chunks::list(self, page, dify::PAGE_MAX, keyword).await
    }

    async fn create(&self, content: &str) -> Result<ChildChunk, ApiError> {
        Ok(dify::child_chunks::create(self, content).await?.data)
    }

    async fn update(&self, id: &ChildChunkId, content: &str) -> Result<ChildChunk, ApiError> {
        Ok(dify::child_chunks::update(self, id, content).await?.data)
    }

    async fn delete(&self, id: &ChildChunkId) -> Result<(), ApiError> {
        dify::child_chunks::delete(self, id).await
    }
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq)]
pub enum ChildWritten {
    /// The server has what was sent.
    Done(ChildChunk),
    /// The server said "saved" and has another text.
    OtherText(ChildChunk),
    /// Nothing was written: somebody else changed it to this meanwhile.
    Conflict(ChildChunk),
    /// Nothing was written: it is not there any more.
    Gone,
}

/// All child chunks of a parent, each once, whatever `total` and the pages say about each other.
///
/// # Errors
/// The first page that fails ends it.
pub async fn all(store: &impl ChildChunkStore, keyword: &str) -> Result<Vec<ChildChunk>, ApiError> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for page in 1..=PAGES_MAX {
        let answer = store.page(page, keyword).await?;
        let is_empty = answer.data.is_empty();
        all.extend(answer.data.into_iter().filter(|child| seen.insert(child.id.clone())));
        // A page may shift while we read, so that fewer than `total` are found: an empty page ends it too.
        if is_empty || page * dify::PAGE_MAX >= answer.total {
            break;
        }
    }
    Ok(all)
}

async fn find(store: &impl ChildChunkStore, id: &ChildChunkId) -> Result<Option<ChildChunk>, ApiError> {
    Ok(all(store, "").await?.into_iter().find(|child| child.id.eq_ignore_ascii_case(id.as_str())))
}

/// Brings a child chunk to `wanted`, unless it is no longer `base` on the server.
///
/// # Errors
/// See [`ErrorKind`]; nothing was written then, as far as can be seen.
pub async fn write(store: &impl ChildChunkStore, id: &ChildChunkId, base: &str, wanted: &str) -> Result<ChildWritten, ApiError> {
    let Some(now) = find(store, id).await? else { return Ok(ChildWritten::Gone) };
    if now.content == wanted {
        return Ok(ChildWritten::Done(now));
    }
    if now.content != base {
        return Ok(ChildWritten::Conflict(now));
    }
    let written = match store.update(id, wanted).await {
        Ok(written) => written,
        Err(error) if error.kind == ErrorKind::NotFound => return Ok(ChildWritten::Gone),
        // The answer is lost, the write may not be.
        Err(error) if error.is_outcome_unknown() => match find(store, id).await {
            Ok(Some(now)) if same(&now.content, wanted) => now,
            _ => return Err(error),
        },
        Err(error) => return Err(error),
    };
    Ok(if same(&written.content, wanted) { ChildWritten::Done(written) } else { ChildWritten::OtherText(written) })
}

/// A child chunk that is to be added, and what was there before. Outlives a failure: with it, another try first looks what the one
/// before has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// The text.
    pub content: String,
    /// The ids of child chunks that had that text already.
    before: Vec<String>,
    /// Whether a try has been made.
    is_again: bool,
}

impl Addition {
    /// Of that text, which nobody has tried to add yet.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn look(store: &impl ChildChunkStore, content: &str) -> Result<Self, ApiError> {
        let before = twins(store, content).await?.into_iter().map(|child| child.id).collect();
        Ok(Self { content: content.to_owned(), before, is_again: false })
    }

    /// The same once it is tried.
    #[must_use]
    pub fn tried(&self) -> Self {
        Self { is_again: true, ..self.clone() }
    }

    async fn newcomers(&self, store: &impl ChildChunkStore) -> Result<Vec<ChildChunk>, ApiError> {
        let now = twins(store, &self.content).await?;
        Ok(now.into_iter().filter(|child| !self.before.contains(&child.id)).collect())
    }
}

/// Adds a child chunk at the end. After a lost answer the list is searched for it, so that a second try makes no twin.
///
/// # Errors
/// See [`ErrorKind`]. What was added all the same is found by the next try.
pub async fn create(store: &impl ChildChunkStore, addition: &Addition) -> Result<ChildChunk, ApiError> {
    let earlier = if addition.is_again { addition.newcomers(store).await?.into_iter().next() } else { None };
    let outcome = match earlier {
        Some(earlier) => Ok(earlier),
        None => store.create(&addition.content).await,
    };
    if matches!(&outcome, Err(error) if !error.is_outcome_unknown()) {
        return outcome;
    }
    // A browser that loses a connection it has used before sends a request once more by itself, so a success is looked at too.
    let mut new = addition.newcomers(store).await.unwrap_or_default().into_iter();
    let kept = match outcome {
        Ok(child) => child,
        Err(error) => new.next().ok_or(error)?,
    };
    for copy in new.filter(|child| child.id != kept.id) {
        if let Some(id) = ChildChunkId::parse(&copy.id) {
            let _ = store.delete(&id).await;
        }
    }
    Ok(kept)
}

/// Deletes a child chunk. One that is not there any more is deleted.
///
/// # Errors
/// See [`ErrorKind`].
pub async fn delete(store: &impl ChildChunkStore, id: &ChildChunkId) -> Result<(), ApiError> {
    match store.delete(id).await {
        Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
        Err(error) if error.is_outcome_unknown() => match find(store, id).await {
            Ok(None) => Ok(()),
            _ => Err(error),
        },
        outcome => outcome,
    }
}

/// Child chunks of the same text; found by the beginning of its first line, because a server searches line by line.
async fn twins(store: &impl ChildChunkStore, content: &str) -> Result<Vec<ChildChunk>, ApiError> {
    let keyword: String = content.trim().lines().next().unwrap_or_default().chars().take(40).collect();
    let found = all(store, keyword.trim()).await?;
    Ok(found.into_iter().filter(|child| same(&child.content, content)).collect())
}

/// Servers may trim what they store.
fn same(a: &str, b: &str) -> bool {
    a.trim() == b.trim()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;

    /// Imitates a server; the real client needs a browser.
    #[derive(Default)]
    struct Imitation {
        children: RefCell<Vec<ChildChunk>>,
        writes: Cell<usize>,
        /// Writes are carried out, but their answers are lost.
        loses_answers: bool,
        /// So many looks after the first write get no answer.
        blind_looks: Cell<usize>,
        /// Writes are not carried out, and no answer comes.
        is_down: bool,
        /// What it stores in place of a text.
        stores: Option<&'static str>,
        /// Creates are carried out twice, as browsers do to a request whose connection breaks.
        doubles: bool,
        /// What it claims as the total.
        claims: Option<u64>,
    }

    fn id(number: usize) -> String {
        format!("00000000-0000-4000-8000-{number:012}")
    }

    fn child_id(number: usize) -> ChildChunkId {
        ChildChunkId::parse(&id(number)).unwrap()
    }

    fn with(texts: &[&str]) -> Imitation {
        let child = |(at, text): (usize, &&str)| ChildChunk { id: id(at), content: (*text).to_owned(), ..ChildChunk::default() };
        Imitation { children: RefCell::new(texts.iter().enumerate().map(child).collect()), ..Imitation::default() }
    }

    impl Imitation {
        fn texts(&self) -> Vec<String> {
            self.children.borrow().iter().map(|child| child.content.clone()).collect()
        }

        fn answer<T>(&self, value: T) -> Result<T, ApiError> {
            let lost = || ApiError::local(ErrorKind::Timeout, "POST", "child_chunks");
            if self.loses_answers { Err(lost()) } else { Ok(value) }
        }

        fn write(&self) -> Result<(), ApiError> {
            self.writes.set(self.writes.get() + 1);
            if self.is_down { Err(ApiError::local(ErrorKind::Offline, "POST", "child_chunks")) } else { Ok(()) }
        }

        fn stored(&self, content: &str) -> String {
            self.stores.unwrap_or(content).to_owned()
        }
    }

    impl ChildChunkStore for Imitation {
        async fn page(&self, page: u64, keyword: &str) -> Result<ChildChunkPage, ApiError> {
            let children = self.children.borrow();
            if self.blind_looks.get() > 0 && self.writes.get() > 0 {
                self.blind_looks.set(self.blind_looks.get() - 1);
                return Err(ApiError::local(ErrorKind::Offline, "GET", "child_chunks"));
            }
            let found: Vec<ChildChunk> = children.iter().filter(|child| child.content.contains(keyword)).cloned().collect();
            let first = usize::try_from((page - 1) * dify::PAGE_MAX).unwrap();
            let data = found.iter().skip(first).take(100).cloned().collect();
            Ok(ChildChunkPage { data, total: self.claims.unwrap_or(found.len() as u64), ..ChildChunkPage::default() })
        }

        async fn create(&self, content: &str) -> Result<ChildChunk, ApiError> {
            self.write()?;
            let child = |number| ChildChunk { id: id(number), content: self.stored(content), ..ChildChunk::default() };
            if self.doubles {
                self.children.borrow_mut().push(child(899));
            }
            self.children.borrow_mut().push(child(900));
            self.answer(child(900))
        }

        async fn update(&self, id: &ChildChunkId, content: &str) -> Result<ChildChunk, ApiError> {
            self.write()?;
            let mut children = self.children.borrow_mut();
            let child = children.iter_mut().find(|child| child.id == id.as_str()).unwrap();
            child.content = self.stored(content);
            self.answer(child.clone())
        }

        async fn delete(&self, id: &ChildChunkId) -> Result<(), ApiError> {
            self.write()?;
            self.children.borrow_mut().retain(|child| child.id != id.as_str());
            self.answer(())
        }
    }

    async fn add(server: &Imitation, content: &str) -> Result<ChildChunk, ApiError> {
        create(server, &Addition::look(server, content).await?).await
    }

    #[tokio::test]
    async fn all_pages_are_read_and_each_child_counts_once() {
        let texts: Vec<String> = (0..250).map(|at| format!("text {at}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let server = with(&texts);
        assert_eq!(all(&server, "").await.unwrap().len(), 250);
        // A total that is never reached ends at the first empty page.
        let boasting = Imitation { claims: Some(9_999), ..with(&texts) };
        assert_eq!(all(&boasting, "").await.unwrap().len(), 250);
    }

    #[tokio::test]
    async fn writes_nothing_over_somebody_elses_change() {
        let server = with(&["theirs"]);
        let outcome = write(&server, &child_id(0), "a", "mine").await.unwrap();
        assert!(matches!(outcome, ChildWritten::Conflict(child) if child.content == "theirs"));
        assert_eq!(write(&server, &child_id(7), "a", "mine").await.unwrap(), ChildWritten::Gone);
        assert_eq!(server.writes.get(), 0);
    }

    #[tokio::test]
    async fn a_success_with_another_text_is_told() {
        let server = Imitation { stores: Some("a"), ..with(&["a"]) };
        assert!(matches!(write(&server, &child_id(0), "a", "b").await.unwrap(), ChildWritten::OtherText(_)));
    }

    #[tokio::test]
    async fn lost_answers_are_looked_up_and_nothing_is_done_twice() {
        let lossy = Imitation { loses_answers: true, ..with(&["a", "twin"]) };
        assert!(matches!(write(&lossy, &child_id(0), "a", "b").await.unwrap(), ChildWritten::Done(_)));
        assert_eq!(add(&lossy, "twin").await.unwrap().id, id(900));
        delete(&lossy, &child_id(0)).await.unwrap();
        assert_eq!(lossy.texts(), ["twin", "twin"]);
        assert_eq!(lossy.writes.get(), 3);
    }

    #[tokio::test]
    async fn another_try_looks_before_it_sends() {
        // The answer is lost, and so are the looks after it and before the second try.
        let server = Imitation { loses_answers: true, blind_looks: Cell::new(2), ..with(&["twin"]) };
        let addition = Addition::look(&server, "twin").await.unwrap();
        assert!(create(&server, &addition).await.is_err());
        assert!(create(&server, &addition.tried()).await.is_err());
        assert_eq!(create(&server, &addition.tried()).await.unwrap().id, id(900));
        assert_eq!((server.writes.get(), server.texts().len()), (1, 2));
    }

    #[tokio::test]
    async fn what_the_browser_sent_twice_is_there_once() {
        for loses_answers in [false, true] {
            let server = Imitation { doubles: true, loses_answers, ..with(&["twin"]) };
            let child = add(&server, "twin").await.unwrap();
            assert_eq!(server.texts(), ["twin", "twin"], "{loses_answers}");
            assert!(server.children.borrow().iter().any(|known| known.id == child.id));
        }
    }

    #[tokio::test]
    async fn what_did_not_get_there_is_a_failure() {
        let down = Imitation { is_down: true, ..with(&["a", "twin"]) };
        assert!(write(&down, &child_id(0), "a", "b").await.is_err());
        // The twin from before is not taken for the new one.
        assert!(add(&down, "twin").await.is_err());
        assert!(delete(&down, &child_id(0)).await.is_err());
    }
}
