//! Readers of requests whose refusals have the contract's envelope: JSON bodies, ids in the path, page numbers.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::shape::{Field, check};
use super::{ApiError, Host};

/// How much of a refused body is read and thrown away.
const MOST_DISCARDED: usize = 1 << 30;

/// A JSON body that was parsed but not checked yet.
pub(crate) struct JsonBody(Value);

impl JsonBody {
    /// Checks the body against its shape and reads it.
    pub(crate) fn read<T: DeserializeOwned>(self, what: &str, fields: &[Field]) -> Result<T, ApiError> {
        read(self.0, what, fields)
    }
}

/// Checks a value against its shape and reads it.
pub(crate) fn read<T: DeserializeOwned>(value: Value, what: &str, fields: &[Field]) -> Result<T, ApiError> {
    check(&value, what, fields)?;
    serde_json::from_value(value).map_err(|error| ApiError::invalid(format!("1 validation error for {what}\nbody\n  {error}")))
}

impl FromRequest<Host> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, host: &Host) -> Result<Self, ApiError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") && !kind.ends_with("+json") {
            let message = "The request has to have the Content-Type application/json.";
            return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message));
        }
        // A text has to be held whole, and JSON may need two bytes for one.
        let limit =
            usize::try_from(host.config.limits.max_upload_bytes).unwrap_or(usize::MAX).saturating_mul(2).saturating_add(1 << 20);
        let bytes = whole(request.into_body(), limit).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            ApiError::new(StatusCode::BAD_REQUEST, "bad_request", format!("The request's body is not JSON: {error}."))
        })
    }
}

/// The whole body. One that is too large is read to its end all the same (up to a bound), because a browser shows a broken
/// connection instead of the refusal when the server answers and closes while it is sending.
async fn whole(mut body: Body, limit: usize) -> Result<Vec<u8>, ApiError> {
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let frame = frame
            .map_err(|_| ApiError::new(StatusCode::BAD_REQUEST, "bad_request", "The request ended before it was complete."))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= limit {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
            if length > MOST_DISCARDED {
                break;
            }
        }
    }
    if length > limit {
        let message = format!("The request is larger than {limit} bytes.");
        return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_large", message));
    }
    Ok(bytes)
}

/// An id in a path: a UUID, written in lower case from here on.
#[derive(Clone, Debug)]
pub(crate) struct Id(pub(crate) String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match uuid::Uuid::try_parse(&text) {
            Ok(id) if text.len() == 36 => Ok(Self(id.to_string())),
            _ => Err(serde::de::Error::custom("not a UUID")),
        }
    }
}

/// The ids of a path; when one is no UUID, nothing is at that address.
pub(crate) struct Ids<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Host> for Ids<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, host: &Host) -> Result<Self, ApiError> {
        let Path(ids) = Path::<T>::from_request_parts(parts, host).await.map_err(|_| ApiError::no_such_path())?;
        Ok(Self(ids))
    }
}

/// A whole number. One with more digits than fit is very large, not wrong: that page is past the end.
fn whole_number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX }))
}

/// The pairs after the question mark.
pub(crate) struct Params(Vec<(String, String)>);

impl FromRequestParts<Host> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, host: &Host) -> Result<Self, ApiError> {
        let pairs = Query::<Vec<(String, String)>>::from_request_parts(parts, host).await;
        Ok(Self(pairs.map_err(|_| ApiError::invalid("The part of the address after the question mark cannot be read."))?.0))
    }
}

/// A page that was asked for, as it is applied.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageWanted {
    /// From 1.
    pub(crate) page: u64,
    /// 1 to 100.
    pub(crate) limit: u64,
}

impl PageWanted {
    /// Items before the page.
    pub(crate) fn offset(self) -> u64 {
        (self.page - 1).saturating_mul(self.limit).min(u64::try_from(i64::MAX).unwrap_or_default())
    }

    /// Whether there are items after the page.
    pub(crate) fn has_more(self, total: u64) -> bool {
        self.page.saturating_mul(self.limit) < total
    }
}

impl Params {
    /// The first value of the name; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All values of the name, also written `name[]`; empty ones are left out.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let is_it = |key: &str| key == name || key.strip_suffix("[]") == Some(name);
        self.0.iter().filter(|(key, value)| is_it(key) && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    }

    /// All ids of the name, whether it is repeated or they stand in one value with commas; in lower case.
    pub(crate) fn ids(&self, name: &str) -> Vec<String> {
        let values = self.texts(name);
        let parts = values.iter().flat_map(|value| value.split(',')).map(|id| id.trim().to_lowercase());
        parts.filter(|id| !id.is_empty()).collect()
    }

    /// A switch; none when it is left out.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.text(name).to_lowercase().as_str() {
            "" => Ok(None),
            "true" | "1" => Ok(Some(true)),
            "false" | "0" => Ok(Some(false)),
            _ => Err(ApiError::invalid(format!("1 validation error for the address\n{name}\n  must be true or false"))),
        }
    }

    /// Page and limit. As real servers do: a page below 1 is the first, a limit below 1 is 20, one above 100 is 100.
    pub(crate) fn page(&self) -> Result<PageWanted, ApiError> {
        let page = u64::try_from(self.number("page", 1)?).unwrap_or(1).max(1);
        let limit = match self.number("limit", 20)? {
            ..=0 => 20,
            limit => u64::try_from(limit).unwrap_or(100).min(100),
        };
        Ok(PageWanted { page, limit })
    }

    /// The same where a page or limit below 1 is refused, as real servers do for child chunks.
    pub(crate) fn strict_page(&self) -> Result<PageWanted, ApiError> {
        let below: Vec<&str> = ["page", "limit"].into_iter().filter(|name| self.number(name, 1).is_ok_and(|n| n < 1)).collect();
        if below.is_empty() {
            return self.page();
        }
        let many = if below.len() == 1 { "error" } else { "errors" };
        let lines: Vec<String> = below.iter().map(|name| format!("{name}\n  must be 1 or more")).collect();
        Err(ApiError::invalid(format!("{} validation {many} for the page\n{}", below.len(), lines.join("\n"))))
    }

    fn number(&self, name: &str, default: i64) -> Result<i64, ApiError> {
        match self.text(name) {
            "" => Ok(default),
            text => whole_number(text).ok_or_else(|| {
                ApiError::invalid(format!("1 validation error for the page\n{name}\n  must be a whole number, not {text:?}"))
            }),
        }
    }
}
