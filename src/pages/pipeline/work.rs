//! What the parts of the page share about one source: its inputs, what it has to offer, what is chosen of it. What was typed is
//! kept in the browser.

use std::collections::HashMap;

use leptos::prelude::*;
use loredesk_wire::{DatasourceNode, DatasourceType, ResponseMode, RunPipeline};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    api::{ApiError, Client},
    config::Limits,
    dom::picked::{PickedFile, PickedFiles},
    model::{
        file::{FileProblem, check_file},
        id::KnowledgeBaseId,
        pipeline::{
            Found, FoundKind, MoreProblem, NodeRun, UploadedFile, Variable, VariableProblem, inputs, more_inputs, variables,
        },
    },
    state::{
        drafts,
        pipeline_files::PipelineFiles,
        pipeline_runs::{PipelineRuns, RunRequest, Surroundings, use_surroundings},
        session::Session,
        uploads::{
            Uploads,
            queue::{Item, Problem, Purpose},
        },
    },
};

/// What was typed for a source.
#[derive(Default, Serialize, Deserialize)]
struct Draft {
    answers: HashMap<String, String>,
    more: String,
}

/// Where asking the source is.
#[derive(Clone, Debug, PartialEq)]
pub enum Looking {
    /// Not asked yet.
    Not,
    /// It is being asked.
    Busy,
    /// It has answered, well or not.
    Answered,
    /// The person stopped it.
    Stopped,
    /// The stream ended before it was done.
    Cut,
    /// The request failed.
    Failed(ApiError),
}

/// A folder of a drive that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFolder {
    /// Its name.
    pub name: String,
    /// Its bucket.
    pub bucket: Option<String>,
    /// Its id.
    pub prefix: Option<String>,
}

/// One source on its page.
#[derive(Clone, Copy)]
pub struct Work {
    /// The connection and the knowledge base.
    pub place: StoredValue<(Client, KnowledgeBaseId)>,
    /// The source.
    pub node: StoredValue<DatasourceNode>,
    /// Whether its published version is run.
    pub is_published: bool,
    /// The credential that is chosen.
    pub credential: StoredValue<Option<String>>,
    /// What it asks for.
    pub variables: StoredValue<Vec<Variable>>,
    /// What was answered, by the variables' names.
    pub answers: RwSignal<HashMap<String, String>>,
    /// Further inputs, as they were typed.
    pub more: RwSignal<String>,
    /// Whether what was typed will not survive a reload.
    pub is_unstored: RwSignal<bool>,
    /// Whether running or looking was tried, so that problems are shown.
    pub has_tried: RwSignal<bool>,
    /// What is wrong with the answers, by the variables' names.
    pub problems: Memo<HashMap<String, VariableProblem>>,
    /// What is wrong with the further inputs.
    pub more_problem: Memo<Option<MoreProblem>>,
    /// What the source has told.
    pub told: RwSignal<NodeRun>,
    /// Where asking it is.
    pub looking: RwSignal<Looking>,
    /// The folders that are open, the innermost last.
    pub trail: RwSignal<Vec<OpenFolder>>,
    /// Files that were uploaded and wait for a run.
    pub files: Memo<Vec<UploadedFile>>,
    /// What is chosen for the run.
    pub chosen: RwSignal<Vec<Found>>,
    // Read once: what listens to the window has no context to read them from.
    uploads: Uploads,
    around: Surroundings,
    limits: StoredValue<Limits>,
}

impl Work {
    /// A source as it is opened.
    #[must_use]
    pub fn new(
        client: Client,
        knowledge_base: KnowledgeBaseId,
        node: DatasourceNode,
        is_published: bool,
        credential: Option<String>,
    ) -> Self {
        let uploads = expect_context::<Uploads>();
        let variables = variables(&node);
        let key = format!("pipeline.{}.{knowledge_base}.{}", client.connection(), node.node_id);
        let Draft { answers, more } = drafts::get(&key).unwrap_or_default();
        let (answers, more, is_unstored) = (RwSignal::new(answers), RwSignal::new(more), RwSignal::new(false));
        Effect::new(move |before: Option<()>| {
            let draft = Draft { answers: answers.get(), more: more.get() };
            if before.is_none() {
                return;
            }
            if draft.answers.is_empty() && draft.more.trim().is_empty() {
                drafts::remove(&key);
            } else {
                is_unstored.set(!drafts::set(&key, &draft));
            }
        });
        let waiting = expect_context::<PipelineFiles>();
        let (connection, own) = (client.connection().to_owned(), knowledge_base.clone());
        let files = Memo::new(move |_| waiting.of(&connection, &own));
        let variables = StoredValue::new(variables);
        let problems = Memo::new(move |_| {
            answers.with(|answers| {
                files.with(|files| {
                    variables.with_value(|variables| {
                        let problem = |variable: &Variable| {
                            let answer = answers.get(&variable.name).unwrap_or(&variable.default);
                            let own = files.iter().filter(|file| file.variable.as_ref() == Some(&variable.name)).count();
                            Some((variable.name.clone(), variable.problem(answer, own)?))
                        };
                        variables.iter().filter_map(problem).collect()
                    })
                })
            })
        });
        Self {
            place: StoredValue::new((client, knowledge_base)),
            node: StoredValue::new(node),
            is_published,
            credential: StoredValue::new(credential),
            variables,
            answers,
            more,
            is_unstored,
            has_tried: RwSignal::new(false),
            problems,
            more_problem: Memo::new(move |_| more.with(|more| more_inputs(more).err())),
            told: RwSignal::new(NodeRun::default()),
            looking: RwSignal::new(Looking::Not),
            trail: RwSignal::new(Vec::new()),
            files,
            chosen: RwSignal::new(Vec::new()),
            uploads,
            around: use_surroundings(),
            limits: StoredValue::new(expect_context::<Session>().config().limits.clone()),
        }
    }

    /// The type of the source.
    #[must_use]
    pub fn kind(self) -> DatasourceType {
        self.node.with_value(|node| node.datasource_type.clone())
    }

    /// The inputs as they are sent.
    #[must_use]
    pub fn inputs(self) -> Value {
        let more = self.more.with_untracked(|more| more_inputs(more)).unwrap_or_else(|_| Map::new());
        self.variables.with_value(|variables| {
            self.answers.with_untracked(|answers| self.files.with_untracked(|files| inputs(variables, answers, files, more)))
        })
    }

    /// Whether an input is wrong. Tracks.
    #[must_use]
    pub fn has_problems(self) -> bool {
        self.problems.with(|problems| !problems.is_empty()) || self.more_problem.with(Option::is_some)
    }

    /// The files of the queue on their way to this pipeline. Tracks.
    #[must_use]
    pub fn on_their_way(self) -> Vec<Item> {
        self.place.with_value(|(client, knowledge_base)| {
            self.uploads.queue().with(|queue| {
                let is_own = |item: &&Item| {
                    item.purpose != Purpose::Document
                        && !item.stage.is_ended()
                        && item.connection == client.connection()
                        && item.knowledge_base == *knowledge_base
                };
                queue.items.iter().filter(is_own).cloned().collect()
            })
        })
    }

    /// Whether something is chosen. Tracks.
    #[must_use]
    pub fn is_chosen(self, key: &str) -> bool {
        self.chosen.with(|chosen| chosen.iter().any(|found| found.key == key))
    }

    /// Chooses things, or not.
    pub fn choose(self, things: Vec<Found>, is_chosen: bool) {
        self.chosen.update(|chosen| {
            for found in things {
                chosen.retain(|known| known.key != found.key);
                if is_chosen {
                    chosen.push(found);
                }
            }
        });
    }

    /// Sends picked files, for the run or for an input, perhaps of other types than usual; what the server would refuse is listed
    /// in the tray with the reason.
    pub fn send(self, picked: PickedFiles, variable: Option<&str>, extensions: Option<Vec<String>>) {
        let mut limits = self.limits.get_value();
        limits.extensions = extensions.unwrap_or(limits.extensions);
        let (mut good, mut skipped) = (Vec::new(), Vec::new());
        for PickedFile { file, .. } in picked.files {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
            match check_file(&file.name(), file.size() as u64, &limits) {
                Ok(()) => good.push(file),
                Err(problem) => skipped.push((file.name(), file.size(), Problem::File(problem))),
            }
        }
        skipped.extend(picked.unreadable.into_iter().map(|path| (path, 0.0, Problem::File(FileProblem::Unreadable))));
        self.place.with_value(|(client, knowledge_base)| {
            self.uploads.add_skipped(client, knowledge_base, skipped);
            self.uploads.add_for_pipeline(client, knowledge_base, good, variable);
        });
    }

    /// Runs the pipeline with what is chosen.
    pub fn run(self, runs: PipelineRuns) {
        let chosen = self.chosen.get_untracked();
        let node = self.node.get_value();
        let is_named = |found: &&Found| found.kind == FoundKind::Document;
        let name = |found: &Found| if found.name.trim().is_empty() { "untitled".to_owned() } else { found.name.clone() };
        let files = self.files.with_untracked(|files| {
            let is_used = |file: &&UploadedFile| file.variable.is_some() || chosen.iter().any(|found| found.key == file.id);
            files.iter().filter(is_used).map(|file| file.id.clone()).collect()
        });
        let request = RunRequest {
            names: chosen.iter().filter(is_named).map(name).collect(),
            has_unnamed: chosen.iter().any(|found| found.kind == FoundKind::Folder),
            files,
            body: RunPipeline {
                inputs: self.inputs(),
                datasource_type: node.datasource_type,
                datasource_info_list: chosen.into_iter().map(|found| found.item).collect(),
                start_node_id: node.node_id,
                is_published: self.is_published,
                response_mode: ResponseMode::Streaming,
            },
        };
        let (client, knowledge_base) = self.place.get_value();
        runs.start(self.around, &client, &knowledge_base, request);
    }
}

/// A file that waits, as something that a run can take in.
#[must_use]
pub fn as_found(file: &UploadedFile) -> Found {
    Found {
        key: file.id.clone(),
        name: file.name.clone(),
        detail: String::new(),
        group: String::new(),
        kind: FoundKind::Document,
        size: Some(file.size),
        item: json!({ "reference": file.id, "name": file.name }),
    }
}

/// The source that the page provides.
#[must_use]
pub fn use_work() -> Work {
    expect_context::<Work>()
}
