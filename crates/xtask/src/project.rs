//! Where things are: the checkout, its build folder, the tools' folder.

use crate::run::Failure;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folders that every command needs.
pub struct Project {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's build folder.
    pub target: PathBuf,
    /// Tools that later checkouts use again.
    pub cache: PathBuf,
}

impl Project {
    /// Finds the folders from the environment that cargo gives.
    pub fn find() -> Result<Self, Failure> {
        let step = "finding the checkout";
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let start = match manifest {
            Some(folder) => folder,
            None => std::env::current_dir().map_err(|error| Failure::file(step, Path::new("."), &error))?,
        };
        let root = start
            .ancestors()
            .find(|folder| folder.join("Trunk.toml").is_file() && folder.join("Cargo.lock").is_file())
            .ok_or_else(|| {
                let why = format!("no folder above {} holds Trunk.toml and Cargo.lock", start.display());
                Failure::new(step, why, "run `cargo xtask` inside the checkout")
            })?
            .to_path_buf();
        let target = build_folder(&root);
        let cache = cache_folder(|name| std::env::var_os(name)).ok_or_else(|| {
            Failure::new("finding the tools' folder", "there is no home folder", "set LOREDESK_TOOLS to a writable folder")
        })?;
        Ok(Self { root, target, cache })
    }
}

/// This program lies in `<build folder>/<profile>/`, whatever configuration moved that folder.
fn build_folder(root: &Path) -> PathBuf {
    let program = std::env::current_exe().ok();
    program.as_deref().and_then(Path::parent).and_then(Path::parent).map_or_else(|| root.join("target"), Path::to_path_buf)
}

fn cache_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(own) = folder("LOREDESK_TOOLS") {
        return Some(std::path::absolute(&own).unwrap_or(own));
    }
    let caches = folder("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| {
        if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            folder("HOME").map(|home| home.join("Library/Caches"))
        } else {
            folder("HOME").map(|home| home.join(".cache"))
        }
    })?;
    Some(caches.join("loredesk"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(variables: &[(&str, &str)]) -> Option<PathBuf> {
        cache_folder(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value)))
    }

    #[test]
    fn the_own_variable_wins() {
        let found = cache(&[("HOME", "/h"), ("XDG_CACHE_HOME", "/x"), ("LOREDESK_TOOLS", "/t")]);
        assert_eq!(found, Some(PathBuf::from("/t")));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_cache_folder_follows_the_platform() {
        assert_eq!(cache(&[("HOME", "/h"), ("XDG_CACHE_HOME", "/x")]), Some(PathBuf::from("/x/loredesk")));
        assert_eq!(cache(&[("HOME", "/h"), ("XDG_CACHE_HOME", "relative")]), Some(PathBuf::from("/h/.cache/loredesk")));
        assert_eq!(cache(&[("HOME", "/h"), ("LOREDESK_TOOLS", "")]), Some(PathBuf::from("/h/.cache/loredesk")));
        assert_eq!(cache(&[]), None);
    }
}
