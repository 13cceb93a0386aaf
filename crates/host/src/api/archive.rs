//! Packs files into a ZIP archive while it is sent: a piece at a time, never whole in memory, and without a thread that waits for a slow
//! client.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use hyper::body::Bytes;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::stream::{self, Pieces};
use crate::civil;

/// Bytes that are read at once.
const READ: usize = 64 << 10;
/// A piece that is sent has at least so many bytes, but for the last.
const PIECE: usize = 64 << 10;
/// Bytes that one step reads at most; a text of nothing but blanks would otherwise be read whole before a piece is full.
const STEP: usize = 4 << 20;

/// A file to pack, open already, so that it stays readable when it is deleted meanwhile.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name in the archive, which has to be safe and unlike the others.
    pub(crate) name: String,
    /// Epoch seconds.
    pub(crate) created_at: i64,
    /// The file.
    pub(crate) file: File,
}

/// The body that packs the files while it is sent.
pub(crate) fn body(entries: Vec<Entry>) -> Body {
    let (pieces, body) = stream::body();
    tokio::spawn(pack(Packer::new(entries), pieces));
    body
}

async fn pack(mut packer: Packer, pieces: Pieces) {
    loop {
        let stepped = tokio::task::spawn_blocking(move || packer.step().map(|step| (packer, step))).await;
        let (next, step) = match stepped.unwrap_or_else(|_| Err(io::Error::other("packing broke off"))) {
            Ok(stepped) => stepped,
            Err(error) => {
                tracing::warn!("a ZIP archive was broken off: {error}");
                // When nobody listens any more, nobody misses it.
                let _gone = pieces.send(Err(error)).await;
                return;
            }
        };
        packer = next;
        if !step.bytes.is_empty() && pieces.send(Ok(step.bytes)).await.is_err() {
            return;
        }
        if step.is_last {
            return;
        }
    }
}

/// What one step made.
struct Step {
    bytes: Bytes,
    is_last: bool,
}

/// An archive under construction.
struct Packer {
    zip: Option<ZipWriter<StreamWriter<Buffer>>>,
    made: Buffer,
    waiting: VecDeque<Entry>,
    current: Option<File>,
}

impl Packer {
    fn new(entries: Vec<Entry>) -> Self {
        let made = Buffer::default();
        Self { zip: Some(ZipWriter::new_stream(made.clone())), made, waiting: entries.into(), current: None }
    }

    /// Reads and packs until there is a piece to send. Blocking.
    fn step(&mut self) -> io::Result<Step> {
        let mut buffer = vec![0; READ];
        let mut read = 0;
        while self.made.len() < PIECE && read < STEP {
            let Some(zip) = &mut self.zip else { break };
            if let Some(file) = &mut self.current {
                match file.read(&mut buffer)? {
                    0 => self.current = None,
                    length => {
                        zip.write_all(&buffer[..length])?;
                        read += length;
                    }
                }
            } else if let Some(entry) = self.waiting.pop_front() {
                zip.start_file(entry.name, options(entry.created_at)).map_err(io::Error::other)?;
                self.current = Some(entry.file);
            } else if let Some(zip) = self.zip.take() {
                zip.finish().map_err(io::Error::other)?;
            }
        }
        Ok(Step { bytes: self.made.take(), is_last: self.zip.is_none() })
    }
}

fn options(created_at: i64) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let (year, month, day, hour, minute, second) = civil::from_epoch(created_at);
    let year = u16::try_from(year).unwrap_or_default();
    match DateTime::from_date_and_time(year, month, day, hour, minute, second) {
        Ok(time) => options.last_modified_time(time),
        // Before 1980 the format has no dates.
        Err(_) => options,
    }
}

/// What was packed and not sent yet.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
