//! Every path of the app, printed and parsed in one place. Query parameters are `state::url`'s.

use crate::model::id::{ChunkId, DocumentId, KnowledgeBaseId};

/// A place in the app. The connection is part of every one, so that a link works for a colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: goes on to the first connection.
    Home,
    /// All knowledge bases of a connection.
    KnowledgeBases {
        /// Connection id.
        connection: String,
    },
    /// The documents of a knowledge base.
    Documents {
        /// Connection id.
        connection: String,
        /// The knowledge base.
        knowledge_base: KnowledgeBaseId,
    },
    /// One document with its chunks; with a chunk, that one is open in the drawer.
    Document {
        /// Connection id.
        connection: String,
        /// The knowledge base.
        knowledge_base: KnowledgeBaseId,
        /// The document.
        document: DocumentId,
        /// The chunk that is open.
        chunk: Option<ChunkId>,
    },
    /// The pipeline that fills a knowledge base.
    Pipeline {
        /// Connection id.
        connection: String,
        /// The knowledge base.
        knowledge_base: KnowledgeBaseId,
    },
    /// Retrieval on a knowledge base.
    Retrieval {
        /// Connection id.
        connection: String,
        /// The knowledge base.
        knowledge_base: KnowledgeBaseId,
    },
    /// The metadata of a knowledge base: its fields, and their values on its documents.
    Metadata {
        /// Connection id.
        connection: String,
        /// The knowledge base.
        knowledge_base: KnowledgeBaseId,
    },
    /// The settings of a knowledge base.
    Settings {
        /// Connection id.
        connection: String,
        /// The knowledge base.
        knowledge_base: KnowledgeBaseId,
    },
    /// What is known of a connection's server.
    About {
        /// Connection id.
        connection: String,
    },
    /// Nothing of ours.
    NotFound,
}

impl Route {
    /// The path below the base, as the router's `navigate` takes it.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Home | Self::NotFound => "/".to_owned(),
            Self::About { connection } => format!("/{connection}/about"),
            Self::KnowledgeBases { connection } => format!("/{connection}/knowledge-bases"),
            Self::Documents { connection, knowledge_base } => format!("/{connection}/knowledge-bases/{knowledge_base}/documents"),
            Self::Document { connection, knowledge_base, document, chunk: None } => {
                format!("/{connection}/knowledge-bases/{knowledge_base}/documents/{document}")
            }
            Self::Document { connection, knowledge_base, document, chunk: Some(chunk) } => {
                format!("/{connection}/knowledge-bases/{knowledge_base}/documents/{document}/chunks/{chunk}")
            }
            Self::Pipeline { connection, knowledge_base } => format!("/{connection}/knowledge-bases/{knowledge_base}/pipeline"),
            Self::Retrieval { connection, knowledge_base } => format!("/{connection}/knowledge-bases/{knowledge_base}/retrieval"),
            Self::Metadata { connection, knowledge_base } => format!("/{connection}/knowledge-bases/{knowledge_base}/metadata"),
            Self::Settings { connection, knowledge_base } => format!("/{connection}/knowledge-bases/{knowledge_base}/settings"),
        }
    }

    /// The whole path for a link: `base` is the app's base path without a slash at its end.
    #[must_use]
    pub fn href(&self, base: &str) -> String {
        format!("{base}{}", self.path())
    }

    /// Reads a path. `base` is taken off where it is there: the router's location holds it, `navigate` does not want it.
    #[must_use]
    pub fn parse(path: &str, base: &str) -> Self {
        let below = path.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(path);
        let parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
        let known = match parts.as_slice() {
            [] => Some(Self::Home),
            [connection] | [connection, "knowledge-bases"] => Some(Self::KnowledgeBases { connection: (*connection).to_owned() }),
            [connection, "about"] => Some(Self::About { connection: (*connection).to_owned() }),
            [connection, "knowledge-bases", id, rest @ ..] => {
                KnowledgeBaseId::parse(id).and_then(|id| Self::parse_below(connection, id, rest))
            }
            _ => None,
        };
        known.unwrap_or(Self::NotFound)
    }

    fn parse_below(connection: &str, knowledge_base: KnowledgeBaseId, parts: &[&str]) -> Option<Self> {
        let connection = connection.to_owned();
        match parts {
            [] | ["documents"] => Some(Self::Documents { connection, knowledge_base }),
            ["documents", document] => {
                Some(Self::Document { connection, knowledge_base, document: DocumentId::parse(document)?, chunk: None })
            }
            ["documents", document, "chunks", chunk] => Some(Self::Document {
                connection,
                knowledge_base,
                document: DocumentId::parse(document)?,
                chunk: Some(ChunkId::parse(chunk)?),
            }),
            ["pipeline"] => Some(Self::Pipeline { connection, knowledge_base }),
            ["retrieval"] => Some(Self::Retrieval { connection, knowledge_base }),
            ["metadata"] => Some(Self::Metadata { connection, knowledge_base }),
            ["settings"] => Some(Self::Settings { connection, knowledge_base }),
            _ => None,
        }
    }

    /// The connection that the place belongs to.
    #[must_use]
    pub fn connection(&self) -> Option<&str> {
        match self {
            Self::Home | Self::NotFound => None,
            Self::KnowledgeBases { connection }
            | Self::About { connection }
            | Self::Documents { connection, .. }
            | Self::Document { connection, .. }
            | Self::Pipeline { connection, .. }
            | Self::Retrieval { connection, .. }
            | Self::Metadata { connection, .. }
            | Self::Settings { connection, .. } => Some(connection),
        }
    }

    /// The document that is open.
    #[must_use]
    pub fn document(&self) -> Option<&DocumentId> {
        match self {
            Self::Document { document, .. } => Some(document),
            _ => None,
        }
    }

    /// The chunk that is open.
    #[must_use]
    pub fn chunk(&self) -> Option<&ChunkId> {
        match self {
            Self::Document { chunk, .. } => chunk.as_ref(),
            _ => None,
        }
    }

    /// The knowledge base that the place belongs to.
    #[must_use]
    pub fn knowledge_base(&self) -> Option<&KnowledgeBaseId> {
        match self {
            Self::Documents { knowledge_base, .. }
            | Self::Document { knowledge_base, .. }
            | Self::Pipeline { knowledge_base, .. }
            | Self::Retrieval { knowledge_base, .. }
            | Self::Metadata { knowledge_base, .. }
            | Self::Settings { knowledge_base, .. } => Some(knowledge_base),
            _ => None,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn all() -> Vec<Route> {
        let connection = "local".to_owned();
        let knowledge_base = KnowledgeBaseId::parse("9b41e05d-636d-4164-aae5-4cba46ec80c5").unwrap();
        let document = DocumentId::parse("00000000-0000-4000-8000-000000000001").unwrap();
        let chunk = ChunkId::parse("00000000-0000-4000-8000-000000000002");
        vec![
            Route::Home,
            Route::KnowledgeBases { connection: connection.clone() },
            Route::About { connection: connection.clone() },
            Route::Documents { connection: connection.clone(), knowledge_base: knowledge_base.clone() },
            Route::Document {
                connection: connection.clone(),
                knowledge_base: knowledge_base.clone(),
                document: document.clone(),
                chunk: None,
            },
            Route::Document { connection: connection.clone(), knowledge_base: knowledge_base.clone(), document, chunk },
            Route::Pipeline { connection: connection.clone(), knowledge_base: knowledge_base.clone() },
            Route::Retrieval { connection: connection.clone(), knowledge_base: knowledge_base.clone() },
            Route::Metadata { connection: connection.clone(), knowledge_base: knowledge_base.clone() },
            Route::Settings { connection, knowledge_base },
        ]
    }

    #[test]
    fn every_route_round_trips_under_every_base() {
        for base in ["", "/kb", "/a/b"] {
            for route in all() {
                assert_eq!(Route::parse(&route.href(base), base), route);
                assert_eq!(Route::parse(&route.path(), ""), route);
            }
        }
    }

    #[test]
    fn strangers_are_not_found() {
        for path in
            ["/local/nothing", "/local/knowledge-bases/abc", "/local/knowledge-bases/9b41e05d-636d-4164-aae5-4cba46ec80c5/x"]
        {
            assert_eq!(Route::parse(path, ""), Route::NotFound, "{path}");
        }
        assert_eq!(Route::parse("/kbx", "/kb"), Route::KnowledgeBases { connection: "kbx".to_owned() });
    }
}
