//! Receives a multipart upload: one file, streamed to disk, and one text field with the settings.
//!
//! A refused upload is still read to its end (up to a bound), because a browser shows a broken connection instead of the
//! refusal when the server answers and closes while it is sending.

use axum::extract::multipart::{Field, Multipart};
use axum::http::StatusCode;

use super::{ApiError, Host};
use crate::extract::accepted_extensions;
use crate::store::StoreError;
use crate::store::files::{Arriving, Kept};

/// Longest settings field, in bytes.
const LONGEST_SETTINGS: usize = 1 << 20;
/// How much of a refused upload is read and thrown away.
const MOST_DISCARDED: u64 = 1 << 30;
/// Longest file name that is kept whole, in characters.
const LONGEST_NAME: usize = 200;
/// Characters that real servers refuse in a file name.
const FORBIDDEN: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// What an upload brought.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// The file, if there was one.
    pub(crate) file: Option<Kept>,
    /// The settings field `data`.
    pub(crate) data: Option<String>,
}

/// Reads the whole body. Nothing stays on disk when the answer is a refusal.
pub(crate) async fn receive(host: &Host, mut multipart: Multipart) -> Result<Upload, ApiError> {
    let mut receiver = Receiver { host, arriving: None, data: None, discarded: 0 };
    let mut refusal = None;
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => {
                refusal.get_or_insert(broken(&error.body_text()));
                break;
            }
        };
        if refusal.is_some() {
            receiver.discard(field).await?;
        } else if let Err(error) = receiver.field(field).await {
            refusal = Some(error);
        }
    }
    match refusal {
        Some(error) => Err(error),
        None => receiver.finish().await,
    }
}

/// Reads a body that will be refused anyway.
pub(crate) async fn discard(host: &Host, multipart: Multipart) {
    let mut multipart = multipart;
    let mut receiver = Receiver { host, arriving: None, data: None, discarded: 0 };
    while let Ok(Some(field)) = multipart.next_field().await {
        if receiver.discard(field).await.is_err() {
            break;
        }
    }
}

fn broken(reason: &str) -> ApiError {
    let message = format!("The upload ended before it was complete or is no multipart form: {reason}");
    ApiError::new(StatusCode::BAD_REQUEST, "bad_request", message)
}

struct Receiver<'h> {
    host: &'h Host,
    arriving: Option<(Arriving, String, &'static str)>,
    data: Option<String>,
    discarded: u64,
}

impl Receiver<'_> {
    async fn field(&mut self, field: Field<'_>) -> Result<(), ApiError> {
        if let Some(name) = field.file_name() {
            let name = name.to_owned();
            return self.file(field, name).await;
        }
        if field.name() == Some("data") {
            return self.settings(field).await;
        }
        self.discard(field).await
    }

    async fn settings(&mut self, mut field: Field<'_>) -> Result<(), ApiError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error.body_text()))? {
            if bytes.len() + chunk.len() > LONGEST_SETTINGS {
                self.discard(field).await?;
                return Err(ApiError::invalid(format!("data: must have at most {LONGEST_SETTINGS} bytes")));
            }
            bytes.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(bytes).map_err(|_| ApiError::invalid("data: must be UTF-8 text"))?;
        self.data = Some(text);
        Ok(())
    }

    async fn file(&mut self, mut field: Field<'_>, name: String) -> Result<(), ApiError> {
        let limit = self.host.config.limits.max_upload_bytes;
        let checked = match &self.arriving {
            Some(_) => Err(ApiError::new(StatusCode::BAD_REQUEST, "too_many_files", "Only one file is allowed.")),
            None => checked_name(&name, &self.host.config.limits.extensions),
        };
        let (name, extension) = match checked {
            Ok(checked) => checked,
            Err(error) => {
                self.discard(field).await?;
                return Err(error);
            }
        };
        let files = self.host.store.files.clone();
        let mut arriving = blocking(move || files.begin()).await?;
        while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error.body_text()))? {
            if arriving.size + chunk.len() as u64 > limit {
                drop(arriving);
                self.discard(field).await?;
                return Err(too_large(limit));
            }
            arriving = blocking(move || arriving.write(&chunk).map(|()| arriving)).await?;
        }
        self.arriving = Some((arriving, name, extension));
        Ok(())
    }

    async fn discard(&mut self, mut field: Field<'_>) -> Result<(), ApiError> {
        while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error.body_text()))? {
            self.discarded += chunk.len() as u64;
            if self.discarded > MOST_DISCARDED {
                return Err(too_large(self.host.config.limits.max_upload_bytes));
            }
        }
        Ok(())
    }

    async fn finish(self) -> Result<Upload, ApiError> {
        let file = match self.arriving {
            None => None,
            Some((arriving, name, extension)) => {
                let files = self.host.store.files.clone();
                let mime_type = mime_type(extension).to_owned();
                Some(blocking(move || files.keep(arriving, name, extension.to_owned(), mime_type)).await?)
            }
        };
        Ok(Upload { file, data: self.data })
    }
}

/// Runs on a blocking thread.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, ApiError> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Stopped)??)
}

/// 400 with the contract's words.
pub(crate) fn no_file() -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "no_file_uploaded", "Please upload your file.")
}

pub(crate) fn too_large(limit: u64) -> ApiError {
    let message = match limit {
        0..1_048_576 => format!("File size exceeded. The limit is {limit} bytes."),
        _ => format!("File size exceeded. The limit is {limit} bytes ({} MiB).", limit / 1_048_576),
    };
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_large", message)
}

/// The name to keep and its extension, which must be one that can be read and that the configuration accepts.
fn checked_name(name: &str, accepted: &[String]) -> Result<(String, &'static str), ApiError> {
    if name.trim().is_empty() {
        let message = "The specified filename does not exist.";
        return Err(ApiError::new(StatusCode::BAD_REQUEST, "filename_not_exists_error", message));
    }
    if name.chars().any(|c| FORBIDDEN.contains(&c) || c.is_control()) || [".", ".."].contains(&name) {
        return Err(ApiError::invalid("Filename contains invalid characters"));
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    let is_wanted = |known: &&&str| **known == extension && accepted.contains(&extension);
    let Some(extension) = accepted_extensions().iter().find(is_wanted).copied() else {
        let message = format!("File type not allowed. The accepted types are {}.", accepted.join(", "));
        return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_file_type", message));
    };
    if name.chars().count() <= LONGEST_NAME {
        return Ok((name.to_owned(), extension));
    }
    let stem: String = name.chars().take(LONGEST_NAME).collect();
    let stem = stem.split('.').next().unwrap_or_default();
    Ok((format!("{stem}.{extension}"), extension))
}

fn mime_type(extension: &str) -> &'static str {
    match extension {
        "md" | "mdx" | "markdown" => "text/markdown",
        "html" | "htm" => "text/html",
        "csv" => "text/csv",
        "vtt" => "text/vtt",
        "pdf" => "application/pdf",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "text/plain",
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Limits;

    #[test]
    fn names_are_checked() {
        let checked_name = |name: &str| super::checked_name(name, &Limits::default().extensions);
        assert_eq!(checked_name("Größe 数据.TXT"), Ok(("Größe 数据.TXT".to_owned(), "txt")));
        let long = checked_name(&format!("{}.md", "f".repeat(300)));
        assert_eq!(long, Ok((format!("{}.md", "f".repeat(200)), "md")));
        for name in
            ["", " ", "a/b.txt", "..\\a.txt", "a:b.txt", "a\0.txt", "a\n.txt", "..", "a.exe", "README", "a.txt.exe", ".txt "]
        {
            assert!(checked_name(name).is_err(), "{name:?}");
        }
        assert!(super::checked_name("a.pdf", &["txt".to_owned()]).is_err(), "not accepted here");
    }
}
