//! The TOML file. Paths in it are relative to its own folder.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::wishes::{ConnectionWish, Given, Wishes};

/// A value with its place in the text.
type Value<T> = Option<Spanned<T>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Value<String>,
    base: Value<String>,
    data: Value<PathBuf>,
    app: Value<PathBuf>,
    insecure: Value<bool>,
    hosts: Value<Vec<String>>,
    portal_origins: Value<Vec<String>>,
    languages: Value<Vec<String>>,
    log: Value<String>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    embeddings: Embeddings,
    #[serde(default)]
    login: Login,
    #[serde(default)]
    time_outs: TimeOuts,
    #[serde(default)]
    connections: Vec<Connection>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    max_upload_bytes: Value<u64>,
    extensions: Value<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Embeddings {
    url: Value<String>,
    model: Value<String>,
    key_env: Value<String>,
    key_file: Value<PathBuf>,
    ca_file: Value<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    password_file: Value<PathBuf>,
    session_hours: Value<u64>,
    trusted_header: Value<String>,
    trusted_from: Value<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeOuts {
    connect_seconds: Value<u64>,
    answer_seconds: Value<u64>,
    upload_seconds: Value<u64>,
    stop_seconds: Value<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Connection {
    id: Spanned<String>,
    name: Value<String>,
    kind: Spanned<String>,
    url: Value<String>,
    key_env: Value<String>,
    key_file: Value<PathBuf>,
    ca_file: Value<PathBuf>,
    file_origins: Value<Vec<String>>,
    read_only: Value<bool>,
    knowledge_base: Value<String>,
}

/// Reads the file.
pub(super) fn read(path: &Path) -> Result<Wishes, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}. Name another file with --config.", path.display()))?;
    parse(&text, path)
}

fn parse(text: &str, path: &Path) -> Result<Wishes, String> {
    let places = Places { text, path };
    let file: File = toml::from_str(text).map_err(|error| places.refusal(&error))?;
    let (limits, embeddings, login, time_outs) = (file.limits, file.embeddings, file.login, file.time_outs);
    let connections = file.connections.into_iter().map(|connection| ConnectionWish {
        id: places.of(connection.id),
        name: places.given(connection.name),
        kind: places.of(connection.kind),
        url: places.given(connection.url),
        key_env: places.given(connection.key_env),
        key_file: places.path(connection.key_file),
        ca_file: places.path(connection.ca_file),
        file_origins: places.given(connection.file_origins),
        read_only: places.given(connection.read_only),
        knowledge_base: places.given(connection.knowledge_base),
    });
    Ok(Wishes {
        listen: places.given(file.listen),
        port: None,
        base: places.given(file.base),
        data: places.path(file.data),
        app: places.path(file.app),
        insecure: places.given(file.insecure),
        hosts: places.given(file.hosts),
        portal_origins: places.given(file.portal_origins),
        languages: places.given(file.languages),
        log: places.given(file.log),
        max_upload_bytes: places.given(limits.max_upload_bytes),
        extensions: places.given(limits.extensions),
        embeddings_url: places.given(embeddings.url),
        embeddings_model: places.given(embeddings.model),
        embeddings_key_env: places.given(embeddings.key_env),
        embeddings_key_file: places.path(embeddings.key_file),
        embeddings_ca_file: places.path(embeddings.ca_file),
        password_file: places.path(login.password_file),
        session_hours: places.given(login.session_hours),
        trusted_header: places.given(login.trusted_header),
        trusted_from: places.given(login.trusted_from),
        connect_seconds: places.given(time_outs.connect_seconds),
        answer_seconds: places.given(time_outs.answer_seconds),
        upload_seconds: places.given(time_outs.upload_seconds),
        stop_seconds: places.given(time_outs.stop_seconds),
        connections: connections.collect(),
    })
}

/// Where things stand in the file.
struct Places<'t> {
    text: &'t str,
    path: &'t Path,
}

impl Places<'_> {
    fn line(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text);
        format!("{}, line {}", self.path.display(), before.matches('\n').count() + 1)
    }

    fn of<T>(&self, value: Spanned<T>) -> Given<T> {
        let place = self.line(value.span().start);
        Given { value: value.into_inner(), place }
    }

    fn given<T>(&self, value: Value<T>) -> Option<Given<T>> {
        value.map(|value| self.of(value))
    }

    fn path(&self, value: Value<PathBuf>) -> Option<Given<PathBuf>> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        self.given(value).map(|given| Given { value: folder.join(&given.value), ..given })
    }

    /// The parser's own words, without the line itself: somebody may have written a key into it.
    fn refusal(&self, error: &toml::de::Error) -> String {
        let place = error.span().map_or_else(|| self.path.display().to_string(), |span| self.line(span.start));
        let message = error.message().trim().replace('\n', ", ");
        let hint = match message.split('`').nth(1) {
            Some("key" | "api_key" | "token" | "password") if message.starts_with("unknown field") => {
                ". Secrets are not written into this file: name the environment variable that holds it with key_env, or a file with key_file"
            }
            _ => "",
        };
        format!("{place}: {message}{hint}.")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::path::Path;

    use super::parse;

    fn refusal(text: &str) -> String {
        parse(text, Path::new("etc/loredesk.toml")).unwrap_err()
    }

    #[test]
    fn values_know_their_line_and_paths_their_folder() {
        let text = "# a comment\nbase = \"/kb/\"\n[login]\npassword_file = \"passwords\"\n\n[[connections]]\nid = \"a\"\nkind = \"dify\"\n";
        let wishes = parse(text, Path::new("etc/loredesk.toml")).unwrap();
        assert_eq!(wishes.base.unwrap().place, "etc/loredesk.toml, line 2");
        assert_eq!(wishes.password_file.unwrap().value, Path::new("etc/passwords"));
        assert_eq!(wishes.connections[0].kind.place, "etc/loredesk.toml, line 8");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_line() {
        let unknown = refusal("listen = \"127.0.0.1:1\"\nbsae = \"/\"\n");
        assert!(unknown.starts_with("etc/loredesk.toml, line 2: ") && unknown.contains("`bsae`"), "{unknown}");
        assert!(unknown.contains("`base`"), "it says what may stand there: {unknown}");
        assert!(refusal("[limits]\nmax_upload_bytes = \"many\"").contains("line 2"));
        assert!(refusal("listen = \n").contains("line 1"));
        assert!(refusal("[[connections]]\nname = \"x\"\n").contains("`id`"));
        let secret = refusal("[[connections]]\nid = \"a\"\nkind = \"dify\"\nkey = \"dataset-planted\"\n");
        assert!(secret.contains("line 4") && secret.contains("key_env") && !secret.contains("planted"), "{secret}");
    }
}
