//! Finds the chunks that answer a query. Knows the store, nothing of HTTP.
//!
//! By words: the full-text index names candidates, `scoring` ranks them exactly. By meaning: `meaning` compares the query's
//! embedding with those of all chunks. Both together: the two scores, weighted. In hierarchical mode all of them look for child
//! chunks, and a parent chunk is found by its best one.

pub(crate) mod hits;
mod hybrid;
mod meaning;
mod metadata_filter;
mod scoring;
pub mod terms;
mod words;

use std::collections::{HashMap, HashSet};

use loredesk_wire::{DocForm, MetadataFilter, SearchMethod};
use rusqlite::{Connection, OptionalExtension};

pub use hybrid::Weights;

use crate::embeddings::Vector;
use crate::store::datasets::DatasetRow;
use crate::store::{StoreError, children};

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
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Key of the chunk.
    pub seq: i64,
    /// 0 to 1; of the best child chunk, where it was found by them.
    pub score: f64,
    /// The child chunks that it was found by, best first.
    pub children: Vec<FoundChild>,
}

/// A child chunk that its parent was found by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundChild {
    /// Key of the child chunk.
    pub seq: i64,
    /// 0 to 1.
    pub score: f64,
}

/// Child chunks that count for one parent. More of them say nothing new, and a long parent must not crowd out the others.
const CHILDREN: usize = 5;

/// Looks for chunks; best first.
pub fn find(connection: &Connection, dataset: &DatasetRow, search: &Search) -> Result<Vec<Found>, StoreError> {
    let allowed = match &search.filter {
        Some(filter) if !filter.conditions.is_empty() => Some(metadata_filter::documents(connection, dataset, filter)?),
        _ => None,
    };
    let is_hierarchical = dataset.doc_form == Some(DocForm::Hierarchical);
    let scope = Scope { connection, dataset: dataset.seq, is_hierarchical, allowed };
    let mut hits = match (&search.method, &search.vector) {
        (SearchMethod::Semantic, Some(vector)) => meaning::find(&scope, vector, search.top_k)?,
        (SearchMethod::Hybrid, Some(vector)) => hybrid::find(&scope, search, vector)?,
        (method, _) => words::find(&scope, &search.query, *method == SearchMethod::Keyword, search.top_k)?,
    };
    if let Some(least) = search.score_threshold {
        hits.retain(|hit| hit.score >= least);
    }
    let mut found = by_chunk(&hits);
    found.truncate(search.top_k);
    Ok(found)
}

/// Puts the child chunks of one parent together; the best one, which comes first, gives the parent its place.
fn by_chunk(hits: &[Hit]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut places: HashMap<i64, usize> = HashMap::new();
    for Hit { text, score } in hits {
        let at = *places.entry(text.chunk).or_insert_with(|| {
            found.push(Found { seq: text.chunk, score: *score, children: Vec::new() });
            found.len() - 1
        });
        if let Some(seq) = text.child
            && found[at].children.len() < CHILDREN
        {
            found[at].children.push(FoundChild { seq, score: *score });
        }
    }
    found
}

/// A text of the index: a chunk, or a child chunk with its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    chunk: i64,
    child: Option<i64>,
}

/// A text that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hit {
    text: Text,
    score: f64,
}

/// Where is looked: only enabled chunks of available documents of one knowledge base.
struct Scope<'c> {
    connection: &'c Connection,
    dataset: i64,
    is_hierarchical: bool,
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

    /// The text behind a row of the full-text index; none when it may not be answered.
    fn text(&self, row: i64) -> Result<Option<Text>, StoreError> {
        let child = children::of_index_row(row);
        let chunk = match child {
            Some(child) => self.parent(child)?,
            None => Some(row),
        };
        let Some(chunk) = chunk else { return Ok(None) };
        let text = Text { chunk, child };
        Ok(self.holds(text.chunk)?.then_some(text))
    }

    fn parent(&self, child: i64) -> Result<Option<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT segment FROM child_chunks WHERE seq = ?1")?;
        Ok(statement.query_row([child], |row| row.get(0)).optional()?)
    }
}

/// Best first; equal scores in the order the texts were made.
fn sort(hits: &mut [Hit]) {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.text.cmp(&b.text)));
}

#[cfg(test)]
mod tests {
    use super::{CHILDREN, Found, FoundChild, Hit, Text, by_chunk};

    #[test]
    fn children_stand_under_their_parent_which_has_the_place_of_the_best() {
        let hit = |chunk, child, score| Hit { text: Text { chunk, child }, score };
        let mut hits = vec![hit(2, Some(7), 0.9), hit(1, Some(3), 0.8), hit(2, Some(6), 0.7), hit(3, None, 0.6)];
        let child = |seq, score| FoundChild { seq, score };
        let found = |seq, score, children| Found { seq, score, children };
        assert_eq!(
            by_chunk(&hits),
            [found(2, 0.9, vec![child(7, 0.9), child(6, 0.7)]), found(1, 0.8, vec![child(3, 0.8)]), found(3, 0.6, vec![])]
        );
        hits.extend((10..30).map(|seq| hit(3, Some(seq), 0.1)));
        assert_eq!(by_chunk(&hits)[2].children.len(), CHILDREN);
    }
}
