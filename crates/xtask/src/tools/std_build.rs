//! Builds Rust's standard library for wasm32 out of its sources, the way that the toolchain's own build does it.

use super::cache::Scratch;
use crate::run::{self, Failure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the app.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the library in `sources` (a folder that may be written to) with `cargo` and puts it into `destination`, the
/// `lib` folder of the target.
pub fn build(mut cargo: Command, sources: &Path, scratch: &Scratch, destination: &Path) -> Result<(), Failure> {
    let step = "building Rust's standard library for wasm32";
    let target_folder = scratch.path().join("std-target");
    cargo.current_dir(sources).args(["build", "--release", "-p", "sysroot", "--target", TARGET]);
    cargo.args(["--features", "panic-unwind,compiler-builtins-mem", "--target-dir"]).arg(&target_folder);
    for (name, value) in [
        // The library uses unstable features, and its crates must count as parts of a released toolchain.
        ("RUSTC_BOOTSTRAP", "1"),
        ("__CARGO_DEFAULT_LIB_METADATA", "stablestd"),
        // Without the first the crates cannot use each other; without the second they cannot take part in LTO.
        ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes"),
    ] {
        cargo.env(name, value);
    }
    cargo.env_remove("RUSTFLAGS");
    run::run(step, &mut cargo, "rustup target add wasm32-unknown-unknown")?;

    let libraries = rlibs(&target_folder.join(TARGET).join("release/deps"));
    if !libraries.iter().any(|path| is_library(path, "core")) {
        return Err(Failure::new(step, "cargo ended well and left no libcore", "rustup target add wasm32-unknown-unknown"));
    }
    place(&libraries, destination)
}

/// Is the standard library in this `lib` folder?
pub fn is_in(folder: &Path) -> bool {
    let found = rlibs(folder);
    ["core", "std"].iter().all(|name| found.iter().any(|path| is_library(path, name)))
}

fn is_library(path: &Path, name: &str) -> bool {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    file.starts_with(&format!("lib{name}-"))
}

fn rlibs(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "rlib")).collect()
}

/// Copies beside the place and renames, so that a compiler never sees half a library.
fn place(libraries: &[PathBuf], destination: &Path) -> Result<(), Failure> {
    let step = "putting the standard library into the toolchain";
    let partial = destination.with_extension(format!("partial-{}", std::process::id()));
    let copy = || -> std::io::Result<()> {
        std::fs::create_dir_all(&partial)?;
        for library in libraries {
            if let Some(name) = library.file_name() {
                std::fs::copy(library, partial.join(name))?;
            }
        }
        if destination.is_dir() {
            std::fs::remove_dir_all(destination)?;
        }
        std::fs::rename(&partial, destination)
    };
    copy().map_err(|error| Failure::file(step, destination, &error))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_placed_whole_and_found() {
        let folder = std::env::temp_dir().join(format!("xtask-std-{}", std::process::id()));
        let (from, to) = (folder.join("deps"), folder.join("rustlib/wasm/lib"));
        std::fs::create_dir_all(&from).unwrap();
        for name in ["libcore-1.rlib", "libstd-2.rlib", "libstd-2.rmeta"] {
            std::fs::write(from.join(name), name).unwrap();
        }
        assert!(!is_in(&to));
        place(&rlibs(&from), &to).unwrap();
        assert!(is_in(&to));
        assert_eq!(std::fs::read_dir(to.parent().unwrap()).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
