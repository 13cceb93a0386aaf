//! `cargo xtask dist`: the files of a release. The same commit makes the same archive: its entries are sorted, belong to
//! nobody, and have the time of the commit. That time differs from release to release, because web servers make their entity tags
//! of time and length, and index.html has the same length in every release.

use crate::dist::{self, Mode};
use crate::project::Project;
use crate::run::{self, Failure, say};
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const STEP: &str = "making the release";

/// The program as cargo builds it.
const PROGRAM: &str = "loredesk-program";

/// What goes into the archive beside the app.
const BESIDE: [&str; 5] = ["deploy", "docs/deployment.md", "README.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Makes the archive, the program and their checksums, and says where they are.
pub fn make(project: &Project) -> Result<(), Failure> {
    let app = dist::build_if_stale(project, Mode::Release)?;
    let folder = project.target.join("release-files");
    let empty = || {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)
    };
    empty().map_err(|error| Failure::file(STEP, &folder, &error))?;

    let name = format!("loredesk-{}-static", env!("CARGO_PKG_VERSION"));
    let archive = archive(&name, &entries(project, &app)?, commit_time(project)?);
    let archive = archive.map_err(|error| Failure::file(STEP, &folder, &error))?;
    write(&folder.join(format!("{name}.tar.gz")), &archive)?;

    let program = build_program(project, &app)?;
    let content = std::fs::read(&program).map_err(|error| Failure::file(STEP, &program, &error))?;
    let file = folder.join(format!("loredesk{}", std::env::consts::EXE_SUFFIX));
    write(&file, &content)?;
    make_executable(&file).map_err(|error| Failure::file(STEP, &file, &error))
}

/// Builds the host with that app inside and gives its place.
pub fn build_program(project: &Project, app: &Path) -> Result<PathBuf, Failure> {
    let mut cargo = run::cargo();
    cargo.current_dir(&project.root).env("LOREDESK_EMBED_APP", app);
    cargo.args(["build", "--locked", "--profile", "host", "-p", PROGRAM]);
    run::run("building the program with the app in it", &mut cargo, "read the compiler's words above")?;
    Ok(project.target.join("host").join(format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX)))
}

/// Writes a file of the release and its checksum.
fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let sum: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    let beside = path.with_file_name(format!("{name}.sha256"));
    for (path, content) in [(path, content), (beside.as_path(), format!("{sum}  {name}\n").as_bytes())] {
        std::fs::write(path, content).map_err(|error| Failure::file(STEP, path, &error))?;
    }
    say(format_args!("{} ({:.1} MB)", path.display(), content.len() as f64 / 1e6));
    Ok(())
}

/// When the commit was made, in seconds since 1970; `SOURCE_DATE_EPOCH` wins.
fn commit_time(project: &Project) -> Result<u64, Failure> {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok();
    let text = match given {
        Some(text) => text,
        None => {
            let by_hand = "make the release in a checkout, or set SOURCE_DATE_EPOCH to the seconds since 1970";
            let mut git = run::command("git");
            git.current_dir(&project.root).args(["log", "-1", "--format=%ct"]);
            run::capture(STEP, &mut git, by_hand)?
        }
    };
    text.trim().parse().map_err(|_| Failure::new(STEP, format!("{text:?} is no number of seconds"), "set SOURCE_DATE_EPOCH"))
}

/// A file of the archive.
struct Entry {
    name: String,
    content: Vec<u8>,
    is_program: bool,
}

/// The app under `app`, and what goes beside it, sorted by name.
fn entries(project: &Project, app: &Path) -> Result<Vec<Entry>, Failure> {
    let mut files = Vec::new();
    // The example of the settings is among the deploy files: one beside the app would overwrite the person's own.
    let is_settings = |name: &str| name.starts_with("app/config.json");
    collect(app, "app", &mut files)?;
    files.retain(|(name, _)| !is_settings(name));
    for name in BESIDE {
        collect(&project.root.join(name), name, &mut files)?;
    }
    files.sort();
    let entry = |(name, path): (String, PathBuf)| {
        let content = std::fs::read(&path).map_err(|error| Failure::file(STEP, &path, &error))?;
        Ok(Entry { is_program: name.ends_with(".sh"), name, content })
    };
    files.into_iter().map(entry).collect()
}

/// The files under a path, each with its name in the archive.
fn collect(path: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::file(STEP, path, &error);
    if !path.metadata().map_err(fail)?.is_dir() {
        files.push((name.to_owned(), path.to_path_buf()));
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        collect(&entry.path(), &format!("{name}/{}", entry.file_name().to_string_lossy()), files)?;
    }
    Ok(())
}

/// The entries in one folder of that name.
fn archive(folder: &str, entries: &[Entry], time: u64) -> std::io::Result<Vec<u8>> {
    // No name and no time in the frame of the compression either.
    let gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut builder = tar::Builder::new(gzip);
    for entry in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(entry.content.len() as u64);
        header.set_mode(if entry.is_program { 0o755 } else { 0o644 });
        header.set_mtime(time);
        header.set_uid(0);
        header.set_gid(0);
        header.set_username("root")?;
        header.set_groupname("root")?;
        builder.append_data(&mut header, format!("{folder}/{}", entry.name), entry.content.as_slice())?;
    }
    builder.into_inner()?.finish()
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use std::io::Read;

    fn sample(root: &Path) -> Project {
        for (name, text) in [
            ("dist/index.html", "page"),
            ("dist/index.html.br", "br"),
            ("dist/config.json", "{}"),
            ("dist/config.json.gz", "gz"),
            ("dist/pages/a.wasm", "wasm"),
            ("deploy/set-base.sh", "#!/bin/sh"),
            ("docs/deployment.md", "how"),
            ("docs/state.md", "not for the release"),
            ("README.md", "read"),
            ("LICENSE-MIT", "may"),
            ("LICENSE-APACHE", "may too"),
        ] {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Project { root: root.to_path_buf(), target: root.join("target"), cache: root.join("cache") }
    }

    #[test]
    fn the_archive_is_sorted_belongs_to_nobody_and_is_the_same_each_time() {
        let root = std::env::temp_dir().join(format!("xtask-release-{}", std::process::id()));
        let project = sample(&root);
        let make = || archive("loredesk-1", &entries(&project, &root.join("dist")).unwrap(), 1_700_000_000).unwrap();
        let first = make();
        // A file that was written anew is another file to the system, and the same to the release.
        std::fs::write(root.join("README.md"), "read").unwrap();
        assert_eq!(first, make());

        let mut found = Vec::new();
        for entry in tar::Archive::new(flate2::read::GzDecoder::new(first.as_slice())).entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let header = entry.header();
            assert_eq!((header.uid().unwrap(), header.gid().unwrap(), header.mtime().unwrap()), (0, 0, 1_700_000_000));
            found.push((entry.path().unwrap().to_string_lossy().into_owned(), header.mode().unwrap()));
        }
        let names: Vec<_> = found.iter().map(|(name, mode)| (name.as_str(), *mode)).collect();
        assert_eq!(
            names,
            [
                ("loredesk-1/LICENSE-APACHE", 0o644),
                ("loredesk-1/LICENSE-MIT", 0o644),
                ("loredesk-1/README.md", 0o644),
                ("loredesk-1/app/index.html", 0o644),
                ("loredesk-1/app/index.html.br", 0o644),
                ("loredesk-1/app/pages/a.wasm", 0o644),
                ("loredesk-1/deploy/set-base.sh", 0o755),
                ("loredesk-1/docs/deployment.md", 0o644),
            ]
        );
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_checksum_is_what_sha256sum_reads() {
        let root = std::env::temp_dir().join(format!("xtask-checksum-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        write(&root.join("file"), b"abc").unwrap();
        let sum = std::fs::read_to_string(root.join("file.sha256")).unwrap();
        assert_eq!(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  file\n");
        std::fs::remove_dir_all(root).unwrap();
    }
}
