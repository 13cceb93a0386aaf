//! The runtime configuration: `config.json` beside the app, read once at start.
//!
//! It is the proxy-config: which servers there are and under which path of this origin they answer. No key is in it.
//! [`check`] reads it and finds every mistake at once; [`quote`] shows where each stands.

pub mod check;
pub mod quote;

/// What `config.json` holds. Everything but the connections has a default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The servers that the desk administers, in the order of the switcher.
    pub connections: Vec<Connection>,
    /// What the servers accept.
    pub limits: Limits,
    /// The languages that are offered, as `en` and `zh`; empty means all.
    pub languages: Vec<String>,
    /// Origins of the pages that may hold the desk in a frame and speak with it, such as `https://portal.example`.
    pub portal_origins: Vec<String>,
    /// The program that serves the desk.
    pub server: ServerInfo,
    /// Who is signed in, as the server in front knows it.
    pub user: User,
    /// Whether the desk is always without its own frame, as in a portal that cannot write `?embed=1` into the address.
    pub embed: bool,
}

/// One server behind the desk's origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// Short id, part of every address of the desk: letters, digits, `-` and `_`.
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// Which API it speaks.
    pub kind: ConnectionKind,
    /// Where it answers, relative to the desk's base address, such as `api/local`.
    pub base: String,
    /// Whether the proxy refuses every change; the desk then offers none.
    pub read_only: bool,
    /// Whether it is the embedded Knowledge API of the program that serves the desk, which can do a little more than others.
    pub embedded: bool,
    /// The id of the only knowledge base that is shown, for a desk or a key of one knowledge base.
    pub knowledge_base: Option<String>,
}

/// The API that a connection speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConnectionKind {
    /// Dify's Knowledge API.
    #[default]
    Dify,
    /// Cognee.
    Cognee,
}

/// What a server accepts; not readable through the Knowledge API, so it is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerInfo {
    /// Its name; empty on plain static hosting.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The person that the server in front of the desk has signed in. What is unknown is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// The name to show.
    pub name: String,
    /// The path, relative to the desk's base address, that signs out; empty where the desk cannot.
    pub sign_out: String,
}

impl Config {
    /// The connection of that id.
    #[must_use]
    pub fn connection(&self, id: &str) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.id == id)
    }
}
