//! `GET /datasets`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{Dataset, Page};

use crate::api::extract::Params;
use crate::api::{ApiError, Host};
use crate::store::datasets::{self, Wanted};

/// One page of knowledge bases, newest first.
pub(crate) async fn handle(State(host): State<Host>, params: Params) -> Result<Json<Page<Dataset>>, ApiError> {
    let wanted = params.page()?;
    let looked_for = Wanted { keyword: params.text("keyword").to_owned(), tags: params.ids("tag_ids") };
    // Everything belongs to the one account of this host, so there is nothing that it would leave out.
    params.flag("include_all")?;
    let has_embeddings = host.config.embeddings.is_some();
    let page = host.store.read(move |connection| {
        let (rows, total) = datasets::list(connection, &looked_for, wanted.offset(), wanted.limit)?;
        let mut data = Vec::with_capacity(rows.len());
        for row in rows {
            let embedding_available = Some(has_embeddings || !row.is_high_quality());
            data.push(Dataset { embedding_available, ..datasets::to_wire(connection, &row)? });
        }
        Ok::<_, ApiError>(Page { data, has_more: wanted.has_more(total), limit: wanted.limit, total, page: wanted.page })
    });
    Ok(Json(page.await?))
}
