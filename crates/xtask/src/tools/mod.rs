//! What has to be on the machine: found when the right version is there, brought when it is not. Nothing global is
//! changed but the Rust target and, for the tests on Debian and Ubuntu as root, the browser.

pub mod axe;
pub mod chromium;
pub mod containerfile;
pub mod corpus;
pub mod python;
pub mod wasm_target;
pub mod web_servers;

mod apt;
mod apt_sources;
mod cache;
mod cargo_install;
mod npm;
mod std_build;
mod trunk;
mod versions;
mod wasm_bindgen;
mod wasm_opt;
mod wasm_split;

use crate::project::Project;
use crate::run::{self, Failure, say};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Everything that building the app needs.
pub struct Tools {
    /// Folders that go in front of PATH.
    folders: Vec<PathBuf>,
    /// Variables that make cargo build for wasm32.
    variables: Vec<(String, OsString)>,
    /// The program trunk.
    trunk: PathBuf,
    /// The program wasm-bindgen.
    pub wasm_bindgen: PathBuf,
    /// The program wasm-opt.
    pub wasm_opt: PathBuf,
    /// The program that cuts pages out of the app.
    pub wasm_split: PathBuf,
}

impl Tools {
    /// Finds or brings the target and the tools.
    pub fn ensure(project: &Project) -> Result<Self, Failure> {
        let toolchain = wasm_target::ensure(project)?;
        let trunk = trunk::ensure(project)?;
        let wasm_bindgen = wasm_bindgen::ensure(project)?;
        let wasm_opt = wasm_opt::ensure(project)?;
        let wasm_split = wasm_split::ensure(project)?;
        let mut folders: Vec<PathBuf> = toolchain.folders;
        for folder in [&trunk, &wasm_bindgen, &wasm_opt].into_iter().filter_map(|program| program.parent()) {
            if !folders.iter().any(|known| known == folder) {
                folders.push(folder.to_path_buf());
            }
        }
        Ok(Self { folders, variables: toolchain.variables, trunk, wasm_bindgen, wasm_opt, wasm_split })
    }

    /// Trunk, with the other tools on its PATH.
    pub fn trunk(&self, project: &Project) -> Result<Command, Failure> {
        let mut command = run::command(&self.trunk);
        command.current_dir(&project.root);
        self.prepare(&mut command)?;
        // Trunk takes the variable for its own option and stops at any value but true and false.
        if std::env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        // A compile error is no crash of trunk, and its own backtrace would bury the compiler's words.
        command.env("RUST_BACKTRACE", "0");
        Ok(command)
    }

    /// Cargo, for a command on the wasm32 target.
    pub fn cargo_for_wasm(&self) -> Result<Command, Failure> {
        let mut command = match self.variables.iter().find(|(name, _)| name == "CARGO") {
            Some((_, cargo)) => run::command(cargo),
            None => run::cargo(),
        };
        self.prepare(&mut command)?;
        Ok(command)
    }

    /// A folder that comes before all others on the command's PATH.
    pub fn put_first(&self, folder: &Path, command: &mut Command) -> Result<(), Failure> {
        let folders: Vec<PathBuf> = [folder.to_path_buf()].into_iter().chain(self.folders.iter().cloned()).collect();
        command.env("PATH", path_with(&folders)?);
        Ok(())
    }

    fn prepare(&self, command: &mut Command) -> Result<(), Failure> {
        command.env("PATH", path_with(&self.folders)?);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        Ok(())
    }
}

/// `cargo xtask setup`: brings the build tools and says how to use them by hand.
pub fn set_up(project: &Project) -> Result<(), Failure> {
    let tools = Tools::ensure(project)?;
    say("everything that building needs is there; to use it by hand:");
    let folders: Vec<String> = tools.folders.iter().map(|folder| folder.display().to_string()).collect();
    println!("    export PATH=\"{}:$PATH\"", folders.join(":"));
    for (name, value) in &tools.variables {
        println!("    export {name}=\"{}\"", value.to_string_lossy());
    }
    Ok(())
}

fn path_with(folders: &[PathBuf]) -> Result<OsString, Failure> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    std::env::join_paths(all).map_err(|error| {
        Failure::new("putting the tools on PATH", error.to_string(), "set LOREDESK_TOOLS to a folder without `:` in its path")
    })
}

/// A program on PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|file| is_program(file))
}

/// A program on PATH whose `--version` holds this word.
fn which_version(name: &str, version: &str) -> Option<PathBuf> {
    let program = which(name)?;
    let output = run::command(&program).arg("--version").env_remove("NO_COLOR").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace().any(|word| word == version).then_some(program)
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_by_name_and_version() {
        assert!(which("cargo").is_some());
        assert!(which("loredesk-no-such-program").is_none());
        assert!(which_version("cargo", "0.0.0-never").is_none());
    }
}
