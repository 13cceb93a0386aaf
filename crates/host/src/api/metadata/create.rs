//! `POST /datasets/{dataset_id}/metadata`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use loredesk_wire::{CreateMetadataField, MetadataField};

use super::check_name;
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, must};
use crate::api::{ApiError, Host, datasets};
use crate::store::metadata_fields;

const BODY: &[Field] = &[must("type", Kind::OneOf(&["string", "number", "time"])), must("name", TEXT)];

/// Makes a field that no document has a value in yet.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids(Id(dataset)): Ids<Id>,
    body: JsonBody,
) -> Result<(StatusCode, Json<MetadataField>), ApiError> {
    datasets::exists(&host, &dataset).await?;
    let CreateMetadataField { kind, name } = body.read("CreateMetadataField", BODY)?;
    let made = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &dataset)?;
        check_name(tx, &dataset, &name, None)?;
        Ok::<_, ApiError>(metadata_fields::insert(tx, dataset.seq, &name, &kind)?)
    });
    Ok((StatusCode::CREATED, Json(made.await?)))
}
