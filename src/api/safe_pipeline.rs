//! Running a pipeline so that nothing is made twice. A run makes new documents each time, whatever there is of the same name, and
//! its answer may be lost: the stream is cut, a proxy gives up, the page is loaded again. So the list is read before a run, and
//! what a run without an answer has made is looked for in it, at once and before the next one.

use std::future::Future;

use loredesk_wire::{Document, Page, PipelineDocument, PipelineEvent, PipelineRun, RunPipeline};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ApiError, Client, ErrorKind, dify};
use crate::model::{
    id::KnowledgeBaseId,
    pipeline::{Ending, RunState},
};

/// How much later than asked a server may still be busy with a run whose answer was lost, in milliseconds.
const PATIENCE: u32 = 2_500;
/// Pages of the list that are looked through at most.
const PAGES: u64 = 20;

/// Where a pipeline runs.
pub trait PipelineStore {
    /// A page of 100 documents, newest first.
    fn page(&self, page: u64) -> impl Future<Output = Result<Page<Document>, ApiError>>;
    /// Runs it.
    fn run(
        &self,
        body: &RunPipeline<Value>,
        on_event: impl FnMut(PipelineEvent),
    ) -> impl Future<Output = Result<Option<PipelineRun>, ApiError>>;
    /// Waits for so many milliseconds.
    fn pause(&self, milliseconds: u32) -> impl Future<Output = ()>;
}

/// The pipeline of a knowledge base on a server.
#[derive(Clone)]
pub struct RemotePipeline(pub Client, pub KnowledgeBaseId);

impl PipelineStore for RemotePipeline {
    async fn page(&self, page: u64) -> Result<Page<Document>, ApiError> {
        dify::documents::list(&self.0, &self.1, page).await
    }

    async fn run(&self, body: &RunPipeline<Value>, on_event: impl FnMut(PipelineEvent)) -> Result<Option<PipelineRun>, ApiError> {
        dify::pipeline::run(&self.0, &self.1, body, on_event).await
    }

    async fn pause(&self, milliseconds: u32) {
        crate::dom::timers::sleep(milliseconds).await;
    }
}

/// What was there before a run, and what is to come of it: enough to tell its documents from all others. Kept over a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Ids of the newest documents.
    ids: Vec<String>,
    /// When the newest was made, by the server's clock.
    newest: i64,
    /// Names that the new documents will have.
    names: Vec<String>,
    /// Whether the names of some are not known: those in a folder.
    has_unnamed: bool,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It told its end, good or bad.
    Told(RunState),
    /// Its answer was lost, and these documents are there.
    Found(Vec<Document>),
    /// Its answer was lost, and nothing of it is there, as far as the server says. The next run has to look again.
    Lost(ApiError),
}

impl Before {
    /// Reads what is there before a run that will make documents of these names.
    ///
    /// # Errors
    /// See [`ErrorKind`]: without it nothing may be run.
    pub async fn read(store: &impl PipelineStore, names: Vec<String>, has_unnamed: bool) -> Result<Self, ApiError> {
        let page = store.page(1).await?.data;
        let newest = page.iter().filter_map(|document| document.created_at).max().unwrap_or_default();
        Ok(Self { ids: page.into_iter().map(|document| document.id).collect(), newest, names, has_unnamed })
    }

    /// How many documents are to come, at least.
    #[must_use]
    pub fn expected(&self) -> usize {
        self.names.len()
    }

    fn is_new(&self, document: &Document) -> bool {
        let is_named = self.has_unnamed || self.names.contains(&document.name);
        is_named && !self.ids.contains(&document.id) && document.created_at.unwrap_or(i64::MAX) >= self.newest
    }

    /// The documents that a run without an answer has made.
    ///
    /// # Errors
    /// See [`ErrorKind`]: then nobody knows.
    pub async fn find(&self, store: &impl PipelineStore) -> Result<Vec<Document>, ApiError> {
        let mut found: Vec<Document> = Vec::new();
        for page in 1..=PAGES {
            let answer = store.page(page).await?;
            let is_last = answer.data.len() as u64 == 0 || page * dify::PAGE_MAX >= answer.total;
            // Newest first: below what was there before nothing is new.
            let is_through = answer.data.iter().any(|document| self.ids.contains(&document.id));
            for document in answer.data.into_iter().filter(|document| self.is_new(document)) {
                if found.iter().all(|known| known.id != document.id) {
                    found.push(document);
                }
            }
            if is_last || is_through {
                break;
            }
        }
        Ok(found)
    }
}

/// Runs a pipeline. `on_state` hears every step.
///
/// # Errors
/// A refusal: nothing was run.
pub async fn run(
    store: &impl PipelineStore,
    body: &RunPipeline<Value>,
    before: &Before,
    mut on_state: impl FnMut(&RunState),
) -> Result<Outcome, ApiError> {
    let mut state = RunState::default();
    let answer = store
        .run(body, |event| {
            state.take(event);
            on_state(&state);
        })
        .await;
    let error = match answer {
        Ok(whole) => {
            if let Some(whole) = whole {
                state.take_whole(&whole);
            }
            // A stream that ends before the run does was cut.
            ApiError::local(ErrorKind::Offline, "POST", "pipeline/run")
        }
        Err(error) if state.ending.is_none() && !error.is_outcome_unknown() => return Err(error),
        Err(error) => error,
    };
    // What was told counts, even where the connection broke after it.
    if state.ending.is_some() {
        // Some servers tell a good end and not what came of it.
        if state.ending == Some(Ending::Succeeded) && state.documents.is_empty() {
            let found = before.find(store).await.unwrap_or_default();
            let made =
                |document: Document| PipelineDocument { id: document.id, name: document.name, ..PipelineDocument::default() };
            state.documents = found.into_iter().map(made).collect();
        }
        return Ok(Outcome::Told(state));
    }
    let mut found = before.find(store).await.unwrap_or_default();
    if found.len() < before.expected().max(1) {
        store.pause(PATIENCE).await;
        found = before.find(store).await.unwrap_or(found);
    }
    Ok(if found.is_empty() { Outcome::Lost(error) } else { Outcome::Found(found) })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::{Cell, RefCell};

    use loredesk_wire::decode;
    use serde_json::json;

    use super::*;
    use crate::api::error::Answer;

    /// Imitates a server; the real client needs a browser.
    #[derive(Default)]
    struct Imitation {
        documents: RefCell<Vec<Document>>,
        /// The events of a run.
        events: Vec<Value>,
        /// What a run makes, how many looks later than the run.
        makes: Vec<Document>,
        late: Cell<u32>,
        answer: Option<Result<Option<PipelineRun>, ApiError>>,
        runs: Cell<u32>,
    }

    impl PipelineStore for Imitation {
        async fn page(&self, page: u64) -> Result<Page<Document>, ApiError> {
            if self.runs.get() > 0 {
                match self.late.get() {
                    0 => {
                        let known = self.documents.borrow().iter().any(|one| self.makes.iter().any(|made| made.id == one.id));
                        if !known {
                            self.documents.borrow_mut().splice(0..0, self.makes.clone());
                        }
                    }
                    late => self.late.set(late - 1),
                }
            }
            let all = self.documents.borrow();
            let data = all.iter().skip((usize::try_from(page).unwrap() - 1) * 100).take(100).cloned().collect();
            Ok(Page { data, total: all.len() as u64, ..Page::default() })
        }

        async fn run(
            &self,
            _: &RunPipeline<Value>,
            mut on_event: impl FnMut(PipelineEvent),
        ) -> Result<Option<PipelineRun>, ApiError> {
            self.runs.set(self.runs.get() + 1);
            self.events.iter().for_each(|event| on_event(decode(&event.to_string()).unwrap()));
            self.answer.clone().unwrap_or(Ok(None))
        }

        async fn pause(&self, _: u32) {}
    }

    fn document(id: &str, name: &str, created_at: i64) -> Document {
        Document { id: id.to_owned(), name: name.to_owned(), created_at: Some(created_at), ..Document::default() }
    }

    async fn run_once(store: &Imitation, names: &[&str]) -> Result<Outcome, ApiError> {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let before = Before::read(store, names, false).await?;
        run(store, &RunPipeline::default(), &before, |_| {}).await
    }

    fn ids(outcome: Outcome) -> Vec<String> {
        match outcome {
            Outcome::Found(found) => found.into_iter().map(|document| document.id).collect(),
            other => unreachable!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_run_that_tells_its_end_needs_no_look() {
        let end = json!({ "event": "workflow_finished", "data": { "status": "succeeded", "outputs": { "batch": "b" } } });
        let told = Imitation { events: vec![end.clone()], ..Imitation::default() };
        let Outcome::Told(state) = run_once(&told, &["a"]).await.unwrap() else { unreachable!() };
        assert_eq!(state.batch.as_deref(), Some("b"));
        assert!(state.documents.is_empty());
        let silent = Imitation { events: vec![end.clone()], makes: vec![document("1", "a", 1)], ..Imitation::default() };
        let Outcome::Told(state) = run_once(&silent, &["a"]).await.unwrap() else { unreachable!() };
        assert_eq!(state.documents[0].id, "1");
        // The connection broke after the end.
        let lost = ApiError::local(ErrorKind::Offline, "POST", "x");
        let broken = Imitation { events: vec![end], answer: Some(Err(lost)), ..Imitation::default() };
        assert!(matches!(run_once(&broken, &["a"]).await, Ok(Outcome::Told(_))));
    }

    #[tokio::test]
    async fn a_cut_stream_is_looked_up_and_old_namesakes_are_told_from_new() {
        let started = json!({ "event": "workflow_started" });
        let old = vec![document("1", "a.txt", 100), document("2", "b.txt", 100)];
        let makes = vec![document("4", "b.txt", 101), document("3", "a.txt", 100)];
        for late in [0, 1] {
            let store = Imitation {
                documents: RefCell::new(old.clone()),
                events: vec![started.clone()],
                makes: makes.clone(),
                late: Cell::new(late),
                ..Imitation::default()
            };
            assert_eq!(ids(run_once(&store, &["a.txt", "b.txt"]).await.unwrap()), ["4", "3"], "{late} looks late");
        }
        // Somebody else's document of another name is not this run's.
        let other = vec![document("9", "c.txt", 102)];
        let store = Imitation { documents: RefCell::new(old), events: vec![started], makes: other, ..Imitation::default() };
        assert!(matches!(run_once(&store, &["a.txt"]).await, Ok(Outcome::Lost(_))));
    }

    #[tokio::test]
    async fn many_documents_are_found_on_all_their_pages() {
        let makes: Vec<Document> = (0..250).map(|at| document(&format!("new {at}"), "page", 5)).collect();
        let store = Imitation { documents: RefCell::new(vec![document("old", "page", 4)]), makes, ..Imitation::default() };
        assert_eq!(ids(run_once(&store, &["page"]).await.unwrap()).len(), 250);
    }

    #[tokio::test]
    async fn a_refusal_is_no_lost_answer() {
        let refused = ApiError::from_answer("POST", "x", &Answer { status: 400, body: "{}".to_owned(), ..Answer::default() });
        let store = Imitation { answer: Some(Err(refused.clone())), makes: vec![document("1", "a", 1)], ..Imitation::default() };
        assert_eq!(run_once(&store, &["a"]).await, Err(refused));
        // A gateway that gave up says nothing about what happened behind it.
        let gateway = ApiError::from_answer("POST", "x", &Answer { status: 504, ..Answer::default() });
        let store = Imitation { answer: Some(Err(gateway)), makes: vec![document("1", "a", 1)], ..Imitation::default() };
        assert_eq!(ids(run_once(&store, &["a"]).await.unwrap()), ["1"]);
    }

    #[tokio::test]
    async fn what_is_kept_over_a_reload_finds_the_same() {
        let store = Imitation { documents: RefCell::new(vec![document("1", "a", 7)]), ..Imitation::default() };
        let before = Before::read(&store, vec!["a".to_owned()], false).await.unwrap();
        let kept: Before = serde_json::from_str(&serde_json::to_string(&before).unwrap()).unwrap();
        store.documents.borrow_mut().insert(0, document("2", "a", 7));
        let found = kept.find(&store).await.unwrap();
        assert_eq!((kept == before, found.len(), found[0].id.as_str()), (true, 1, "2"));
    }
}
