//! `PATCH /datasets/{dataset_id}/metadata/{metadata_id}`.

use axum::Json;
use axum::extract::State;
use loredesk_wire::{MetadataField, RenameMetadataField};

use super::{check_name, find};
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, TEXT, must};
use crate::api::{ApiError, Host, datasets};
use crate::store::metadata_fields;

const BODY: &[Field] = &[must("name", TEXT)];

/// Gives a field another name; its values stay. The name that it has already is no mistake, so that a lost answer can be repeated.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(field))): Ids<(Id, Id)>,
    body: JsonBody,
) -> Result<Json<MetadataField>, ApiError> {
    datasets::exists(&host, &dataset).await?;
    let RenameMetadataField { name } = body.read("RenameMetadataField", BODY)?;
    let renamed = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &dataset)?;
        let row = find(tx, &dataset, &field)?;
        check_name(tx, &dataset, &name, Some(row.seq))?;
        metadata_fields::rename(tx, row.seq, &name)?;
        Ok::<_, ApiError>(MetadataField { name, ..row.field })
    });
    Ok(Json(renamed.await?))
}
