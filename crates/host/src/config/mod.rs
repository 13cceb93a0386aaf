//! What the host is told at start, by a TOML file and by flags. Knows what may be said, not what it is used for.
//!
//! `file` and `flags` only collect what was said and where ([`wishes`]); `check` makes a [`Config`] of it or says what to mend.

mod base_path;
mod check;
mod check_connection;
mod connection;
mod file;
mod flags;
mod secret;
mod sections;
mod wishes;

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

pub use base_path::BasePath;
pub use connection::{Connection, Server, Upstream};
pub use flags::usage;
pub use secret::Secret;
pub use sections::{EmbeddingService, Limits, LogFormat, Login, TimeOuts};

/// Everything the host can be told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The path under which the desk is served.
    pub base: BasePath,
    /// Folder of the database and the original files; made if missing.
    pub data: PathBuf,
    /// Folder of the built app.
    pub app: PathBuf,
    /// Whether it serves without login on an address that is not loopback.
    pub insecure: bool,
    /// Names beyond loopback, in lower case and without a port, under which the desk is asked for.
    pub hosts: Vec<String>,
    /// Origins of the pages that may hold the desk in a frame.
    pub portal_origins: Vec<String>,
    /// The languages that are offered; empty means all.
    pub languages: Vec<String>,
    /// What the log looks like.
    pub log: LogFormat,
    /// What is accepted.
    pub limits: Limits,
    /// The embedding service of the embedded server, if there is one.
    pub embeddings: Option<EmbeddingService>,
    /// Who is let in, and how.
    pub login: Login,
    /// How long things may take.
    pub time_outs: TimeOuts,
    /// The servers that the desk administers, in the order of the switcher; at least one.
    pub connections: Vec<Connection>,
    /// Whether the running program can read files in a process of its own, see [`crate::extract::helper_main`].
    pub reads_in_helper: bool,
    /// The app inside the program, which is then served in place of the folder.
    pub embedded_app: Option<crate::app_files::Find>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8484)),
            base: BasePath::default(),
            data: PathBuf::from("data"),
            app: PathBuf::from("dist"),
            insecure: false,
            hosts: Vec::new(),
            portal_origins: Vec::new(),
            languages: Vec::new(),
            log: LogFormat::Plain,
            limits: Limits::default(),
            embeddings: None,
            login: Login::default(),
            time_outs: TimeOuts::default(),
            connections: vec![Connection::local()],
            reads_in_helper: false,
            embedded_app: None,
        }
    }
}

impl Config {
    /// The connection to the embedded server; there is one at most.
    pub fn embedded(&self) -> Option<&Connection> {
        self.connections.iter().find(|connection| matches!(connection.server, Server::Embedded))
    }

    /// The connection of that id.
    pub fn connection(&self, id: &str) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.id == id)
    }
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Request {
    /// Start with this.
    Run(Box<Config>),
    /// Say that the configuration is right.
    Checked(Box<Config>),
    /// Print the usage.
    Help,
    /// Print the version.
    Version,
}

/// Reads the arguments after the program's name, and the file that they name. Environment variables are asked for by name.
///
/// # Errors
/// A sentence with the place and what to write instead.
pub fn read(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Request, String> {
    let said = match flags::read(arguments)? {
        flags::Said::Help => return Ok(Request::Help),
        flags::Said::Version => return Ok(Request::Version),
        flags::Said::Wishes(said) => said,
    };
    let mut wishes = said.wishes;
    if let Some(path) = &said.file {
        wishes = wishes.or(file::read(path)?);
    }
    let config = Box::new(check::check(wishes, environment)?);
    Ok(if said.is_check { Request::Checked(config) } else { Request::Run(config) })
}
