//! Conditions on the metadata of documents, with the operators of the contract.
//!
//! A document without a value in the field meets no condition but `empty`, as on real servers.

use std::collections::HashSet;

use loredesk_wire::{ComparisonOperator, MetadataCondition, MetadataFilter};
use rusqlite::Connection;
use serde_json::Value;

use crate::store::datasets::DatasetRow;
use crate::store::documents::{self, DocumentRow};
use crate::store::{ACCOUNT_NAME, StoreError, metadata};

/// Keys of the documents that meet the conditions.
pub(super) fn documents(
    connection: &Connection,
    dataset: &DatasetRow,
    filter: &MetadataFilter,
) -> Result<HashSet<i64>, StoreError> {
    let is_any = filter.logical_operator.as_deref() == Some("or");
    let mut met = HashSet::new();
    for row in documents::all(connection, dataset.seq)? {
        let values = metadata::of_document(connection, &row.id)?;
        let meets = |condition: &MetadataCondition| {
            let own = values.iter().find(|entry| entry.name == condition.name).map(|entry| entry.value.clone());
            is_met(own.or_else(|| built_in(dataset, &row, &condition.name)).as_ref(), condition)
        };
        let is_in = if is_any { filter.conditions.iter().any(meets) } else { filter.conditions.iter().all(meets) };
        if is_in {
            met.insert(row.seq);
        }
    }
    Ok(met)
}

/// The fields that every document has once they are switched on.
fn built_in(dataset: &DatasetRow, row: &DocumentRow, name: &str) -> Option<Value> {
    if !dataset.built_in_field_enabled {
        return None;
    }
    Some(match name {
        "document_name" => row.name.as_str().into(),
        "uploader" => ACCOUNT_NAME.into(),
        "upload_date" => row.created_at.into(),
        "last_update_date" => row.updated_at.into(),
        "source" => "file_upload".into(),
        _ => return None,
    })
}

fn is_met(own: Option<&Value>, condition: &MetadataCondition) -> bool {
    use ComparisonOperator as Operator;
    let own = own.filter(|value| !value.is_null() && value.as_str() != Some(""));
    let Some(own) = own else { return condition.comparison_operator == Operator::Empty };
    let (text, wanted) = (text(own), text(&condition.value));
    let compare = |is_right: fn(&f64, &f64) -> bool| match (number(own), number(&condition.value)) {
        (Some(own), Some(wanted)) => is_right(&own, &wanted),
        _ => false,
    };
    match &condition.comparison_operator {
        Operator::Contains => text.contains(&wanted),
        Operator::NotContains => !text.contains(&wanted),
        Operator::StartsWith => text.starts_with(&wanted),
        Operator::EndsWith => text.ends_with(&wanted),
        Operator::Is => text == wanted,
        Operator::IsNot => text != wanted,
        Operator::Empty => false,
        Operator::NotEmpty => true,
        Operator::In => list(&condition.value).contains(&text),
        Operator::NotIn => !list(&condition.value).contains(&text),
        Operator::Equal => compare(|own, wanted| own == wanted),
        Operator::NotEqual => compare(|own, wanted| own != wanted),
        Operator::Greater | Operator::After => compare(f64::gt),
        Operator::Less | Operator::Before => compare(f64::lt),
        Operator::GreaterOrEqual => compare(f64::ge),
        Operator::LessOrEqual => compare(f64::le),
        Operator::Other(_) => false,
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A list, or a text with commas, which is how some consoles send one.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        other => text(other).split(',').map(|part| part.trim().to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use loredesk_wire::MetadataCondition;
    use serde_json::{Value, json};

    use super::is_met;

    fn met(own: Value, operator: &str, value: Value) -> bool {
        let condition = MetadataCondition { name: "field".to_owned(), comparison_operator: operator.into(), value };
        is_met(Some(&own), &condition)
    }

    #[test]
    fn every_operator_compares() {
        for (own, operator, value, expected) in [
            (json!("Ada Lovelace"), "contains", json!("Love"), true),
            (json!("Ada Lovelace"), "contains", json!("love"), false),
            (json!("Ada"), "not contains", json!("B"), true),
            (json!("Ada"), "start with", json!("A"), true),
            (json!("Ada"), "end with", json!("A"), false),
            (json!("Ada"), "is", json!("Ada"), true),
            (json!("Ada"), "is not", json!("Ada"), false),
            (json!(""), "empty", Value::Null, true),
            (Value::Null, "empty", Value::Null, true),
            (json!("x"), "not empty", Value::Null, true),
            (Value::Null, "not empty", Value::Null, false),
            (json!("b"), "in", json!(["a", "b"]), true),
            (json!("b"), "in", json!("a, b"), true),
            (json!("c"), "not in", json!(["a", "b"]), true),
            (json!(42), "=", json!(42), true),
            (json!(42), "=", json!("42"), true),
            (json!(42), "≠", json!(41), true),
            (json!(42), ">", json!(41.5), true),
            (json!(42), "<", json!(42), false),
            (json!(42), "≥", json!(42), true),
            (json!(42), "≤", json!(41), false),
            (json!(1_700_000_000), "before", json!(1_800_000_000), true),
            (json!(1_700_000_000), "after", json!("1600000000"), true),
            (json!("no number"), ">", json!(1), false),
            (Value::Null, "is not", json!("x"), false),
            (json!("x"), "like", json!("x"), false),
        ] {
            assert_eq!(met(own.clone(), operator, value.clone()), expected, "{own} {operator} {value}");
        }
    }
}
