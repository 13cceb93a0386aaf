//! Finds the chunks that answer a query. Knows the store, nothing of HTTP.
//!
//! By words: the full-text index names candidates, `scoring` ranks them exactly. By meaning: `meaning` compares the query's
//! embedding with those of all chunks. Both together: the two scores, weighted.

pub(crate) mod hits;
mod hybrid;
mod meaning;
mod metadata_filter;
mod scoring;
pub mod terms;
mod words;

use std::collections::HashSet;

use loredesk_wire::{MetadataFilter, SearchMethod};
use rusqlite::{Connection, OptionalExtension};

pub use hybrid::Weights;

use crate::embeddings::Vector;
use crate::store::StoreError;
use crate::store::datasets::DatasetRow;

/// What is looked for, and how.
#[derive(Clone, Debug)]
pub struct Search {
    /// The query.
    pub query: String,
    /// By words, by meaning, or both.
    pub method: SearchMethod,
    /// The query's embedding, where the method needs one.
    pub vector: Option<Vector>,
    /// How much meaning and words count in a hybrid search.
    pub weights: Weights,
    /// Results wanted.
    pub top_k: usize,
    /// Least score.
    pub score_threshold: Option<f64>,
    /// Only documents whose metadata meet this.
    pub filter: Option<MetadataFilter>,
}

/// A chunk that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Key of the chunk.
    pub seq: i64,
    /// 0 to 1.
    pub score: f64,
}

/// Looks for chunks; best first.
pub fn find(connection: &Connection, dataset: &DatasetRow, search: &Search) -> Result<Vec<Found>, StoreError> {
    let allowed = match &search.filter {
        Some(filter) if !filter.conditions.is_empty() => Some(metadata_filter::documents(connection, dataset, filter)?),
        _ => None,
    };
    let scope = Scope { connection, dataset: dataset.seq, allowed };
    let mut found = match (&search.method, &search.vector) {
        (SearchMethod::Semantic, Some(vector)) => meaning::find(&scope, vector, search.top_k)?,
        (SearchMethod::Hybrid, Some(vector)) => hybrid::find(&scope, search, vector)?,
        (method, _) => words::find(&scope, &search.query, *method == SearchMethod::Keyword, search.top_k)?,
    };
    if let Some(least) = search.score_threshold {
        found.retain(|found| found.score >= least);
    }
    found.truncate(search.top_k);
    Ok(found)
}

/// Where is looked: only enabled chunks of available documents of one knowledge base.
struct Scope<'c> {
    connection: &'c Connection,
    dataset: i64,
    /// Keys of the documents that a metadata filter lets through.
    allowed: Option<HashSet<i64>>,
}

impl Scope<'_> {
    /// Whether the chunk may be answered.
    fn holds(&self, seq: i64) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.seq FROM segments s JOIN documents d ON d.seq = s.document WHERE s.seq = ?1 AND s.enabled = 1 \
             AND d.dataset = ?2 AND d.deleted = 0 AND d.enabled = 1 AND d.archived = 0 AND d.indexing_status = 'completed'",
        )?;
        let document: Option<i64> = statement.query_row([seq, self.dataset], |row| row.get(0)).optional()?;
        Ok(document.is_some_and(|document| self.allowed.as_ref().is_none_or(|allowed| allowed.contains(&document))))
    }
}

/// Best first; equal scores in the order the chunks were made.
fn sort(found: &mut [Found]) {
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.seq.cmp(&b.seq)));
}
