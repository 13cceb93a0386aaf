//! How well the words of a chunk answer a query: BM25, brought to 0..1.
//!
//! For each term t of the query: `idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5))` with N chunks of which n hold t, and
//! `saturation(t) = f / (f + 1.2 * (0.25 + 0.75 * length / mean length))`, where f counts the words of the chunk that are t;
//! a word that only begins with t counts half. `bm25 = sum idf * saturation` is at most `sum idf`, whatever the chunk, so
//! `score = sqrt(bm25 / sum idf)` lies in 0..1 and grows with BM25. The root spreads the low end: a chunk of mean length that
//! holds every term once scores 0.67, one that holds half of the weight once scores 0.48.

use super::terms::{QueryTerm, for_each_term};

const K1: f64 = 1.2;
const B: f64 = 0.75;
/// What a word counts that only begins with the term.
const PREFIX: f64 = 0.5;

/// A query's terms with their weights.
pub(super) struct Scorer {
    terms: Vec<(QueryTerm, f64)>,
    ideal: f64,
    mean_length: f64,
}

impl Scorer {
    /// Terms, each with the number of chunks that hold it, out of so many chunks of so many characters in the mean.
    pub(super) fn new(terms: Vec<(QueryTerm, u64)>, chunks: u64, mean_length: f64) -> Self {
        let terms: Vec<_> = terms.into_iter().map(|(term, holders)| (term, idf(chunks, holders))).collect();
        let ideal = terms.iter().map(|(_, idf)| idf).sum();
        Self { terms, ideal, mean_length: mean_length.max(1.0) }
    }

    /// The score of a chunk with these texts (content, answer, keywords) and so many characters.
    pub(super) fn score(&self, texts: &[&str], length: u64) -> f64 {
        if self.ideal <= 0.0 {
            return 0.0;
        }
        let mut counts = vec![0.0; self.terms.len()];
        for text in texts {
            for_each_term(text, &mut |word| {
                for ((term, _), count) in self.terms.iter().zip(&mut counts) {
                    if word == term.text {
                        *count += 1.0;
                    } else if term.is_prefix && word.starts_with(&term.text) {
                        *count += PREFIX;
                    }
                }
            });
        }
        let norm = K1 * (1.0 - B + B * to_float(length) / self.mean_length);
        let bm25: f64 = self.terms.iter().zip(&counts).map(|((_, idf), count)| idf * count / (count + norm)).sum();
        (bm25 / self.ideal).sqrt()
    }
}

fn idf(chunks: u64, holders: u64) -> f64 {
    let (all, with) = (to_float(chunks.max(holders)), to_float(holders));
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "counts and lengths lie far inside the exact range")]
fn to_float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::Scorer;
    use crate::retrieval::terms::of_query;

    fn scorer(query: &str, holders: u64) -> Scorer {
        Scorer::new(of_query(query).into_iter().map(|term| (term, holders)).collect(), 1000, 40.0)
    }

    #[test]
    fn scores_grow_with_matches_and_stay_below_one() {
        let scorer = scorer("impeller seal", 10);
        let none = scorer.score(&["nothing of the kind"], 40);
        let half = scorer.score(&["the impeller"], 40);
        let both = scorer.score(&["the impeller seal"], 40);
        let often = scorer.score(&["impeller seal impeller seal impeller seal"], 40);
        assert!(none == 0.0 && half > 0.4 && both > half && often > both && often < 1.0, "{none} {half} {both} {often}");
        assert!((both - (1.0_f64 / 2.2).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn a_beginning_counts_less_than_the_word() {
        let scorer = scorer("Donau", 10);
        assert!(scorer.score(&["Donaudampfschiff"], 40) < scorer.score(&["an der Donau"], 40));
        assert!(scorer.score(&["Donaudampfschiff"], 40) > 0.0);
    }

    #[test]
    fn long_chunks_score_lower() {
        let scorer = scorer("valve", 10);
        assert!(scorer.score(&["valve"], 400) < scorer.score(&["valve"], 40));
    }
}
