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

impl std::fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

/// Where reading notes what is wrong. Reading itself goes on with defaults: an early end at every field would cost more code than
/// the fields themselves.
#[derive(Debug, Default)]
pub struct Problem(Option<String>);

impl Problem {
    #[inline(never)]
    fn note(&mut self, what: &str) {
        if self.0.is_none() {
            self.0 = Some(what.to_owned());
        }
    }

    /// Puts the place before what was noted since it was not `known` yet.
    #[inline(never)]
    fn within(&mut self, known: bool, place: &str) {
        if let Some(what) = self.0.as_mut().filter(|_| !known) {
            let separator = if what.starts_with(['[', ' ']) { "" } else { "." };
            *what = format!("{place}{separator}{what}");
        }
    }
}

/// A type that can be read from an answer.
pub trait FromJson: Sized {
    /// Reads it from a tree. What cannot be that at all is noted, and its default given.
    fn from_json(value: Value, problem: &mut Problem) -> Self;
}

/// Reads an answer.
///
/// # Errors
/// When it is not JSON, or not the thing that is expected.
pub fn decode<T: FromJson>(text: &str) -> Result<T, Mismatch> {
    let mut problem = Problem::default();
    let read = T::from_json(parse(text)?, &mut problem);
    match problem.0 {
        None => Ok(read),
        Some(what) => Err(Mismatch(what)),
    }
}

#[inline(never)]
fn parse(text: &str) -> Result<Value, Mismatch> {
    serde_json::from_str(text).map_err(|error| Mismatch(error.to_string()))
}

/// The fields of an object while a type is read from it.
pub(crate) struct Fields<'a> {
    map: Map<String, Value>,
    problem: &'a mut Problem,
}

impl<'a> Fields<'a> {
    #[inline(never)]
    pub(crate) fn of(value: Value, problem: &'a mut Problem) -> Self {
        let map = match value {
            Value::Object(map) => map,
            // Some servers send null for an object that has nothing in it.
            Value::Null => Map::new(),
            _ => {
                problem.note(" is not an object");
                Map::new()
            }
        };
        Self { map, problem }
    }

    /// A field; its default where it is absent, null or a leaf of a wrong type.
    #[inline(never)]
    pub(crate) fn take<T: FromJson>(&mut self, name: &str) -> T {
        let known = self.problem.0.is_some();
        let value = self.raw(name);
        let read = T::from_json(value, self.problem);
        self.problem.within(known, name);
        read
    }

    #[inline(never)]
    fn raw(&mut self, name: &str) -> Value {
        self.map.get_mut(name).map(Value::take).unwrap_or_default()
    }

    /// Notes an object that lacks what makes it the thing.
    #[inline(never)]
    pub(crate) fn need(&mut self, name: &str) {
        if self.map.get(name).is_none() {
            self.problem.note(&format!("{name} is missing"));
        }
    }
}

/// Reads a struct field by field; `needs` names the fields without which it is not the thing, `=` another name on the wire.
macro_rules! from_json {
    ($name:ident needs [$($need:literal),*] { $($field:ident $(= $key:literal)?),* $(,)? }) => {
        impl $crate::json::FromJson for $name {
            fn from_json(value: serde_json::Value, problem: &mut $crate::json::Problem) -> Self {
                let mut fields = $crate::json::Fields::of(value, problem);
                $(fields.need($need);)*
                Self { $($field: fields.take(from_json!(@key $field $($key)?))),* }
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}

/// Implements the trait for leaves, which have nothing to note.
macro_rules! leaf {
    ($name:ty, $value:ident => $read:expr) => {
        impl FromJson for $name {
            fn from_json($value: Value, _: &mut Problem) -> Self {
                $read
            }
        }
    };
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

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "negative numbers are filtered out, and the cast saturates"
)]
fn count(value: &Value) -> Option<u64> {
    number(value).filter(|number| *number >= 0.0).map(|number| number as u64)
}

#[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is not wanted, and the cast saturates")]
fn seconds(value: &Value) -> Option<i64> {
    number(value).map(|number| number as i64)
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

leaf!(Value, value => value);
leaf!(Option<Value>, value => Some(value).filter(|value| !value.is_null()));
leaf!(String, value => text(value));
leaf!(Option<String>, value => if value.is_null() { None } else { Some(text(value)) });
leaf!(bool, value => value == Value::Bool(true));
leaf!(Option<bool>, value => value.as_bool());
leaf!(f64, value => number(&value).unwrap_or_default());
leaf!(Option<f64>, value => number(&value));
leaf!(u64, value => count(&value).unwrap_or_default());
leaf!(Option<u64>, value => count(&value));
leaf!(Option<i64>, value => seconds(&value));

impl<T: FromJson> FromJson for Vec<T> {
    /// A list; null is an empty one, anything else that is no list is noted.
    fn from_json(value: Value, problem: &mut Problem) -> Self {
        let items = match value {
            Value::Array(items) => items,
            Value::Null => return Self::new(),
            _ => {
                problem.note(" is not a list");
                return Self::new();
            }
        };
        let mut list = Self::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            let known = problem.0.is_some();
            list.push(T::from_json(item, problem));
            if !known && problem.0.is_some() {
                problem.within(known, &format!("[{at}]"));
            }
        }
        list
    }
}

impl FromJson for Option<Vec<String>> {
    fn from_json(value: Value, problem: &mut Problem) -> Self {
        if value.is_array() { Some(Vec::from_json(value, problem)) } else { None }
    }
}

/// An object that may be null: its own implementation for each, because a general one would take leaves as well.
macro_rules! nullable {
    ($($name:ty),* $(,)?) => {
        $(impl FromJson for Option<$name> {
            fn from_json(value: Value, problem: &mut Problem) -> Self {
                if value.is_null() { None } else { Some(<$name>::from_json(value, problem)) }
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
    crate::SummaryIndexSetting,
    crate::LocalizedText,
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
