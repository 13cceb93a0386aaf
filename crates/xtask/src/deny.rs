//! `cargo xtask test deny`: licences, sources, bans and known faults of every dependency, by cargo-deny and `deny.toml`.
//!
//! cargo-deny is not installed by set-up: compiling it takes longer than all other tools together. Where it is not there, and where
//! its database of known faults cannot be reached, the step says so and passes.

use crate::project::Project;
use crate::run::{self, Failure, say};

const BY_HAND: &str = "read cargo-deny's words above; what may be a part of Loredesk is written in deny.toml";

/// Checks what can be checked here.
pub fn check(project: &Project) -> Result<(), Failure> {
    let deny = |arguments: &[&str]| {
        let mut command = run::cargo();
        command.current_dir(&project.root).arg("deny").args(arguments);
        command
    };
    let is_installed = deny(&["--version"]).output().is_ok_and(|output| output.status.success());
    if !is_installed {
        say("NOT CHECKED: cargo-deny is not installed. Install it with: cargo install --locked cargo-deny");
        return Ok(());
    }
    run::run("licences, bans and sources", &mut deny(&["--locked", "check", "licenses", "bans", "sources"]), BY_HAND)?;
    if let Err(failure) = run::capture("the database of known faults", &mut deny(&["fetch", "db"]), BY_HAND) {
        say(format_args!("NOT CHECKED: known faults of the dependencies. Their database cannot be reached: {}", failure.why()));
        return Ok(());
    }
    run::run("known faults", &mut deny(&["--locked", "check", "--disable-fetch", "advisories"]), BY_HAND)
}
