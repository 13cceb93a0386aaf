//! `cargo install` of a tool into the tools' folder, built for a short wait instead of a fast program.

use super::cache::{self, Scratch};
use crate::project::Project;
use crate::run::{self, Failure, say};
use std::path::PathBuf;

/// A program that comes from the crate registry.
pub struct CrateTool<'a> {
    /// The package.
    pub package: &'a str,
    /// Its one program that is wanted.
    pub program: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Further arguments of `cargo install`.
    pub arguments: &'a [&'a str],
    /// How much the compiler is to optimise.
    pub opt_level: &'a str,
    /// How long two cores need, for the reader who waits.
    pub minutes: &'a str,
}

impl CrateTool<'_> {
    /// The program, built when it is not in the tools' folder.
    pub fn ensure(&self, project: &Project) -> Result<PathBuf, Failure> {
        let name = format!("{}-{}", self.program, self.version);
        let home = cache::ensure(project, &name, |folder| {
            say(format_args!("building {name}, once for all checkouts, about {} on two cores", self.minutes));
            let build = Scratch::new(project, &format!("{name}-build"))?;
            let mut install = run::cargo();
            install.arg("install").args([self.package, "--version", self.version, "--bin", self.program]);
            install.args(self.arguments).arg("--root").arg(folder).arg("--target-dir").arg(build.path());
            // Away from the checkout, so that nothing of its configuration reaches the tool.
            install.current_dir(folder);
            for (setting, value) in
                [("LTO", "off"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0"), ("STRIP", "symbols"), ("OPT_LEVEL", self.opt_level)]
            {
                install.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
            }
            install.env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
            let by_hand = format!(
                "cargo install {} --version {} {}; a program of that version on PATH is used",
                self.package,
                self.version,
                self.arguments.join(" ")
            );
            run::run(&format!("building {name}"), &mut install, &by_hand)
        })?;
        Ok(home.join("bin").join(format!("{}{}", self.program, std::env::consts::EXE_SUFFIX)))
    }
}
