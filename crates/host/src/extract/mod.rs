//! The text of a file: one module a format, behind one function that always returns.
//!
//! Files are not to be trusted: they lie about their type, are broken, unpack to a thousand times their size or send a parser
//! round in circles. Every reader here works within [`ExtractLimits`]; the parsers that are not ours run on a thread of
//! their own, and those that can exhaust the stack or the memory (PDF, spreadsheets) in a process of their own when
//! [`ExtractLimits::helper`] names one, because neither can be caught inside a process.
//! Must not know of HTTP, of storage or of chunks.

mod archive;
mod builder;
mod csv;
mod docx;
mod encoding;
mod error;
mod guard;
mod html;
mod isolate;
mod kind;
mod limits;
mod pdf;
mod pdf_pages;
mod properties;
mod rows;
mod sniff;
mod spreadsheet;
mod table;
mod vtt;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use error::ExtractError;
pub use isolate::helper_main;
pub use kind::accepted_extensions;
pub use limits::ExtractLimits;
pub use table::TableRow;

use kind::Kind;

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// Its text.
    Text,
    /// The rows of a table, one in JSON a line.
    Table,
}

/// Reads the text of the file at `path`, which people call `file_name`: its ending says what it should be.
///
/// Blocks until it is done, at the latest a little after [`ExtractLimits::time`]. A text file without any text gives `""`.
pub fn extract_text(path: &Path, file_name: &str, limits: &ExtractLimits) -> Result<String, ExtractError> {
    extract(path, file_name, Wanted::Text, limits)
}

/// Reads the rows of a table (CSV or spreadsheet) within the same limits; rows without any text are left out. None when the file is
/// no table by its name.
pub fn extract_table(path: &Path, file_name: &str, limits: &ExtractLimits) -> Result<Option<Vec<TableRow>>, ExtractError> {
    if !Kind::of_name(file_name)?.is_table() {
        return Ok(None);
    }
    let lines = extract(path, file_name, Wanted::Table, limits)?;
    lines.lines().map(TableRow::from_line).collect::<Option<_>>().map(Some).ok_or(ExtractError::Panicked)
}

fn extract(path: &Path, file_name: &str, wanted: Wanted, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let kind = Kind::of_name(file_name)?;
    sniff::check(path, kind)?;
    match &limits.helper {
        Some(program) if kind.needs_isolation() => isolate::run(program, path, file_name, wanted, limits),
        _ => {
            let (path, limits) = (path.to_owned(), limits.clone());
            guard::run(limits.time, move || read(&path, kind, wanted, &limits))
        }
    }
}

/// Reads the file in this thread, unguarded.
fn read(path: &Path, kind: Kind, wanted: Wanted, limits: &ExtractLimits) -> Result<String, ExtractError> {
    match kind {
        Kind::Docx => docx::read(path, limits),
        Kind::Spreadsheet => spreadsheet::read(path, wanted, limits),
        Kind::Pdf => pdf::read(path, limits),
        Kind::Html => html::read(&read_bytes(path, limits)?, limits),
        Kind::Csv => csv::read(&read_text(path, limits)?, wanted, limits),
        Kind::Vtt => vtt::read(&read_text(path, limits)?, limits),
        Kind::Markdown => Ok(loredesk_split::markdown_text(&read_text(path, limits)?).into_owned()),
        Kind::Properties => Ok(properties::read(&read_text(path, limits)?)),
        Kind::Text => read_text(path, limits),
    }
}

/// The bytes of a file that is not larger than the text it may hold.
fn read_bytes(path: &Path, limits: &ExtractLimits) -> Result<Vec<u8>, ExtractError> {
    let file = File::open(path)?;
    let most = limits.max_text_bytes;
    let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len().min(most as u64)).unwrap_or(0));
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(ExtractError::TooLarge { limit: most });
    }
    Ok(bytes)
}

fn read_text(path: &Path, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let text = encoding::decode(read_bytes(path, limits)?);
    // Text of a legacy encoding can grow to three times its size.
    if text.len() > limits.max_text_bytes {
        return Err(ExtractError::TooLarge { limit: limits.max_text_bytes });
    }
    Ok(text)
}
