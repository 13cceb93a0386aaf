//! `GET /datasets/{dataset_id}/documents/{document_id}`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use loredesk_wire::{DocumentDetail, DocumentMetadata};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::api::extract::{Id, Ids, Params};
use crate::api::{ApiError, Host};
use crate::store::documents::{self, DocumentRow};
use crate::store::{ACCOUNT, StoreError, metadata, process_rules};

/// One document; `?metadata=` says whether its metadata comes too, alone, or not at all.
pub(crate) async fn handle(
    State(host): State<Host>,
    Ids((Id(dataset), Id(document))): Ids<(Id, Id)>,
    params: Params,
) -> Result<Json<Value>, ApiError> {
    let wanted = params.text("metadata").to_owned();
    if !["", "all", "only", "without"].contains(&wanted.as_str()) {
        let message = format!("Invalid metadata value: {wanted}");
        return Err(ApiError::new(StatusCode::BAD_REQUEST, "invalid_metadata", message));
    }
    let answer = host.store.read(move |connection| {
        let row = super::find(connection, &dataset, &document)?;
        let values = metadata::shown(connection, &row)?;
        if wanted == "only" {
            return Ok(json!({ "id": row.id, "doc_type": null, "doc_metadata": values }));
        }
        let mut answer = serde_json::to_value(detail(connection, &row, values)?).unwrap_or_default();
        if let (Value::Object(fields), "without") = (&mut answer, wanted.as_str()) {
            fields.remove("doc_type");
            fields.remove("doc_metadata");
        }
        Ok::<_, ApiError>(answer)
    });
    Ok(Json(answer.await?))
}

fn detail(connection: &Connection, row: &DocumentRow, values: Vec<DocumentMetadata>) -> Result<DocumentDetail, StoreError> {
    let (segment_count, average_segment_length) = documents::segment_figures(connection, row.seq)?;
    Ok(DocumentDetail {
        id: row.id.clone(),
        position: row.position,
        data_source_type: Some("upload_file".to_owned()),
        data_source_info: Some(row.source()),
        dataset_process_rule_id: Some(row.process_rule_id.clone()),
        dataset_process_rule: process_rules::latest(connection, row.dataset)?.map(process_rules::with_settings),
        document_process_rule: process_rules::find(connection, row.process_rule)?.map(process_rules::with_settings),
        name: row.name.clone(),
        created_from: Some(row.created_from.clone()),
        created_by: Some(ACCOUNT.to_owned()),
        created_at: Some(row.created_at),
        tokens: row.tokens,
        indexing_status: row.indexing_status.clone(),
        error: row.error.clone(),
        enabled: row.enabled,
        disabled_at: row.disabled_at,
        disabled_by: row.disabled_by.clone(),
        archived: row.archived,
        display_status: row.display_status(),
        hit_count: row.hit_count,
        doc_form: row.doc_form.clone(),
        doc_language: Some(row.doc_language.clone()),
        doc_type: None,
        doc_metadata: values,
        completed_at: row.completed_at,
        updated_at: Some(row.updated_at),
        indexing_latency: row.indexing_latency,
        segment_count,
        average_segment_length,
        summary_index_status: None,
        need_summary: false,
    })
}
