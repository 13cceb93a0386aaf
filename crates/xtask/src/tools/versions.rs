//! Every pinned version, in one place. The version of wasm-bindgen is the one in Cargo.lock: the generated glue and the
//! library must match exactly.

use crate::project::Project;
use crate::run::Failure;

/// The bundler; 0.22 needs a newer Rust than the workspace.
pub const TRUNK: &str = "0.21.14";

/// The npm package that carries wasm-opt; releases up to 108 corrupt the app's externref table.
pub const BINARYEN: &str = "132.0.0";

/// wasm-opt for `cargo install`, where npm is out of reach; the crate carries binaryen 116, which is sound but smaller of effect.
pub const WASM_OPT_CRATE: &str = "0.116.1";

/// The splitter; it reads what `wasm_split_helpers` of Cargo.lock's leptos leaves in the wasm, so update it with leptos.
pub const WASM_SPLIT: &str = "0.2.4";

/// The accessibility checker of the browser tests.
pub const AXE_CORE: &str = "4.14.1";

/// The linter of the Containerfile.
pub const DOCKERFILE_UTILS: &str = "0.16.3";

/// The version of wasm-bindgen that the app is compiled with.
pub fn wasm_bindgen(project: &Project) -> Result<String, Failure> {
    let step = "reading the version of wasm-bindgen";
    let path = project.root.join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).map_err(|error| Failure::file(step, &path, &error))?;
    locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
        Failure::new(step, "Cargo.lock names no package `wasm-bindgen`", "restore Cargo.lock from version control")
    })
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let quoted = |line: &str, key: &str| {
        let value = line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim();
        Some(value.trim_matches('"').to_owned())
    };
    let mut lines = lock.lines();
    lines.find(|line| quoted(line, "name").as_deref() == Some(package))?;
    lines.take_while(|line| !line.starts_with('[')).find_map(|line| quoted(line, "version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n\n\
        [[package]]\nname = \"odd\"\n\n[[package]]\nname = \"last\"\nversion = \"1.0.0\"\n";

    #[test]
    fn the_version_of_exactly_that_package_is_read() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "last").as_deref(), Some("1.0.0"));
    }

    #[test]
    fn a_package_that_is_not_there_or_has_no_version_gives_nothing() {
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version(LOCK, "odd"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }
}
