//! Knowledge pipelines: their data sources, files for them, and runs.

use loredesk_wire::{DatasourceNode, PipelineEvent, PipelineRun, RunDatasourceNode, RunPipeline};
use serde_json::Value;

use crate::{
    api::{ApiError, Client, http::encode_component, stream, upload::Upload},
    model::id::KnowledgeBaseId,
};

/// The data source nodes of the pipeline, published or draft.
///
/// Operation: listDatasourcePlugins.
///
/// # Errors
/// `NotOffered` on older servers; `Invalid` where the knowledge base has no pipeline.
pub async fn sources(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    is_published: bool,
) -> Result<Vec<DatasourceNode>, ApiError> {
    client.get(&format!("datasets/{knowledge_base}/pipeline/datasource-plugins?is_published={is_published}")).await
}

/// Runs a data source node: finds what there is to take in, and changes nothing. Dropping the future stops it.
///
/// Operation: runDatasourceNode.
///
/// # Errors
/// See [`crate::api::ErrorKind`]; that the node itself failed is told by its events.
pub async fn run_node(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    node: &str,
    body: &RunDatasourceNode,
    mut on_event: impl FnMut(PipelineEvent),
) -> Result<(), ApiError> {
    let path = format!("datasets/{knowledge_base}/pipeline/datasource/nodes/{}/run", encode_component(node));
    let whole = stream::post(client, &path, body, |data| hand_on(data, &mut on_event)).await?;
    if let Some(answer) = whole {
        let event = loredesk_wire::decode(&answer.body);
        on_event(event.map_err(|error| ApiError::undecodable("POST", &path, &answer, &error.to_string()))?);
    }
    Ok(())
}

/// Starts sending a file for a run. It belongs to no knowledge base before one takes it.
///
/// Operation: uploadPipelineFile.
///
/// # Errors
/// Offline, where the browser refuses to send at all; signed out, while requests are held back.
pub fn upload_file(
    client: &Client,
    file: &web_sys::File,
    name: &str,
    on_progress: impl Fn(f64, f64) + 'static,
) -> Result<Upload, ApiError> {
    Upload::start(client, "POST", "datasets/pipeline/file-upload", Some((file, name)), None::<&()>, on_progress)
}

/// Runs a pipeline, which makes documents. `None` after a stream; servers in the field answer a published pipeline at once.
/// Through [`crate::api::safe_pipeline`], which knows what a lost answer means.
///
/// Operation: runPipeline.
///
/// # Errors
/// See [`crate::api::ErrorKind`]; that the run itself failed is told by its events.
pub async fn run(
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    body: &RunPipeline<Value>,
    mut on_event: impl FnMut(PipelineEvent),
) -> Result<Option<PipelineRun>, ApiError> {
    let path = format!("datasets/{knowledge_base}/pipeline/run");
    let Some(answer) = stream::post(client, &path, body, |data| hand_on(data, &mut on_event)).await? else { return Ok(None) };
    let run = loredesk_wire::decode(&answer.body);
    run.map(Some).map_err(|error| ApiError::undecodable("POST", &path, &answer, &error.to_string()))
}

/// An event that cannot be read is passed over: what matters is whether the end comes.
fn hand_on(data: &str, on_event: &mut impl FnMut(PipelineEvent)) {
    if let Ok(event) = loredesk_wire::decode(data) {
        on_event(event);
    }
}
