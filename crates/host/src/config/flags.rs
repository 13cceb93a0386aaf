//! The flags, in one table: what reads them and what `--help` prints are the same lines.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::wishes::{Given, Wishes};

/// What the arguments say.
pub(super) enum Said {
    Help,
    Version,
    Wishes(Box<Arguments>),
}

/// Flags that were given.
#[derive(Default)]
pub(super) struct Arguments {
    pub(super) file: Option<PathBuf>,
    pub(super) is_check: bool,
    pub(super) wishes: Wishes,
}

/// How a flag's value is kept.
enum Keep {
    Text(fn(&mut Wishes) -> &mut Option<Given<String>>),
    Path(fn(&mut Wishes) -> &mut Option<Given<PathBuf>>),
    Number(fn(&mut Wishes) -> &mut Option<Given<u64>>),
    /// May be given several times.
    List(fn(&mut Wishes) -> &mut Option<Given<Vec<String>>>),
    /// Has no value.
    Switch(fn(&mut Wishes) -> &mut Option<Given<bool>>),
}

/// A flag: its name, what its value is called, how it is kept, what it means.
struct Flag(&'static str, &'static str, Keep, &'static str);

const FLAGS: [Flag; 25] = [
    Flag("--listen", "ADDRESS", Keep::Text(|w| &mut w.listen), "where to listen (default 127.0.0.1:8484)"),
    Flag("--port", "N", Keep::Number(|w| &mut w.port), "short for --listen 127.0.0.1:N; 0 takes a free port"),
    Flag("--base", "PATH", Keep::Text(|w| &mut w.base), "path under which the desk is served, such as /kb/ (default /)"),
    Flag("--data", "DIR", Keep::Path(|w| &mut w.data), "folder of the database and the original files (default ./data)"),
    Flag("--app", "DIR", Keep::Path(|w| &mut w.app), "folder of the built app (default ./dist)"),
    Flag("--insecure", "", Keep::Switch(|w| &mut w.insecure), "serve without login on an address that is not loopback"),
    Flag("--host", "NAME", Keep::List(|w| &mut w.hosts), "a name beyond loopback under which the desk is asked for *"),
    Flag("--portal-origin", "ORIGIN", Keep::List(|w| &mut w.portal_origins), "a site that may hold the desk in a frame *"),
    Flag("--language", "CODE", Keep::List(|w| &mut w.languages), "a language that is offered, en or zh (default all) *"),
    Flag("--log", "FORMAT", Keep::Text(|w| &mut w.log), "json, plain or off, on the standard error (default plain)"),
    Flag(
        "--max-upload-bytes",
        "N",
        Keep::Number(|w| &mut w.max_upload_bytes),
        "largest file that is accepted (default 15728640, that is 15 MiB)",
    ),
    Flag("--extension", "NAME", Keep::List(|w| &mut w.extensions), "a type of file that is accepted, such as pdf *"),
    Flag("--embeddings-url", "URL", Keep::Text(|w| &mut w.embeddings_url), "OpenAI-compatible service, up to its /v1"),
    Flag("--embeddings-model", "NAME", Keep::Text(|w| &mut w.embeddings_model), "the model asked for there"),
    Flag(
        "--embeddings-key-env",
        "NAME",
        Keep::Text(|w| &mut w.embeddings_key_env),
        "variable that holds its key (default LOREDESK_EMBEDDINGS_KEY, if set)",
    ),
    Flag("--embeddings-key-file", "FILE", Keep::Path(|w| &mut w.embeddings_key_file), "or the file that holds its key"),
    Flag("--embeddings-ca-file", "FILE", Keep::Path(|w| &mut w.embeddings_ca_file), "PEM file of the authorities trusted there"),
    Flag("--password-file", "FILE", Keep::Path(|w| &mut w.password_file), "who may sign in; a line each: name:argon2id hash"),
    Flag("--session-hours", "N", Keep::Number(|w| &mut w.session_hours), "how long a session lasts (default 12)"),
    Flag(
        "--trusted-header",
        "NAME",
        Keep::Text(|w| &mut w.trusted_header),
        "header in which an authenticating proxy names the person",
    ),
    Flag("--trusted-from", "RANGE", Keep::List(|w| &mut w.trusted_from), "where that proxy asks from, such as 10.0.0.7/32 *"),
    Flag("--connect-seconds", "N", Keep::Number(|w| &mut w.connect_seconds), "time for a server to accept (default 10)"),
    Flag("--answer-seconds", "N", Keep::Number(|w| &mut w.answer_seconds), "time for a server to answer (default 110)"),
    Flag(
        "--upload-seconds",
        "N",
        Keep::Number(|w| &mut w.upload_seconds),
        "time in which an upload may stand still (default 60)",
    ),
    Flag("--stop-seconds", "N", Keep::Number(|w| &mut w.stop_seconds), "time for running uploads when told to stop (default 60)"),
];

/// How the host is used; printed by `--help`.
pub fn usage() -> String {
    let mut text = String::from("Usage: loredesk-host [--config FILE] [FLAG …]\n\n");
    let mut line = |name: &str, value: &str, meaning: &str| {
        let _written = writeln!(text, "  {:<30} {meaning}", format!("{name} {value}"));
    };
    line("--config", "FILE", "TOML file with all settings; flags win over it. Its example is deploy/loredesk.toml");
    line("--check-config", "", "say whether the settings are right, and end");
    for Flag(name, value, _, meaning) in &FLAGS {
        line(name, value, meaning);
    }
    line("--help, -h", "", "print this, and end");
    line("--version", "", "print the version, and end");
    text.push_str(
        "\n  * may be given several times.\n\nServers elsewhere (Dify, Cognee) are named in the file, under [[connections]]; without any there is the embedded one.\n",
    );
    text
}

/// Reads the arguments after the program's name.
pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Said, String> {
    let mut said = Arguments::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        let (name, attached) = match text.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(OsString::from(value))),
            None => (text.into_owned(), None),
        };
        let mut value = || {
            attached.clone().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value. --help lists all flags."))
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Said::Help),
            "--version" => return Ok(Said::Version),
            "--check-config" => said.is_check = true,
            "--config" => said.file = Some(value()?.into()),
            _ => {
                let flag = FLAGS.iter().find(|flag| flag.0 == name);
                let flag = flag.ok_or_else(|| format!("There is no flag {name}. --help lists all flags."))?;
                keep(flag, &mut said.wishes, &mut value)?;
            }
        }
    }
    Ok(Said::Wishes(Box::new(said)))
}

fn keep(flag: &Flag, wishes: &mut Wishes, value: &mut dyn FnMut() -> Result<OsString, String>) -> Result<(), String> {
    let place = flag.0.to_owned();
    let mut text = || Ok::<_, String>(value()?.to_string_lossy().into_owned());
    match &flag.2 {
        Keep::Text(at) => *at(wishes) = Some(Given { value: text()?, place }),
        Keep::Path(at) => *at(wishes) = Some(Given { value: value()?.into(), place }),
        Keep::Number(at) => {
            let text = text()?;
            let value = text.parse().map_err(|_| format!("{place}: {text:?} is not a whole number."))?;
            *at(wishes) = Some(Given { value, place });
        }
        Keep::List(at) => at(wishes).get_or_insert_with(|| Given { value: Vec::new(), place }).value.push(text()?),
        Keep::Switch(at) => *at(wishes) = Some(Given { value: true, place }),
    }
    Ok(())
}
