//! wasm-split-cli, which cuts the pages that load later out of the app's wasm.

use super::cargo_install::CrateTool;
use super::versions;
use crate::project::Project;
use crate::run::Failure;
use std::path::PathBuf;

/// The splitter of the pinned version. One on PATH is not taken: it does not tell its version.
pub fn ensure(project: &Project) -> Result<PathBuf, Failure> {
    let tool = CrateTool {
        package: "wasm_split_cli_support",
        program: "wasm-split-cli",
        version: versions::WASM_SPLIT,
        arguments: &["--locked", "--features", "build-binary"],
        // It works for less than a second.
        opt_level: "0",
        minutes: "2 minutes",
    };
    tool.ensure(project)
}
