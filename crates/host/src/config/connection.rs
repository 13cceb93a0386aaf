//! A connection: one server that the desk administers.

use std::path::PathBuf;

use hyper::Uri;
use uuid::Uuid;

use super::Secret;

/// One server behind the desk's origin.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Short id, part of every address of the desk.
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// What answers.
    pub server: Server,
    /// Whether every change is refused.
    pub read_only: bool,
    /// The only knowledge base that may be asked for.
    pub knowledge_base: Option<Uuid>,
}

/// What answers behind a connection.
#[derive(Clone, Debug)]
pub enum Server {
    /// The Knowledge API that this host carries.
    Embedded,
    /// Dify's Knowledge API.
    Dify(Upstream),
    /// Cognee.
    Cognee(Upstream),
}

/// A server elsewhere.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// Its address, to which the path of an operation is appended; without a slash at its end.
    pub url: Uri,
    /// Its key.
    pub key: Secret,
    /// The authorities whose certificates are trusted, besides the public ones.
    pub ca_file: Option<PathBuf>,
    /// Other origins that the server's own download addresses may point to, such as `https://files.example`.
    pub file_origins: Vec<String>,
}

impl Connection {
    /// The one that is there when none is configured.
    pub fn local() -> Self {
        Self {
            id: "local".to_owned(),
            name: "This computer".to_owned(),
            server: Server::Embedded,
            read_only: false,
            knowledge_base: None,
        }
    }

    /// Whether some operations of the server are refused here.
    pub fn is_limited(&self) -> bool {
        self.read_only || self.knowledge_base.is_some()
    }
}

impl Server {
    /// The name of the API in config.json: the app speaks with the embedded server as with Dify.
    pub fn api(&self) -> &'static str {
        match self {
            Self::Embedded | Self::Dify(_) => "dify",
            Self::Cognee(_) => "cognee",
        }
    }

    /// The server elsewhere, if it is one.
    pub fn upstream(&self) -> Option<&Upstream> {
        match self {
            Self::Embedded => None,
            Self::Dify(upstream) | Self::Cognee(upstream) => Some(upstream),
        }
    }
}
