//! Debian's packages: installed as root with apt-get, or only downloaded and unpacked through package lists of our own.

use super::cache::Scratch;
use super::{apt_sources, which};
use crate::run::{self, Failure, say};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Installs packages for everybody, which only happens on Debian and Ubuntu as root.
pub fn install(packages: &[&str], purpose: &str) -> Result<(), Failure> {
    let step = format!("installing {purpose}");
    let by_hand = format!("install {} with the system's package manager", packages.join(", "));
    if which("apt-get").is_none() {
        return Err(Failure::new(step, format!("{purpose}: not there, and this system has no apt-get"), by_hand));
    }
    if !is_root() {
        let by_hand = format!("sudo apt-get install {}", packages.join(" "));
        return Err(Failure::new(step, format!("{purpose}: not there, and only root may install it"), by_hand));
    }
    say(format_args!("installing {purpose} with apt-get: {}", packages.join(" ")));
    let attempt = || {
        let mut apt = run::command("apt-get");
        apt.args(["install", "-y", "-q", "--no-install-recommends"]).args(packages).env("DEBIAN_FRONTEND", "noninteractive");
        run::run(&step, &mut apt, &by_hand)
    };
    if attempt().is_ok() {
        return Ok(());
    }
    say("perhaps the package lists are missing or old: apt-get update, then once more");
    run::run(&step, run::command("apt-get").args(["update", "-q"]), &by_hand)?;
    attempt()
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}

/// Package lists in a folder of their own: the machine's configuration is read, never changed, and no root is needed.
pub struct Lists<'a> {
    folder: &'a Path,
    trouble: Option<String>,
}

impl<'a> Lists<'a> {
    /// Fetches the lists of the machine's own sources, and of further suites of the same mirror.
    pub fn fetch(scratch: &'a Scratch, further_suites: &[String]) -> Result<Self, Failure> {
        let step = "reading Debian's package lists";
        if which("apt-get").is_none() || which("dpkg").is_none() {
            return Err(Failure::new(step, "this system has no apt-get and dpkg", "use Debian or Ubuntu for this way"));
        }
        let folder = scratch.path();
        let sources = apt_sources::read(Path::new("/etc/apt"));
        if sources.is_empty() {
            return Err(Failure::new(step, "/etc/apt names no package sources", "configure apt's sources"));
        }
        let text = apt_sources::write(&sources, &codename(), further_suites);
        let write = |path: PathBuf, text: &str| std::fs::write(&path, text).map_err(|error| Failure::file(step, &path, &error));
        for name in ["sources.d", "lists/partial", "cache/archives/partial"] {
            let path = folder.join(name);
            std::fs::create_dir_all(&path).map_err(|error| Failure::file(step, &path, &error))?;
        }
        write(folder.join("sources.d/loredesk.sources"), &text)?;
        let mut lists = Self { folder, trouble: None };
        // A suite that this mirror lacks makes the whole command fail, and the other lists are there all the same:
        // what is found in them decides, not how it ended.
        let update = run::capture(step, lists.apt("apt-get").args(["update", "-q"]), "apt-get update");
        lists.trouble = update.err().map(|failure| failure.why().to_owned());
        Ok(lists)
    }

    /// What went wrong while the lists were read, to be told when what was looked for is not in them.
    pub fn trouble(&self) -> &str {
        self.trouble.as_deref().unwrap_or("all package lists could be read")
    }

    fn apt(&self, program: &str) -> Command {
        let mut command = run::command(program);
        let folder = self.folder.display();
        for option in [
            "Dir::Etc::SourceList=/dev/null".to_owned(),
            format!("Dir::Etc::SourceParts={folder}/sources.d"),
            format!("Dir::State::Lists={folder}/lists"),
            format!("Dir::Cache={folder}/cache"),
            // The unprivileged user that apt changes to may not enter this folder.
            "APT::Sandbox::User=root".to_owned(),
        ] {
            command.arg("-o").arg(option);
        }
        command.env("LC_ALL", "C");
        command
    }

    /// The versions of a package that the lists know, newest first.
    pub fn versions(&self, package: &str) -> Vec<String> {
        let mut madison = self.apt("apt-cache");
        let text = run::capture("asking for versions", madison.args(["madison", package]), "").unwrap_or_default();
        madison_versions(&text)
    }

    /// Downloads one package and unpacks it; `wanted` is `package` or `package=version`.
    pub fn unpack(&self, wanted: &str, destination: &Path) -> Result<(), Failure> {
        let step = format!("fetching Debian's package {wanted}");
        let by_hand = format!("apt-get download {wanted}");
        let folder = self.folder.join("packages").join(wanted);
        for path in [folder.as_path(), destination] {
            std::fs::create_dir_all(path).map_err(|error| Failure::file(&step, path, &error))?;
        }
        run::capture(&step, self.apt("apt-get").args(["download", "-q", wanted]).current_dir(&folder), &by_hand)?;
        let package = std::fs::read_dir(&folder)
            .map_err(|error| Failure::file(&step, &folder, &error))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
            .ok_or_else(|| Failure::new(&step, "apt-get downloaded no package file", &by_hand))?;
        run::capture(&step, run::command("dpkg").arg("-x").arg(package).arg(destination), &by_hand)?;
        Ok(())
    }
}

/// The release's name as the system gives it, such as `bookworm`.
pub fn codename() -> String {
    let text = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let value = text.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    value.unwrap_or_default().trim_matches('"').to_owned()
}

/// The version that the authors gave: without Debian's epoch, repacking and revision.
pub fn upstream_version(version: &str) -> &str {
    let without_epoch = version.split_once(':').map_or(version, |(_, rest)| rest);
    without_epoch.split(['+', '~', '-']).next().unwrap_or(without_epoch)
}

fn madison_versions(text: &str) -> Vec<String> {
    let mut versions: Vec<String> = Vec::new();
    for version in text.lines().filter_map(|line| line.split('|').nth(1)) {
        let version = version.trim().to_owned();
        if !version.is_empty() && !versions.contains(&version) {
            versions.push(version);
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upstream_version_is_what_rustc_says() {
        assert_eq!(upstream_version("1.95.0+dfsg1-2~bpo13+1"), "1.95.0");
        assert_eq!(upstream_version("1.96.0-1~deb12u1"), "1.96.0");
        assert_eq!(upstream_version("2:1.85.0~rc1"), "1.85.0");
        assert_eq!(upstream_version("1.85"), "1.85");
    }

    #[test]
    fn versions_are_read_once_each() {
        let text = " rust-src | 1.95.0+dfsg1-2 | mirror suite/main amd64 Packages\n rust-src | 1.95.0+dfsg1-2 | other\n\
            rust-src | 1.63.0+dfsg1-2 | mirror bookworm/main all Packages\n\nnoise\n";
        assert_eq!(madison_versions(text), ["1.95.0+dfsg1-2", "1.63.0+dfsg1-2"]);
    }
}
