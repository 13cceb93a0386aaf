//! What a request's body has to look like. Every mistake is named with its field, all of them in one answer.

use serde_json::Value;

use super::ApiError;

/// A field of a body.
pub(crate) struct Field {
    name: &'static str,
    kind: Kind,
    is_required: bool,
}

/// What a field holds.
pub(crate) enum Kind {
    /// Text of so many characters.
    Text { least: usize, most: usize },
    /// True or false.
    Flag,
    /// A whole number of at least 0.
    Count,
    /// A number from 0 to 1.
    Share,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A UUID; empty counts as left out.
    Id,
    /// A list of texts.
    Texts,
    /// A list of at least one text.
    SomeTexts,
    /// A number.
    Number,
    /// A text or a number.
    Scalar,
    /// An object with these fields.
    Object(&'static [Field]),
    /// A list of objects with these fields.
    Objects(&'static [Field]),
    /// What metadata is compared with: a text, a number or a list of texts.
    Compared,
}

/// Any text.
pub(crate) const TEXT: Kind = Kind::Text { least: 0, most: usize::MAX };

/// A field that may be left out or null.
pub(crate) const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: false }
}

/// A field that has to be there.
pub(crate) const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: true }
}

/// Checks a body; the sentence has the form that the field's servers use, a line for the field and one for the reason.
pub(crate) fn check(body: &Value, what: &str, fields: &[Field]) -> Result<(), ApiError> {
    let mut mistakes = Vec::new();
    object(body, fields, "", &mut mistakes);
    if mistakes.is_empty() {
        return Ok(());
    }
    let many = if mistakes.len() == 1 { "error" } else { "errors" };
    Err(ApiError::invalid(format!("{} validation {many} for {what}\n{}", mistakes.len(), mistakes.join("\n"))))
}

fn object(value: &Value, fields: &[Field], path: &str, mistakes: &mut Vec<String>) {
    let Value::Object(values) = value else {
        mistakes.push(mistake(path, "must be an object"));
        return;
    };
    for field in fields {
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        match values.get(field.name) {
            None if field.is_required => mistakes.push(mistake(&path, "is required")),
            None => {}
            Some(Value::Null) if !field.is_required => {}
            Some(value) => kind(value, &field.kind, &path, mistakes),
        }
    }
}

fn kind(value: &Value, kind: &Kind, path: &str, mistakes: &mut Vec<String>) {
    let reason = match kind {
        Kind::Text { least, most } => match value.as_str().map(|text| text.chars().count()) {
            None => Some("must be a text".to_owned()),
            Some(length) if length < *least => Some(format!("must have at least {least} character")),
            Some(length) if length > *most => Some(format!("must have at most {most} characters")),
            Some(_) => None,
        },
        Kind::Flag => (!value.is_boolean()).then(|| "must be true or false".to_owned()),
        Kind::Count => value.as_u64().is_none().then(|| "must be a whole number, 0 or more".to_owned()),
        Kind::Share => {
            let is_share = value.as_f64().is_some_and(|number| (0.0..=1.0).contains(&number));
            (!is_share).then(|| "must be a number from 0 to 1".to_owned())
        }
        Kind::OneOf(values) => {
            let is_known = value.as_str().is_some_and(|text| values.contains(&text));
            (!is_known).then(|| format!("must be one of {}", values.join(", ")))
        }
        Kind::Id => {
            let is_id = value.as_str().is_some_and(|text| text.is_empty() || uuid::Uuid::try_parse(text).is_ok());
            (!is_id).then(|| "must be a UUID".to_owned())
        }
        Kind::Texts => {
            let is_list = value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
            (!is_list).then(|| "must be a list of texts".to_owned())
        }
        Kind::SomeTexts => {
            let is_list = value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string));
            (!is_list).then(|| "must be a list of at least one text".to_owned())
        }
        Kind::Number => (!value.is_number()).then(|| "must be a number".to_owned()),
        Kind::Scalar => (!value.is_number() && !value.is_string()).then(|| "must be a text, a number or null".to_owned()),
        Kind::Object(fields) => {
            object(value, fields, path, mistakes);
            None
        }
        Kind::Objects(fields) => match value {
            Value::Array(list) => {
                for (at, value) in list.iter().enumerate() {
                    object(value, fields, &format!("{path}.{at}"), mistakes);
                }
                None
            }
            _ => Some("must be a list".to_owned()),
        },
        Kind::Compared => {
            let is_texts = value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
            let is_one = value.is_string() || value.is_number() || is_texts;
            (!is_one).then(|| "must be a text, a number or a list of texts".to_owned())
        }
    };
    mistakes.extend(reason.map(|reason| mistake(path, &reason)));
}

fn mistake(path: &str, reason: &str) -> String {
    format!("{}\n  {reason}", if path.is_empty() { "body" } else { path })
}
