//! What the host is told: the TOML file, the flags that win over it, and the sentence for every mistake.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::path::{Path, PathBuf};
use std::time::Duration;

use loredesk_host::config::{Config, LogFormat, Request, Server, read, usage};
use support::Folder;

const ID: &str = "5f0c8c1e-3c7b-4a56-9d5c-1b2a3c4d5e6f";

fn environment(name: &str) -> Option<String> {
    match name {
        "DIFY_KEY" => Some("dataset-planted".to_owned()),
        "EMPTY" => Some(" ".to_owned()),
        _ => None,
    }
}

fn asked(arguments: &[&str]) -> Result<Request, String> {
    read(arguments.iter().map(Into::into), &environment)
}

fn run(arguments: &[&str]) -> Result<Config, String> {
    match asked(arguments)? {
        Request::Run(config) => Ok(*config),
        other => panic!("{other:?}"),
    }
}

fn write(folder: &Folder, text: &str) -> PathBuf {
    let path = folder.0.join("loredesk.toml");
    std::fs::write(&path, text).unwrap();
    path
}

fn of_file(text: &str) -> Result<Config, String> {
    let folder = Folder::new();
    run(&["--config", write(&folder, text).to_str().unwrap()])
}

#[test]
fn nothing_said_is_the_desk_of_one_computer() {
    let config = run(&[]).unwrap();
    assert_eq!((config.listen.to_string().as_str(), config.base.as_str()), ("127.0.0.1:8484", "/"));
    assert_eq!((config.connections.len(), config.connections[0].id.as_str()), (1, "local"));
    assert!(config.embedded().is_some() && config.embeddings.is_none() && !config.login.is_required());
}

#[test]
fn flags_are_read() {
    let config = run(&["--port", "0", "--data=/d", "--max-upload-bytes", "99", "--base", "/kb", "--log", "json"]).unwrap();
    assert_eq!((config.listen.to_string().as_str(), config.limits.max_upload_bytes), ("127.0.0.1:0", 99));
    assert_eq!((config.data.as_path(), config.base.as_str(), config.log), (Path::new("/d"), "/kb/", LogFormat::Json));
    let config = run(&["--embeddings-url", "https://h:1/v1/", "--embeddings-model", "m", "--embeddings-key-env", "DIFY_KEY"]);
    let service = config.unwrap().embeddings.unwrap();
    assert_eq!((service.url.as_str(), service.key.unwrap().expose()), ("https://h:1/v1", "dataset-planted"));
    let config = run(&["--host", "KB.example", "--host", "desk.example"]).unwrap();
    assert_eq!(config.hosts, ["kb.example", "desk.example"]);
    assert!(matches!(asked(&["--help"]), Ok(Request::Help)) && matches!(asked(&["--version"]), Ok(Request::Version)));
    assert!(matches!(asked(&["--check-config"]), Ok(Request::Checked(_))));
}

#[test]
fn a_file_is_read_and_flags_win() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("key"), "cognee-key\n").unwrap();
    let path = write(
        &folder,
        &format!(
            r#"
listen = "127.0.0.1:9000"
base = "/kb/"
data = "data"
hosts = ["kb.example.org"]
portal_origins = ["https://Portal.example"]
languages = ["zh"]
[limits]
max_upload_bytes = 104857600
extensions = ["pdf", ".MD"]
[login]
password_file = "passwords"
session_hours = 2
trusted_header = "X-Forwarded-User"
trusted_from = ["127.0.0.1", "10.0.0.0/8"]
[time_outs]
connect_seconds = 3
[[connections]]
id = "dify"
name = "Dify"
kind = "dify"
url = "https://dify.example/v1/"
key_env = "DIFY_KEY"
knowledge_base = "{ID}"
file_origins = ["https://files.example"]
[[connections]]
id = "memory"
kind = "cognee"
url = "http://10.0.0.5:8000"
key_file = "key"
read_only = true
[[connections]]
id = "own"
kind = "embedded"
"#
        ),
    );
    let file = path.to_str().unwrap();
    let config = run(&["--config", file, "--base", "/", "--port", "0"]).unwrap();
    assert_eq!((config.listen.to_string().as_str(), config.base.as_str()), ("127.0.0.1:0", "/"), "flags win");
    assert_eq!(config.data, folder.0.join("data"), "relative to the file");
    assert_eq!(config.portal_origins, ["https://portal.example"]);
    assert_eq!(config.limits.extensions, ["pdf", "md"]);
    assert_eq!(config.login.session, Duration::from_secs(7200));
    assert_eq!((config.login.trusted_header.as_deref(), config.login.trusted_from.len()), (Some("x-forwarded-user"), 2));
    assert_eq!((config.time_outs.connect, config.time_outs.answer), (Duration::from_secs(3), Duration::from_secs(110)));
    let ids: Vec<_> = config.connections.iter().map(|connection| (connection.id.as_str(), connection.name.as_str())).collect();
    assert_eq!(ids, [("dify", "Dify"), ("memory", "memory"), ("own", "own")]);
    let Server::Dify(dify) = &config.connections[0].server else { panic!("{config:?}") };
    assert_eq!((dify.url.to_string().as_str(), dify.key.expose()), ("https://dify.example/v1", "dataset-planted"));
    let Server::Cognee(cognee) = &config.connections[1].server else { panic!("{config:?}") };
    assert_eq!((cognee.key.expose(), config.connections[1].read_only), ("cognee-key", true));
    assert!(!format!("{config:?}").contains("planted"), "no key is ever printed");
}

#[test]
fn a_mistake_in_a_flag_is_named() {
    for (arguments, word) in [
        (&["--prot", "1"][..], "--prot"),
        (&["--port"], "needs a value"),
        (&["--port", "70000"], "70000"),
        (&["--port", "1", "--listen", "127.0.0.1:2"], "--listen"),
        (&["--listen", "8484"], "127.0.0.1:8484"),
        (&["--listen", "0.0.0.0:80"], "nobody would have to sign in"),
        (&["--base", "kb"], "/kb/"),
        (&["--max-upload-bytes", "0"], "number of bytes"),
        (&["--max-upload-bytes", "many"], "whole number"),
        (&["--embeddings-url", "http://h"], "belong together"),
        (&["--embeddings-url", "ftp://h", "--embeddings-model", "m"], "http://"),
        (&["--embeddings-url", "http://h", "--embeddings-model", "m", "--embeddings-key-env", "NONE"], "NONE is not set"),
        (&["--log", "xml"], "plain"),
        (&["--language", "fr"], "\"en\""),
        (&["--host", "https://kb.example"], "kb.example.org"),
        (&["--host", "kb.example:80"], "without scheme, port"),
        (&["--portal-origin", "portal.example"], "https://portal.example"),
        (&["--portal-origin", "https://portal.example/"], "without a path"),
        (&["--portal-origin", "https://*.example"], "no origin"),
        (&["--trusted-header", "X-User"], "trusted_from"),
        (&["--trusted-from", "10.0.0.0/8"], "trusted_header"),
        (&["--trusted-header", "X-User", "--trusted-from", "ten"], "no range"),
        (&["--answer-seconds", "0"], "no time limit"),
        (&["--session-hours", "0"], "hours"),
        (&["--config", "/nowhere/loredesk.toml"], "/nowhere/loredesk.toml"),
    ] {
        let sentence = run(arguments).unwrap_err();
        assert!(sentence.contains(word) && sentence.ends_with('.'), "{arguments:?}: {sentence}");
    }
    assert!(run(&["--listen", "0.0.0.0:80", "--insecure"]).unwrap().insecure);
    assert!(run(&["--listen", "0.0.0.0:80", "--password-file", "p"]).unwrap().login.is_required());
}

#[test]
fn a_mistake_in_the_file_is_named_with_its_line() {
    let dify = "[[connections]]\nid = \"a\"\nkind = \"dify\"\nurl = \"https://h/v1\"\nkey_env = \"DIFY_KEY\"\n";
    for (text, line, word) in [
        ("listen = \"here\"".to_owned(), 1, "127.0.0.1:8484"),
        ("\nbsae = \"/\"".to_owned(), 2, "`bsae`"),
        ("[limits]\nmax_upload = 1".to_owned(), 2, "`max_upload_bytes`"),
        ("[[connections]]\nid = \"a b\"\nkind = \"embedded\"".to_owned(), 2, "letters, digits"),
        ("[[connections]]\nid = \"api\"\nkind = \"embedded\"".to_owned(), 2, "taken"),
        ("[[connections]]\nid = \"a\"\nkind = \"other\"".to_owned(), 3, "\"cognee\""),
        ("[[connections]]\nid = \"a\"\nkind = \"dify\"\nkey_env = \"DIFY_KEY\"".to_owned(), 2, "has no url"),
        (dify.replace("https://", ""), 4, "http:// or https://"),
        (dify.replace("https://", "https://user:pass@"), 4, "no user"),
        (dify.replace("key_env = \"DIFY_KEY\"", ""), 2, "\"a\" has no key"),
        (dify.replace("DIFY_KEY", "NONE"), 5, "connection \"a\" is missing: the environment variable NONE is not set"),
        (dify.replace("DIFY_KEY", "EMPTY"), 5, "EMPTY is empty"),
        (dify.replace("key_env = \"DIFY_KEY\"", "key_file = \"none\""), 5, "cannot be read"),
        (dify.replace("key_env", "key"), 5, "Secrets are not written into this file"),
        (format!("{dify}key_file = \"k\""), 5, "Leave out one"),
        (format!("{dify}knowledge_base = \"HR\""), 6, "UUID"),
        (format!("{dify}knowledge_base = \"{ID}\"").replace("dify", "cognee"), 6, "Cognee"),
        (format!("{dify}file_origins = [\"files\"]"), 6, "no origin"),
        (format!("{dify}{dify}"), 7, "Two connections"),
        ("[[connections]]\nid = \"a\"\nkind = \"embedded\"\nurl = \"http://h\"".to_owned(), 4, "in this host"),
        (
            "[[connections]]\nid = \"a\"\nkind = \"embedded\"\n[[connections]]\nid = \"b\"\nkind = \"embedded\"".to_owned(),
            6,
            "one embedded",
        ),
    ] {
        let sentence = of_file(&text).unwrap_err();
        let place = format!("loredesk.toml, line {line}: ");
        assert!(sentence.contains(&place) && sentence.contains(word) && sentence.ends_with('.'), "{text}\n{sentence}");
        assert!(!sentence.contains("planted"), "{sentence}");
    }
}

/// Every key of the example, commented out or not: `section.key`.
fn keys(text: &str) -> Vec<String> {
    let mut section = String::new();
    let mut keys = Vec::new();
    for line in text.lines() {
        let line = line.trim_start_matches("# ").trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']).to_owned();
        } else if let Some((key, _)) = line.split_once(" = ")
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            keys.push(if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") });
        }
    }
    keys
}

#[test]
fn the_example_parses_and_names_every_key() {
    let example = include_str!("../../../deploy/loredesk.toml");
    let folder = Folder::new();
    let path = write(&folder, example);
    assert!(run(&["--config", path.to_str().unwrap()]).is_ok(), "as it is");
    let keys = keys(example);
    // What the parser names when it meets a key that it does not know is the list of those that it does.
    for (head, section) in [
        ("", ""),
        ("[limits]\n", "limits."),
        ("[embeddings]\n", "embeddings."),
        ("[login]\n", "login."),
        ("[time_outs]\n", "time_outs."),
        ("[[connections]]\n", "connections."),
    ] {
        let sentence = of_file(&format!("{head}unknown = 1")).unwrap_err();
        let known: Vec<_> = sentence.split('`').skip(3).step_by(2).collect();
        assert!(known.len() > 1, "{sentence}");
        for key in known {
            let is_section = ["limits", "embeddings", "login", "time_outs", "connections"].contains(&key) && section.is_empty();
            assert!(is_section || keys.contains(&format!("{section}{key}")), "the example does not name {section}{key}");
        }
    }
}

#[test]
fn help_names_every_flag() {
    let usage = usage();
    for word in ["--config FILE", "--check-config", "--listen ADDRESS", "--base PATH", "--trusted-from RANGE", "--stop-seconds N"]
    {
        assert!(usage.contains(word), "{word}");
    }
    assert!(usage.lines().all(|line| line.len() <= 140), "{usage}");
}
