//! `POST /datasets/{dataset_id}/pipeline/run`.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use loredesk_wire::{
    DatasourceItem, PipelineDocument, PipelineEvent, PipelineRun, PipelineRunData, ProcessMode, ProcessRule, ResponseMode,
    RunPipeline,
};
use rusqlite::Transaction;
use serde_json::{Value, json};

use super::{DATASOURCE_TYPE, check, events, find, node};
use crate::api::documents::accept::queue_new;
use crate::api::documents::cut_name;
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host, no_embeddings};
use crate::store::files::FileRow;
use crate::store::{batches, new_id, now, pipeline_files, process_rules};

/// Name of a document that came without one, by the contract.
const UNTITLED: &str = "untitled";

const BODY: &[Field] = &[
    must("inputs", Kind::Object(&[])),
    must("datasource_type", DATASOURCE_TYPE),
    must("datasource_info_list", Kind::Objects(&[may("reference", TEXT), may("related_id", TEXT), may("name", TEXT)])),
    must("start_node_id", TEXT),
    must("is_published", Kind::Flag),
    must("response_mode", Kind::OneOf(&["streaming", "blocking"])),
];

/// Makes a document of every file and queues it: of all of them, or of none when one is not there. A document of the same name is left
/// alone. The run is over when the documents wait; how far they get is asked for by the batch in its outputs.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(dataset)): Ids<Id>, body: JsonBody) -> Result<Response, ApiError> {
    let id = dataset.clone();
    host.store.read(move |connection| find(connection, &id).map(|_| ())).await?;
    let body: RunPipeline = body.read("RunPipeline", BODY)?;
    check(&body.start_node_id, &body.datasource_type)?;
    check_items(&body.datasource_info_list)?;
    let has_embeddings = host.embeddings.is_some();
    let items = body.datasource_info_list;
    let started = now();
    let outputs = host.store.write(move |tx| queue(tx, &dataset, &items, has_embeddings)).await?;
    host.queue.wake();
    let run = PipelineRun {
        task_id: Some(new_id()),
        workflow_run_id: Some(new_id()),
        data: PipelineRunData { status: Some("succeeded".to_owned()), outputs, ..times(started) },
        ..PipelineRun::default()
    };
    match body.response_mode {
        ResponseMode::Streaming => events(&as_events(&run, &body.inputs)),
        _ => {
            let data = PipelineRunData { id: run.workflow_run_id.clone(), ..run.data };
            Ok(Json(PipelineRun { data, ..run }).into_response())
        }
    }
}

fn times(started: i64) -> PipelineRunData {
    PipelineRunData { created_at: Some(started), finished_at: Some(now()), ..PipelineRunData::default() }
}

fn check_items(items: &[DatasourceItem]) -> Result<(), ApiError> {
    let refuse = |at: String, reason: &str| {
        Err(ApiError::invalid(format!("1 validation error for RunPipeline\ndatasource_info_list{at}\n  {reason}")))
    };
    if items.is_empty() {
        return refuse(String::new(), "must have at least one entry");
    }
    let mut seen = HashSet::new();
    for (at, item) in items.iter().enumerate() {
        if item.reference.is_empty() {
            return refuse(format!(".{at}.reference"), "is required");
        }
        if !seen.insert(&item.reference) {
            return refuse(format!(".{at}.reference"), "is there twice");
        }
    }
    Ok(())
}

/// Makes the documents; answers the outputs of the run.
fn queue(tx: &Transaction<'_>, dataset: &str, items: &[DatasourceItem], has_embeddings: bool) -> Result<Value, ApiError> {
    let dataset = find(tx, dataset)?;
    if dataset.is_high_quality() && !has_embeddings {
        return Err(no_embeddings());
    }
    let files = items.iter().enumerate().map(|(at, item)| uploaded(tx, at, &item.reference)).collect::<Result<Vec<_>, _>>()?;
    let rule = ProcessRule { mode: ProcessMode::Automatic, rules: None };
    let rule = process_rules::insert(tx, dataset.seq, &process_rules::latest(tx, dataset.seq)?.unwrap_or(rule))?;
    let batch = batches::new_id();
    let mut documents = Vec::with_capacity(files.len());
    for (item, file) in items.iter().zip(files) {
        let name = item.name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(UNTITLED);
        let row = queue_new(tx, &dataset, cut_name(name), file.id, rule, batch.clone())?;
        documents.push(PipelineDocument {
            id: row.id,
            position: row.position,
            name: row.name,
            indexing_status: row.indexing_status,
            error: None,
            enabled: row.enabled,
        });
    }
    Ok(json!({ "dataset_id": dataset.id, "batch": batch, "documents": documents }))
}

fn uploaded(tx: &Transaction<'_>, at: usize, reference: &str) -> Result<FileRow, ApiError> {
    pipeline_files::find(tx, &reference.to_lowercase())?.ok_or_else(|| {
        let reason = "is no uploaded file, or one that was removed because no run used it for a day";
        ApiError::invalid(format!("1 validation error for RunPipeline\ndatasource_info_list.{at}.reference\n  {reason}"))
    })
}

/// The same as a stream of events.
fn as_events(run: &PipelineRun, inputs: &Value) -> Vec<PipelineEvent> {
    let event = |name: &str, data: Value| PipelineEvent {
        event: name.to_owned(),
        task_id: run.task_id.clone(),
        workflow_run_id: run.workflow_run_id.clone(),
        data: Some(data),
        ..PipelineEvent::default()
    };
    let (created_at, finished_at, outputs) = (run.data.created_at, run.data.finished_at, &run.data.outputs);
    let elapsed = finished_at.unwrap_or_default() - created_at.unwrap_or_default();
    let id = &run.workflow_run_id;
    let node = node();
    let steps = [("datasource", node.node_id.as_str(), node.title.as_str()), ("knowledge-index", "index", "Knowledge base")];
    let mut events = vec![event("workflow_started", json!({ "id": id, "inputs": inputs, "created_at": created_at }))];
    for (index, (node_type, node_id, title)) in (1..).zip(steps) {
        let mut data = json!({ "id": new_id(), "node_id": node_id, "node_type": node_type, "title": title, "index": index,
            "inputs": inputs, "created_at": created_at });
        events.push(event("node_started", data.clone()));
        if let Value::Object(fields) = &mut data {
            let outputs = if node_type == "datasource" { json!({}) } else { outputs.clone() };
            fields.extend([
                ("status".to_owned(), json!("succeeded")),
                ("outputs".to_owned(), outputs),
                ("error".to_owned(), Value::Null),
                ("elapsed_time".to_owned(), json!(elapsed)),
                ("finished_at".to_owned(), json!(finished_at)),
            ]);
        }
        events.push(event("node_finished", data));
    }
    events.push(event(
        "workflow_finished",
        json!({ "id": id, "status": run.data.status, "outputs": outputs, "error": null, "elapsed_time": elapsed,
            "total_tokens": 0, "total_steps": steps.len(), "created_at": created_at, "finished_at": finished_at }),
    ));
    events
}
