//! `PATCH /datasets/{dataset_id}/documents/status/{action}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use loredesk_wire::{ChangedDocuments, IndexingStatus, ResultAnswer, StatusAction};
use rusqlite::Transaction;

use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, must};
use crate::api::{ApiError, Host, datasets};
use crate::store::document_status::{set_archived, set_enabled};
use crate::store::documents;

const BODY: &[Field] = &[must("document_ids", Kind::Texts)];

/// Switches documents on or off, puts them away or takes them out: all of them, or none when one is not in a state for that.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), action)): Ids<(Id, String)>,
    body: JsonBody,
) -> Result<Json<ResultAnswer>, ApiError> {
    datasets::exists(&host, &dataset).await?;
    let action = StatusAction::from(action.as_str());
    if !action.is_known() {
        let known: Vec<_> = StatusAction::KNOWN.iter().map(StatusAction::as_str).collect();
        return Err(refused(format!("Invalid action: {}. Must be one of {}.", action.as_str(), known.join(", "))));
    }
    let ChangedDocuments { document_ids } = body.read("ChangedDocuments", BODY)?;
    let done = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &dataset)?;
        document_ids.iter().try_for_each(|id| change(tx, dataset.seq, &id.to_lowercase(), &action))
    });
    done.await?;
    Ok(Json(ResultAnswer::success()))
}

/// What is as it shall be already stays as it is.
fn change(tx: &Transaction<'_>, dataset: i64, id: &str, action: &StatusAction) -> Result<(), ApiError> {
    // Real servers pass over ids that there are not; nobody learns then that the document is gone.
    let row = documents::find(tx, dataset, id)?.ok_or_else(|| refused(format!("Document: {id} was not found.")))?;
    match action {
        StatusAction::Disable if row.indexing_status != IndexingStatus::Completed => {
            return Err(refused(format!("Document: {} is not completed.", row.name)));
        }
        StatusAction::Enable | StatusAction::Disable => set_enabled(tx, row.seq, *action == StatusAction::Enable)?,
        _ => set_archived(tx, row.seq, *action == StatusAction::Archive)?,
    };
    Ok(())
}

fn refused(message: String) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "invalid_action", message)
}
