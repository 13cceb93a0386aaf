//! The wasm32 target. The normal way is `rustup target add`. Behind a mirror that carries only package registries it
//! fails, and then Debian's packages bring the library's sources or a whole toolchain. This module says what it does.

use super::apt::{self, Lists};
use super::cache::Scratch;
use super::std_build::{self, TARGET};
use super::which;
use crate::project::Project;
use crate::run::{self, Failure, say};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What makes cargo build for wasm32; empty when the ordinary cargo does.
#[derive(Default)]
pub struct Toolchain {
    /// Folders that go in front of PATH.
    pub folders: Vec<PathBuf>,
    /// Variables for cargo.
    pub variables: Vec<(String, OsString)>,
}

/// Present already → rustup → the same version's sources from Debian → Debian's own toolchain.
pub fn ensure(project: &Project) -> Result<Toolchain, Failure> {
    let library = library_folder("rustc")?;
    if std_build::is_in(&library) {
        return Ok(Toolchain::default());
    }
    if debian::is_ready(project) {
        return debian::toolchain(project);
    }
    say("Rust's wasm32 target is missing: rustup target add wasm32-unknown-unknown");
    let mut reasons = Vec::new();
    match with_rustup() {
        Ok(()) if std_build::is_in(&library) => return Ok(Toolchain::default()),
        Ok(()) => reasons.push("rustup: it put the target into another toolchain".to_owned()),
        Err(failure) => reasons.push(format!("rustup: {}", failure.why())),
    }
    say("rustup did not bring it; trying the same version's sources from Debian's packages");
    match with_sources(project, &library) {
        Ok(()) => return Ok(Toolchain::default()),
        Err(failure) => reasons.push(format!("Debian's rust-src: {}", failure.why())),
    }
    say("that did not bring it either; trying Debian's own toolchain");
    match debian::install(project, &debian::library_folder()) {
        Ok(()) => return debian::toolchain(project),
        Err(failure) => reasons.push(format!("Debian's rustc-web: {}", failure.why())),
    }
    Err(Failure::new(
        "bringing Rust's wasm32 target",
        reasons.join("\n           "),
        "rustup target add wasm32-unknown-unknown (with access to rustup's servers), then this command again",
    ))
}

fn library_folder(rustc: impl AsRef<std::ffi::OsStr>) -> Result<PathBuf, Failure> {
    let mut ask = run::command(rustc);
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    let text = run::capture("finding the toolchain", &mut ask, "install Rust with rustup")?;
    Ok(PathBuf::from(text.trim()))
}

fn with_rustup() -> Result<(), Failure> {
    let by_hand = "install rustup";
    let rustup = which("rustup").ok_or_else(|| Failure::new("rustup", "it is not installed", by_hand))?;
    run::capture("rustup target add", run::command(rustup).args(["target", "add", TARGET]), by_hand).map(|_| ())
}

/// Builds the library out of the sources of exactly the compiler's version, and puts it where rustup would.
pub fn with_sources(project: &Project, destination: &Path) -> Result<(), Failure> {
    let step = "building the wasm32 target from Debian's sources";
    let by_hand = "rustup target add wasm32-unknown-unknown";
    let words = run::capture(step, run::command("rustc").arg("--version"), by_hand)?;
    let version = words.split_whitespace().nth(1).unwrap_or_default().to_owned();
    // A released series of the compiler also has packages that carry its number or purpose in their name.
    let series = version.rsplit_once('.').map_or(version.as_str(), |(series, _)| series);
    let names = ["rust-src".to_owned(), "rust-web-src".to_owned(), format!("rust-{series}-src")];
    let [near, far] = suites_with_newer_rust(&apt::codename());
    let scratch = Scratch::new(project, "rust-src")?;
    let mut lists = Lists::fetch(&scratch, &near)?;
    let mut wanted = find_version(&lists, &names, &version);
    if wanted.is_none() && !far.is_empty() {
        lists = Lists::fetch(&scratch, &far)?;
        wanted = find_version(&lists, &names, &version);
    }
    let wanted = wanted.ok_or_else(|| {
        let why = format!("no package among {} has Rust {version}; {}", names.join(", "), lists.trouble());
        Failure::new(step, why, by_hand)
    })?;
    say(format_args!("found {wanted}; unpacking it and building the library, about a minute"));
    let unpacked = scratch.path().join("unpacked");
    lists.unpack(&wanted, &unpacked)?;
    let sources = library_sources(&unpacked.join("usr/src"))
        .ok_or_else(|| Failure::new(step, format!("{wanted} holds no folder `library`"), by_hand))?;
    std_build::build(run::cargo(), &sources, &scratch, destination)?;
    say(format_args!("the wasm32 target is in {}", destination.display()));
    Ok(())
}

fn find_version(lists: &Lists<'_>, names: &[String], version: &str) -> Option<String> {
    let fits = |candidate: &String| apt::upstream_version(candidate) == version;
    names.iter().find_map(|name| lists.versions(name).into_iter().find(fits).map(|found| format!("{name}={found}")))
}

/// Suites of Debian that may carry a newer compiler than the release itself: those to look into first, and those with
/// long lists. One that does not exist is passed over.
fn suites_with_newer_rust(codename: &str) -> [Vec<String>; 2] {
    let releases = ["bookworm", "trixie", "forky", "duke"];
    let Some(own) = releases.iter().position(|release| *release == codename) else { return [Vec::new(), Vec::new()] };
    let near = releases[own..].iter().map(|release| format!("{release}-backports")).collect();
    [near, vec!["testing".to_owned(), "unstable".to_owned()]]
}

fn library_sources(usr_src: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(usr_src).ok()?;
    let folders = entries.filter_map(|entry| entry.ok().map(|entry| entry.path().join("library")));
    folders.into_iter().find(|folder| folder.join("sysroot/Cargo.toml").is_file())
}

/// Debian's own Rust toolchain, used for wasm32 only.
pub mod debian {
    use super::*;

    const CARGO: &str = "/usr/bin/cargo";
    const RUSTC: &str = "/usr/bin/rustc";

    /// Where Debian's compiler looks for the target.
    pub fn library_folder() -> PathBuf {
        Path::new("/usr/lib/rustlib").join(TARGET).join("lib")
    }

    fn programs(project: &Project) -> PathBuf {
        project.cache.join("debian-rust").join("bin")
    }

    /// Was it set up by an earlier run?
    pub fn is_ready(project: &Project) -> bool {
        programs(project).join("cargo").exists() && Path::new(CARGO).is_file() && std_build::is_in(&library_folder())
    }

    /// Installs the packages as root, builds the library into `destination`, and names the programs.
    pub fn install(project: &Project, destination: &Path) -> Result<(), Failure> {
        let step = "setting up Debian's Rust toolchain";
        apt::install(&["rustc-web", "cargo-web", "rust-web-src"], "Debian's Rust toolchain")?;
        // Only the tests need it, and not every release of Debian has it.
        if let Err(failure) = apt::install(&["rust-web-clippy"], "the linter of Debian's Rust toolchain") {
            say(failure.why());
        }
        let by_hand = "rustup target add wasm32-unknown-unknown";
        let sources = library_sources(Path::new("/usr/src"))
            .ok_or_else(|| Failure::new(step, "rust-web-src left no folder `library` under /usr/src", by_hand))?;
        let scratch = Scratch::new(project, "debian-std")?;
        // The build writes beside the sources, which belong to the package.
        let copy = scratch.path().join("library");
        run::capture(step, run::command("cp").arg("-rL").arg(&sources).arg(&copy), by_hand)?;
        let mut cargo = run::command(CARGO);
        cargo.env("RUSTC", RUSTC);
        std_build::build(cargo, &copy, &scratch, destination)?;
        link_programs(project).map_err(|error| Failure::file(step, &programs(project), &error))
    }

    #[cfg(unix)]
    fn link_programs(project: &Project) -> std::io::Result<()> {
        let folder = programs(project);
        std::fs::create_dir_all(&folder)?;
        for program in ["cargo", "rustc", "cargo-clippy", "clippy-driver"] {
            let link = folder.join(program);
            if link.symlink_metadata().is_ok() {
                std::fs::remove_file(&link)?;
            }
            std::os::unix::fs::symlink(Path::new("/usr/bin").join(program), link)?;
        }
        Ok(())
    }

    #[cfg(not(unix))]
    fn link_programs(_: &Project) -> std::io::Result<()> {
        Err(std::io::Error::other("this way is for Debian only"))
    }

    /// Trunk calls the `cargo` on its PATH, so a folder with links goes in front.
    pub fn toolchain(project: &Project) -> Result<Toolchain, Failure> {
        let linker = linker()?;
        // A build folder of its own: two compilers in one folder would build everything twice in turns.
        let build = project.target.join("debian-rust");
        Ok(Toolchain {
            folders: vec![programs(project)],
            variables: vec![
                ("CARGO".into(), CARGO.into()),
                ("RUSTC".into(), RUSTC.into()),
                ("CARGO_TARGET_DIR".into(), build.into()),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER".into(), linker.into()),
            ],
        })
    }

    /// Debian ships no linker for wasm32 with its compiler: rustup's, or else Debian's lld.
    fn linker() -> Result<PathBuf, Failure> {
        let mut ask = run::command("rustc");
        let sysroot = run::capture("finding a linker for wasm32", ask.args(["--print", "sysroot"]), "install lld")?;
        let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let own = Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("bin/rust-lld");
        if own.is_file() {
            return Ok(own);
        }
        if which("wasm-ld").is_none() {
            apt::install(&["lld"], "a linker for wasm32")?;
        }
        which("wasm-ld")
            .ok_or_else(|| Failure::new("finding a linker for wasm32", "neither rust-lld nor wasm-ld is there", "install lld"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_suites_start_at_the_own_release() {
        let [near, far] = suites_with_newer_rust("trixie");
        assert_eq!(near[0], "trixie-backports");
        assert!(!near.contains(&"bookworm-backports".to_owned()));
        assert_eq!(far, ["testing", "unstable"]);
    }

    #[test]
    fn another_system_gets_only_its_own_suites() {
        assert!(suites_with_newer_rust("noble").iter().all(Vec::is_empty));
        assert!(suites_with_newer_rust("").iter().all(Vec::is_empty));
    }
}
