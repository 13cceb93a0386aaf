//! axe-core, the accessibility checker that the browser tests put into the page.

use super::{npm, versions};
use crate::project::Project;
use crate::run::Failure;
use std::path::PathBuf;

/// The script.
pub fn ensure(project: &Project) -> Result<PathBuf, Failure> {
    if !npm::available() {
        return Err(Failure::new(
            "bringing axe-core",
            "the accessibility checker of the browser tests comes from npm, and npm is not there",
            "install Node.js with npm",
        ));
    }
    Ok(npm::package(project, "axe-core", versions::AXE_CORE)?.join("axe-core").join("axe.min.js"))
}
