//! `POST /datasets/{dataset_id}/documents/download-zip`.

use std::collections::HashSet;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use loredesk_wire::DownloadZip;

use super::file::{disposition, with_extension};
use crate::api::archive::{self, Entry};
use crate::api::archive_names::Names;
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, must};
use crate::api::{ApiError, Host, datasets, upload};

/// Documents in one archive, by the contract.
const MOST: usize = 100;

const BODY: &[Field] = &[must("document_ids", Kind::Texts)];

/// The original files of some documents in one archive, in the order of the ids. All or nothing: when one cannot be had, nothing is sent.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(dataset)): Ids<Id>, body: JsonBody) -> Result<Response, ApiError> {
    datasets::exists(&host, &dataset).await?;
    let ids = checked(body.read::<DownloadZip>("DownloadZip", BODY)?.document_ids)?;
    let (name, rows) = host
        .store
        .read(move |connection| {
            let rows = ids.iter().map(|id| super::find(connection, &dataset, id)).collect::<Result<Vec<_>, ApiError>>()?;
            Ok::<_, ApiError>((datasets::find(connection, &dataset)?.name, rows))
        })
        .await?;
    let files = host.store.files.clone();
    let opened = upload::blocking(move || {
        let mut names = Names::default();
        let open = |row: crate::store::documents::DocumentRow| {
            let file = std::fs::File::open(files.path(&row.file.id)).ok()?;
            let name = names.next(&with_extension(&row.file.name, &row.file.extension));
            Some(Entry { name, created_at: row.file.created_at, file })
        };
        Ok(rows.into_iter().map(open).collect::<Option<Vec<_>>>())
    });
    let entries = opened.await?;
    let entries = entries.ok_or_else(|| ApiError::not_found("Only uploaded-file documents can be downloaded as ZIP."))?;
    let mut response = archive::body(entries).into_response();
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, disposition(&with_extension(&name, "zip"))),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// The ids in lower case, each once, or what is wrong with them.
fn checked(ids: Vec<String>) -> Result<Vec<String>, ApiError> {
    let refuse = |reason: String| ApiError::invalid(format!("1 validation error for DownloadZip\ndocument_ids\n  {reason}"));
    if ids.is_empty() || ids.len() > MOST {
        return Err(refuse(format!("must have 1 to {MOST} entries, not {}", ids.len())));
    }
    let mut seen = HashSet::new();
    let mut checked = Vec::with_capacity(ids.len());
    for id in ids {
        let id = uuid::Uuid::try_parse(&id).map_err(|_| refuse(format!("must be UUIDs, not {id:?}")))?.to_string();
        if seen.insert(id.clone()) {
            checked.push(id);
        }
    }
    Ok(checked)
}
