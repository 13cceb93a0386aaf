//! Indexes one document: parsing, cleaning, splitting, indexing.
//!
//! Before each write it is checked that this version of the document is still wanted; when it was deleted or replaced, the
//! worker just ends, and the purge removes what it wrote.

use std::ops::ControlFlow;
use std::time::Instant;

use loredesk_split::{Piece, SplitRule, clean, for_each_chunk};
use loredesk_wire::{DocForm, IndexingStatus};

use super::{Tools, prepare, rule};
use crate::extract::extract_text;
use crate::store::documents::{self, DocumentRow};
use crate::store::{StoreError, datasets, process_rules, queue, segments};

/// Chunks that are written in one transaction. Others who want to write wait for one, some milliseconds.
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
            eprintln!("loredesk-host: {}: {error}", row.name);
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
        eprintln!("loredesk-host: {}: {error}", row.name);
    }
}

fn run(tools: &Tools, row: &DocumentRow, is_stopping: &dyn Fn() -> bool) -> Result<(), Ended> {
    let started = Instant::now();
    let store = &tools.store;
    let (process_rule, dataset) = store.write_blocking(|tx| {
        Ok::<_, StoreError>((process_rules::find(tx, row.process_rule)?, datasets::by_seq(tx, row.dataset)?))
    })?;
    let (Some(process_rule), Some(dataset)) = (process_rule, dataset) else { return Err(Ended::Unwanted) };
    let path = store.files.path(&row.file.id);
    // A text that was sent without a file has a name without an ending.
    let file_name = format!("file.{}", row.file.extension);
    let text = extract_text(&path, &file_name, &tools.limits).map_err(|error| Ended::Failed(error.to_string()))?;

    advance(tools, row, &IndexingStatus::Cleaning)?;
    let split_rule = rule::to_split(&process_rule).map_err(|error| Ended::Failed(error.to_string()))?;
    let text = clean(&text, &split_rule);

    advance(tools, row, &IndexingStatus::Splitting)?;
    // Questions and answers would be written by a language model, which this server has not: people add them.
    let pieces = if row.doc_form == DocForm::QuestionAnswer { Vec::new() } else { pieces(&text, &split_rule) };

    advance(tools, row, &IndexingStatus::Indexing)?;
    store.write_blocking(|tx| queue::set_total(tx, row.seq, pieces.len() as u64))?;
    let (mut characters, mut tokens, mut position) = (0, 0, 1);
    for batch in pieces.chunks(BATCH) {
        if is_stopping() {
            return Err(Ended::Unwanted);
        }
        let mut new: Vec<_> = batch.iter().map(|piece| prepare::one(piece.content.to_owned(), None, None)).collect();
        if let Some(model) = dataset.embedding() {
            embed(tools, &model, &mut new)?;
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

fn pieces<'t>(text: &'t str, rule: &SplitRule) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    for_each_chunk(text, rule, &mut |piece| {
        pieces.push(piece);
        ControlFlow::Continue(())
    });
    pieces
}

fn embed(tools: &Tools, model: &str, new: &mut [segments::NewSegment]) -> Result<(), Ended> {
    let Some(embeddings) = &tools.embeddings else {
        return Err(Ended::Failed("No embedding model is configured; start the host with --embeddings-url.".to_owned()));
    };
    let texts = new.iter().map(|new| new.content.clone()).collect();
    let vectors = embeddings.with_model(model).of_blocking(texts).map_err(|error| Ended::Failed(error.to_string()))?;
    for (new, vector) in new.iter_mut().zip(vectors) {
        new.vector = Some(vector.to_bytes());
    }
    Ok(())
}

fn advance(tools: &Tools, row: &DocumentRow, to: &IndexingStatus) -> Result<(), Ended> {
    match tools.store.write_blocking(|tx| queue::advance(tx, row.seq, to))? {
        true => Ok(()),
        false => Err(Ended::Unwanted),
    }
}
