//! Search by meaning: the cosine of the query's embedding with that of every chunk or child chunk, read one after the other.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::{CHILDREN, Hit, Scope, Text, sort};
use crate::embeddings::Vector;
use crate::store::StoreError;

/// The best so far, in whole millionths, so that they can be ordered in a heap.
type Best = BinaryHeap<Reverse<(i64, Reverse<i64>)>>;

const MILLION: f64 = 1_000_000.0;

/// The texts nearest in meaning, best first: of so many chunks.
pub(super) fn find(scope: &Scope<'_>, vector: &Vector, top_k: usize) -> Result<Vec<Hit>, StoreError> {
    let mut hits = if scope.is_hierarchical { children(scope, vector, top_k)? } else { chunks(scope, vector, top_k)? };
    sort(&mut hits);
    Ok(hits)
}

/// Only as many are held in memory as are wanted.
fn chunks(scope: &Scope<'_>, vector: &Vector, top_k: usize) -> Result<Vec<Hit>, StoreError> {
    let mut best: Best = BinaryHeap::with_capacity(top_k + 1);
    let mut statement = scope.connection.prepare_cached("SELECT segment, vector FROM segment_vectors WHERE dataset = ?1")?;
    let mut rows = statement.query([scope.dataset])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob().unwrap_or_default();
        let Some(cosine) = vector.cosine(bytes) else { continue };
        let score = to_millionths(cosine);
        let is_full = best.len() >= top_k;
        let seq: i64 = row.get(0)?;
        if is_full && best.peek().is_none_or(|Reverse(worst)| (score, Reverse(seq)) <= *worst) {
            continue;
        }
        if scope.holds(seq)? {
            best.push(Reverse((score, Reverse(seq))));
            if is_full {
                best.pop();
            }
        }
    }
    let hit = |Reverse((score, Reverse(chunk)))| Hit { text: Text { chunk, child: None }, score: from_millionths(score) };
    Ok(best.into_iter().map(hit).collect())
}

/// The best child of every parent orders the parents; then the children of the best parents are compared once more. So one parent
/// with a thousand children near the query takes one place, not all.
fn children(scope: &Scope<'_>, vector: &Vector, top_k: usize) -> Result<Vec<Hit>, StoreError> {
    let mut best: HashMap<i64, i64> = HashMap::new();
    let mut statement = scope.connection.prepare_cached("SELECT segment, vector FROM child_vectors WHERE dataset = ?1")?;
    let mut rows = statement.query([scope.dataset])?;
    while let Some(row) = rows.next()? {
        let Some(cosine) = vector.cosine(row.get_ref(1)?.as_blob().unwrap_or_default()) else { continue };
        let own = best.entry(row.get(0)?).or_default();
        *own = to_millionths(cosine).max(*own);
    }
    let mut parents: Vec<(Reverse<i64>, i64)> = best.into_iter().map(|(parent, score)| (Reverse(score), parent)).collect();
    parents.sort_unstable();
    let (mut hits, mut left) = (Vec::new(), top_k);
    for (_, parent) in parents {
        if left == 0 {
            break;
        }
        if scope.holds(parent)? {
            hits.extend(best_children(scope, vector, parent)?);
            left -= 1;
        }
    }
    Ok(hits)
}

fn best_children(scope: &Scope<'_>, vector: &Vector, parent: i64) -> Result<Vec<Hit>, StoreError> {
    let mut statement = scope.connection.prepare_cached("SELECT child, vector FROM child_vectors WHERE segment = ?1")?;
    let mut rows = statement.query([parent])?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(cosine) = vector.cosine(row.get_ref(1)?.as_blob().unwrap_or_default()) else { continue };
        let text = Text { chunk: parent, child: Some(row.get(0)?) };
        hits.push(Hit { text, score: from_millionths(to_millionths(cosine)) });
    }
    sort(&mut hits);
    hits.truncate(CHILDREN);
    Ok(hits)
}

/// The score of one text; 0 when it has no embedding.
pub(super) fn score(scope: &Scope<'_>, vector: &Vector, text: Text) -> Result<f64, StoreError> {
    let (sql, key) = match text.child {
        Some(child) => ("SELECT vector FROM child_vectors WHERE child = ?1", child),
        None => ("SELECT vector FROM segment_vectors WHERE segment = ?1", text.chunk),
    };
    let mut statement = scope.connection.prepare_cached(sql)?;
    let mut rows = statement.query([key])?;
    let cosine = match rows.next()? {
        Some(row) => vector.cosine(row.get_ref(0)?.as_blob().unwrap_or_default()),
        None => None,
    };
    Ok(from_millionths(to_millionths(cosine.unwrap_or_default())))
}

/// Opposite meanings are as good as no relation: what is below 0 counts as 0.
#[expect(clippy::cast_possible_truncation, reason = "a share of at most 1, times a million")]
fn to_millionths(cosine: f32) -> i64 {
    (f64::from(cosine).clamp(0.0, 1.0) * MILLION).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "at most a million")]
fn from_millionths(score: i64) -> f64 {
    score as f64 / MILLION
}
