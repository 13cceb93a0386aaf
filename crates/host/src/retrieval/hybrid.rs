//! Search by meaning and by words: the best of both, each scored both ways, weighted.

use serde_json::Value;

use super::words::{self, Plan};
use super::{Hit, Scope, Search, Text, meaning, sort};
use crate::embeddings::Vector;
use crate::store::StoreError;

/// Candidates of each kind, for each result wanted and at least.
const EACH: usize = 3;
const LEAST: usize = 30;

/// How much each kind counts. They add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    meaning: f64,
    words: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { meaning: 0.7, words: 0.3 }
    }
}

impl Weights {
    /// From the settings as the wire sends them; what is missing or makes no sense becomes the default.
    pub fn from_wire(weights: Option<&Value>) -> Self {
        let number = |pointer: &str| weights.and_then(|value| value.pointer(pointer)).and_then(Value::as_f64);
        let (meaning, words) = (number("/vector_setting/vector_weight"), number("/keyword_setting/keyword_weight"));
        let (Some(meaning), Some(words)) = (meaning, words) else { return Self::default() };
        let sum = meaning + words;
        if meaning < 0.0 || words < 0.0 || sum <= 0.0 || !sum.is_finite() {
            return Self::default();
        }
        Self { meaning: meaning / sum, words: words / sum }
    }
}

/// Looks both ways.
pub(super) fn find(scope: &Scope<'_>, search: &Search, vector: &Vector) -> Result<Vec<Hit>, StoreError> {
    let wanted = (search.top_k * EACH).max(LEAST);
    let by_meaning = meaning::find(scope, vector, wanted)?;
    let mut by_words = words::find(scope, &search.query, true, wanted)?;
    by_words.truncate(wanted);
    let plan = Plan::new(scope, &search.query, true)?;
    let mut texts: Vec<Text> = by_meaning.iter().chain(&by_words).map(|hit| hit.text).collect();
    texts.sort_unstable();
    texts.dedup();
    let mut hits = Vec::with_capacity(texts.len());
    for text in texts {
        let words = match &plan {
            Some(plan) => plan.score(scope, text)?,
            None => 0.0,
        };
        let meaning = meaning::score(scope, vector, text)?;
        hits.push(Hit { text, score: search.weights.meaning * meaning + search.weights.words * words });
    }
    sort(&mut hits);
    Ok(hits)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Weights;

    #[test]
    fn weights_add_up_to_one() {
        let sent = json!({ "vector_setting": { "vector_weight": 1.0 }, "keyword_setting": { "keyword_weight": 3.0 } });
        assert_eq!(Weights::from_wire(Some(&sent)), Weights { meaning: 0.25, words: 0.75 });
        for odd in [json!({}), json!({ "vector_setting": { "vector_weight": -1 }, "keyword_setting": { "keyword_weight": 1 } })] {
            assert_eq!(Weights::from_wire(Some(&odd)), Weights::default());
        }
    }
}
