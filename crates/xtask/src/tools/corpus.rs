//! Documents that nobody here wrote, for the browser tests and the bench: Debian's reference book in four languages, each
//! as pages, as PDF and as text. Unpacked into the tools' folder, not installed.

use super::apt::Lists;
use super::cache::{self, Scratch};
use crate::project::Project;
use crate::run::{Failure, say};
use std::path::PathBuf;

/// The packages of the book.
const PACKAGES: [&str; 4] = ["debian-reference-en", "debian-reference-de", "debian-reference-ja", "debian-reference-zh-cn"];

/// The folder that the packages are unpacked into, or nothing where they cannot be had; the tests that need them say so.
pub fn ensure(project: &Project) -> Option<PathBuf> {
    match fetch(project) {
        Ok(folder) => Some(folder),
        Err(failure) => {
            say(format_args!("no corpus of documents for the tests: {}", failure.why()));
            None
        }
    }
}

fn fetch(project: &Project) -> Result<PathBuf, Failure> {
    cache::ensure(project, "corpus-debian-reference", |folder| {
        say("fetching Debian's reference book, the documents that the tests upload");
        let scratch = Scratch::new(project, "corpus-lists")?;
        let lists = Lists::fetch(&scratch, &[])?;
        PACKAGES.iter().try_for_each(|package| lists.unpack(package, folder))
    })
}
