//! `GET /datasets/{dataset_id}/pipeline/datasource-plugins`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::DatasourceNode;

use crate::api::extract::{Id, Ids, Params};
use crate::api::{ApiError, Host};

/// The data source nodes of the pipeline, published or draft.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids(Id(dataset)): Ids<Id>,
    params: Params,
) -> Result<Json<Vec<DatasourceNode>>, ApiError> {
    host.store.read(move |connection| super::find(connection, &dataset).map(|_| ())).await?;
    let wanted = params.text("is_published").to_lowercase();
    if !["", "true", "false", "1", "0"].contains(&wanted.as_str()) {
        return Err(ApiError::invalid("1 validation error for the query\nis_published\n  must be true or false"));
    }
    Ok(Json(vec![super::node()]))
}
