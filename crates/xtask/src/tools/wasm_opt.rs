//! wasm-opt of binaryen, which takes a third to a half off the app.

use super::cargo_install::CrateTool;
use super::{npm, versions, which_version};
use crate::project::Project;
use crate::run::{Failure, say};
use std::path::PathBuf;

/// wasm-opt: on PATH → from npm → built from the crate registry.
pub fn ensure(project: &Project) -> Result<PathBuf, Failure> {
    let major = versions::BINARYEN.split('.').next().unwrap_or(versions::BINARYEN);
    if let Some(program) = which_version("wasm-opt", major) {
        return Ok(program);
    }
    if npm::available() {
        match npm::package(project, "binaryen", versions::BINARYEN) {
            Ok(modules) => return Ok(modules.join(".bin").join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" })),
            Err(failure) => say(format_args!("{}; building wasm-opt instead", failure.why())),
        }
    }
    let tool = CrateTool {
        package: "wasm-opt",
        program: "wasm-opt",
        version: versions::WASM_OPT_CRATE,
        arguments: &["--locked"],
        opt_level: "1",
        minutes: "15 minutes, with a C++ compiler",
    };
    tool.ensure(project)
}
