//! Running a pipeline so that nothing is made twice. A run makes new documents each time, whatever there is of the same name, and
//! its answer may be lost: the stream is cut, a proxy gives up, the page is loaded again. So the list is read before a run, and
//! what a run without an answer has made is looked for in it, at once and before the next one.
//!
//! Browsers send a POST again by themselves when a kept connection breaks, so one run may make the same documents several times.
//! The list is read after every run, and what is there too often is told. Nothing is deleted: of two documents of one name nobody
//! can prove which one this run made and not a colleague's.

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

/// What is new in the list since a run was begun.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    /// The documents, oldest first.
    pub documents: Vec<Document>,
    /// How many of them are more than were to come of their names.
    pub copies: usize,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It told its end, good or bad; with how many documents are there too often.
    Told(RunState, usize),
    /// Its answer was lost, and this is there.
    Found(Made),
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

    /// What a run has made, as far as the list shows it.
    ///
    /// # Errors
    /// See [`ErrorKind`]: then nobody knows.
    pub async fn find(&self, store: &impl PipelineStore) -> Result<Made, ApiError> {
        let mut documents: Vec<Document> = Vec::new();
        for page in 1..=PAGES {
            let answer = store.page(page).await?;
            let is_last = answer.data.len() as u64 == 0 || page * dify::PAGE_MAX >= answer.total;
            // Newest first: below what was there before nothing is new.
            let is_through = answer.data.iter().any(|document| self.ids.contains(&document.id));
            for document in answer.data.into_iter().filter(|document| self.is_new(document)) {
                if documents.iter().all(|known| known.id != document.id) {
                    documents.push(document);
                }
            }
            if is_last || is_through {
                break;
            }
        }
        documents.reverse();
        let copies = self.copies(&documents);
        Ok(Made { documents, copies })
    }

    /// How many documents are more than were to come of their names. Of a folder's names nobody knows how many.
    fn copies(&self, documents: &[Document]) -> usize {
        let mut wanted = self.names.clone();
        let is_copy = |document: &&Document| match wanted.iter().position(|name| *name == document.name) {
            Some(at) => {
                wanted.swap_remove(at);
                false
            }
            None => self.names.contains(&document.name),
        };
        documents.iter().filter(is_copy).count()
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
    if let Some(ending) = &state.ending {
        // A failed run may have made some, and another try makes them again: nobody can say what is one too many.
        let made = if *ending == Ending::Succeeded { before.find(store).await.unwrap_or_default() } else { Made::default() };
        // Some servers tell a good end and not what came of it.
        if state.documents.is_empty() {
            let listed = made.documents.into_iter().map(|document| PipelineDocument {
                id: document.id,
                name: document.name,
                ..PipelineDocument::default()
            });
            state.documents = listed.collect();
        }
        return Ok(Outcome::Told(state, made.copies));
    }
    let mut made = before.find(store).await.unwrap_or_default();
    if made.documents.len() < before.expected().max(1) {
        store.pause(PATIENCE).await;
        made = before.find(store).await.unwrap_or(made);
    }
    Ok(if made.documents.is_empty() { Outcome::Lost(error) } else { Outcome::Found(made) })
}

#[cfg(test)]
mod tests;
