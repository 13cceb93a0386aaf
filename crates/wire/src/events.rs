//! Streams of events (`text/event-stream`): how they are taken apart, and what a pipeline tells in them.

use serde::Serialize;
use serde_json::Value;

/// One event of a stream: of a run (`workflow_started`, `node_started`, `node_finished`, `workflow_finished`, `ping`, `error`) or of a
/// data source node (`datasource_processing`, `datasource_completed`, `datasource_error`).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PipelineEvent {
    /// Which event.
    pub event: String,
    /// Task id, in a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// Run id, in a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow_run_id: Option<String>,
    /// An object in a run; in a data source node's event the list of what was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// Things to read, in a data source node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Things read, in a data source node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<u64>,
    /// Seconds, in a data source node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_consuming: Option<f64>,
    /// What went wrong, in a data source node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What went wrong, in an `error` event: servers send one where they can no longer answer with a status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The code that goes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

from_json!(PipelineEvent needs ["event"] { event, task_id, workflow_run_id, data, total, completed, time_consuming, error, message, code });

/// Takes a `text/event-stream` apart, in whatever pieces it arrives.
#[derive(Clone, Debug, Default)]
pub struct EventReader {
    /// Bytes of a line that has not ended yet.
    rest: Vec<u8>,
    /// Data lines of an event that has not ended yet.
    data: String,
}

impl EventReader {
    /// The data of the events that end within this piece. Comments, names and ids of events are passed over: this API puts all into
    /// the data. A `ping` has none and is no event here.
    pub fn push(&mut self, piece: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for &byte in piece {
            if byte != b'\n' {
                self.rest.push(byte);
                continue;
            }
            let line = String::from_utf8_lossy(&std::mem::take(&mut self.rest)).into_owned();
            let line = line.strip_suffix('\r').unwrap_or(&line);
            if line.is_empty() {
                if !self.data.is_empty() {
                    events.push(std::mem::take(&mut self.data));
                }
            } else if let Some(data) = line.strip_prefix("data:") {
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::decode;

    #[test]
    fn a_stream_is_the_same_in_pieces_of_every_size() {
        let stream = "data: {\"event\": \"workflow_started\"}\n\nevent: ping\n\ndata: {\"event\":\ndata:  \"终\"}\r\n\r\n";
        let whole = EventReader::default().push(stream.as_bytes());
        assert_eq!(whole, ["{\"event\": \"workflow_started\"}", "{\"event\":\n \"终\"}"]);
        for size in 1..stream.len() {
            let mut reader = EventReader::default();
            let events: Vec<String> = stream.as_bytes().chunks(size).flat_map(|piece| reader.push(piece)).collect();
            assert_eq!(events, whole, "in pieces of {size}");
        }
        assert_eq!(decode::<PipelineEvent>(&whole[1]).unwrap().event, "终");
    }
}
