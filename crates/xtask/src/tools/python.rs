//! Python with the packages of the conformance tests: an environment of its own in the tools' folder, nothing installed
//! for anybody else. Which registry pip asks is the machine's own setting.

use super::{apt, cache, which};
use crate::project::Project;
use crate::run::{self, Failure, say};
use std::path::{Path, PathBuf};

/// Fails where the packages would not run, and prints the version otherwise. Debian keeps `ensurepip`, which makes
/// environments, in a package of its own.
const PROBE: &str = "import sys, venv, ensurepip; assert sys.version_info >= (3, 10); print('%d.%d' % sys.version_info[:2])";

/// A Python with every package that the file names; the file pins them all, so its text is the environment's name.
pub fn ensure(project: &Project, requirements: &Path) -> Result<PathBuf, Failure> {
    let step = "bringing Python for the conformance tests";
    let text = std::fs::read(requirements).map_err(|error| Failure::file(step, requirements, &error))?;
    let (python, version) = find_or_install(step)?;
    let home = cache::ensure(project, &format!("python-{version}-{:016x}", fingerprint(&text)), |folder| {
        say("installing the clients of the conformance tests with pip into the tools' folder");
        let by_hand = "check that pip reaches a registry: python3 -m pip download schemathesis";
        run::capture(step, run::command(&python).args(["-m", "venv"]).arg(folder), by_hand)?;
        let mut pip = run::command(program(folder));
        pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r"]).arg(requirements);
        run::run(step, &mut pip, by_hand)
    })?;
    // The folder got its name after it was filled. Its scripts do not survive that, the interpreter does.
    Ok(program(&home))
}

fn find_or_install(step: &str) -> Result<(PathBuf, String), Failure> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let by_hand = "install Python 3.10 or newer with its venv module";
    apt::install(&["python3", "python3-venv"], "Python and its venv module").map_err(|failure| {
        let why = format!("the conformance tests need Python 3.10 or newer with its venv module; {}", failure.why());
        Failure::new(step, why, by_hand)
    })?;
    find().ok_or_else(|| {
        Failure::new(step, "the packages are installed, and still no python3 has venv and is 3.10 or newer", by_hand)
    })
}

/// The first Python that can do it: the one on PATH may be another than the one that apt completes.
fn find() -> Option<(PathBuf, String)> {
    let candidates = [which("python3"), which("python"), Some(PathBuf::from("/usr/bin/python3"))];
    candidates.into_iter().flatten().find_map(|python| {
        let version = run::capture("asking Python", run::command(&python).args(["-c", PROBE]), "").ok()?;
        Some((python, version.trim().to_owned()))
    })
}

fn program(home: &Path) -> PathBuf {
    if cfg!(windows) { home.join("Scripts/python.exe") } else { home.join("bin/python") }
}

/// FNV-1a, which stays the same from one Rust to the next.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_requirement_is_another_environment() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_ne!(fingerprint(b"x==1.0\n"), fingerprint(b"x==1.1\n"));
    }
}
