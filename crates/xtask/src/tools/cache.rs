//! The folder of tools in the user's cache: one folder a tool and version, complete or not there at all.

use crate::project::Project;
use crate::run::{Failure, say};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The folder `name`, made by `fill` when it is not there. It is filled under another name and renamed at the end,
/// so that a build that was stopped leaves nothing that looks finished, and two clones can build at once.
pub fn ensure(project: &Project, name: &str, fill: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<PathBuf, Failure> {
    let step = format!("keeping {name} in the tools' folder");
    let home = project.cache.join(name);
    if home.is_dir() {
        return Ok(home);
    }
    let started = Instant::now();
    let scratch = Scratch::new(project, name)?;
    fill(scratch.path())?;
    if let Err(error) = std::fs::rename(scratch.path(), &home)
        && !home.is_dir()
    {
        return Err(Failure::file(&step, &home, &error));
    }
    say(format_args!("{name} is ready in {} ({:.0} s)", home.display(), started.elapsed().as_secs_f64()));
    Ok(home)
}

/// A folder for the time of one set-up step; gone afterwards, also when the step failed.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new empty folder beside the tools, on the same file system.
    pub fn new(project: &Project, name: &str) -> Result<Self, Failure> {
        let path = project.cache.join(format!(".{name}-{}", std::process::id()));
        let empty = || {
            if path.exists() {
                std::fs::remove_dir_all(&path)?;
            }
            std::fs::create_dir_all(&path)
        };
        empty().map_err(|error| Failure::file("making a folder for set-up", &path, &error))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.0.exists()
            && let Err(error) = std::fs::remove_dir_all(&self.0)
        {
            eprintln!("{} could not be removed: {error}", self.0.display());
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn project(name: &str) -> Project {
        let cache = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        Project { root: cache.clone(), target: cache.clone(), cache }
    }

    #[test]
    fn a_folder_is_filled_once_and_a_failed_fill_leaves_nothing() {
        let project = project("cache");
        let failed = ensure(&project, "tool-1", |_| Err(Failure::new("a", "b", "c")));
        assert!(failed.is_err() && !project.cache.join("tool-1").exists());

        let fill = |folder: &Path| {
            std::fs::write(folder.join("it"), "x").unwrap();
            Ok(())
        };
        let home = ensure(&project, "tool-1", fill).unwrap();
        assert!(home.join("it").is_file());
        let again = ensure(&project, "tool-1", |_| Err(Failure::new("a", "b", "c"))).unwrap();
        assert_eq!(again, home);
        assert_eq!(std::fs::read_dir(&project.cache).unwrap().count(), 1);
        std::fs::remove_dir_all(&project.cache).unwrap();
    }
}
