//! Where a document is: the connection, the knowledge base and its id, and what follows from them.

use leptos::prelude::*;

use crate::{
    api::{Client, safe_chunk::RemoteChunk},
    model::id::{ChunkId, DocumentId, KnowledgeBaseId},
    routes::Route,
};

/// What kind of chunks a document has. `Copy`, so that every part of the page can have it.
#[derive(Clone, Copy)]
pub struct ChunkKind {
    /// Whether chunks are questions with answers.
    pub has_answers: Signal<bool>,
    /// Whether chunks have child chunks.
    pub has_children: Signal<bool>,
    /// Whether the knowledge base has the economy index.
    pub is_economy: Signal<bool>,
}

/// A document's place.
#[derive(Clone, PartialEq)]
pub struct DocumentPlace {
    /// The connection.
    pub client: Client,
    /// The knowledge base.
    pub knowledge_base: KnowledgeBaseId,
    /// The document.
    pub id: DocumentId,
}

impl DocumentPlace {
    /// Its page, with a chunk open.
    #[must_use]
    pub fn route(&self, chunk: Option<ChunkId>) -> Route {
        Route::Document {
            connection: self.client.connection().to_owned(),
            knowledge_base: self.knowledge_base.clone(),
            document: self.id.clone(),
            chunk,
        }
    }

    /// The list that it is in.
    #[must_use]
    pub fn list(&self) -> Route {
        Route::Documents { connection: self.client.connection().to_owned(), knowledge_base: self.knowledge_base.clone() }
    }

    /// The key of a chunk's draft; `new` for one to be added.
    #[must_use]
    pub fn draft_key(&self, chunk: &str) -> String {
        format!("chunk.{}/{}/{}/{chunk}", self.client.connection(), self.knowledge_base, self.id)
    }

    /// A chunk of it.
    #[must_use]
    pub fn chunk(&self, id: ChunkId) -> RemoteChunk {
        RemoteChunk { client: self.client.clone(), knowledge_base: self.knowledge_base.clone(), document: self.id.clone(), id }
    }
}
