//! `GET …/segments`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::SegmentsAnswer;

use crate::api::extract::{Id, Ids, Params};
use crate::api::{ApiError, Host, documents};
use crate::store::segments::{self, Wanted};

/// One page of a document's chunks, in its order.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document))): Ids<(Id, Id)>,
    params: Params,
) -> Result<Json<SegmentsAnswer>, ApiError> {
    let page = params.page()?;
    let wanted = Wanted { keyword: params.text("keyword").to_owned(), statuses: params.texts("status") };
    let answer = host.store.read(move |connection| {
        let document = documents::find(connection, &dataset, &document)?;
        let (rows, total) = segments::list(connection, document.seq, &wanted, page.offset(), page.limit)?;
        let data = rows.into_iter().map(|row| row.to_wire(connection, &document.id)).collect::<Result<_, _>>()?;
        Ok::<_, ApiError>(SegmentsAnswer {
            data,
            doc_form: document.doc_form,
            total: Some(total),
            has_more: Some(page.has_more(total)),
            limit: Some(page.limit),
            page: Some(page.page),
        })
    });
    Ok(Json(answer.await?))
}
