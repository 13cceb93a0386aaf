//! The linter of the Containerfile: there may be no container engine on the machine.

use super::{npm, versions};
use crate::project::Project;
use crate::run::Failure;
use std::path::PathBuf;

/// The script, which node runs.
pub fn ensure(project: &Project) -> Result<PathBuf, Failure> {
    if !npm::available() {
        return Err(Failure::new(
            "bringing the linter of the Containerfile",
            "it comes from npm, and npm is not there",
            "install Node.js with npm",
        ));
    }
    Ok(npm::package(project, "dockerfile-utils", versions::DOCKERFILE_UTILS)?.join("dockerfile-utils/bin/dockerfile-utils"))
}
