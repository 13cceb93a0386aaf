//! Asking a server whether it has an operation, without doing anything: about things that cannot be there.
//!
//! A server looks for the path before it looks for the thing. So an operation that it lacks is refused as every unknown path is,
//! and one that it has by a sentence about the thing (`capabilities.rs` tells the two apart).

use loredesk_wire::{DownloadZip, ModelType};
use serde_json::{Value, json};

use super::{
    ApiError, Client, ErrorKind,
    capabilities::{Operation, absence},
    dify,
};

/// The id of nothing.
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";

/// Asks for an operation.
///
/// # Errors
/// The refusal where it is not there, and where no answer tells.
pub async fn probe(client: &Client, operation: Operation) -> Result<(), ApiError> {
    // A key of one knowledge base gets an answer about that one only.
    let knowledge_base = client.access().only.as_ref().map_or(NOTHING, |only| only.as_str());
    let document = format!("datasets/{knowledge_base}/documents/{NOTHING}");
    let outcome = match operation {
        Operation::Tags => match dify::tags::list(client).await {
            // Dify 1.12 has tags, and refuses to list them.
            Err(error) if matches!(error.kind, ErrorKind::Invalid(_)) => Ok(()),
            outcome => outcome.map(drop),
        },
        Operation::Models => dify::models::list(client, &ModelType::TextEmbedding).await.map(drop),
        Operation::Download => client.get::<Value>(&format!("{document}/download")).await.map(drop),
        Operation::DownloadZip => {
            let body = DownloadZip { document_ids: vec![NOTHING.to_owned()] };
            let path = format!("datasets/{knowledge_base}/documents/download-zip");
            client.post_for_file(&path, &body).await.map(drop)
        }
        Operation::Pipelines => {
            client.get::<Value>(&format!("datasets/{knowledge_base}/pipeline/datasource-plugins")).await.map(drop)
        }
        Operation::DocumentPatch => client.patch::<Value>(&document, &json!({})).await.map(drop),
    };
    match outcome {
        Err(error) if tells_of_the_thing(&error) => Ok(()),
        outcome => outcome,
    }
}

/// Whether a refusal is about the thing, so that the operation is there.
fn tells_of_the_thing(error: &ApiError) -> bool {
    let is_about_it = matches!(
        error.kind,
        ErrorKind::NotFound | ErrorKind::Invalid(_) | ErrorKind::Conflict | ErrorKind::UnsupportedType | ErrorKind::Model
    );
    is_about_it && absence(error).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::error::Answer;

    fn tells(status: u16, body: &str) -> bool {
        let content_type = if body.starts_with('<') { "text/html" } else { "application/json" };
        let answer = Answer { status, content_type: content_type.to_owned(), body: body.to_owned(), ..Answer::default() };
        tells_of_the_thing(&ApiError::from_answer("GET", "x", &answer))
    }

    #[test]
    fn a_sentence_about_nothing_says_that_the_operation_is_there() {
        assert!(tells(404, r#"{"code":"not_found","message":"Dataset not found.","status":404}"#));
        assert!(tells(400, r#"{"code":"invalid_param","message":"no file","status":400}"#));
        assert!(tells(415, r#"{"code":"unsupported_media_type","message":"Did not attempt to load JSON data","status":415}"#));
        assert!(!tells(404, "<!doctype html><title>404 Not Found</title>"));
        assert!(!tells(404, r#"{"detail":"Not Found"}"#));
        assert!(!tells(405, r#"{"code":"method_not_allowed","message":"The method is not allowed","status":405}"#));
        // Neither of these tells anything about the operation.
        for status in [401, 403, 429, 500, 502] {
            assert!(!tells(status, "{}"), "{status}");
        }
    }
}
