//! The runtime configuration: `config.json` beside the app, read once at start.
//!
//! It is the proxy-config: which servers there are and under which path of this origin they answer. No key is in it.

use serde::Deserialize;

/// What `config.json` holds. Everything but the connections has a default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Config {
    /// The servers that the desk administers, in the order of the switcher.
    pub connections: Vec<Connection>,
    /// What the servers accept.
    #[serde(default)]
    pub limits: Limits,
    /// The languages that are offered, as `en` and `zh`; empty means all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Origins of the pages that may hold the desk in a frame and speak with it, such as `https://portal.example`.
    #[serde(default)]
    pub portal_origins: Vec<String>,
    /// The program that serves the desk.
    #[serde(default)]
    pub server: ServerInfo,
}

/// One server behind the desk's origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Connection {
    /// Short id, part of every address of the desk: letters, digits, `-` and `_`.
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// Which API it speaks.
    #[serde(default)]
    pub kind: ConnectionKind,
    /// Where it answers, relative to the desk's base address, such as `api/local`.
    pub base: String,
    /// Whether the proxy refuses every change; the desk then offers none.
    #[serde(default)]
    pub read_only: bool,
    /// Whether it is the embedded Knowledge API of the program that serves the desk, which can do a little more than others.
    #[serde(default)]
    pub embedded: bool,
    /// The id of the only knowledge base that is shown, for a desk or a key of one knowledge base.
    #[serde(default)]
    pub knowledge_base: Option<String>,
}

/// The API that a connection speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConnectionKind {
    /// Dify's Knowledge API.
    #[default]
    Dify,
    /// Cognee.
    Cognee,
}

/// What a server accepts; not readable through the Knowledge API, so it is configured.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Largest file in bytes.
    pub max_upload_bytes: u64,
    /// File name extensions, lower case, without the dot.
    pub extensions: Vec<String>,
}

impl Default for Limits {
    /// What a Dify server accepts unless it is configured otherwise.
    fn default() -> Self {
        let extensions =
            ["txt", "md", "mdx", "markdown", "pdf", "html", "htm", "xlsx", "xls", "docx", "csv", "vtt", "properties"];
        Self { max_upload_bytes: 15 * 1024 * 1024, extensions: extensions.map(str::to_owned).to_vec() }
    }
}

/// The program that serves the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ServerInfo {
    /// Its name; empty on plain static hosting.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// A sentence with the line to mend: not JSON, no connection, an id that cannot stand in an address, an id used twice,
    /// or a base that leaves the desk's own origin.
    pub fn parse(text: &str) -> Result<Self, String> {
        let config: Self = serde_json::from_str(text)
            .map_err(|error| format!("config.json, line {}, column {}: {error}", error.line(), error.column()))?;
        if config.connections.is_empty() {
            return Err("config.json: \"connections\" is empty. Name at least one server.".to_owned());
        }
        for (index, connection) in config.connections.iter().enumerate() {
            let id = &connection.id;
            if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
                return Err(format!("config.json: the connection id {id:?} may hold letters, digits, - and _ only."));
            }
            if config.connections[..index].iter().any(|other| other.id == *id) {
                return Err(format!("config.json: two connections have the id {id:?}."));
            }
            if connection.base.contains("://") || connection.base.starts_with("//") {
                return Err(format!(
                    "config.json: the base of {id:?} must be a path of this origin, such as \"api/{id}\"; the proxy knows the server."
                ));
            }
        }
        Ok(config)
    }

    /// The connection of that id.
    #[must_use]
    pub fn connection(&self, id: &str) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.id == id)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const ONE: &str = r#"{"connections":[{"id":"local","name":"This computer","kind":"dify","base":"api/local"}]}"#;

    #[test]
    fn reads_connections_and_fills_in_defaults() {
        let config = Config::parse(ONE).unwrap();
        assert_eq!(config.connections[0].kind, ConnectionKind::Dify);
        assert_eq!(config.limits.max_upload_bytes, 15 * 1024 * 1024);
        assert!(config.connection("local").is_some());
        assert!(config.connection("other").is_none());
        assert!(!config.connections[0].read_only && config.connections[0].knowledge_base.is_none());
    }

    #[test]
    fn a_mistake_names_its_place() {
        assert!(Config::parse("{\n  \"connections\": [,]\n}").unwrap_err().contains("line 2"));
        assert!(Config::parse(r#"{"connections":[]}"#).unwrap_err().contains("at least one"));
        assert!(Config::parse(&ONE.replace("\"local\"", "\"a/b\"")).unwrap_err().contains("letters, digits"));
        assert!(Config::parse(&ONE.replace("api/local", "https://dify.example/v1")).unwrap_err().contains("path of this origin"));
    }
}
