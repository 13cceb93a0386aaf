//! Packages from npm, installed into the tools' folder and nowhere else.

use super::{apt, cache, which};
use crate::project::Project;
use crate::run::{self, Failure, say};
use std::path::PathBuf;

/// Is npm there, or can it be brought?
pub fn available() -> bool {
    if which("npm").is_some() && which("node").is_some() {
        return true;
    }
    match apt::install(&["npm"], "npm, which carries wasm-opt and the accessibility checker") {
        Ok(()) => which("npm").is_some(),
        Err(failure) => {
            say(failure.why());
            false
        }
    }
}

/// The folder of a package, installed when it is not in the tools' folder.
pub fn package(project: &Project, name: &str, version: &str) -> Result<PathBuf, Failure> {
    let home = cache::ensure(project, &format!("{name}-{version}"), |folder| {
        say(format_args!("installing {name} {version} from npm into the tools' folder"));
        let mut npm = run::command(which("npm").unwrap_or_else(|| "npm".into()));
        npm.args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefix"]);
        npm.arg(folder).arg(format!("{name}@{version}")).current_dir(folder);
        run::run(&format!("installing {name}"), &mut npm, "check that npm reaches a registry: npm view binaryen version")
    })?;
    Ok(home.join("node_modules"))
}
