//! `GET /datasets/{dataset_id}/documents`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{DisplayStatus, Document, Page};

use crate::api::extract::{Id, Ids, Params};
use crate::api::{ApiError, Host, datasets};
use crate::store::documents::{self, Wanted};
use crate::store::metadata;

/// One page of documents, newest first.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids(Id(dataset)): Ids<Id>,
    params: Params,
) -> Result<Json<Page<Document>>, ApiError> {
    let page = params.page()?;
    let wanted = Wanted { keyword: params.text("keyword").to_owned(), status: status(params.text("status")) };
    let answer = host.store.read(move |connection| {
        let dataset = datasets::find(connection, &dataset)?;
        let (rows, total) = documents::list(connection, dataset.seq, &wanted, page.offset(), page.limit)?;
        let mut data = Vec::with_capacity(rows.len());
        for row in rows {
            data.push(row.to_wire(metadata::listed(connection, &row)?));
        }
        Ok::<_, ApiError>(Page { data, has_more: page.has_more(total), limit: page.limit, total, page: page.page })
    });
    Ok(Json(answer.await?))
}

/// Real servers have two more words for available, and ignore a status that does not exist.
fn status(text: &str) -> Option<DisplayStatus> {
    match text {
        "" => None,
        "enabled" | "active" => Some(DisplayStatus::Available),
        text => Some(text.into()),
    }
}
