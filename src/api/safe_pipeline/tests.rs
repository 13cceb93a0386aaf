//! Runs against an imitated server.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

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
        Outcome::Found(made) => made.documents.into_iter().map(|document| document.id).collect(),
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn a_run_that_tells_its_end_needs_no_look() {
    let end = json!({ "event": "workflow_finished", "data": { "status": "succeeded", "outputs": { "batch": "b" } } });
    let told = Imitation { events: vec![end.clone()], ..Imitation::default() };
    let Outcome::Told(state, _) = run_once(&told, &["a"]).await.unwrap() else { unreachable!() };
    assert_eq!(state.batch.as_deref(), Some("b"));
    assert!(state.documents.is_empty());
    let silent = Imitation { events: vec![end.clone()], makes: vec![document("1", "a", 1)], ..Imitation::default() };
    let Outcome::Told(state, _) = run_once(&silent, &["a"]).await.unwrap() else { unreachable!() };
    assert_eq!(state.documents[0].id, "1");
    // The connection broke after the end.
    let lost = ApiError::local(ErrorKind::Offline, "POST", "x");
    let broken = Imitation { events: vec![end], answer: Some(Err(lost)), ..Imitation::default() };
    assert!(matches!(run_once(&broken, &["a"]).await, Ok(Outcome::Told(..))));
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
        assert_eq!(ids(run_once(&store, &["a.txt", "b.txt"]).await.unwrap()), ["3", "4"], "{late} looks late");
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
    assert_eq!(ids(run_once(&store, &["page"; 250]).await.unwrap()).len(), 250);
}

#[tokio::test]
async fn what_is_there_too_often_is_told_and_stays() {
    let old = document("1", "a", 1);
    let makes = vec![document("5", "b", 3), document("4", "a", 3), document("3", "a", 2), document("2", "a", 2)];
    let store =
        |events| Imitation { documents: RefCell::new(vec![old.clone()]), makes: makes.clone(), events, ..Imitation::default() };
    let lost = store(Vec::new());
    let Outcome::Found(made) = run_once(&lost, &["a", "b"]).await.unwrap() else { unreachable!() };
    let found: Vec<&str> = made.documents.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((found, made.copies), (vec!["2", "3", "4", "5"], 2));
    assert_eq!(lost.documents.borrow().len(), 5);
    // With an answer, what the server tells of is what the run made; the rest is said.
    let outputs = json!({ "batch": "b", "documents": [{ "id": "4", "name": "a" }] });
    let end = json!({ "event": "workflow_finished", "data": { "status": "succeeded", "outputs": outputs } });
    let told = store(vec![end]);
    let Outcome::Told(state, copies) = run_once(&told, &["a"]).await.unwrap() else { unreachable!() };
    assert_eq!((state.documents.len(), state.documents[0].id.as_str(), copies), (1, "4", 2));
    assert_eq!(told.documents.borrow().len(), 5);
    // Several of one name that were all asked for are no copies.
    let three = store(Vec::new());
    let Outcome::Found(made) = run_once(&three, &["a", "a", "a"]).await.unwrap() else { unreachable!() };
    assert_eq!((made.documents.len(), made.copies), (3, 0));
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
    assert_eq!((kept == before, found.documents.len(), found.documents[0].id.as_str()), (true, 1, "2"));
}
