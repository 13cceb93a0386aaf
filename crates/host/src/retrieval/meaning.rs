//! Search by meaning: the cosine of the query's embedding with that of every chunk, read one after the other.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Found, Scope, sort};
use crate::embeddings::Vector;
use crate::store::StoreError;

/// The best so far, in whole millionths, so that they can be ordered in a heap.
type Best = BinaryHeap<Reverse<(i64, Reverse<i64>)>>;

const MILLION: f64 = 1_000_000.0;

/// The chunks nearest in meaning, best first. Only as many are held in memory as are wanted.
pub(super) fn find(scope: &Scope<'_>, vector: &Vector, top_k: usize) -> Result<Vec<Found>, StoreError> {
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
    let mut found: Vec<_> =
        best.into_iter().map(|Reverse((score, Reverse(seq)))| Found { seq, score: from_millionths(score) }).collect();
    sort(&mut found);
    Ok(found)
}

/// The score of one chunk; 0 when it has no embedding.
pub(super) fn score(scope: &Scope<'_>, vector: &Vector, seq: i64) -> Result<f64, StoreError> {
    let mut statement = scope.connection.prepare_cached("SELECT vector FROM segment_vectors WHERE segment = ?1")?;
    let mut rows = statement.query([seq])?;
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
