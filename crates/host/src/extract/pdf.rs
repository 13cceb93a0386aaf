//! PDF documents. The parser panics on what it does not know, by its own policy, follows references without looking for
//! circles and unpacks whatever it is told to: it belongs where `isolate` puts it.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use pdf_extract::{
    ConvertToFmt, Document, Error, LoadOptions, Object, OutputError, PlainTextOutput, output_doc, output_doc_page,
};

use super::error::ExtractError;
use super::limits::ExtractLimits;
use super::{pdf_pages, read_bytes};

/// Reads the text, in the order of the pages.
pub(super) fn read(path: &Path, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let mut document = load(&read_bytes(path, limits)?)?;
    let joined = pdf_pages::join(&mut document);
    let mut text = Limited::new(limits.max_text_bytes);
    match catch_unwind(AssertUnwindSafe(|| output_doc(&document, &mut PlainTextOutput::new(&mut text)))) {
        Ok(Ok(())) => {}
        _ if text.is_full => return Err(ExtractError::TooLarge { limit: text.limit }),
        Ok(Err(_)) | Err(_) => {
            if let Some(undo) = joined {
                undo.undo(&mut document);
            }
            text = read_pages(&document, limits)?;
        }
    }
    drop(document);
    if text.out.chars().any(char::is_alphanumeric) { Ok(tidy(&text.out)) } else { Err(ExtractError::NoText) }
}

/// The parser sets one to many line ends, by distance, and a blank before a line that begins further right. One blank line is
/// what it can mean.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank == 0 { "\n" } else { "\n\n" });
        }
        blank = 0;
        out.push_str(line);
    }
    out
}

fn load(bytes: &[u8]) -> Result<Document, ExtractError> {
    let options = LoadOptions { filter: Some(without_pictures), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(from_pdf)?;
    // Most protected documents may be read by everybody and only forbid printing: their password is empty.
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| ExtractError::Encrypted)?;
    }
    Ok(document)
}

/// A scan is all pictures, and none of them is text.
fn without_pictures(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    let Object::Stream(stream) = object else {
        // Objects out of a compressed group are taken from what this gives back, and they are small.
        return Some((id, object.clone()));
    };
    if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image") {
        stream.set_content(Vec::new());
    }
    // A stream is never in a group: it is changed in place, and only that this gives something back counts.
    Some((id, Object::Null))
}

/// The second try, when the document as a whole fails: one bad page must not cost the others. It leaves a line in the text,
/// so that nobody takes the rest for everything; when most pages are bad, there is no text.
fn read_pages(document: &Document, limits: &ExtractLimits) -> Result<Limited, ExtractError> {
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let mut all = Limited::new(limits.max_text_bytes);
    let mut bad = 0;
    for page in &pages {
        let mut text = Limited::new(all.limit - all.out.len());
        let done = catch_unwind(AssertUnwindSafe(|| output_doc_page(document, &mut PlainTextOutput::new(&mut text), *page)));
        if text.is_full {
            return Err(ExtractError::TooLarge { limit: limits.max_text_bytes });
        }
        all.out.push_str("\n\n");
        if matches!(done, Ok(Ok(()))) {
            all.out.push_str(&text.out);
        } else {
            bad += 1;
            all.out.push_str(&format!("[Page {page} could not be read.]"));
        }
    }
    if bad * 2 >= pages.len() { Err(ExtractError::Panicked) } else { Ok(all) }
}

fn from_pdf(error: Error) -> ExtractError {
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => ExtractError::Encrypted,
        error => ExtractError::broken(OutputError::from(error)),
    }
}

/// Text that refuses to grow beyond a limit.
struct Limited {
    out: String,
    limit: usize,
    is_full: bool,
}

impl Limited {
    fn new(limit: usize) -> Self {
        Self { out: String::new(), limit, is_full: false }
    }
}

impl fmt::Write for Limited {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.out.len() + text.len() > self.limit {
            self.is_full = true;
            return Err(fmt::Error);
        }
        self.out.push_str(text);
        Ok(())
    }
}

impl<'a> ConvertToFmt for &'a mut Limited {
    type Writer = &'a mut Limited;

    fn convert(self) -> Self::Writer {
        self
    }
}
