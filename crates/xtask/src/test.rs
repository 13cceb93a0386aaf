//! `cargo xtask test`: every check, as named steps. What is tested is the packages' own business.

use crate::arguments::TestOptions;
use crate::coverage;
use crate::deny;
use crate::dist::{self, Mode};
use crate::project::Project;
use crate::release;
use crate::run::{self, Failure};
use crate::start::build_host;
use crate::tools::{Tools, axe, chromium, containerfile, corpus, python, web_servers};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A named check; the text after `::` in its name is a filter for its tests.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Project, &Asked) -> Result<(), Failure>,
}

/// What a step is asked for.
struct Asked<'a> {
    /// A part of the names of the tests to run; none runs all of them.
    filter: Option<&'a str>,
    /// How the app is built that the browser tests run on.
    app: Mode,
}

const STEPS: [Step; 10] = [
    Step { name: "fmt", what: "formatting", run: fmt },
    Step { name: "clippy", what: "clippy, native and wasm32, warnings are errors", run: clippy },
    Step { name: "coverage", what: "docs/coverage.md is up to date", run: |project, _| coverage::check(project) },
    Step { name: "deny", what: "licences, sources and known faults of the dependencies", run: |project, _| deny::check(project) },
    Step { name: "native", what: "native tests", run: native },
    Step { name: "conformance", what: "the embedded Knowledge API, by clients that others wrote", run: conformance },
    Step { name: "build", what: "the release app", run: |project, _| dist::build_if_stale(project, Mode::Release).map(drop) },
    Step { name: "budget", what: "the size of the first load", run: budget },
    Step { name: "e2e", what: "the release app in headless Chromium", run: e2e },
    Step { name: "deploy", what: "the files of deploy/ in real nginx and Caddy, and the release", run: deploy },
];

/// Runs the steps that were asked for, in their order.
pub fn test(project: &Project, options: &TestOptions) -> Result<(), Failure> {
    let chosen = choose(&options.names)?;
    let started = Instant::now();
    let mut results: Vec<(&str, f64, bool)> = Vec::new();
    for (step, filter) in &chosen {
        println!("\n=== {}: {}", step.name, step.what);
        let clock = Instant::now();
        let app = if options.dev { Mode::Dev } else { Mode::Release };
        let result = (step.run)(project, &Asked { filter: *filter, app });
        let seconds = clock.elapsed().as_secs_f64();
        results.push((step.name, seconds, result.is_ok()));
        match result {
            Ok(()) => println!("=== {}: passed ({seconds:.0} s)", step.name),
            Err(failure) => {
                println!("=== {}: FAILED ({seconds:.0} s)\n{failure}", step.name);
                if !options.keep_going {
                    break;
                }
            }
        }
    }
    println!();
    for (name, seconds, passed) in &results {
        println!("  {name:<11} {:>6} {seconds:>6.0} s", if *passed { "passed" } else { "FAILED" });
    }
    let failed: Vec<&str> = results.iter().filter(|(_, _, passed)| !passed).map(|(name, ..)| *name).collect();
    if failed.is_empty() {
        println!("All {} steps passed in {:.0} s.", results.len(), started.elapsed().as_secs_f64());
        return Ok(());
    }
    let left = chosen.len() - results.len();
    let why = format!("{} of {} steps failed, {left} did not run", failed.len(), chosen.len());
    Err(Failure::new(failed.join(", "), why, format!("cargo xtask test {}", failed.join(" "))))
}

fn choose(names: &[String]) -> Result<Vec<(&'static Step, Option<&str>)>, Failure> {
    if names.is_empty() {
        return Ok(STEPS.iter().map(|step| (step, None)).collect());
    }
    names.iter().map(|name| pick(name)).collect()
}

fn pick(name: &str) -> Result<(&'static Step, Option<&str>), Failure> {
    let (name, filter) = name.split_once("::").map_or((name, None), |(name, filter)| (name, Some(filter)));
    let refuse = |why: String| {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        Failure::new(
            "choosing the steps",
            why,
            format!("choose among {}; native, e2e and deploy take `::TEXT`", known.join(", ")),
        )
    };
    let step = STEPS.iter().find(|step| step.name == name).ok_or_else(|| refuse(format!("there is no step `{name}`")))?;
    if filter.is_some() && !matches!(name, "native" | "e2e" | "deploy") {
        return Err(refuse(format!("`{name}` has no tests to choose from")));
    }
    Ok((step, filter))
}

fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut cargo = run::cargo();
    cargo.current_dir(&project.root).args(arguments);
    cargo
}

fn fmt(project: &Project, _: &Asked) -> Result<(), Failure> {
    run::run("cargo fmt", &mut cargo(project, &["fmt", "--all", "--check"]), "cargo fmt --all")
}

fn clippy(project: &Project, _: &Asked) -> Result<(), Failure> {
    let step = "clippy";
    let by_hand = "mend what clippy names above";
    // The host in the profile that it is built and tested in, so that SQLite is compiled once; with the fault layer
    // and without it.
    for arguments in [
        "clippy --locked --workspace --exclude loredesk-host --exclude loredesk-program --all-targets -- -D warnings",
        "clippy --locked --profile host -p loredesk-host -p loredesk-program --all-targets -- -D warnings",
        "clippy --locked --profile host -p loredesk-host --all-targets --all-features -- -D warnings",
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        run::run(step, &mut cargo(project, &words), by_hand)?;
    }
    let mut wasm = Tools::ensure(project)?.cargo_for_wasm()?;
    wasm.current_dir(&project.root).args(["clippy", "--locked", "-p", "loredesk", "--lib", "--bins"]);
    wasm.args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]);
    run::run(step, &mut wasm, by_hand)
}

fn native(project: &Project, asked: &Asked) -> Result<(), Failure> {
    let by_hand = "read the failed test's words above";
    let mut all = cargo(
        project,
        &["test", "--locked", "--no-fail-fast", "--workspace", "--exclude", "loredesk-host", "--lib", "--bin", "xtask"],
    );
    for name in native_targets(&project.root) {
        all.args(["--test", &name]);
    }
    all.args(asked.filter);
    run::run("native tests", &mut all, by_hand)?;
    let mut host = cargo(project, &["test", "--locked", "--no-fail-fast", "--profile", "host", "-p", "loredesk-host"]);
    if let Some(corpus) = corpus::ensure(project) {
        host.env("LOREDESK_CORPUS", corpus);
    }
    run::run("the host's tests", host.args(asked.filter), by_hand)
}

/// The test programs of the app and the shared crates, all but the one that needs a browser.
fn native_targets(root: &Path) -> Vec<String> {
    let under = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect::<Vec<_>>()
    };
    let crates = under(&root.join("crates")).into_iter().filter(|folder| !folder.ends_with("host"));
    let folders = crates.map(|folder| folder.join("tests")).chain([root.join("tests")]);
    let name = |path: std::path::PathBuf| {
        let stem = path.file_stem()?.to_str()?.to_owned();
        let is_target = path.extension().is_some_and(|extension| extension == "rs") || path.join("main.rs").is_file();
        (is_target && stem != "e2e").then_some(stem)
    };
    let mut names: Vec<String> = folders.flat_map(|folder| under(&folder)).filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}

fn conformance_folder(project: &Project) -> PathBuf {
    project.root.join("tests").join("conformance")
}

fn conformance(project: &Project, _: &Asked) -> Result<(), Failure> {
    let folder = conformance_folder(project);
    let python = python::ensure(project, &folder.join("requirements.txt"))?;
    // The program of the browser tests, so that nothing is compiled twice.
    let host = build_host(project, Mode::Release, &["faults"], "loredesk-host-faults")?;
    let mut programs = run::command(python);
    programs.arg("-B").arg(folder.join("run.py")).arg(host).env("PYTHONUTF8", "1");
    run::run(
        "the conformance tests",
        &mut programs,
        "read the words of the clients above; what is no fault goes into exceptions.py",
    )
}

fn budget(project: &Project, _: &Asked) -> Result<(), Failure> {
    dist::build_if_stale(project, Mode::Release)?;
    let sizes = dist::sizes(project)?;
    dist::print_sizes(&sizes);
    let bytes = dist::first_load(&sizes);
    if bytes <= dist::BUDGET {
        return Ok(());
    }
    let why = format!("the first load is {bytes} bytes in brotli, {} over the budget", bytes - dist::BUDGET);
    Err(Failure::new("the size budget", why, "the table above tells which file grew"))
}

/// The browser tests of what is deployed, in the same test program as the others.
const DEPLOY: &str = "deploy::";

fn e2e(project: &Project, asked: &Asked) -> Result<(), Failure> {
    let (app, mut tests) = browser_tests(project, asked.app)?;
    tests.env("LOREDESK_DIST", app).env("LOREDESK_AXE", axe::ensure(project)?).arg("--");
    match asked.filter {
        Some(filter) => tests.arg(filter),
        None => tests.args(["--skip", DEPLOY]),
    };
    run::run("the browser tests", &mut tests, "read the failed test's words above")
}

fn deploy(project: &Project, asked: &Asked) -> Result<(), Failure> {
    let servers = web_servers::ensure(project)?;
    let (app, mut tests) = browser_tests(project, asked.app)?;
    let desk = release::build_program(project, &app)?;
    tests.env("LOREDESK_DIST", app).env("LOREDESK_PROGRAM", desk);
    tests.env("LOREDESK_NGINX", servers.nginx).env("LOREDESK_CADDY", servers.caddy);
    tests.env("LOREDESK_MIME_TYPES", servers.mime_types).env("LOREDESK_BROTLI_MODULE", servers.brotli_module);
    tests.env("LOREDESK_BROTLI_FOLDER", servers.brotli_folder);
    tests.env("LOREDESK_CONTAINERFILE_LINTER", containerfile::ensure(project)?);
    // It reads YAML.
    tests.env("LOREDESK_PYTHON", python::ensure(project, &conformance_folder(project).join("requirements.txt"))?);
    tests.arg("--").arg(format!("{DEPLOY}{}", asked.filter.unwrap_or_default()));
    run::run("the tests of deploy/", &mut tests, "read the failed test's words above")
}

/// The app, and the command that runs the browser tests on it.
fn browser_tests(project: &Project, app: Mode) -> Result<(PathBuf, Command), Failure> {
    let browser = chromium::ensure()?;
    let app = dist::build_if_stale(project, app)?;
    let host = build_host(project, Mode::Release, &["faults"], "loredesk-host-faults")?;
    let mut tests = cargo(project, &["test", "--locked", "--no-fail-fast", "-p", "loredesk", "--test", "e2e"]);
    tests.env("LOREDESK_HOST", host).env("CHROMEDRIVER", browser.driver).env("CHROMIUM", browser.chromium);
    match corpus::ensure(project) {
        Some(corpus) => tests.env("LOREDESK_CORPUS", corpus),
        None => tests.env_remove("LOREDESK_CORPUS"),
    };
    Ok((app, tests))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn names(chosen: &[(&Step, Option<&str>)]) -> Vec<String> {
        chosen.iter().map(|(step, filter)| format!("{}{}", step.name, filter.unwrap_or_default())).collect()
    }

    #[test]
    fn no_name_means_every_step() {
        assert_eq!(
            names(&choose(&[]).unwrap()),
            ["fmt", "clippy", "coverage", "deny", "native", "conformance", "build", "budget", "e2e", "deploy"]
        );
    }

    #[test]
    fn a_name_may_carry_a_filter_where_there_are_tests() {
        let asked = ["e2e::upload::drop".to_owned(), "fmt".to_owned()];
        assert_eq!(names(&choose(&asked).unwrap()), ["e2eupload::drop", "fmt"]);
        assert!(choose(&["fmt::x".to_owned()]).is_err());
        assert!(choose(&["all".to_owned()]).is_err_and(|failure| failure.why().contains("`all`")));
    }

    #[test]
    fn the_browser_tests_are_not_among_the_native_ones() {
        let root = std::env::temp_dir().join(format!("xtask-targets-{}", std::process::id()));
        for file in ["tests/tidy.rs", "tests/e2e/main.rs", "crates/wire/tests/recorded.rs", "crates/host/tests/http.rs"] {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        assert_eq!(native_targets(&root), ["recorded", "tidy"]);
        std::fs::remove_dir_all(root).unwrap();
    }
}
