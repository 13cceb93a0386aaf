//! The built app: trunk builds it, this compresses it, tells its sizes and knows whether it is still current.
//!
//! Must not know what is in the app.

use crate::compress::{self, Size};
use crate::page_modules::{self, PageModules};
use crate::project::Project;
use crate::run::{self, Failure, say};
use crate::tools::Tools;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

const STEP: &str = "building the app";

/// What the first load may weigh in brotli, in bytes.
pub const BUDGET: u64 = 350_000;

/// What the app is built from.
const INPUTS: [&str; 12] = [
    "src",
    "style",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "crates/wire",
    "crates/split",
    "crates/xtask/src/page_modules.rs",
    "crates/xtask/src/shared_modules.rs",
    "crates/xtask/src/tools/versions.rs",
];

/// Where trunk puts the size of the wasm file in place of this; the loading page needs it for its progress bar, because the
/// length that a server tells is that of the compressed bytes.
const UNKNOWN_BYTES: &str = r#"<meta name="app:wasm-bytes" content="0">"#;

/// How the app is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Small and compressed, in `dist`.
    Release,
    /// Quickly, in cargo's build folder.
    Dev,
}

/// The folder of the built app.
pub fn folder(project: &Project, mode: Mode) -> PathBuf {
    match mode {
        Mode::Release => project.root.join("dist"),
        Mode::Dev => project.target.join("dist-dev"),
    }
}

/// `cargo xtask build`: builds whatever is current and prints the sizes.
pub fn build_release(project: &Project) -> Result<(), Failure> {
    let tools = Tools::ensure(project)?;
    let _lock = lock(project)?;
    build(project, &tools, Mode::Release)?;
    print_sizes(&sizes(project)?);
    Ok(())
}

/// Builds the app when something it is made of is newer than the last build.
pub fn build_if_stale(project: &Project, mode: Mode) -> Result<PathBuf, Failure> {
    let dist = folder(project, mode);
    if !is_current(project, mode) {
        let tools = Tools::ensure(project)?;
        let _lock = lock(project)?;
        // The build that was waited for may have been the same one.
        if !is_current(project, mode) {
            build(project, &tools, mode)?;
            return Ok(dist);
        }
    }
    say(format_args!("the app in {} is current", dist.display()));
    Ok(dist)
}

/// One build at a time in a checkout: trunk gathers its output in one folder, and two would take it from each other.
fn lock(project: &Project) -> Result<File, Failure> {
    let path = project.target.join("dist.lock");
    let take = || {
        let file = File::create(&path)?;
        if file.try_lock().is_err() {
            say("waiting for another build of the app in this checkout");
            file.lock()?;
        }
        Ok(file)
    };
    take().map_err(|error| Failure::file(STEP, &path, &error))
}

fn build(project: &Project, tools: &Tools, mode: Mode) -> Result<(), Failure> {
    let started = SystemTime::now();
    let clock = Instant::now();
    let dist = folder(project, mode);
    let mut trunk = tools.trunk(project)?;
    // Online for cargo, which may have crates to fetch; trunk itself finds its tools and downloads nothing.
    trunk.args(["build", "--offline", "false", "--dist"]).arg(&dist);
    // Shorter builds of typed views, and somewhat smaller ones of an app of this size.
    let mut flags = "--cfg erase_components".to_owned();
    let page_modules = match mode {
        Mode::Release => {
            say("building the app, optimised for size; from nothing this takes minutes");
            trunk.arg("--release");
            flags = format!("{flags} {}", page_modules::RUSTFLAGS);
            Some(PageModules::prepare(project, tools, &mut trunk)?)
        }
        Mode::Dev => {
            say("building the app, unoptimised");
            None
        }
    };
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    let by_hand = "read trunk's words above; `cargo xtask setup` prints the PATH for calling it by hand";
    run::run(STEP, &mut trunk, by_hand)?;
    tell_wasm_bytes(&dist)?;
    if let Some(page_modules) = page_modules {
        page_modules.place(&dist)?;
        compress::folder(&dist)?;
    }
    let stamp = stamp_file(project, mode);
    let written = std::fs::write(&stamp, b"").and_then(|()| File::open(&stamp)?.set_modified(started));
    written.map_err(|error| Failure::file(STEP, &stamp, &error))?;
    say(format_args!("the app is in {} ({:.0} s)", dist.display(), clock.elapsed().as_secs_f64()));
    Ok(())
}

fn tell_wasm_bytes(dist: &Path) -> Result<(), Failure> {
    let page = dist.join("index.html");
    let fail = |path: &Path, error: &std::io::Error| Failure::file(STEP, path, error);
    let html = std::fs::read_to_string(&page).map_err(|error| fail(&page, &error))?;
    let entries = std::fs::read_dir(dist).map_err(|error| fail(dist, &error))?;
    let wasm = entries.filter_map(Result::ok).find(|entry| entry.path().extension().is_some_and(|end| end == "wasm"));
    let bytes = wasm.and_then(|entry| entry.metadata().ok()).map_or(0, |data| data.len());
    let known = UNKNOWN_BYTES.replace("content=\"0\"", &format!("content=\"{bytes}\""));
    std::fs::write(&page, html.replace(UNKNOWN_BYTES, &known)).map_err(|error| fail(&page, &error))
}

/// The files of the release and their sizes, the heaviest first.
pub fn sizes(project: &Project) -> Result<Vec<Size>, Failure> {
    compress::read_sizes(&folder(project, Mode::Release))
}

/// The first load of the list of knowledge bases in brotli: the page, scripts, styles, wasm, icons and settings, which is all
/// but the modules of the other pages.
pub fn first_load(sizes: &[Size]) -> u64 {
    sizes.iter().filter(|size| !is_later(size)).map(|size| size.brotli).sum()
}

/// Is the file fetched only when another page is opened?
fn is_later(size: &Size) -> bool {
    Path::new(&size.name).starts_with(page_modules::FOLDER)
}

/// Prints a table in kB of 1000 bytes.
pub fn print_sizes(sizes: &[Size]) {
    let (later, first): (Vec<&Size>, Vec<&Size>) = sizes.iter().partition(|size| is_later(size));
    println!("\n  {:<44} {:>9} {:>9} {:>9}", "file (kB)", "raw", "gzip 9", "brotli 11");
    print_group("first load", &first);
    print_group("when a page is opened", &later);
    println!("\n  first load: {} bytes of {BUDGET} in brotli\n", first_load(sizes));
}

fn print_group(name: &str, sizes: &[&Size]) {
    let line = |name: &str, [raw, gzip, brotli]: [u64; 3]| {
        let kb = |bytes: u64| bytes as f64 / 1000.0;
        println!("  {name:<44} {:>9.1} {:>9.1} {:>9.1}", kb(raw), kb(gzip), kb(brotli));
    };
    for size in sizes {
        line(&size.name, [size.raw, size.gzip, size.brotli]);
    }
    let total = |of: fn(&Size) -> u64| sizes.iter().map(|size| of(size)).sum();
    line(&format!("= {name}"), [total(|size| size.raw), total(|size| size.gzip), total(|size| size.brotli)]);
}

fn stamp_file(project: &Project, mode: Mode) -> PathBuf {
    project.target.join(match mode {
        Mode::Release => "dist-release.stamp",
        Mode::Dev => "dist-dev.stamp",
    })
}

/// Is the built app newer than all it is made of?
pub fn is_current(project: &Project, mode: Mode) -> bool {
    let modified = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    let Some(built) = modified(&stamp_file(project, mode)) else { return false };
    folder(project, mode).join("index.html").is_file()
        && INPUTS.iter().filter_map(|input| newest(&project.root.join(input))).all(|changed| changed < built)
}

/// The latest change under a path. A folder's own time counts too: it changes when a file in it is removed.
fn newest(path: &Path) -> Option<SystemTime> {
    let data = path.symlink_metadata().ok()?;
    let mut latest = data.modified().ok()?;
    if data.is_dir() {
        for entry in std::fs::read_dir(path).ok()?.filter_map(Result::ok) {
            latest = newest(&entry.path()).map_or(latest, |changed| changed.max(latest));
        }
    }
    Some(latest)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_change_or_a_removal_makes_the_build_stale() {
        let root = std::env::temp_dir().join(format!("xtask-dist-{}", std::process::id()));
        let project = Project { root: root.clone(), target: root.join("target"), cache: root.join("cache") };
        for folder in ["src/pages", "dist", "target"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        let touch = |path: &Path, age: u64| {
            let time = SystemTime::now() - Duration::from_secs(age);
            File::open(path).unwrap().set_modified(time).unwrap();
        };
        let source = root.join("src/pages/a.rs");
        for file in [&source, &root.join("dist/index.html")] {
            std::fs::write(file, "x").unwrap();
        }
        assert!(!is_current(&project, Mode::Release), "there is no stamp");
        let stamp = stamp_file(&project, Mode::Release);
        std::fs::write(&stamp, "").unwrap();
        for path in [&source, &root.join("src/pages"), &root.join("src")] {
            touch(path, 100);
        }
        touch(&stamp, 50);
        assert!(is_current(&project, Mode::Release));
        assert!(!is_current(&project, Mode::Dev), "the other mode has its own stamp");
        touch(&source, 10);
        assert!(!is_current(&project, Mode::Release), "a file changed");
        std::fs::remove_file(&source).unwrap();
        assert!(!is_current(&project, Mode::Release), "a file is gone");
        touch(&root.join("src/pages"), 100);
        std::fs::remove_file(root.join("dist/index.html")).unwrap();
        assert!(!is_current(&project, Mode::Release), "the built page is gone");
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_first_load_is_all_but_the_other_pages() {
        let size = |name: &str, brotli| Size { name: name.into(), raw: 9, gzip: 9, brotli };
        let sizes = [size("index.html", 1), size("desk_bg.wasm", 2), size("pages/documents.wasm", 4), size("pages.svg", 8)];
        assert_eq!(first_load(&sizes), 11);
    }

    #[test]
    fn the_loading_page_learns_the_size_of_the_module() {
        let dist = std::env::temp_dir().join(format!("xtask-bytes-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        std::fs::write(dist.join("index.html"), format!("<head>{UNKNOWN_BYTES}</head>")).unwrap();
        std::fs::write(dist.join("app.wasm"), [0u8; 1234]).unwrap();
        tell_wasm_bytes(&dist).unwrap();
        let page = std::fs::read_to_string(dist.join("index.html")).unwrap();
        assert_eq!(page, r#"<head><meta name="app:wasm-bytes" content="1234"></head>"#);
        std::fs::remove_dir_all(dist).unwrap();
    }
}
