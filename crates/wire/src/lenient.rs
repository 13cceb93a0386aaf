//! Readers for values that real servers write in more than one way.

use serde::{Deserialize, Deserializer};

/// A number as integer, float or digits in a string.
#[derive(Deserialize)]
#[serde(untagged)]
enum Numeric {
    Integer(i64),
    Float(f64),
    Text(String),
    Other(serde::de::IgnoredAny),
}

impl Numeric {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "seconds and counts; a float's fraction is not wanted and the cast saturates"
    )]
    fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Float(value) => Some(value as i64),
            Self::Text(text) => text.trim().parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| value as i64),
            Self::Other(_) => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "scores and weights lie far inside the exact range")]
    fn float(self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(value as f64),
            Self::Float(value) => Some(value),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Other(_) => None,
        }
    }
}

/// Seconds since the epoch: an integer, a float, a string of digits or null.
pub fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(Option::<Numeric>::deserialize(deserializer)?.and_then(Numeric::integer))
}

/// A count that may be null while the server does not know it yet.
pub fn maybe_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(seconds(deserializer)?.and_then(|value| u64::try_from(value).ok()))
}

/// A count; null and negative numbers read as 0.
pub fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    Ok(maybe_count(deserializer)?.unwrap_or_default())
}

/// A real number that may be null.
pub fn maybe_float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(Option::<Numeric>::deserialize(deserializer)?.and_then(Numeric::float))
}

/// A real number; null reads as 0.
pub fn float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(maybe_float(deserializer)?.unwrap_or_default())
}

/// Any value whose null means its default: text, list or flag.
pub fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
