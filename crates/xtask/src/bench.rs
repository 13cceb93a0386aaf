//! `cargo xtask bench`: the figures of the budgets. The host's bench measures itself; this adds the app's sizes.

use crate::dist::{self, Mode};
use crate::project::Project;
use crate::run::{self, Failure};
use crate::tools::corpus;

/// Prints the sizes of the app and runs the host's bench.
pub fn bench(project: &Project) -> Result<(), Failure> {
    dist::build_if_stale(project, Mode::Release)?;
    dist::print_sizes(&dist::sizes(project)?);
    let mut cargo = run::cargo();
    cargo.current_dir(&project.root);
    cargo.args(["run", "--locked", "--profile", "host", "-p", "loredesk-host", "--example", "bench"]);
    if let Some(corpus) = corpus::ensure(project) {
        cargo.env("LOREDESK_CORPUS", corpus);
    }
    run::run("the host's bench", &mut cargo, "read its words above")
}
