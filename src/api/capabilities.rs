//! What a server lacks, read from how it answers. Pure: what was learned is remembered elsewhere.
//!
//! A 404 means two things: the thing is not there, or the operation is not. Only the second is a property of the server. Dify
//! answers an unknown path with an HTML page and an unknown method with 405 (`dify-server.md` b.2); what stands between the
//! desk and the server may answer with a page of its own. A malformed id would get the same page, which is why ids are checked
//! before they are sent.

use serde::{Deserialize, Serialize};

use super::{ApiError, ErrorKind};

/// An operation that older servers do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Tags of knowledge bases.
    Tags,
    /// The list of models.
    Models,
    /// The original file of a document.
    Download,
    /// The original files of several documents in one archive.
    DownloadZip,
    /// Knowledge pipelines.
    Pipelines,
    /// Changing a document by `PATCH`.
    DocumentPatch,
}

impl Operation {
    /// All of them, in the order in which a list of them is read.
    pub const ALL: [Self; 6] =
        [Self::Tags, Self::Models, Self::Download, Self::DownloadZip, Self::DocumentPatch, Self::Pipelines];

    /// Whether it concerns the whole workspace, so that a key of one knowledge base may not use it.
    #[must_use]
    pub fn is_of_workspace(self) -> bool {
        matches!(self, Self::Tags | Self::Models)
    }
}

/// Why an operation is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// The server does not know the path: it is older than the operation.
    UnknownPath,
    /// The server knows the path, but not this way of asking.
    UnknownMethod,
    /// Something before the server answered with a page of its own.
    Page,
    /// The key covers one knowledge base only, and this concerns all of them.
    KeyScope,
}

/// Whether an error says that the operation is missing on this server, rather than the thing it was about.
#[must_use]
pub fn absence(error: &ApiError) -> Option<Absence> {
    let body = error.raw.body.trim_start();
    let is_page = body.starts_with('<');
    match error.raw.status {
        405 | 501 => Some(Absence::UnknownMethod),
        404 if is_page || is_path_unknown(body) => Some(Absence::UnknownPath),
        // A web server that shows its start page for every path it does not know.
        200..300 if is_page && matches!(error.kind, ErrorKind::Decode(_)) => Some(Absence::Page),
        _ => None,
    }
}

/// The JSON of a framework, and of the embedded host, for a path that leads nowhere.
fn is_path_unknown(body: &str) -> bool {
    let said = ["The requested URL was not found", "\"detail\":\"Not Found\"", "There is nothing at this address"];
    said.iter().any(|words| body.contains(words))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::api::error::Answer;

    /// What the recording of that name makes of the answer.
    fn recorded(name: &str) -> Option<Absence> {
        let lines = include_str!("../../tests/fixtures/dify-wire.jsonl").lines();
        let exchange: Value =
            lines.map(|line| serde_json::from_str(line).unwrap()).find(|line: &Value| line["name"] == name).unwrap();
        let response = &exchange["response"];
        let body = response["text"].as_str().map_or_else(|| response["json"].to_string(), str::to_owned);
        let content_type = response["headers"]["content-type"].as_str().unwrap_or_default().to_owned();
        let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
        absence(&ApiError::from_answer("GET", "x", &Answer { status, content_type, retry_after: None, body }))
    }

    #[test]
    fn a_real_server_says_what_it_does_not_have() {
        for name in [
            "documents.download.not_in_this_version",
            "documents.download_zip.not_in_this_version",
            "pipeline.datasource_plugins",
            "pipeline.file_upload",
            "unknown_path",
        ] {
            assert_eq!(recorded(name), Some(Absence::UnknownPath), "{name}");
        }
        for name in ["documents.patch_file.not_in_this_version", "datasets.put.405", "tags.of_dataset.post_405"] {
            assert_eq!(recorded(name), Some(Absence::UnknownMethod), "{name}");
        }
    }

    #[test]
    fn a_thing_that_is_not_there_is_no_missing_operation() {
        for name in [
            "datasets.get.unknown_id",
            "documents.get.unknown",
            "documents.delete.again",
            "tags.update.unknown",
            "tags.bind.unknown_dataset",
            "tags.of_dataset.unknown",
            "tags.list.as_is_400",
            "models.bogus",
        ] {
            assert_eq!(recorded(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_broken_or_forbidden_is_not_missing() {
        let read = |status: u16, body: &str| {
            let answer = Answer { status, content_type: "text/html".to_owned(), retry_after: None, body: body.to_owned() };
            absence(&ApiError::from_answer("GET", "x", &answer))
        };
        assert_eq!(read(502, "<html>bad gateway</html>"), None);
        assert_eq!(read(403, "<html>forbidden</html>"), None);
        assert_eq!(read(401, "<html>log in</html>"), None);
        assert_eq!(absence(&ApiError::local(ErrorKind::Offline, "GET", "x")), None);
        assert_eq!(read(404, r#"{"detail":"Not Found"}"#), Some(Absence::UnknownPath));
        let page = Answer { status: 200, body: "<!doctype html><title>Portal</title>".to_owned(), ..Answer::default() };
        assert_eq!(absence(&ApiError::undecodable("GET", "x", &page, "line 1")), Some(Absence::Page));
    }
}
