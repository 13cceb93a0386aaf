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
    /// Whether it lets no document go.
    is_busy: bool,
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

    async fn delete(&self, id: &DocumentId) -> Result<(), ApiError> {
        if self.is_busy {
            let body = r#"{"code":"document_indexing","message":"Cannot delete document during indexing.","status":400}"#;
            let answer = Answer { status: 400, body: body.to_owned(), ..Answer::default() };
            return Err(ApiError::from_answer("DELETE", "x", &answer));
        }
        self.documents.borrow_mut().retain(|document| document.id != id.as_str());
        Ok(())
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
async fn copies_that_the_browser_made_are_taken_back() {
    let id = |at: u8| format!("00000000-0000-4000-8000-00000000000{at}");
    let old = document(&id(1), "a", 1);
    let makes = vec![document(&id(4), "a", 3), document(&id(3), "a", 2), document(&id(2), "a", 2)];
    let store = |events, is_busy| Imitation {
        documents: RefCell::new(vec![old.clone()]),
        makes: makes.clone(),
        events,
        is_busy,
        ..Imitation::default()
    };
    // Without an answer the first one stays; the old namesake is nobody's copy.
    let lost = store(Vec::new(), false);
    let Outcome::Found(made) = run_once(&lost, &["a"]).await.unwrap() else { unreachable!() };
    assert_eq!((made.documents.len(), made.documents[0].id.clone(), made.copies.taken_back), (1, id(2), 2));
    let left: Vec<String> = lost.documents.borrow().iter().map(|one| one.id.clone()).collect();
    assert_eq!(left, [id(2), id(1)]);
    // With an answer it is the one that the server tells of; what a server does not let go is said.
    let outputs = json!({ "batch": "b", "documents": [{ "id": id(4), "name": "a" }] });
    let end = json!({ "event": "workflow_finished", "data": { "status": "succeeded", "outputs": outputs } });
    let busy = store(vec![end], true);
    let Outcome::Told(state, copies) = run_once(&busy, &["a"]).await.unwrap() else { unreachable!() };
    assert_eq!((state.documents[0].id.clone(), copies), (id(4), Copies { taken_back: 0, left: 2 }));
    // Two of one name that were both asked for are no copies.
    let two = store(Vec::new(), false);
    assert_eq!(ids(run_once(&two, &["a", "a", "a"]).await.unwrap()).len(), 3);
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
