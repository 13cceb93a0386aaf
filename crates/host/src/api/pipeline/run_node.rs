//! `POST /datasets/{dataset_id}/pipeline/datasource/nodes/{node_id}/run`.

use std::time::Instant;

use axum::extract::State;
use axum::response::Response;
use loredesk_wire::{PipelineEvent, RunDatasourceNode};
use serde_json::{Value, json};

use super::{DATASOURCE_TYPE, check, events, find};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host};
use crate::civil;
use crate::store::pipeline_files;

const BODY: &[Field] = &[
    must("inputs", Kind::Object(&[])),
    must("datasource_type", DATASOURCE_TYPE),
    may("credential_id", TEXT),
    must("is_published", Kind::Flag),
];

/// What there is to take in: the files that were uploaded and that no document uses yet. Each can be sent to a run as it is.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), node)): Ids<(Id, String)>,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let started = Instant::now();
    host.store.read(move |connection| find(connection, &dataset).map(|_| ())).await?;
    let body: RunDatasourceNode = body.read("RunDatasourceNode", BODY)?;
    check(&node, &body.datasource_type)?;
    let waiting = host.store.read(pipeline_files::unused).await?;
    let data: Vec<Value> = waiting
        .iter()
        .map(|row| {
            json!({ "reference": row.id, "name": row.name, "size": row.size, "extension": row.extension,
                "mime_type": row.mime_type, "created_at": civil::iso(row.created_at) })
        })
        .collect();
    let (total, time_consuming) = (Some(data.len() as u64), Some(started.elapsed().as_secs_f64()));
    let event = |name: &str| PipelineEvent { event: name.to_owned(), total, ..PipelineEvent::default() };
    events(&[
        PipelineEvent { completed: Some(0), ..event("datasource_processing") },
        PipelineEvent { completed: total, data: Some(Value::Array(data)), time_consuming, ..event("datasource_completed") },
    ])
}
