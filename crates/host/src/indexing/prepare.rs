//! Everything about a chunk that can be worked out before it is written: counts, keywords, words, child chunks, embeddings.

use loredesk_split::{SplitRule, children, count_tokens, keywords};
use loredesk_wire as wire;

use crate::api::{ApiError, Host};
use crate::embeddings::Vector;
use crate::retrieval::terms::index_text;
use crate::store::children::NewChild;
use crate::store::segments::NewSegment;

/// Keywords that a chunk gets when none are given.
const KEYWORDS: usize = 10;

/// What chunks are found by.
#[derive(Clone, Debug)]
pub(crate) enum FoundBy {
    /// Their own text.
    Text,
    /// Child chunks, which are cut by this rule.
    Children(SplitRule),
    /// The child chunks that they have already.
    SameChildren,
}

/// A chunk without its embedding.
pub(super) fn one(content: String, answer: Option<String>, given: Option<Vec<String>>) -> NewSegment {
    let keywords = given.unwrap_or_else(|| keywords(&content, KEYWORDS));
    let mut terms = index_text(&content);
    if let Some(answer) = &answer {
        terms.push_str(&index_text(answer));
    }
    NewSegment { terms, answer, ..bare(content, Some(keywords)) }
}

/// A parent chunk with its child chunks, without their embeddings. It gets no keywords but those that somebody gives it.
pub(super) fn parent<'a>(content: String, given: Option<Vec<String>>, of: impl Iterator<Item = &'a str>) -> NewSegment {
    NewSegment { children: Some(of.map(|child| self::child(child.to_owned())).collect()), ..bare(content, given) }
}

/// A child chunk without its embedding.
fn child(content: String) -> NewChild {
    NewChild { terms: index_text(&content), content, vector: None }
}

fn bare(content: String, keywords: Option<Vec<String>>) -> NewSegment {
    NewSegment {
        word_count: content.chars().count() as u64,
        tokens: count_tokens(&content) as u64,
        keyword_terms: keywords.as_deref().map(|list| index_text(&list.join("\n"))).unwrap_or_default(),
        keywords,
        content,
        ..NewSegment::default()
    }
}

/// Chunks that somebody wrote.
pub(crate) async fn several(
    host: &Host,
    chunks: Vec<wire::NewSegment>,
    is_high_quality: bool,
    found_by: FoundBy,
) -> Result<Vec<NewSegment>, ApiError> {
    let has_own_vector = matches!(found_by, FoundBy::Text);
    let prepared = tokio::task::spawn_blocking(move || {
        let prepare = |chunk: wire::NewSegment| match &found_by {
            FoundBy::Text => one(chunk.content, chunk.answer, chunk.keywords),
            FoundBy::Children(rule) => {
                let text = chunk.content.clone();
                parent(chunk.content, chunk.keywords, children(&text, rule).iter().map(|piece| piece.content))
            }
            FoundBy::SameChildren => bare(chunk.content, chunk.keywords),
        };
        chunks.into_iter().map(prepare).collect::<Vec<_>>()
    });
    let mut prepared = prepared.await.map_err(|_| crate::store::StoreError::Stopped)?;
    if is_high_quality {
        let mut wanted = wanted_vectors(&mut prepared, has_own_vector);
        let vectors = embed(host, &wanted).await?;
        give(&mut wanted, vectors);
    }
    Ok(prepared)
}

/// A child chunk that somebody wrote.
pub(crate) async fn single_child(host: &Host, content: String, is_high_quality: bool) -> Result<NewChild, ApiError> {
    let mut new = child(content);
    if is_high_quality && !new.content.trim().is_empty() {
        let mut wanted = [(new.content.as_str(), &mut new.vector)];
        let vectors = embed(host, &wanted).await?;
        give(&mut wanted, vectors);
    }
    Ok(new)
}

/// A text that wants an embedding, and where it belongs.
pub(super) type Wanted<'a> = (&'a str, &'a mut Option<Vec<u8>>);

/// The texts that are to be embedded. A text of blanks means nothing, and services refuse it.
pub(super) fn wanted_vectors(new: &mut [NewSegment], has_own_vector: bool) -> Vec<Wanted<'_>> {
    let mut wanted: Vec<Wanted<'_>> = Vec::new();
    for new in new {
        if has_own_vector {
            wanted.push((&new.content, &mut new.vector));
        }
        for child in new.children.iter_mut().flatten().filter(|child| !child.content.trim().is_empty()) {
            wanted.push((&child.content, &mut child.vector));
        }
    }
    wanted
}

/// Puts each vector where it belongs.
pub(super) fn give(wanted: &mut [Wanted<'_>], vectors: Vec<Vector>) {
    for ((_, place), vector) in wanted.iter_mut().zip(vectors) {
        **place = Some(vector.to_bytes());
    }
}

async fn embed(host: &Host, wanted: &[Wanted<'_>]) -> Result<Vec<Vector>, ApiError> {
    let embeddings = host.embeddings.as_ref().ok_or_else(crate::api::no_embeddings)?;
    let texts = wanted.iter().map(|(text, _)| (*text).to_owned()).collect();
    embeddings.of(texts).await.map_err(|error| ApiError::no_model(error.to_string()))
}
