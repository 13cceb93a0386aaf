//! Reading answers: text to a JSON tree, the tree to a type.
//!
//! Not serde's derive, for two reasons. Its visitors cost the browser ten times the code, a field at a time. And servers are to
//! be survived: a leaf of a wrong type is its default here, while an answer that is not the thing at all, because something
//! that makes it one is missing, is refused with its place.

use serde_json::{Map, Value};

use crate::{IndexingTechnique, Permission};

/// Why an answer is not the thing: the place in it, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch(String);

impl Mismatch {
    fn new(what: &str) -> Self {
        Self(what.to_owned())
    }

    #[inline(never)]
    fn within(self, place: &str) -> Self {
        let separator = if self.0.starts_with(['[', ' ']) { "" } else { "." };
        Self(format!("{place}{separator}{}", self.0))
    }
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

/// A type that can be read from an answer.
pub trait FromJson: Sized {
    /// Reads it from a tree.
    ///
    /// # Errors
    /// When the value cannot be that at all.
    fn from_json(value: Value) -> Result<Self, Mismatch>;
}

/// Reads an answer.
///
/// # Errors
/// When it is not JSON, or not the thing that is expected.
pub fn decode<T: FromJson>(text: &str) -> Result<T, Mismatch> {
    T::from_json(parse(text)?)
}

#[inline(never)]
fn parse(text: &str) -> Result<Value, Mismatch> {
    serde_json::from_str(text).map_err(|error| Mismatch(error.to_string()))
}

/// The fields of an object while a type is read from it.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    #[inline(never)]
    pub(crate) fn of(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            // Some servers send null for an object that has nothing in it.
            Value::Null => Ok(Self(Map::new())),
            _ => Err(Mismatch::new(" is not an object")),
        }
    }

    /// A field; its default where it is absent, null or a leaf of a wrong type.
    #[inline(never)]
    pub(crate) fn take<T: FromJson>(&mut self, name: &str) -> Result<T, Mismatch> {
        T::from_json(self.raw(name)).map_err(|mismatch| mismatch.within(name))
    }

    #[inline(never)]
    fn raw(&mut self, name: &str) -> Value {
        self.0.get_mut(name).map(Value::take).unwrap_or_default()
    }

    /// Refuses an object that lacks what makes it the thing.
    #[inline(never)]
    pub(crate) fn need(&self, name: &str) -> Result<(), Mismatch> {
        if self.0.get(name).is_some() { Ok(()) } else { Err(Mismatch(format!("{name} is missing"))) }
    }
}

/// Reads a struct field by field; `needs` names the fields without which it is not the thing, `=` another name on the wire.
macro_rules! from_json {
    ($name:ident needs [$($need:literal),*] { $($field:ident $(= $key:literal)?),* $(,)? }) => {
        impl $crate::json::FromJson for $name {
            fn from_json(value: serde_json::Value) -> Result<Self, $crate::json::Mismatch> {
                #[allow(unused_mut, reason = "a struct without fields that change")]
                let mut fields = $crate::json::Fields::of(value)?;
                $(fields.need($need)?;)*
                Ok(Self { $($field: fields.take(from_json!(@key $field $($key)?))?),* })
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

impl FromJson for Value {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(value)
    }
}

impl FromJson for String {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => Self::new(),
        })
    }
}

impl FromJson for bool {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(value == Value::Bool(true))
    }
}

/// A number as integer, float or digits in a string.
#[inline(never)]
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse::<f64>().ok().filter(|number| number.is_finite()),
        _ => None,
    }
}

impl FromJson for f64 {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(number(&value).unwrap_or_default())
    }
}

impl FromJson for Option<f64> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(number(&value))
    }
}

impl FromJson for Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "negative numbers are filtered out, and the cast saturates"
    )]
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(number(&value).filter(|number| *number >= 0.0).map(|number| number as u64))
    }
}

impl FromJson for u64 {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(Option::<u64>::from_json(value)?.unwrap_or_default())
    }
}

impl FromJson for Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is not wanted, and the cast saturates")]
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(number(&value).map(|number| number as i64))
    }
}

impl FromJson for Option<bool> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(value.as_bool())
    }
}

impl FromJson for Option<String> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(if value.is_null() { None } else { Some(String::from_json(value)?) })
    }
}

impl FromJson for Option<Vec<String>> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(if value.is_array() { Some(Vec::from_json(value)?) } else { None })
    }
}

impl FromJson for Option<Value> {
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Ok(Some(value).filter(|value| !value.is_null()))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    /// A list; null is an empty one, anything else that is no list is refused.
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        let items = match value {
            Value::Array(items) => items,
            Value::Null => return Ok(Self::new()),
            _ => return Err(Mismatch::new(" is not a list")),
        };
        let mut list = Self::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            list.push(T::from_json(item).map_err(|mismatch| mismatch.within(&format!("[{at}]")))?);
        }
        Ok(list)
    }
}

/// An object that may be null: its own implementation for each, because a general one would take leaves as well.
macro_rules! nullable {
    ($($name:ty),* $(,)?) => {
        $(impl FromJson for Option<$name> {
            fn from_json(value: Value) -> Result<Self, Mismatch> {
                if value.is_null() { Ok(None) } else { <$name>::from_json(value).map(Some) }
            }
        })*
    };
}

nullable!(
    crate::RetrievalModel,
    crate::RerankingModel,
    crate::MetadataFilter,
    crate::ExternalKnowledge,
    crate::ExternalRetrievalModel,
    crate::IconInfo,
    crate::DataSourceDetail,
    crate::UploadFile,
    crate::ProcessRule,
    crate::Rules,
    crate::Segmentation,
    crate::RetrievedDocument,
    IndexingTechnique,
    Permission,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dataset, Page};

    #[test]
    fn what_is_not_the_thing_is_refused_with_its_place() {
        let refuse = |text: &str| decode::<Page<Dataset>>(text).err().map(|mismatch| mismatch.to_string()).unwrap_or_default();
        assert_eq!(refuse(r#"{"ok":true}"#), "data is missing");
        assert_eq!(refuse(r#"{"data":[{"id":"a"},7]}"#), "data[1] is not an object");
        assert_eq!(refuse(r#"{"data":[{"name":"a"}]}"#), "data[0].id is missing");
        assert!(refuse("<html>").contains("line 1"));
        assert_eq!(refuse(r#"{"data":null}"#), "");
    }
}
