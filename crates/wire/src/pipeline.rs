//! Knowledge pipelines: their data source nodes, the files uploaded for them, and runs.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    IndexingStatus,
    json::{FromJson, Problem},
    lenient,
};

open_enum! {
    /// What a data source node reads.
    DatasourceType {
        /// Files that were uploaded.
        LocalFile = "local_file",
        /// Pages of an online document service.
        OnlineDocument = "online_document",
        /// Web pages.
        WebsiteCrawl = "website_crawl",
        /// Files of an online drive.
        OnlineDrive = "online_drive",
    }
}

open_enum! {
    /// How the outcome of a run is answered.
    ResponseMode {
        /// Events while it runs.
        Streaming = "streaming",
        /// One object at its end.
        Blocking = "blocking",
    }
}

/// Answer (201) of `POST /datasets/pipeline/file-upload`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PipelineFile {
    /// File id: the `reference` of a run.
    pub id: String,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Extension without the dot.
    pub extension: String,
    /// Media type.
    pub mime_type: Option<String>,
    /// Account id.
    pub created_by: Option<String>,
    /// ISO 8601, unlike every other time of this API; UTC without a zone.
    pub created_at: Option<String>,
}

from_json!(PipelineFile needs ["id"] { id, name, size, extension, mime_type, created_by, created_at });

/// A data source node, from `GET …/pipeline/datasource-plugins`, which answers a bare list of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DatasourceNode {
    /// Node id: `node_id` of a node's run, `start_node_id` of a pipeline's run.
    pub node_id: String,
    /// Plugin that provides the node.
    pub plugin_id: Option<String>,
    /// Name that the plugin registers.
    pub provider_name: Option<String>,
    /// What it reads.
    pub datasource_type: DatasourceType,
    /// Title to show.
    pub title: String,
    /// Input variables that a run must bring, in the pipeline's own schema.
    pub user_input_variables: Vec<Value>,
    /// Credentials to choose from.
    pub credentials: Vec<DatasourceCredential>,
}

from_json!(DatasourceNode needs ["node_id"] { node_id, plugin_id, provider_name, datasource_type, title, user_input_variables, credentials });

/// A credential of a data source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DatasourceCredential {
    /// Credential id.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// Type, of the plugin's own making.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Whether it is the provider's default.
    pub is_default: bool,
}

from_json!(DatasourceCredential needs ["id"] { id, name, kind = "type", is_default });

/// Body of `POST …/pipeline/datasource/nodes/{node_id}/run`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunDatasourceNode {
    /// Input variables by name; an object.
    pub inputs: Value,
    /// What the node reads.
    pub datasource_type: DatasourceType,
    /// Credential to read with; the provider's default when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<String>,
    /// Whether the published version runs, not the draft.
    pub is_published: bool,
}

/// Body of `POST …/pipeline/run`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunPipeline<Item = DatasourceItem> {
    /// Input variables by name; an object.
    pub inputs: Value,
    /// What the start node reads.
    pub datasource_type: DatasourceType,
    /// What is taken in, each of the kind that the type wants. A client sends what a data source node found with all that it said.
    pub datasource_info_list: Vec<Item>,
    /// Data source node that the run starts at.
    pub start_node_id: String,
    /// Whether the published version runs, not the draft.
    pub is_published: bool,
    /// How the outcome is answered.
    pub response_mode: ResponseMode,
}

/// One thing that a run takes in. One type for all four kinds, each filling its own fields: an untagged enum would buffer every value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DatasourceItem {
    /// Local file: the id of the uploaded file.
    #[serde(alias = "related_id", deserialize_with = "lenient::or_default", skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// Local file and online drive: name of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Online document: workspace or database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<String>,
    /// Online document: `{"page_id", "type", "page_name"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Value>,
    /// Credential for this item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<String>,
    /// Website: address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Website: name of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Online drive: file or folder id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Online drive: `file` or `folder`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Online drive: bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
}

/// Answer of a run in blocking mode. The contract shows the first three fields; servers in the field answer a published pipeline with the
/// last two, in streaming mode too. The embedded host puts batch and documents into `data.outputs`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PipelineRun {
    /// Task id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// Run id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow_run_id: Option<String>,
    /// What came of it.
    pub data: PipelineRunData,
    /// Batch id for the indexing status, outside of `data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// The new documents, outside of `data`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<PipelineDocument>,
}

from_json!(PipelineRun needs [] { task_id, workflow_run_id, data, batch, documents });

impl PipelineRun {
    /// Batch id for the indexing status, wherever the server put it.
    pub fn batch(&self) -> Option<&str> {
        self.batch.as_deref().or_else(|| self.data.outputs.get("batch").and_then(Value::as_str))
    }

    /// The new documents, wherever the server put them.
    pub fn all_documents(&self) -> Vec<PipelineDocument> {
        if !self.documents.is_empty() {
            return self.documents.clone();
        }
        let listed = self.data.outputs.get("documents").cloned().unwrap_or_default();
        Vec::from_json(listed, &mut Problem::default())
    }
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PipelineRunData {
    /// Run id.
    pub id: Option<String>,
    /// `running`, `succeeded`, `failed` or `stopped`.
    pub status: Option<String>,
    /// What the pipeline gave out.
    pub outputs: Value,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Epoch seconds.
    pub created_at: Option<i64>,
    /// Epoch seconds.
    pub finished_at: Option<i64>,
}

from_json!(PipelineRunData needs [] { id, status, outputs, error, created_at, finished_at });

/// A document that a run has made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PipelineDocument {
    /// Document id, a UUID.
    pub id: String,
    /// Place in the knowledge base, from 1.
    pub position: u64,
    /// Name.
    pub name: String,
    /// How far its indexing has got.
    pub indexing_status: IndexingStatus,
    /// Why indexing failed.
    pub error: Option<String>,
    /// Whether retrieval may find it.
    pub enabled: bool,
}

from_json!(PipelineDocument needs ["id"] { id, position, name, indexing_status, error, enabled });

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::decode;

    #[test]
    fn both_shapes_of_a_run_give_the_batch() {
        let documented = r#"{"task_id":"t","workflow_run_id":"r","data":{"id":"r","status":"succeeded","outputs":{"batch":"b"},"created_at":1,"finished_at":2}}"#;
        assert_eq!(decode::<PipelineRun>(documented).unwrap().batch(), Some("b"));
        let inside = r#"{"data":{"outputs":{"batch":"b","documents":[{"id":"x","name":"n"}]}}}"#;
        assert_eq!(decode::<PipelineRun>(inside).unwrap().all_documents()[0].name, "n");
        assert!(decode::<PipelineRun>(documented).unwrap().all_documents().is_empty());
        let seen = r#"{"batch":"b","dataset":{"id":"d"},"documents":[{"id":"x","position":1,"name":"n","indexing_status":"waiting","error":null,"enabled":true}]}"#;
        let run = decode::<PipelineRun>(seen).unwrap();
        assert_eq!((run.batch(), run.all_documents().len()), (Some("b"), 1));
    }

    #[test]
    fn a_local_file_is_sent_as_the_contract_shows_it_and_read_by_its_alias() {
        let item = DatasourceItem { reference: "f".to_owned(), name: Some("a.pdf".to_owned()), ..DatasourceItem::default() };
        assert_eq!(serde_json::to_string(&item).unwrap(), r#"{"reference":"f","name":"a.pdf"}"#);
        let alias: DatasourceItem = serde_json::from_str(r#"{"related_id":"f","name":"a.pdf"}"#).unwrap();
        assert_eq!(alias, item);
    }

    #[test]
    fn nodes_come_as_a_bare_list() {
        let nodes: Vec<DatasourceNode> = decode(r#"[{"node_id":"1","plugin_id":"p","provider_name":"n","datasource_type":"online_document","title":"Pages","user_input_variables":[],"credentials":[{"id":"c","name":"n","type":"api-key","is_default":true}]}]"#).unwrap();
        assert_eq!(
            (nodes[0].datasource_type.clone(), nodes[0].credentials[0].is_default),
            (DatasourceType::OnlineDocument, true)
        );
    }
}
