//! The wasm-bindgen program, of exactly the version that the app is compiled with.

use super::cargo_install::CrateTool;
use super::{versions, which_version};
use crate::project::Project;
use crate::run::Failure;
use std::path::PathBuf;

/// wasm-bindgen of Cargo.lock's version.
pub fn ensure(project: &Project) -> Result<PathBuf, Failure> {
    let version = versions::wasm_bindgen(project)?;
    if let Some(program) = which_version("wasm-bindgen", &version) {
        return Ok(program);
    }
    let tool = CrateTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &version,
        // Not `--locked`: a published lock file of it named a release that the registry did not have. No TLS: only its
        // other programs use the network.
        arguments: &["--no-default-features"],
        // It rewrites the whole module at each build, which takes many times longer without optimisation.
        opt_level: "1",
        minutes: "2 minutes",
    };
    tool.ensure(project)
}
