//! `POST /datasets/{dataset_id}/metadata/built-in/{action}`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{BuiltInAction, ResultAnswer};

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host, datasets};
use crate::store::datasets::set_built_in_fields;

/// Switches built-in fields on or off. There is nothing at an action that the contract does not know.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), action)): Ids<(Id, String)>,
) -> Result<Json<ResultAnswer>, ApiError> {
    let is_on = match BuiltInAction::from(action.as_str()) {
        BuiltInAction::Enable => true,
        BuiltInAction::Disable => false,
        BuiltInAction::Other(_) => return Err(ApiError::no_such_path()),
    };
    let done = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &dataset)?;
        Ok::<_, ApiError>(set_built_in_fields(tx, dataset.seq, is_on)?)
    });
    done.await?;
    Ok(Json(ResultAnswer::success()))
}
