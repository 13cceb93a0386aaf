//! Cuts the pages that load later out of the app's wasm, between the compiler and wasm-bindgen.
//!
//! Trunk has no step for that, but it calls the `wasm-bindgen` on its PATH. For a release a copy of this program stands there
//! under that name: it splits the module, has the real wasm-bindgen work on what remains, and puts the loader of the pages into
//! the script, so that the script's digest covers it and no further request is needed. Trunk goes on as ever; the modules of
//! the pages are left in a folder that the build copies. The splitter makes a module for each set of pages that share
//! something; the many small ones among them become one file (`shared_modules.rs`).
//!
//! Must not know which pages there are.

use crate::project::Project;
use crate::run::{self, Failure};
use crate::shared_modules::{self, SharedModule};
use crate::tools::Tools;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

const STEP: &str = "splitting the app's wasm";
const PINNED: &str = "check the pinned versions of wasm-bindgen and the splitter";
const BY_HAND: &str = "unset RUSTFLAGS, which replaces the build's own flags, or read the program's words above";

/// The folder of the pages' modules inside the built app.
pub const FOLDER: &str = "pages";

/// What tells the copy of this program where the others are, and where to work.
const BINDGEN: &str = "LOREDESK_WASM_BINDGEN";
const SPLITTER: &str = "LOREDESK_WASM_SPLIT";
const OPTIMISER: &str = "LOREDESK_WASM_OPT";
const WORK: &str = "LOREDESK_PAGE_MODULES";

/// What the app is compiled with to be split: relocations tell the splitter who uses what.
pub const RUSTFLAGS: &str = "--cfg split_pages -Clink-args=--emit-relocs";

/// How the splitter names its loader, in its folder and in the imports of the main module.
const LOADER: &str = "./__wasm_split.js";

/// A build of the app whose pages are cut out.
pub struct PageModules {
    work: PathBuf,
}

impl PageModules {
    /// Puts the copy of this program where trunk finds it first.
    pub fn prepare(project: &Project, tools: &Tools, trunk: &mut Command) -> Result<Self, Failure> {
        let this = Self { work: project.target.join("page-modules") };
        empty(&this.work)?;
        let folder = this.work.join("bin");
        let copy = folder.join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX));
        let place = || {
            std::fs::create_dir_all(&folder)?;
            std::fs::copy(std::env::current_exe()?, &copy)
        };
        place().map_err(|error| Failure::file(STEP, &copy, &error))?;
        tools.put_first(&folder, trunk)?;
        trunk.env(BINDGEN, &tools.wasm_bindgen).env(SPLITTER, &tools.wasm_split);
        trunk.env(OPTIMISER, &tools.wasm_opt).env(WORK, &this.work);
        Ok(this)
    }

    /// Copies the modules into the built app.
    pub fn place(&self, dist: &Path) -> Result<(), Failure> {
        let ready = self.work.join(FOLDER);
        let modules = std::fs::read_dir(&ready).map_err(|_| {
            Failure::new(
                STEP,
                "trunk did not call the `wasm-bindgen` that was put first on its PATH",
                "report this with the lines above",
            )
        })?;
        let folder = dist.join(FOLDER);
        let copy = || {
            std::fs::create_dir_all(&folder)?;
            for module in modules {
                let module = module?;
                std::fs::copy(module.path(), folder.join(module.file_name()))?;
            }
            Ok(())
        };
        copy().map_err(|error| Failure::file(STEP, &folder, &error))
    }
}

/// Was this program started as the copy?
pub fn is_wasm_bindgen() -> bool {
    std::env::args_os().next().is_some_and(|name| Path::new(&name).file_stem().is_some_and(|stem| stem == "wasm-bindgen"))
}

/// What the copy does with trunk's call.
pub fn wasm_bindgen() -> Result<(), Failure> {
    let variable = |name: &str| {
        let by_hand = "call the real wasm-bindgen; this program is only for `cargo xtask build`";
        std::env::var_os(name).map(PathBuf::from).ok_or_else(|| Failure::new(STEP, format!("{name} is not set"), by_hand))
    };
    let bindgen = variable(BINDGEN)?;
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let Some(Call { input, folder, name }) = Call::of(&arguments) else {
        // A question such as `--version`, whose answer trunk reads.
        let status = run::command(bindgen).args(&arguments).status();
        let is_good = status.as_ref().is_ok_and(std::process::ExitStatus::success);
        return if is_good { Ok(()) } else { Err(Failure::new(STEP, format!("wasm-bindgen: {status:?}"), BY_HAND)) };
    };
    let work = variable(WORK)?;
    let (parts, ready) = (work.join("parts"), work.join(FOLDER));
    empty(&parts)?;
    empty(&ready)?;
    let mut split = run::command(variable(SPLITTER)?);
    split.arg(&input).arg(&parts).args(["--out-name", &name]);
    run::capture(STEP, &mut split, BY_HAND)?;

    // The pages' modules import what the linker exports, such as the table of functions.
    let main = parts.join(format!("{name}.wasm"));
    let replaced = arguments.iter().map(|argument| if Path::new(argument) == input { main.as_os_str() } else { argument });
    run::capture(STEP, run::command(bindgen).args(replaced).arg("--keep-lld-exports"), BY_HAND)?;

    let mut loader = read(&parts.join(LOADER))?;
    let optimiser = variable(OPTIMISER)?;
    let page = read(Path::new("index.html"))?;
    let mut small = Vec::new();
    for module in modules(&parts, &main)? {
        let optimised = optimise(&optimiser, &page, &module)?;
        let stem = module.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if shared_modules::is_small(&stem, &optimised) {
            small.push(SharedModule { stem, content: optimised });
            continue;
        }
        let file = hashed_name(&stem, "wasm", &optimised);
        write(&ready.join(&file), &optimised)?;
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{FOLDER}/{file}\""));
    }
    if !small.is_empty() {
        let together = shared_modules::together(&small);
        let file = hashed_name("small", "bin", &together);
        write(&ready.join(&file), &together)?;
        let shared = shared_modules::load_together(&loader, &small, &format!("./{FOLDER}/{file}"));
        loader = shared.map_err(|why| Failure::new(STEP, why, PINNED))?;
    }
    let script = folder.join(format!("{name}.js"));
    let joined = join(&loader, &read(&script)?, &name);
    let joined = joined.map_err(|why| Failure::new(STEP, why, PINNED))?;
    write(&script, joined.as_bytes())
}

/// Trunk's call of wasm-bindgen.
#[derive(Debug, PartialEq)]
struct Call {
    input: PathBuf,
    folder: PathBuf,
    name: String,
}

impl Call {
    fn of(arguments: &[OsString]) -> Option<Self> {
        let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
        let value = |key: &str| words.iter().find_map(|word| word.strip_prefix(key));
        Some(Self {
            input: words.iter().find(|word| !word.starts_with('-') && word.ends_with(".wasm"))?.into(),
            folder: value("--out-dir=")?.into(),
            name: value("--out-name=")?.to_owned(),
        })
    }
}

fn modules(parts: &Path, main: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(parts).map_err(|error| Failure::file(STEP, parts, &error))?;
    let mut modules: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    modules.retain(|path| path != main && path.extension().is_some_and(|extension| extension == "wasm"));
    modules.sort();
    Ok(modules)
}

/// As trunk optimises the main module, with the flags that stand in the page.
fn optimise(optimiser: &Path, page: &str, module: &Path) -> Result<Vec<u8>, Failure> {
    let output = module.with_extension("optimised");
    let mut command = run::command(optimiser);
    command.arg(format!("-O{}", attribute(page, "data-wasm-opt").unwrap_or("z")));
    command.args(attribute(page, "data-wasm-opt-params").unwrap_or_default().split_whitespace());
    run::capture(STEP, command.arg(module).arg("--output").arg(&output), BY_HAND)?;
    std::fs::read(&output).map_err(|error| Failure::file(STEP, &output, &error))
}

fn attribute<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The page's name, or that several share it, and a hash of the content: hosts let such files be kept for ever.
fn hashed_name(stem: &str, extension: &str, content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    let name = stem.strip_prefix("split_").unwrap_or("shared");
    format!("{name}-{:016x}.{extension}", hasher.finish())
}

/// The script with the loader in front. On its own the loader would import the script, whose name has a hash of its content.
fn join(loader: &str, script: &str, name: &str) -> Result<String, String> {
    let own_import = format!("import {{ initSync }} from \"./{name}.js\";\n");
    let Some(loader) = loader.strip_prefix(&own_import) else {
        return Err(format!("the loader does not open with {own_import:?}"));
    };
    let exported: Vec<&str> =
        loader.lines().filter_map(|line| line.strip_prefix("export const ")?.split_once(' ').map(|(name, _)| name)).collect();
    let mut joined = loader.replace("export const ", "const ");
    joined.push_str(&format!("const pageLoaders = {{ {} }};\n", exported.join(", ")));
    let mut imports = 0;
    for line in script.lines() {
        let import = line.strip_prefix("import * as ").and_then(|rest| rest.split_once(" from "));
        match import {
            Some((variable, from)) if from.trim_end_matches(';').trim_matches('"') == LOADER => {
                imports += 1;
                joined.push_str(&format!("const {variable} = pageLoaders;"));
            }
            _ => joined.push_str(line),
        }
        joined.push('\n');
    }
    if imports == 0 && !exported.is_empty() {
        return Err(format!("the script of wasm-bindgen does not import {LOADER}"));
    }
    Ok(joined)
}

fn empty(folder: &Path) -> Result<(), Failure> {
    let make = || {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)
    };
    make().map_err(|error| Failure::file(STEP, folder, &error))
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::file(STEP, path, &error))
}

fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, content).map_err(|error| Failure::file(STEP, path, &error))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn call(words: &str) -> Option<Call> {
        Call::of(&words.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn trunks_call_is_known_from_a_question() {
        assert_eq!(call("--version"), None);
        let found = call("--target=web --out-dir=/t/out --out-name=desk /t/desk.wasm --no-typescript").unwrap();
        assert_eq!(found, Call { input: "/t/desk.wasm".into(), folder: "/t/out".into(), name: "desk".into() });
    }

    #[test]
    fn the_flags_are_those_of_the_page() {
        let page = r#"<link data-wasm-opt="z" data-wasm-opt-params="--one --two">"#;
        assert_eq!(attribute(page, "data-wasm-opt"), Some("z"));
        assert_eq!(attribute(page, "data-wasm-opt-params"), Some("--one --two"));
        assert_eq!(attribute(page, "data-other"), None);
    }

    #[test]
    fn names_follow_the_content() {
        let name = hashed_name("split_documents", "wasm", b"1");
        assert!(name.starts_with("documents-") && name.len() == "documents-0123456789abcdef.wasm".len(), "{name}");
        assert_ne!(name, hashed_name("split_documents", "wasm", b"2"));
        assert!(hashed_name("chunk_3", "wasm", b"1").starts_with("shared-"));
    }

    #[test]
    fn the_loader_becomes_a_part_of_the_script() {
        let loader = "import { initSync } from \"./desk.js\";\n\nexport const __load_a = f(1);\nexport const __load_b = f(2);\n";
        let script = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./other.js\"\nuse(import1);\n";
        assert_eq!(
            join(loader, script, "desk").unwrap(),
            "\nconst __load_a = f(1);\nconst __load_b = f(2);\nconst pageLoaders = { __load_a, __load_b };\n\
             const import1 = pageLoaders;\nimport * as import2 from \"./other.js\"\nuse(import1);\n"
        );
    }

    #[test]
    fn output_that_is_not_understood_is_refused() {
        assert!(join("import x;\n", "", "desk").is_err());
        let loader = "import { initSync } from \"./desk.js\";\nexport const __load_a = f(1);\n";
        assert!(join(loader, "let nothing;\n", "desk").is_err());
    }
}
