//! Running other programs: what is run is shown, and a failure says which step, why, and what to do by hand.

use std::fmt;
use std::path::Path;
use std::process::{Command, Output};

/// A step that did not succeed.
#[derive(Debug)]
pub struct Failure {
    /// What was being done.
    step: String,
    /// What happened.
    why: String,
    /// What the user can do.
    by_hand: String,
}

impl Failure {
    /// A failure with its three parts.
    pub fn new(step: impl Into<String>, why: impl Into<String>, by_hand: impl Into<String>) -> Self {
        Self { step: step.into(), why: why.into(), by_hand: by_hand.into() }
    }

    /// A file operation that was refused.
    pub fn file(step: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(step, format!("{}: {error}", path.display()), "check that the folder exists, is writable and has room")
    }

    /// Why it failed, for a step that goes on to its next way.
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failed: {}\n  why:     {}\n  by hand: {}", self.step, self.why, self.by_hand)
    }
}

/// Says what happens next.
pub fn say(text: impl fmt::Display) {
    println!("==> {text}");
}

/// A command line as a person would type it.
pub fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words
        .iter()
        .map(|word| if word.contains([' ', '"', '\'']) { format!("'{word}'") } else { word.clone() })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs a command with its output passed through.
pub fn run(step: &str, command: &mut Command, by_hand: &str) -> Result<(), Failure> {
    println!("    $ {}", shown(command));
    let why = match command.status() {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("`{}` ended with {status}; its own words are above", shown(command)),
        Err(error) => format!("`{}` could not be started: {error}", command.get_program().to_string_lossy()),
    };
    Err(Failure::new(step, why, by_hand))
}

/// Runs a command and gives what it wrote to standard output; nothing is shown unless it fails.
pub fn capture(step: &str, command: &mut Command, by_hand: &str) -> Result<String, Failure> {
    let failed = |why: String| Failure::new(step, why, by_hand);
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| failed(format!("`{}` could not be started: {error}", shown(command))))?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let words = String::from_utf8_lossy(&stderr);
    let lines: Vec<&str> = words.trim().lines().collect();
    let last = lines[lines.len().saturating_sub(6)..].join("\n           ");
    Err(failed(format!("`{}` ended with {status}:\n           {last}", shown(command))))
}

/// A command without the variables that `cargo run` gives to this program: build scripts of other packages would
/// take them for changes and compile again.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    // Nothing is compiled twice there, so what incremental builds keep is only time and disk.
    if std::env::var_os("CI").is_some() && std::env::var_os("CARGO_INCREMENTAL").is_none() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_has_its_three_parts() {
        let text = Failure::new("trunk", "no network", "install it").to_string();
        assert!(text.contains("trunk") && text.contains("no network") && text.contains("install it"));
    }

    #[test]
    fn a_missing_program_is_a_failure_not_a_crash() {
        let result = run("probe", &mut Command::new("loredesk-no-such-program"), "nothing");
        assert!(result.is_err_and(|failure| failure.why().contains("could not be started")));
    }

    #[test]
    fn words_with_blanks_are_quoted() {
        let mut command = Command::new("cargo");
        command.args(["test", "a b"]);
        assert_eq!(shown(&command), "cargo test 'a b'");
    }
}
