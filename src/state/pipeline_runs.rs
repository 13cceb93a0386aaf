//! Runs of pipelines. They live in `App`: a run goes on while one looks elsewhere, and its documents are followed in the tray.
//! What a run that has not told its end would leave behind is kept before it is sent, so that neither a lost answer nor a reload
//! makes the same documents twice.

use std::collections::HashMap;

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::RunPipeline;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    cache::Resource, document_index::DocumentIndexes, pipeline_files::PipelineFiles, query::QueryCache, uploads::Uploads,
};
use crate::{
    api::{
        ApiError, Client,
        safe_pipeline::{self, Before, Outcome, RemotePipeline},
    },
    dom::{picked::PickedFiles, session_storage},
    model::{
        id::KnowledgeBaseId,
        pipeline::{Ending, RunState},
    },
};

/// What a run takes.
pub struct RunRequest {
    /// What is sent.
    pub body: RunPipeline<Value>,
    /// Names of the documents to come.
    pub names: Vec<String>,
    /// Whether there will be others, from folders.
    pub has_unnamed: bool,
    /// Uploaded files that it uses up.
    pub files: Vec<String>,
}

/// A run of which the end is not known: kept over a reload.
#[derive(Clone, Serialize, Deserialize)]
struct Open {
    before: Before,
    files: Vec<String>,
}

/// How a run came out, for its screen.
#[derive(Clone, Debug, PartialEq)]
pub enum RunEnd {
    /// It told its end.
    Told,
    /// It was refused, or never began.
    Refused(ApiError),
    /// Its answer was lost, and so many documents of those expected are there.
    Found(usize, usize),
    /// Its answer was lost and nothing is there; with the error of the answer, unless the page was loaded again.
    Lost(Option<ApiError>),
}

/// A run on its screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// What it has told.
    pub state: RunState,
    /// How it came out; nothing while it is under way.
    pub end: Option<RunEnd>,
    /// How many documents are there more often than they were to come.
    pub copies: usize,
    /// Whether what an earlier run made is being looked for.
    pub is_looking: bool,
}

type Place = (String, KnowledgeBaseId);

/// The runs of all knowledge bases, the latest of each. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct PipelineRuns {
    runs: RwSignal<HashMap<Place, Run>>,
    /// Files that were dropped on another page of the knowledge base.
    handed: RwSignal<Option<(Place, PickedFiles)>, LocalStorage>,
}

/// What runs change. Read from the context where a run is begun, because it may end where there is none.
#[derive(Clone, Copy)]
pub struct Surroundings {
    uploads: Uploads,
    indexes: DocumentIndexes,
    files: PipelineFiles,
    cache: QueryCache,
}

/// The surroundings that the app provides.
#[must_use]
pub fn use_surroundings() -> Surroundings {
    Surroundings { uploads: expect_context(), indexes: expect_context(), files: expect_context(), cache: expect_context() }
}

impl Default for PipelineRuns {
    fn default() -> Self {
        Self::new()
    }
}

fn place(client: &Client, knowledge_base: &KnowledgeBaseId) -> Place {
    (client.connection().to_owned(), knowledge_base.clone())
}

fn key((connection, knowledge_base): &Place) -> String {
    format!("loredesk.pipeline-run.{connection}.{knowledge_base}")
}

fn open_run(place: &Place) -> Option<Open> {
    session_storage::get(&key(place)).and_then(|text| serde_json::from_str(&text).ok())
}

impl PipelineRuns {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { runs: RwSignal::new(HashMap::new()), handed: RwSignal::new_local(None) }
    }

    /// The latest run of a knowledge base in this tab. Tracks.
    #[must_use]
    pub fn of(self, client: &Client, knowledge_base: &KnowledgeBaseId) -> Option<Run> {
        let place = place(client, knowledge_base);
        self.runs.with(|runs| runs.get(&place).cloned())
    }

    /// Hands files to the page of the pipeline, which is opened next.
    pub fn hand_over(self, client: &Client, knowledge_base: &KnowledgeBaseId, picked: PickedFiles) {
        self.handed.set(Some((place(client, knowledge_base), picked)));
    }

    /// Whether files were handed over to a knowledge base. Tracks.
    #[must_use]
    pub fn has_handed(self, client: &Client, knowledge_base: &KnowledgeBaseId) -> bool {
        let place = place(client, knowledge_base);
        self.handed.with(|handed| handed.as_ref().is_some_and(|(other, _)| *other == place))
    }

    /// Takes the files that were handed over to a knowledge base.
    #[must_use]
    pub fn take_handed(self, client: &Client, knowledge_base: &KnowledgeBaseId) -> Option<PickedFiles> {
        let place = place(client, knowledge_base);
        let is_here = self.handed.with_untracked(|handed| handed.as_ref().is_some_and(|(other, _)| *other == place));
        if is_here { self.handed.try_update(Option::take).flatten().map(|(_, picked)| picked) } else { None }
    }

    /// Runs a pipeline, unless it runs already. What an earlier run without an answer has made is looked for first: if there is
    /// any of it, that is the outcome, and nothing is run.
    pub fn start(self, around: Surroundings, client: &Client, knowledge_base: &KnowledgeBaseId, request: RunRequest) {
        let place = place(client, knowledge_base);
        if !self.begin(&place) {
            return;
        }
        let client = client.clone();
        spawn_local(async move {
            let store = RemotePipeline(client.clone(), place.1.clone());
            if let Some(open) = open_run(&place) {
                match self.look(around, &client, &place, &store, &open).await {
                    Ok(0) => {}
                    Ok(_) => return,
                    Err(error) => return self.end(&place, RunEnd::Refused(error)),
                }
            }
            let RunRequest { body, names, has_unnamed, files } = request;
            let before = match Before::read(&store, names, has_unnamed).await {
                Ok(before) => before,
                Err(error) => return self.end(&place, RunEnd::Refused(error)),
            };
            let open = Open { before, files };
            if let Ok(text) = serde_json::to_string(&open) {
                session_storage::set(&key(&place), &text);
            }
            let show = |state: &RunState| self.change(&place, |run| run.state = state.clone());
            let outcome = safe_pipeline::run(&store, &body, &open.before, show).await;
            self.settle(around, &client, &place, &open, outcome);
        });
    }

    /// Looks for what a run made that was under way when the page was loaded again.
    pub fn resume(self, around: Surroundings, client: &Client, knowledge_base: &KnowledgeBaseId) {
        let place = place(client, knowledge_base);
        let Some(open) = open_run(&place) else { return };
        if self.runs.with_untracked(|runs| runs.contains_key(&place)) || !self.begin(&place) {
            return;
        }
        let client = client.clone();
        spawn_local(async move {
            let store = RemotePipeline(client.clone(), place.1.clone());
            match self.look(around, &client, &place, &store, &open).await {
                Ok(0) => self.end(&place, RunEnd::Lost(None)),
                Ok(_) => {}
                Err(error) => self.end(&place, RunEnd::Lost(Some(error))),
            }
        });
    }

    /// Looks for what an open run made; tells how much there is.
    async fn look(
        self,
        around: Surroundings,
        client: &Client,
        place: &Place,
        store: &RemotePipeline,
        open: &Open,
    ) -> Result<usize, ApiError> {
        self.change(place, |run| run.is_looking = true);
        let made = open.before.find(store).await;
        self.change(place, |run| run.is_looking = false);
        let made = made?;
        let count = made.documents.len();
        if count > 0 {
            self.settle(around, client, place, open, Ok(Outcome::Found(made)));
        }
        Ok(count)
    }

    fn settle(self, around: Surroundings, client: &Client, place: &Place, open: &Open, outcome: Result<Outcome, ApiError>) {
        let follow = |batch: Option<&str>, documents: Vec<(String, String)>| {
            around.uploads.follow_made(client, &place.1, batch, documents);
            let index = around.indexes.of(client, &place.1);
            // Where this fails, the list shows them when it is next loaded.
            spawn_local(async move { drop(index.refresh_newest().await) });
            around.cache.invalidate(Resource::KnowledgeBases);
            around.cache.invalidate(Resource::KnowledgeBase);
        };
        let close = || {
            session_storage::remove(&key(place));
            around.files.remove(&place.0, &place.1, &open.files);
            around.uploads.clear_for_pipeline(client, &place.1);
        };
        match outcome {
            Ok(Outcome::Told(state, copies)) => {
                let is_good = state.ending == Some(Ending::Succeeded);
                let documents: Vec<_> = state.documents.iter().map(|made| (made.id.clone(), made.name.clone())).collect();
                if is_good {
                    close();
                } else {
                    session_storage::remove(&key(place));
                }
                // Also after a failure: some may have been made before it.
                follow(state.batch.as_deref(), documents);
                self.change(place, |run| (run.state, run.copies) = (state, copies));
                self.end(place, RunEnd::Told);
            }
            Ok(Outcome::Found(made)) => {
                close();
                let end = RunEnd::Found(made.documents.len() - made.copies, open.before.expected());
                self.change(place, |run| run.copies = made.copies);
                follow(None, made.documents.into_iter().map(|document| (document.id, document.name)).collect());
                self.end(place, end);
            }
            Ok(Outcome::Lost(error)) => self.end(place, RunEnd::Lost(Some(error))),
            Err(error) => {
                session_storage::remove(&key(place));
                self.end(place, RunEnd::Refused(error));
            }
        }
    }

    /// Notes that a run is under way; false where one is.
    fn begin(self, place: &Place) -> bool {
        let begun = self.runs.try_update(|runs| {
            let is_running = runs.get(place).is_some_and(|run| run.end.is_none());
            if !is_running {
                runs.insert(place.clone(), Run::default());
            }
            !is_running
        });
        begun == Some(true)
    }

    fn change(self, place: &Place, change: impl FnOnce(&mut Run)) {
        let _ = self.runs.try_update(|runs| change(runs.entry(place.clone()).or_default()));
    }

    fn end(self, place: &Place, end: RunEnd) {
        self.change(place, |run| run.end = Some(end));
    }
}
