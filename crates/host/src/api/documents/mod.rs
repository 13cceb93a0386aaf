//! Documents.

pub(crate) mod accept;
pub(crate) mod batch_status;
pub(crate) mod change_status;
pub(crate) mod create_by_file;
pub(crate) mod create_by_text;
pub(crate) mod delete;
pub(crate) mod download;
pub(crate) mod download_zip;
pub(crate) mod file;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod replace;
pub(crate) mod update_by_file;
pub(crate) mod update_by_text;

use rusqlite::Connection;
use serde_json::Value;

use super::shape::{Field, Kind, TEXT, may};
use super::shapes::{DOC_FORM, PROCESS_RULE, RETRIEVAL_MODEL, TECHNIQUE};
use super::{ApiError, Host, datasets, upload};
use crate::store::documents::{self, DocumentRow};
use crate::store::files::Kept;

/// Longest document name; what is longer is cut, as real servers do.
const LONGEST_NAME: usize = 200;

/// The settings that come with a file, in the part called `data`.
const SETTINGS: &[Field] = &[
    may("indexing_technique", TECHNIQUE),
    may("doc_form", DOC_FORM),
    may("doc_language", TEXT),
    may("process_rule", Kind::Object(PROCESS_RULE)),
    may("retrieval_model", Kind::Object(RETRIEVAL_MODEL)),
    may("embedding_model", TEXT),
    may("embedding_model_provider", TEXT),
    may("original_document_id", Kind::Id),
];

/// The document with the id in the knowledge base, or the contract's refusal.
pub(crate) fn find(connection: &Connection, dataset: &str, document: &str) -> Result<DocumentRow, ApiError> {
    let dataset = datasets::find(connection, dataset)?;
    documents::find(connection, dataset.seq, document)?.ok_or_else(ApiError::no_document)
}

/// The same, for changing what is in it: a document that is put away is left as it is.
pub(crate) fn find_editable(connection: &Connection, dataset: &str, document: &str) -> Result<DocumentRow, ApiError> {
    let row = find(connection, dataset, document)?;
    if row.archived { Err(ApiError::archived()) } else { Ok(row) }
}

/// Answers whether there is such a document, before a body is read.
async fn exists(host: &Host, dataset: &str, document: &str) -> Result<(), ApiError> {
    let (dataset, document) = (dataset.to_owned(), document.to_owned());
    host.store.read(move |connection| find(connection, &dataset, &document).map(|_| ())).await
}

/// Reads the part called `data`; without one, every setting is left out.
fn settings<T: serde::de::DeserializeOwned>(data: Option<&str>) -> Result<T, ApiError> {
    let value: Value = match data {
        None | Some("") => Value::Object(serde_json::Map::new()),
        Some(json) => serde_json::from_str(json).map_err(|error| ApiError::invalid(format!("data is not JSON: {error}.")))?,
    };
    super::extract::read(value, "data", SETTINGS)
}

/// Writes a text to a file of its own, as if it had been sent as one.
async fn keep_text(host: &Host, name: String, text: String) -> Result<Kept, ApiError> {
    let limit = host.config.limits.max_upload_bytes;
    if text.len() as u64 > limit {
        // The contract has 413 for files only.
        return Err(upload::too_large(limit).into_bad_request());
    }
    let files = host.store.files.clone();
    upload::blocking(move || {
        let mut arriving = files.begin()?;
        arriving.write(text.as_bytes())?;
        files.keep(arriving, name, "txt".to_owned(), "text/plain".to_owned())
    })
    .await
}

/// The name, cut to the length that is kept.
pub(crate) fn cut_name(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}
