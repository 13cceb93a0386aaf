//! Looks at the start of a file: is it what its name says? Knows signatures, reads no format.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::encoding::unmarked_utf16;
use super::error::ExtractError;
use super::kind::Kind;

const SIGNATURES: [(&[u8], &str); 21] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (OLE, "an old Office document (doc, xls) or one with a password"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"RIFF", "sound, video or a picture (RIFF)"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound or video (Ogg)"),
    (b"\x7FELF", "a program (ELF)"),
    (b"\xCF\xFA\xED\xFE", "a program (Mach-O)"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A", "a RAR archive"),
    (b"SQLite format 3\0", "a database (SQLite)"),
];

/// The container of the Office formats before 2007, and of newer ones with a password.
pub(super) const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP: &[u8] = b"PK";
const UTF16_MARKS: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];
const LOOK_BYTES: u64 = 8192;
/// Junk before the header of a PDF is allowed up to here.
const PDF_HEADER_WITHIN: usize = 1024;

/// Checks the start of the file against what it claims to be.
pub(super) fn check(path: &Path, kind: Kind) -> Result<(), ExtractError> {
    let mut start = Vec::new();
    File::open(path)?.take(LOOK_BYTES).read_to_end(&mut start)?;
    let fits = match kind {
        Kind::Pdf => start[..start.len().min(PDF_HEADER_WITHIN)].windows(5).any(|window| window == b"%PDF-"),
        Kind::Docx => start.starts_with(ZIP),
        Kind::Spreadsheet => start.starts_with(ZIP) || start.starts_with(OLE),
        _ => is_text(&start),
    };
    if fits {
        return Ok(());
    }
    if kind == Kind::Docx && start.starts_with(OLE) {
        return Err(if holds_encrypted_package(&start) { ExtractError::Encrypted } else { lie(kind, &start) });
    }
    if start.is_empty() {
        return Err(ExtractError::Broken("it is empty".to_owned()));
    }
    Err(lie(kind, &start))
}

/// A docx or xlsx with a password is an old container with a stream of this name (in UTF-16).
pub(super) fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn lie(kind: Kind, start: &[u8]) -> ExtractError {
    let found = signature(start).unwrap_or(if is_text(start) { "plain text" } else { "data of another kind" });
    ExtractError::LyingType { claimed: kind.noun().to_owned(), found: found.to_owned() }
}

fn signature(start: &[u8]) -> Option<&'static str> {
    if start.get(4..8) == Some(b"ftyp") {
        return Some("a video or a picture (MP4, HEIC)");
    }
    SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature)).map(|(_, name)| *name)
}

/// Text may be of any encoding, and may have a stray control character, but is not full of them.
fn is_text(start: &[u8]) -> bool {
    if UTF16_MARKS.iter().any(|mark| start.starts_with(mark)) || unmarked_utf16(start).is_some() {
        return true;
    }
    // Letters alone are no signature: a text may begin with "ID3 tags" or "RIFF".
    if signature(start).is_some_and(|_| start.iter().take(16).any(|b| !(b.is_ascii_graphic() || b.is_ascii_whitespace())))
        || start.starts_with(b"%PDF-")
        || start.starts_with(b"PK\x03\x04")
    {
        return false;
    }
    let control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x08 | 0x1B);
    start.iter().filter(control).count() * 20 <= start.len()
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn text_of_any_encoding_is_text() {
        for text in [
            &b""[..],
            b"pump",
            b"RIFF and ID3 are formats",
            b"\xFF\xFEa\0",
            b"p\0u\0m\0p\0",
            b"\x83\x7C\x83\x93\x83\x76",
            b"a\0bcdefghijklmnopqrstuvwxyz0123",
        ] {
            assert!(is_text(text), "{text:?}");
        }
        for data in [
            &b"\x7FELF\x02\x01\x01"[..],
            b"\x89PNG\r\n\x1A\n",
            b"RIFF\x24\x08\0\0WAVEfmt ",
            b"\0\0\0\x18ftypmp42",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0",
            b"%PDF-1.4\n%abc",
        ] {
            assert!(!is_text(data), "{data:?}");
        }
    }
}
