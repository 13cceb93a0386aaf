//! The text of a document from its chunks: what there is to save where a server does not give out originals.

use loredesk_wire::Segment;

use super::{ApiError, Client, dify};
use crate::model::{
    id::{DocumentId, KnowledgeBaseId},
    replace,
};

/// Reads the chunks, page after page, and puts their texts together in their order.
///
/// # Errors
/// The first page that fails ends it.
pub async fn read(client: &Client, knowledge_base: &KnowledgeBaseId, document: &DocumentId) -> Result<String, ApiError> {
    let mut all: Vec<Segment> = Vec::new();
    for page in 1_u64.. {
        let answer = dify::segments::list(client, knowledge_base, document, page, dify::PAGE_MAX, "").await?;
        let is_end = answer.data.is_empty() || page * dify::PAGE_MAX >= answer.total.unwrap_or_default();
        // A page may shift while we read.
        all.extend(answer.data.into_iter().filter(|chunk| all.iter().all(|known| known.id != chunk.id)).collect::<Vec<_>>());
        if is_end {
            break;
        }
    }
    all.sort_by_key(|chunk| chunk.position);
    Ok(replace::whole_text(&all))
}
