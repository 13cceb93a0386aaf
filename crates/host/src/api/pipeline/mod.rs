//! Knowledge pipelines. This host has one, built in: its only node takes files that were uploaded, and every file becomes a document, by
//! the same indexing as all others. What is published and the draft are the same.

pub(crate) mod file_upload;
pub(crate) mod plugins;
pub(crate) mod run;
pub(crate) mod run_node;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use loredesk_wire::{DatasourceNode, DatasourceType, PipelineEvent};
use rusqlite::Connection;
use uuid::Uuid;

use super::shape::Kind;
use super::{ApiError, datasets};
use crate::store::datasets::DatasetRow;

/// Id of the node.
const NODE: &str = "files";
const DATASOURCE_TYPE: Kind = Kind::OneOf(&["local_file", "online_document", "website_crawl", "online_drive"]);

/// The node that takes uploaded files.
fn node() -> DatasourceNode {
    DatasourceNode {
        node_id: NODE.to_owned(),
        plugin_id: Some("loredesk/files".to_owned()),
        provider_name: Some("files".to_owned()),
        datasource_type: DatasourceType::LocalFile,
        title: "Files".to_owned(),
        user_input_variables: Vec::new(),
        credentials: Vec::new(),
    }
}

/// The id of the pipeline of a new knowledge base.
pub(crate) fn new_id() -> String {
    Uuid::new_v4().to_string()
}

/// The knowledge base, which has to have a pipeline, or the contract's refusal.
fn find(connection: &Connection, dataset: &str) -> Result<DatasetRow, ApiError> {
    let row = datasets::find(connection, dataset)?;
    if row.pipeline_id.is_none() {
        return Err(ApiError::invalid("Pipeline not found"));
    }
    Ok(row)
}

/// Refuses what this pipeline does not have: another node, or another kind of source.
fn check(node_id: &str, datasource_type: &DatasourceType) -> Result<(), ApiError> {
    if node_id != NODE {
        return Err(ApiError::invalid(format!("This pipeline has no node {node_id:?}. Its only one is {NODE:?}.")));
    }
    if *datasource_type != DatasourceType::LocalFile {
        let message = format!("datasource_type: this pipeline takes local_file only, not {}.", datasource_type.as_str());
        return Err(ApiError::invalid(message));
    }
    Ok(())
}

/// The events as a stream. All are known before the first is sent: a run is over when its documents wait in the queue.
fn events(events: &[PipelineEvent]) -> Result<Response, ApiError> {
    let mut body = String::new();
    for event in events {
        let json = serde_json::to_string(event).map_err(|_| crate::store::StoreError::Stopped)?;
        body.push_str(&format!("data: {json}\n\n"));
    }
    Ok(([(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-cache")], body).into_response())
}
