//! Trunk, the bundler of the app.

use super::cargo_install::CrateTool;
use super::{versions, which_version};
use crate::project::Project;
use crate::run::Failure;
use std::path::PathBuf;

/// Trunk of the pinned version.
pub fn ensure(project: &Project) -> Result<PathBuf, Failure> {
    if let Some(program) = which_version("trunk", versions::TRUNK) {
        return Ok(program);
    }
    let tool = CrateTool {
        package: "trunk",
        program: "trunk",
        version: versions::TRUNK,
        // Without TLS and the update check: it only works on local files and proxies to loopback.
        arguments: &["--locked", "--no-default-features"],
        // It copies and hashes a few files; building it takes longer than all its work.
        opt_level: "0",
        minutes: "3 minutes",
    };
    tool.ensure(project)
}
