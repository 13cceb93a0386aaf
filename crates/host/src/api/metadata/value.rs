//! Whether a value fits its field, and how it is kept.

use loredesk_wire::{MetadataField, MetadataType};
use serde_json::Value;

use crate::api::ApiError;

/// The value as it is kept, so that every value of a field has the field's type: a number in digits becomes a number where one
/// is wanted, and a number becomes a text in a field of texts. Anything else is refused; null is a value that is not known.
pub(super) fn fitted(field: &MetadataField, value: Value) -> Result<Value, ApiError> {
    let is_text = field.kind == MetadataType::Text;
    match value {
        Value::Null => Ok(Value::Null),
        Value::Number(number) if is_text => Ok(number.to_string().into()),
        Value::Number(number) => Ok(number.into()),
        Value::String(text) if is_text => Ok(text.into()),
        Value::String(text) => number(&text).ok_or_else(|| {
            let what = if field.kind == MetadataType::Time { "a time in epoch seconds" } else { "a number" };
            ApiError::invalid(format!("The metadata field {} holds {what}, not {text:?}.", field.name))
        }),
        _ => Err(ApiError::invalid(format!("The metadata field {} takes a text, a number or null.", field.name))),
    }
}

fn number(text: &str) -> Option<Value> {
    let text = text.trim();
    let whole = text.parse::<i64>().ok().map(Value::from);
    whole.or_else(|| text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from))
}

#[cfg(test)]
mod tests {
    use loredesk_wire::{MetadataField, MetadataType};
    use serde_json::{Value, json};

    use super::fitted;

    #[test]
    fn values_take_the_type_of_their_field() {
        for (kind, sent, kept) in [
            (MetadataType::Text, json!("Ada"), Some(json!("Ada"))),
            (MetadataType::Text, json!(""), Some(json!(""))),
            (MetadataType::Text, json!(42), Some(json!("42"))),
            (MetadataType::Text, Value::Null, Some(Value::Null)),
            (MetadataType::Text, json!(true), None),
            (MetadataType::Number, json!(43.5), Some(json!(43.5))),
            (MetadataType::Number, json!(" 42 "), Some(json!(42))),
            (MetadataType::Number, json!("4.5e1"), Some(json!(45.0))),
            (MetadataType::Number, json!("many"), None),
            (MetadataType::Number, json!("NaN"), None),
            (MetadataType::Number, json!("1e999"), None),
            (MetadataType::Number, json!(["1"]), None),
            (MetadataType::Time, json!(1_700_000_000), Some(json!(1_700_000_000))),
            (MetadataType::Time, json!("1700000000"), Some(json!(1_700_000_000))),
            (MetadataType::Time, json!("2024-01-01"), None),
            (MetadataType::Time, Value::Null, Some(Value::Null)),
        ] {
            let field = MetadataField { id: "a".to_owned(), name: "field".to_owned(), kind };
            assert_eq!(fitted(&field, sent.clone()).ok(), kept, "{} {sent}", field.kind.as_str());
        }
    }
}
