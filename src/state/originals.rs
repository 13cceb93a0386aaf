//! Saving the original file of a document, or, where a server does not give out originals, the text of its chunks.

use super::capabilities::Capabilities;
use crate::{
    api::{
        ApiError, Client, ErrorKind,
        capabilities::{Operation, absence},
        dify, document_text,
    },
    dom::download,
    model::{
        id::{DocumentId, KnowledgeBaseId},
        replace,
    },
};

/// What was given to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The original file.
    Original,
    /// A text that was put together from the chunks.
    Text,
}

/// Saves the original, or its text. Whether the server has originals is asked once and then known.
///
/// # Errors
/// What the server answered; `Decode` where the address of the file is none, or the browser cannot save.
pub async fn save(
    capabilities: Capabilities,
    client: &Client,
    knowledge_base: &KnowledgeBaseId,
    id: &DocumentId,
    name: &str,
) -> Result<Saved, ApiError> {
    if capabilities.absence(client, Operation::Download).is_none() {
        let answer = dify::documents::download_url(client, knowledge_base, id).await;
        capabilities.learn(client, Operation::Download, &answer);
        match answer {
            Ok(answer) if download::open(&answer.url) => return Ok(Saved::Original),
            Ok(_) => return Err(unusable("address")),
            Err(error) if absence(&error).is_none() => return Err(error),
            Err(_) => {}
        }
    }
    let text = document_text::read(client, knowledge_base, id).await?;
    if download::save(&replace::text_name(name), "text/plain;charset=utf-8", &text) {
        Ok(Saved::Text)
    } else {
        Err(unusable("file"))
    }
}

fn unusable(what: &str) -> ApiError {
    ApiError::local(ErrorKind::Decode(what.to_owned()), "GET", "download")
}
