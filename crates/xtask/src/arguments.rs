//! The command line: what was asked for. Knows nothing of how it is done.

use std::path::PathBuf;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask start [--port 8484] [--data DIR] [--dev]
    set up what is missing, build the app and the host, start the host on 127.0.0.1
cargo xtask test [NAME…] [--keep-going] [--dev]
    run every check, or the named ones (fmt clippy coverage native conformance build budget e2e deploy); e2e::TEXT runs the browser tests whose name holds TEXT;
    --dev gives the browser tests the quick build of the app, for work on one feature
cargo xtask build
    leave the static app in dist/, pre-compressed, with its sizes
cargo xtask dist
    leave the files of a release in target/release-files/: the static app as an archive, and one program with the app in it
cargo xtask serve
    trunk serve with live reload on 127.0.0.1:8080; its proxy expects a host on port 8484
cargo xtask bench
    print the figures of the budgets
cargo xtask coverage
    write docs/coverage.md: operation, handler, screen, tests
cargo xtask setup
    only the set-up: the wasm32 target, trunk, wasm-bindgen, wasm-opt
cargo xtask help
    this text

Tools are kept in $LOREDESK_TOOLS, or else in the user's cache folder under loredesk.";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Print the commands.
    Help,
    /// Bring the build tools onto the machine.
    Setup,
    /// Build and run the host.
    Start(StartOptions),
    /// Wait for the host, then open the page; `start` runs this beside the host.
    OpenWhenUp(u16),
    /// Build the release app.
    Build,
    /// Make the files of a release.
    Dist,
    /// Write the one style sheet; trunk runs this before each build.
    Css,
    /// The development loop.
    Serve,
    /// Run checks.
    Test(TestOptions),
    /// Print the figures of the budgets.
    Bench,
    /// Write the table of operations, screens and tests.
    Coverage,
}

/// Options of `start`.
#[derive(Debug, PartialEq, Eq)]
pub struct StartOptions {
    /// Port on the loopback address.
    pub port: u16,
    /// Folder of the database and the original files; `data` in the checkout when not given.
    pub data: Option<PathBuf>,
    /// Unoptimised builds.
    pub dev: bool,
}

/// Options of `test`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestOptions {
    /// The steps to run; empty means all of them.
    pub names: Vec<String>,
    /// Go on after a step that failed.
    pub keep_going: bool,
    /// Browser tests on the unoptimised app, which is built in a fraction of the time.
    pub dev: bool,
}

/// Reads the arguments after the program's name; an error is a sentence for the user.
pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Request, String> {
    let mut rest = arguments;
    let Some(command) = rest.next() else { return Ok(Request::Help) };
    let request = match command.as_str() {
        "help" | "--help" | "-h" => Request::Help,
        "setup" => Request::Setup,
        "build" => Request::Build,
        "dist" => Request::Dist,
        "css" => Request::Css,
        "serve" => Request::Serve,
        "bench" => Request::Bench,
        "coverage" => Request::Coverage,
        "start" => return parse_start(rest).map(Request::Start),
        "test" => return parse_test(rest).map(Request::Test),
        "open-when-up" => return Ok(Request::OpenWhenUp(port(rest.next())?)),
        other => return Err(format!("There is no command `{other}`.")),
    };
    match rest.next() {
        None => Ok(request),
        Some(extra) => Err(format!("`{command}` takes no `{extra}`.")),
    }
}

fn parse_start(mut rest: impl Iterator<Item = String>) -> Result<StartOptions, String> {
    let mut options = StartOptions { port: 8484, data: None, dev: false };
    while let Some(argument) = rest.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        match name.as_str() {
            "--port" => options.port = port(value.or_else(|| rest.next()))?,
            "--data" => {
                let folder = value.or_else(|| rest.next()).ok_or("`--data` needs a folder.")?;
                options.data = Some(PathBuf::from(folder));
            }
            "--dev" if value.is_none() => options.dev = true,
            other => return Err(format!("`start` has no option `{other}`.")),
        }
    }
    Ok(options)
}

fn port(value: Option<String>) -> Result<u16, String> {
    let value = value.ok_or("`--port` needs a number.")?;
    match value.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(format!("`{value}` is no port; it is a number from 1 to 65535.")),
    }
}

fn parse_test(rest: impl Iterator<Item = String>) -> Result<TestOptions, String> {
    let mut options = TestOptions::default();
    for argument in rest {
        match argument.as_str() {
            "--keep-going" => options.keep_going = true,
            "--dev" => options.dev = true,
            option if option.starts_with('-') => return Err(format!("`test` has no option `{option}`.")),
            _ => options.names.push(argument),
        }
    }
    Ok(options)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Request, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn nothing_asks_for_help() {
        assert_eq!(parsed("").unwrap(), Request::Help);
        assert_eq!(parsed("--help").unwrap(), Request::Help);
    }

    #[test]
    fn start_reads_its_options_in_any_order_and_form() {
        let plain = StartOptions { port: 8484, data: None, dev: false };
        assert_eq!(parsed("start").unwrap(), Request::Start(plain));
        let full = StartOptions { port: 9000, data: Some(PathBuf::from("d")), dev: true };
        assert_eq!(parsed("start --dev --data d --port=9000").unwrap(), Request::Start(full));
    }

    #[test]
    fn refusals_name_the_culprit() {
        for (line, culprit) in [
            ("begin", "`begin`"),
            ("start --prot 1", "`--prot`"),
            ("start --port 70000", "`70000`"),
            ("start --port 0", "`0`"),
            ("start --data", "`--data`"),
            ("start --dev=yes", "`--dev`"),
            ("build now", "`now`"),
            ("test --all", "`--all`"),
        ] {
            let sentence = parsed(line).unwrap_err();
            assert!(sentence.contains(culprit), "{line}: {sentence}");
        }
    }

    #[test]
    fn test_collects_names() {
        let options = TestOptions { names: vec!["fmt".into(), "e2e::upload".into()], keep_going: true, dev: false };
        assert_eq!(parsed("test fmt --keep-going e2e::upload").unwrap(), Request::Test(options));
        let quick = TestOptions { names: vec!["e2e".into()], keep_going: false, dev: true };
        assert_eq!(parsed("test e2e --dev").unwrap(), Request::Test(quick));
    }
}
