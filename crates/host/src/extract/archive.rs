//! The container of docx and xlsx: ZIP, opened with its bombs in mind.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ExtractError;
use super::limits::ExtractLimits;

/// More parts than any real document has.
const MAX_PARTS: usize = 20_000;

/// An open archive.
pub(super) type Archive = ZipArchive<BufReader<File>>;

/// Opens it, and refuses it when it has too many parts or says itself that it unpacks to more than allowed.
pub(super) fn open(path: &Path, limits: &ExtractLimits) -> Result<Archive, ExtractError> {
    let archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(from_zip)?;
    if archive.len() > MAX_PARTS || archive.decompressed_size().is_some_and(|size| size > u128::from(limits.max_unpacked_bytes)) {
        return Err(too_large(limits.max_unpacked_bytes));
    }
    Ok(archive)
}

/// Reads one part; what is written about its size is not believed. `None` when there is no such part.
pub(super) fn part(archive: &mut Archive, name: &str, limits: &ExtractLimits) -> Result<Option<Vec<u8>>, ExtractError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(from_zip(error)),
    };
    let mut bytes = Vec::new();
    file.take(limits.max_unpacked_bytes + 1).read_to_end(&mut bytes).map_err(ExtractError::broken)?;
    if bytes.len() as u64 > limits.max_unpacked_bytes {
        return Err(too_large(limits.max_unpacked_bytes));
    }
    Ok(Some(bytes))
}

/// Unpacks everything to nowhere and counts, before the archive goes to a parser that believes what it says.
pub(super) fn check_all(path: &Path, limits: &ExtractLimits) -> Result<(), ExtractError> {
    let mut archive = open(path, limits)?;
    let mut left = limits.max_unpacked_bytes;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(from_zip)?;
        let read = io::copy(&mut file.take(left + 1), &mut io::sink()).map_err(ExtractError::broken)?;
        left = left.checked_sub(read).ok_or_else(|| too_large(limits.max_unpacked_bytes))?;
    }
    Ok(())
}

fn too_large(limit: u64) -> ExtractError {
    ExtractError::TooLarge { limit: usize::try_from(limit).unwrap_or(usize::MAX) }
}

fn from_zip(error: ZipError) -> ExtractError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ExtractError::Encrypted,
        error => ExtractError::broken(error),
    }
}
