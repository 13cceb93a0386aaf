//! `cargo xtask serve`: the development loop, which is trunk's own with the pinned tools on its PATH.

use crate::project::Project;
use crate::run::{self, Failure, say};
use crate::tools::Tools;

/// Runs trunk's server until it is stopped.
pub fn serve(project: &Project) -> Result<(), Failure> {
    let mut trunk = Tools::ensure(project)?.trunk(project)?;
    // Shorter builds of typed views.
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg erase_components");
    // Apart from `dist`, so that the release that the host serves is not overwritten.
    trunk.arg("serve").arg("--dist").arg(project.target.join("dist-serve"));
    say("live reload on http://127.0.0.1:8080/; it expects the host (cargo xtask start) on port 8484");
    run::run("trunk serve", &mut trunk, "read trunk's words above")
}
