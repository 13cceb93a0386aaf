//! `POST /datasets/{dataset_id}/documents/metadata`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use loredesk_wire::{BUILT_IN_ID, DocumentMetadataChange, MetadataValueChange, ResultAnswer, UpdateDocumentsMetadata};
use rusqlite::Transaction;

use super::value::fitted;
use crate::api::extract::{Id, Ids, JsonBody};
use crate::api::shape::{Field, Kind, TEXT, may, must};
use crate::api::{ApiError, Host, datasets};
use crate::store::metadata_fields::{self, FieldRow};
use crate::store::{documents, metadata};

const BODY: &[Field] = &[must(
    "operation_data",
    Kind::Objects(&[
        must("document_id", TEXT),
        must("metadata_list", Kind::Objects(&[must("id", TEXT), must("name", TEXT), may("value", Kind::Scalar)])),
        may("partial_update", Kind::Flag),
    ]),
)];

/// Sets values of many documents: all of them, or none when one is not right. Real servers pass over ids that there are not and
/// lose values under a wrong name; here both are refused.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids(Id(dataset)): Ids<Id>,
    body: JsonBody,
) -> Result<Json<ResultAnswer>, ApiError> {
    datasets::exists(&host, &dataset).await?;
    let UpdateDocumentsMetadata { operation_data } = body.read("UpdateDocumentsMetadata", BODY)?;
    let done = host.store.write(move |tx| {
        let dataset = datasets::find(tx, &dataset)?;
        let rows = metadata_fields::all(tx, dataset.seq)?;
        let fields: HashMap<_, _> = rows.iter().map(|row| (row.field.id.as_str(), row)).collect();
        operation_data.into_iter().try_for_each(|change| apply(tx, dataset.seq, &fields, change))
    });
    done.await?;
    Ok(Json(ResultAnswer::success()))
}

fn apply(
    tx: &Transaction<'_>,
    dataset: i64,
    fields: &HashMap<&str, &FieldRow>,
    change: DocumentMetadataChange,
) -> Result<(), ApiError> {
    let found = documents::find(tx, dataset, &change.document_id.to_lowercase())?;
    let document = found.ok_or_else(|| ApiError::invalid("Document not found."))?.id;
    if !change.partial_update {
        metadata::remove_values(tx, &document)?;
    }
    for MetadataValueChange { id, name, value } in change.metadata_list {
        let row = field(fields, &id, &name)?;
        metadata::set_value(tx, &document, row.seq, &fitted(&row.field, value)?)?;
    }
    Ok(metadata::touch(tx, &document)?)
}

/// The field that is meant. Id and name have to agree: whoever sends the old name has not seen that the field was renamed.
fn field<'f>(fields: &HashMap<&str, &'f FieldRow>, id: &str, name: &str) -> Result<&'f FieldRow, ApiError> {
    if id == BUILT_IN_ID {
        return Err(ApiError::invalid(format!("The built-in metadata field {name} is filled in by the server.")));
    }
    let row = fields.get(id.to_lowercase().as_str());
    let row = row.ok_or_else(|| ApiError::invalid(format!("Metadata not found: there is no field {id} ({name}).")))?;
    if row.field.name != name {
        let message = format!("The metadata field {id} is called {}, not {name}.", row.field.name);
        return Err(ApiError::invalid(message));
    }
    Ok(row)
}
