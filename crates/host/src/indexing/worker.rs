//! Indexes one document: parsing, cleaning, splitting, indexing.
//!
//! Before each write it is checked that this version of the document is still wanted; when it was deleted or replaced, the
//! worker just ends, and the purge removes what it wrote.

use std::ops::ControlFlow;
use std::time::Instant;

use loredesk_split::{ParentChildRule, Piece, RuleError, SplitRule, clean, for_each_chunk, for_each_parent};
use loredesk_wire::{DocForm, IndexingStatus, ProcessRule};

use super::{Tools, pairs, prepare, rule};
use crate::extract::{extract_table, extract_text};
use crate::store::documents::{self, DocumentRow};
use crate::store::segments::NewSegment;
use crate::store::{StoreError, datasets, process_rules, queue, segments};

/// Chunks and child chunks that are written in one transaction. Others who want to write wait for one, some milliseconds.
const BATCH: usize = 200;

/// Why indexing ended before its end.
enum Ended {
    /// The document was deleted or replaced, or the host stops; then it goes on after the next start.
    Unwanted,
    /// The document cannot be indexed; the sentence says why.
    Failed(String),
    /// The database or a file failed.
    Store(StoreError),
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Indexes the document and notes how it went. Blocking.
pub(super) fn index(tools: &Tools, row: &DocumentRow, is_stopping: &dyn Fn() -> bool) {
    let sentence = match run(tools, row, is_stopping) {
        Ok(()) | Err(Ended::Unwanted) => return,
        Err(Ended::Failed(sentence)) => sentence,
        Err(Ended::Store(error)) => {
            tracing::error!(document = row.id, "{error}");
            error.to_string()
        }
    };
    let removed = loop {
        let removed = tools.store.write_blocking(|tx| match documents::by_seq(tx, row.seq)? {
            Some(_) => segments::remove_some(tx, Some(row.dataset), row.seq, BATCH as u64),
            // Deleted meanwhile: the purge does it.
            None => Ok(0),
        });
        match removed {
            Ok(0) => break Ok(()),
            Ok(_) => {}
            Err(error) => break Err(error),
        }
    };
    let noted = removed.and_then(|()| tools.store.write_blocking(|tx| queue::fail(tx, row.seq, &sentence)));
    if let Err(error) = noted {
        tracing::error!(document = row.id, "{error}");
    }
}

fn run(tools: &Tools, row: &DocumentRow, is_stopping: &dyn Fn() -> bool) -> Result<(), Ended> {
    let started = Instant::now();
    let store = &tools.store;
    let (process_rule, dataset) = store.write_blocking(|tx| {
        Ok::<_, StoreError>((process_rules::find(tx, row.process_rule)?, datasets::by_seq(tx, row.dataset)?))
    })?;
    let (Some(process_rule), Some(dataset)) = (process_rule, dataset) else { return Err(Ended::Unwanted) };
    let mut source = read(tools, row)?;

    advance(tools, row, &IndexingStatus::Cleaning)?;
    let rule = Rule::of(&process_rule, &row.doc_form).map_err(|error| Ended::Failed(error.to_string()))?;
    match &mut source {
        Source::Text(text) => *text = clean(text, rule.cleaning()),
        // Cells are kept as people wrote them, but for line ends and control characters.
        Source::Pairs(pairs) => {
            let bare = SplitRule { remove_extra_spaces: false, ..SplitRule::automatic() };
            for text in pairs.iter_mut().flat_map(|(question, answer)| [question, answer]) {
                *text = clean(text, &bare);
            }
        }
    }

    advance(tools, row, &IndexingStatus::Splitting)?;
    let raw = raw_chunks(&source, &rule);

    advance(tools, row, &IndexingStatus::Indexing)?;
    store.write_blocking(|tx| queue::set_total(tx, row.seq, raw.len() as u64))?;
    let (mut characters, mut tokens, mut position) = (0, 0, 1);
    let mut rest = raw.as_slice();
    while !rest.is_empty() {
        if is_stopping() {
            return Err(Ended::Unwanted);
        }
        let (batch, after) = rest.split_at(batch_length(rest));
        rest = after;
        let mut new: Vec<_> = batch.iter().map(Raw::prepare).collect();
        if let Some(model) = dataset.embedding() {
            embed(tools, &model, &mut new, row.doc_form != DocForm::Hierarchical)?;
        }
        characters += new.iter().map(|new| new.word_count).sum::<u64>();
        tokens += new.iter().map(|new| new.tokens).sum::<u64>();
        let is_wanted = store.write_blocking(|tx| {
            let is_wanted = queue::add_done(tx, row.seq, new.len() as u64)?;
            if is_wanted {
                for new in &new {
                    segments::insert(tx, row.dataset, row.seq, position, new)?;
                    position += 1;
                }
            }
            Ok::<_, StoreError>(is_wanted)
        })?;
        if !is_wanted {
            return Err(Ended::Unwanted);
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    Ok(store.write_blocking(|tx| queue::complete(tx, row.seq, characters, tokens, seconds))?)
}

/// What is in the file: a text, or questions and answers.
enum Source {
    Text(String),
    Pairs(Vec<(String, String)>),
}

fn read(tools: &Tools, row: &DocumentRow) -> Result<Source, Ended> {
    let path = tools.store.files.path(&row.file.id);
    // A text that was sent without a file has a name without an ending.
    let file_name = format!("file.{}", row.file.extension);
    let failed = |error: crate::extract::ExtractError| Ended::Failed(error.to_string());
    if row.doc_form != DocForm::QuestionAnswer {
        return extract_text(&path, &file_name, &tools.limits).map(Source::Text).map_err(failed);
    }
    if let Some(rows) = extract_table(&path, &file_name, &tools.limits).map_err(failed)? {
        return pairs::of_rows(rows).map(Source::Pairs).map_err(Ended::Failed);
    }
    // An empty document is what people add their own questions and answers to.
    match extract_text(&path, &file_name, &tools.limits).map_err(failed)?.trim() {
        "" => Ok(Source::Pairs(Vec::new())),
        _ => Err(Ended::Failed(pairs::NO_TABLE.to_owned())),
    }
}

/// How the text is cleaned and split.
enum Rule {
    Plain(SplitRule),
    ParentChild(ParentChildRule),
}

impl Rule {
    fn of(rule: &ProcessRule, form: &DocForm) -> Result<Self, RuleError> {
        match form {
            DocForm::Hierarchical => rule::parent_child(rule).map(Self::ParentChild),
            _ => rule::plain(rule).map(Self::Plain),
        }
    }

    fn cleaning(&self) -> &SplitRule {
        match self {
            Self::Plain(rule) => rule,
            Self::ParentChild(rule) => &rule.parents,
        }
    }
}

/// A chunk that is cut but not prepared; it still borrows the text.
enum Raw<'t> {
    Plain(&'t str),
    Parent(&'t str, Vec<Piece<'t>>),
    Pair(&'t str, &'t str),
}

impl Raw<'_> {
    fn prepare(&self) -> NewSegment {
        match self {
            Self::Plain(text) => prepare::one((*text).to_owned(), None, None),
            Self::Parent(text, children) => prepare::parent((*text).to_owned(), None, children.iter().map(|child| child.content)),
            Self::Pair(question, answer) => prepare::one((*question).to_owned(), Some((*answer).to_owned()), None),
        }
    }

    /// The rows that it becomes.
    fn rows(&self) -> usize {
        if let Self::Parent(_, children) = self { 1 + children.len() } else { 1 }
    }
}

fn raw_chunks<'t>(source: &'t Source, rule: &Rule) -> Vec<Raw<'t>> {
    let mut raw = Vec::new();
    match (source, rule) {
        (Source::Pairs(pairs), _) => raw.extend(pairs.iter().map(|(question, answer)| Raw::Pair(question, answer))),
        (Source::Text(text), Rule::Plain(rule)) => for_each_chunk(text, rule, &mut |piece| {
            raw.push(Raw::Plain(piece.content));
            ControlFlow::Continue(())
        }),
        (Source::Text(text), Rule::ParentChild(rule)) => for_each_parent(text, rule, &mut |parent, children| {
            raw.push(Raw::Parent(parent.content, children));
            ControlFlow::Continue(())
        }),
    }
    raw
}

/// How many chunks go into one transaction: as many as have [`BATCH`] rows together, and at least one.
fn batch_length(raw: &[Raw<'_>]) -> usize {
    let mut rows = 0;
    let fits = raw.iter().take_while(|raw| {
        rows += raw.rows();
        rows <= BATCH
    });
    fits.count().max(1)
}

fn embed(tools: &Tools, model: &str, new: &mut [NewSegment], has_own_vector: bool) -> Result<(), Ended> {
    let Some(embeddings) = &tools.embeddings else {
        return Err(Ended::Failed("No embedding model is configured; start the host with --embeddings-url.".to_owned()));
    };
    let mut wanted = prepare::wanted_vectors(new, has_own_vector);
    let texts = wanted.iter().map(|(text, _)| (*text).to_owned()).collect();
    let vectors = embeddings.with_model(model).of_blocking(texts).map_err(|error| Ended::Failed(error.to_string()))?;
    prepare::give(&mut wanted, vectors);
    Ok(())
}

fn advance(tools: &Tools, row: &DocumentRow, to: &IndexingStatus) -> Result<(), Ended> {
    match tools.store.write_blocking(|tx| queue::advance(tx, row.seq, to))? {
        true => Ok(()),
        false => Err(Ended::Unwanted),
    }
}
