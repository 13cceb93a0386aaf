//! Search by words: the index names candidates by the rarer words of the query, and all words rank them.
//!
//! A word that is in very many chunks costs the index as many steps and says little. So the rarest words choose the
//! candidates, as many as stay within a budget of chunks, and the common ones only count in the exact score. When every
//! word is that common, the candidates are the chunks where one is a keyword, which are those where it is frequent.

use std::collections::HashMap;

use super::scoring::Scorer;
use super::terms::{QueryTerm, of_query};
use super::{CHILDREN, Hit, Scope, Text, sort};
use crate::store::{StoreError, children, datasets, index_tables, segments};

/// Chunks that one query may rank in the index.
const BUDGET: u64 = 5_000;
/// How far the chunks of one word are counted, before their number is estimated.
const COUNTED: u64 = 2_000;
/// A word in fewer chunks also looks for the words that begin with it; a more frequent one has results enough.
const RARE: u64 = 200;
/// Terms of a query; more is a pasted text, whose first words do.
const MOST_TERMS: usize = 24;
/// Candidates that are scored exactly, for each result wanted and at least.
const CANDIDATES_EACH: usize = 5;
const CANDIDATES_LEAST: usize = 60;
const CANDIDATES_MOST: usize = 400;
/// Child chunks that are looked at: where documents are parent chunks, thousands of children have few parents.
const LOOKED_AT: usize = 5_000;

/// The texts that hold words of the query, best first. A search by keywords also looks at the keywords people gave.
pub(super) fn find(scope: &Scope<'_>, query: &str, with_keywords: bool, top_k: usize) -> Result<Vec<Hit>, StoreError> {
    let Some(plan) = Plan::new(scope, query, with_keywords)? else { return Ok(Vec::new()) };
    let wanted = (top_k * CANDIDATES_EACH).clamp(CANDIDATES_LEAST, CANDIDATES_MOST);
    let candidates = plan.candidates(scope, wanted)?;
    let mut hits = Vec::with_capacity(candidates.len());
    for text in candidates {
        hits.push(Hit { text, score: plan.score(scope, text)? });
    }
    hits.retain(|hit| hit.score > 0.0);
    sort(&mut hits);
    Ok(hits)
}

/// A query, ready to be looked up.
pub(super) struct Plan {
    scorer: Scorer,
    expression: String,
    is_ranked: bool,
    with_keywords: bool,
}

impl Plan {
    /// Counts the words; none when the query has no word that occurs.
    pub(super) fn new(scope: &Scope<'_>, query: &str, with_keywords: bool) -> Result<Option<Self>, StoreError> {
        let columns = if with_keywords { "{terms keywords}" } else { "terms" };
        let mut terms: Vec<Counted> = Vec::new();
        for term in of_query(query).into_iter().take(MOST_TERMS) {
            terms.push(Counted::new(scope, term, columns)?);
        }
        let mut present: Vec<&Counted> = terms.iter().filter(|term| term.holders > 0).collect();
        present.sort_by_key(|term| term.holders);
        let Some(rarest) = present.first().copied() else { return Ok(None) };
        let mut budget = BUDGET;
        present.retain(|term| {
            let fits = term.holders <= budget;
            budget = budget.saturating_sub(term.holders);
            fits
        });
        let (expression, is_ranked) = if present.is_empty() {
            let expression = rarest.expression("keywords");
            let holders = index_tables::count(scope.connection, scope.dataset, &expression, COUNTED)?;
            match holders {
                0 => (rarest.expression(columns), false),
                holders => (expression, holders <= BUDGET),
            }
        } else {
            let alternatives: Vec<String> = present.iter().map(|term| term.looked_up()).collect();
            (format!("{columns} : ({})", alternatives.join(" OR ")), true)
        };
        let (chunks, mean_length) = datasets::chunk_figures(scope.connection, scope.dataset)?;
        let terms = terms.into_iter().map(|counted| (counted.term, counted.holders)).collect();
        Ok(Some(Self { scorer: Scorer::new(terms, chunks, mean_length), expression, is_ranked, with_keywords }))
    }

    /// The texts to score: of so many chunks, and of each only so many child chunks.
    fn candidates(&self, scope: &Scope<'_>, wanted: usize) -> Result<Vec<Text>, StoreError> {
        let mut candidates = Vec::with_capacity(wanted);
        let mut of_chunk: HashMap<i64, usize> = HashMap::new();
        let mut left = LOOKED_AT;
        let mut each = |row| {
            if let Some(text) = scope.text(row)? {
                let before = of_chunk.entry(text.chunk).or_default();
                *before += 1;
                if *before <= CHILDREN {
                    candidates.push(text);
                }
            }
            left -= usize::from(children::of_index_row(row).is_some());
            Ok(of_chunk.len() < wanted && left > 0)
        };
        let look = if self.is_ranked { index_tables::ranked } else { index_tables::unranked };
        look(scope.connection, scope.dataset, &self.expression, &mut each)?;
        Ok(candidates)
    }

    /// The exact score of a text.
    pub(super) fn score(&self, scope: &Scope<'_>, text: Text) -> Result<f64, StoreError> {
        if let Some(child) = text.child {
            let Some(row) = children::by_seq(scope.connection, child)? else { return Ok(0.0) };
            return Ok(self.scorer.score(&[&row.child.content], row.child.word_count));
        }
        let Some(row) = segments::by_seq(scope.connection, text.chunk)? else { return Ok(0.0) };
        let chunk = row.segment;
        let keywords = chunk.keywords.filter(|_| self.with_keywords).map(|list| list.join("\n")).unwrap_or_default();
        if scope.is_hierarchical {
            // The words of the text are its children's.
            return Ok(self.scorer.score(&[&keywords], chunk.word_count));
        }
        Ok(self.scorer.score(&[&chunk.content, chunk.answer.as_deref().unwrap_or_default(), &keywords], chunk.word_count))
    }
}

/// A term of the query with the number of chunks that hold it.
struct Counted {
    term: QueryTerm,
    holders: u64,
    is_widened: bool,
}

impl Counted {
    fn new(scope: &Scope<'_>, term: QueryTerm, columns: &str) -> Result<Self, StoreError> {
        let mut counted = Self { is_widened: false, holders: 0, term };
        let count = |counted: &Self| index_tables::count(scope.connection, scope.dataset, &counted.expression(columns), COUNTED);
        counted.holders = count(&counted)?;
        // A single character of a script without blanks is nearly always the beginning of a pair.
        let is_character = counted.term.text.chars().nth(1).is_none();
        if counted.term.is_prefix && (is_character || counted.holders < RARE) {
            counted.is_widened = true;
            counted.holders = count(&counted)?;
        }
        Ok(counted)
    }

    /// Terms hold letters and digits only, so nothing in them has to be escaped.
    fn looked_up(&self) -> String {
        format!("\"{}\"{}", self.term.text, if self.is_widened { " *" } else { "" })
    }

    fn expression(&self, columns: &str) -> String {
        format!("{columns} : {}", self.looked_up())
    }
}
