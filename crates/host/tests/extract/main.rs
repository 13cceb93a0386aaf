//! The text of real files: each format as its programs write it, each way a file can be hostile, and books nobody here wrote.
//!
//! PDF files and spreadsheets go through the host's own program as the helper process, as they do in use.
#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod books;
mod files;
mod formats;
mod hostile;
mod pdfs;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use loredesk_host::extract::{ExtractError, ExtractLimits, TableRow, extract_table, extract_text};

/// The limits in use, with the built host as the helper.
fn limits() -> ExtractLimits {
    ExtractLimits { helper: Some(PathBuf::from(env!("CARGO_BIN_EXE_loredesk-host"))), ..ExtractLimits::default() }
}

/// Stores the bytes under a name of no meaning, as the host stores uploads, and reads their text.
fn text_within(bytes: &[u8], file_name: &str, limits: &ExtractLimits) -> Result<String, ExtractError> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("loredesk-extract-{}-{number}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let result = extract_text(&path, file_name, limits);
    std::fs::remove_file(&path).unwrap();
    result
}

/// The rows of a table, read with the limits in use; none when it is no table.
fn table_of(bytes: &[u8], file_name: &str) -> Option<Vec<TableRow>> {
    let path = std::env::temp_dir().join(format!("loredesk-table-{}-{}", std::process::id(), file_name));
    std::fs::write(&path, bytes).unwrap();
    let result = extract_table(&path, file_name, &limits());
    std::fs::remove_file(&path).unwrap();
    result.unwrap()
}

fn text_of(bytes: &[u8], file_name: &str) -> Result<String, ExtractError> {
    text_within(bytes, file_name, &limits())
}

#[test]
fn a_file_that_is_gone_is_an_error() {
    for name in ["a.txt", "a.pdf", "a.docx", "a.xlsx"] {
        let error = extract_text(Path::new("/does/not/exist"), name, &limits()).unwrap_err();
        assert!(matches!(error, ExtractError::Unreadable(_)), "{error}");
    }
}
