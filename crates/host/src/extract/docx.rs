//! Word documents: paragraphs as lines, a blank line before a heading, cells of a row side by side.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::archive;
use super::builder::{Gap, TextBuilder};
use super::encoding::decode;
use super::error::ExtractError;
use super::kind::Kind;
use super::limits::ExtractLimits;

/// The parts with text, in reading order. The first one makes it a Word document.
const PARTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];

/// Reads the body, then the notes.
pub(super) fn read(path: &Path, limits: &ExtractLimits) -> Result<String, ExtractError> {
    let mut archive = archive::open(path, limits)?;
    let mut out = TextBuilder::new(limits.max_text_bytes);
    for name in PARTS {
        match archive::part(&mut archive, name, limits)? {
            Some(bytes) => Body::default().read(&decode(bytes), &mut out)?,
            None if name == PARTS[0] => {
                return Err(ExtractError::LyingType {
                    claimed: Kind::Docx.noun().to_owned(),
                    found: "an archive without a Word document".to_owned(),
                });
            }
            None => {}
        }
        out.gap(Gap::Paragraph);
    }
    Ok(out.finish())
}

/// Where the reader is. Counters instead of a tree: nesting costs nothing.
#[derive(Default)]
struct Body {
    in_text: bool,
    in_run: bool,
    cells: usize,
    /// Inside what Word writes a second time for older programs.
    fallbacks: usize,
}

impl Body {
    fn read(mut self, xml: &str, out: &mut TextBuilder) -> Result<(), ExtractError> {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            match reader.read_event().map_err(ExtractError::broken)? {
                Event::Start(tag) => self.start(&tag, out)?,
                Event::Empty(tag) => {
                    self.start(&tag, out)?;
                    self.end(tag.local_name().as_ref(), out);
                }
                Event::End(tag) => self.end(tag.local_name().as_ref(), out),
                Event::Text(text) if self.is_shown() => out.push(&text.xml10_content())?,
                Event::CData(text) if self.is_shown() => out.push(&text.xml10_content())?,
                Event::GeneralRef(entity) if self.is_shown() => {
                    if let Some(letter) = letter(&entity) {
                        out.push(letter.encode_utf8(&mut [0; 4]))?;
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn is_shown(&self) -> bool {
        self.in_text && self.fallbacks == 0
    }

    fn start(&mut self, tag: &BytesStart<'_>, out: &mut TextBuilder) -> Result<(), ExtractError> {
        match tag.local_name().as_ref() {
            "t" => self.in_text = true,
            "Fallback" => self.fallbacks += 1,
            "r" => self.in_run = true,
            // Outside of a run it only defines where tabulators stop.
            "tab" if self.in_run && self.fallbacks == 0 => out.gap(Gap::Tab),
            "br" | "cr" => self.line(out),
            "noBreakHyphen" if self.fallbacks == 0 => out.push("-")?,
            "tc" => self.cells += 1,
            "pStyle" | "outlineLvl" if self.cells == 0 && is_heading(tag) => out.gap(Gap::Paragraph),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, out: &mut TextBuilder) {
        match name {
            "t" => self.in_text = false,
            "r" => self.in_run = false,
            "Fallback" => self.fallbacks = self.fallbacks.saturating_sub(1),
            "p" => self.line(out),
            "tc" => {
                self.cells = self.cells.saturating_sub(1);
                out.gap(Gap::Cell);
            }
            "tr" | "tbl" => self.line(out),
            _ => {}
        }
    }

    /// Inside a cell, paragraphs stay on the row's line.
    fn line(&self, out: &mut TextBuilder) {
        out.gap(if self.cells == 0 { Gap::Line } else { Gap::Space });
    }
}

/// Word's own style names are the same in every language; `outlineLvl` marks a heading of any style.
fn is_heading(tag: &BytesStart<'_>) -> bool {
    if tag.local_name().as_ref() == "outlineLvl" {
        return true;
    }
    tag.attributes().flatten().any(|attribute| {
        let value = attribute.value.to_ascii_lowercase();
        attribute.key.local_name().as_ref() == "val" && (value.starts_with("heading") || value == "title")
    })
}

/// The five letters that XML names itself, and numbers. Entities that a document declares are never followed.
fn letter(entity: &BytesRef<'_>) -> Option<char> {
    match &**entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => entity.resolve_char_ref().ok().flatten(),
    }
}
