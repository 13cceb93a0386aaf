//! `GET /files/{file_id}`: the original file that a download answer points to.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

use crate::api::extract::{Id, Ids};
use crate::api::{ApiError, Host};
use crate::store::files;

/// Streams the file. It is somebody else's content on the desk's origin: always saved, never shown, and without any rights.
pub(crate) async fn handle(State(host): State<Host>, Ids(Id(id)): Ids<Id>, request: Request) -> Result<Response, ApiError> {
    let found = host.store.read(move |connection| files::find(connection, &id)).await?;
    let row = found.ok_or_else(|| ApiError::not_found("Uploaded file not found."))?;
    let served = ServeFile::new(host.store.files.path(&row.id)).try_call(request).await;
    let mut response = match served {
        Ok(response) if response.status() != axum::http::StatusCode::NOT_FOUND => response.into_response(),
        _ => return Err(ApiError::not_found("Uploaded file not found.")),
    };
    let headers: [(HeaderName, String); 4] = [
        (CONTENT_TYPE, row.mime_type),
        (CONTENT_DISPOSITION, disposition(&with_extension(&row.name, &row.extension))),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// The name with the extension; a text that was sent without a file has none of its own.
pub(super) fn with_extension(name: &str, extension: &str) -> String {
    let has_extension = name.to_lowercase().ends_with(&format!(".{extension}"));
    if has_extension { name.to_owned() } else { format!("{name}.{extension}") }
}

/// RFC 6266: a plain name for old programs, the real one in UTF-8.
pub(super) fn disposition(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " ._-()".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::{disposition, with_extension};

    #[test]
    fn names_are_encoded() {
        assert_eq!(
            disposition(&with_extension("Größe \"1\".txt", "txt")),
            "attachment; filename=\"Gr__e _1_.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.txt"
        );
        assert_eq!(
            disposition(&with_extension("Pump manual", "txt")),
            "attachment; filename=\"Pump manual.txt\"; filename*=UTF-8''Pump%20manual.txt"
        );
    }
}
