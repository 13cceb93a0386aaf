//! What the events of a pipeline's run tell: its steps, how it ended, and the documents that came of it.

use loredesk_wire::{PipelineDocument, PipelineEvent, PipelineRun, PipelineRunData};
use serde_json::Value;

/// Where a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Under way.
    Running,
    /// Done.
    Done,
    /// It failed.
    Failed,
}

/// A node of the pipeline, as far as it was heard of.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Node id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub state: StepState,
    /// Seconds that it took.
    pub seconds: Option<f64>,
    /// Why it failed.
    pub error: Option<String>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Well.
    Succeeded,
    /// Not; in the server's own words, which may be none.
    Failed(String),
}

/// A run as far as it has told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunState {
    /// Its steps in their order.
    pub steps: Vec<Step>,
    /// How it ended; nothing while it has not.
    pub ending: Option<Ending>,
    /// Batch to ask for.
    pub batch: Option<String>,
    /// The documents that came of it.
    pub documents: Vec<PipelineDocument>,
}

fn text(data: &Value, keys: &[&str]) -> String {
    let found = keys.iter().find_map(|key| data[*key].as_str().filter(|text| !text.trim().is_empty()));
    found.unwrap_or_default().to_owned()
}

impl RunState {
    /// Takes an event in.
    pub fn take(&mut self, event: PipelineEvent) {
        let data = event.data.unwrap_or_default();
        match event.event.as_str() {
            "node_started" => {
                let id = text(&data, &["node_id", "id"]);
                let title = text(&data, &["title", "node_type", "node_id"]);
                self.steps.retain(|step| step.id != id || step.state != StepState::Running);
                self.steps.push(Step { id, title, state: StepState::Running, seconds: None, error: None });
            }
            "node_finished" => {
                let id = text(&data, &["node_id", "id"]);
                let error = Some(text(&data, &["error"])).filter(|error| !error.is_empty());
                let has_failed = matches!(data["status"].as_str(), Some("failed" | "exception" | "stopped"));
                let state = if has_failed { StepState::Failed } else { StepState::Done };
                let seconds = data["elapsed_time"].as_f64();
                match self.steps.iter_mut().rev().find(|step| step.id == id) {
                    Some(step) => (step.state, step.seconds, step.error) = (state, seconds, error),
                    // Its beginning was not heard of.
                    None => {
                        let title = text(&data, &["title", "node_type", "node_id"]);
                        self.steps.push(Step { id, title, state, seconds, error });
                    }
                }
                self.take_outputs(&data["outputs"]);
            }
            "workflow_finished" => {
                self.take_outputs(&data["outputs"]);
                let error = text(&data, &["error"]);
                self.ending = Some(ending(data["status"].as_str(), error));
            }
            "error" | "workflow_failed" => {
                let said = event.message.or(event.error).or(event.code).unwrap_or_else(|| text(&data, &["error", "message"]));
                self.ending = Some(Ending::Failed(said.trim().to_owned()));
            }
            _ => {}
        }
    }

    /// Takes one answer in place of a stream: servers in the field answer a published pipeline so.
    pub fn take_whole(&mut self, run: &PipelineRun) {
        if let Some(batch) = run.batch() {
            self.batch = Some(batch.to_owned());
        }
        let documents = run.all_documents();
        if !documents.is_empty() {
            self.documents = documents;
        }
        let status =
            run.data.status.as_deref().or_else(|| (self.batch.is_some() || run.workflow_run_id.is_some()).then_some("succeeded"));
        if status.is_some() {
            self.ending = Some(ending(status, run.data.error.clone().unwrap_or_default()));
        }
    }

    fn take_outputs(&mut self, outputs: &Value) {
        let whole = PipelineRun {
            data: PipelineRunData { outputs: outputs.clone(), ..PipelineRunData::default() },
            ..PipelineRun::default()
        };
        if let Some(batch) = whole.batch() {
            self.batch = Some(batch.to_owned());
        }
        let documents = whole.all_documents();
        if !documents.is_empty() {
            self.documents = documents;
        }
    }
}

fn ending(status: Option<&str>, error: String) -> Ending {
    match status {
        Some("failed" | "stopped" | "exception") => Ending::Failed(error),
        _ if error.is_empty() => Ending::Succeeded,
        // Some steps failed and the run went on.
        Some("succeeded" | "partial-succeeded") => Ending::Succeeded,
        _ => Ending::Failed(error),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use loredesk_wire::decode;
    use serde_json::json;

    use super::*;

    fn run(events: &[Value]) -> RunState {
        let mut run = RunState::default();
        events.iter().for_each(|event| run.take(decode(&event.to_string()).unwrap()));
        run
    }

    #[test]
    fn steps_are_told_as_they_come() {
        let started = json!({ "event": "node_started", "data": { "node_id": "1", "title": "Files" } });
        let finished = json!({ "event": "node_finished", "data": { "node_id": "1", "status": "succeeded", "elapsed_time": 2 } });
        let now = run(&[json!({ "event": "workflow_started" }), started.clone(), finished.clone()]);
        assert_eq!((now.steps.len(), now.steps[0].state, now.steps[0].seconds), (1, StepState::Done, Some(2.0)));
        assert_eq!(now.ending, None);
        // A step that is begun again, and one whose beginning was missed.
        assert_eq!(run(&[started.clone(), started]).steps.len(), 1);
        assert_eq!(run(&[finished]).steps[0].title, "1");
        let failed = json!({ "event": "node_finished", "data": { "node_id": "1", "status": "failed", "error": "No text." } });
        let step = run(&[failed]).steps.remove(0);
        assert_eq!((step.state, step.error.as_deref()), (StepState::Failed, Some("No text.")));
    }

    #[test]
    fn an_end_brings_the_documents() {
        let outputs = json!({ "batch": "b", "documents": [{ "id": "x", "name": "a.txt", "indexing_status": "waiting" }] });
        let now =
            run(&[json!({ "event": "workflow_finished", "data": { "status": "succeeded", "outputs": outputs, "error": null } })]);
        assert_eq!((now.ending, now.batch.as_deref(), now.documents.len()), (Some(Ending::Succeeded), Some("b"), 1));
    }

    #[test]
    fn every_bad_end_is_one() {
        let end = |data: Value| run(&[json!({ "event": "workflow_finished", "data": data })]).ending.unwrap();
        assert_eq!(end(json!({ "status": "failed", "error": "Out of memory" })), Ending::Failed("Out of memory".to_owned()));
        assert_eq!(end(json!({ "status": "stopped" })), Ending::Failed(String::new()));
        assert_eq!(end(json!({ "status": "partial-succeeded", "error": "one" })), Ending::Succeeded);
        let error = run(&[json!({ "event": "error", "status": 500, "code": "pipeline_run_error", "message": "It broke." })]);
        assert_eq!(error.ending, Some(Ending::Failed("It broke.".to_owned())));
    }

    #[test]
    fn one_answer_in_place_of_a_stream_counts_as_well() {
        let mut now = RunState::default();
        now.take_whole(&decode(r#"{"batch":"b","dataset":{},"documents":[{"id":"x","name":"n"}]}"#).unwrap());
        assert_eq!((now.ending, now.batch.as_deref(), now.documents.len()), (Some(Ending::Succeeded), Some("b"), 1));
        let mut nothing = RunState::default();
        nothing.take_whole(&decode("{}").unwrap());
        assert_eq!(nothing.ending, None);
    }
}
