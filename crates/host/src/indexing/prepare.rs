//! Everything about a chunk that can be worked out before it is written: counts, keywords, words, embedding.

use loredesk_split::{count_tokens, keywords};
use loredesk_wire as wire;

use crate::api::{ApiError, Host};
use crate::retrieval::terms::index_text;
use crate::store::segments::NewSegment;

/// Keywords that a chunk gets when none are given.
const KEYWORDS: usize = 10;

/// A chunk without its embedding.
pub(super) fn one(content: String, answer: Option<String>, given: Option<Vec<String>>) -> NewSegment {
    let keywords = given.unwrap_or_else(|| keywords(&content, KEYWORDS));
    let mut terms = index_text(&content);
    if let Some(answer) = &answer {
        terms.push_str(&index_text(answer));
    }
    NewSegment {
        word_count: content.chars().count() as u64,
        tokens: count_tokens(&content) as u64,
        keyword_terms: index_text(&keywords.join("\n")),
        terms,
        keywords: Some(keywords),
        content,
        answer,
        vector: None,
    }
}

/// Chunks that somebody wrote; with a model, which a high-quality knowledge base has, they get embeddings.
pub(crate) async fn several(
    host: &Host,
    chunks: Vec<wire::NewSegment>,
    model: Option<String>,
) -> Result<Vec<NewSegment>, ApiError> {
    let prepared = tokio::task::spawn_blocking(move || {
        chunks.into_iter().map(|chunk| one(chunk.content, chunk.answer, chunk.keywords)).collect::<Vec<_>>()
    });
    let mut prepared = prepared.await.map_err(|_| crate::store::StoreError::Stopped)?;
    if let Some(model) = model {
        let embeddings = host.embeddings.as_ref().ok_or_else(crate::api::no_embeddings)?;
        let texts = prepared.iter().map(|new| new.content.clone()).collect();
        let vectors = embeddings.with_model(&model).of(texts).await.map_err(|error| ApiError::no_model(error.to_string()))?;
        for (new, vector) in prepared.iter_mut().zip(vectors) {
            new.vector = Some(vector.to_bytes());
        }
    }
    Ok(prepared)
}
