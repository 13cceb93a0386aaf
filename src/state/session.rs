//! The configuration, the clients of its connections, and which of them a key limits to one knowledge base.

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;

use crate::{
    api::Client,
    config::{Config, Connection},
    dom::{location, storage},
    model::{access::Access, id::KnowledgeBaseId},
};

/// What the app was started with. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Session {
    config: StoredValue<Arc<Config>>,
    base_path: StoredValue<String>,
    /// The only knowledge base of a connection, where the configuration names none and a person did.
    told: RwSignal<HashMap<String, Option<KnowledgeBaseId>>>,
}

impl Session {
    /// A session on a configuration, under the page's base address.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let read = |connection: &Connection| {
            let kept = storage::get(&key(&connection.id));
            (connection.id.clone(), kept.and_then(|text| KnowledgeBaseId::parse(&text)))
        };
        let told = config.connections.iter().map(read).collect();
        Self {
            config: StoredValue::new(Arc::new(config)),
            base_path: StoredValue::new(location::base_path()),
            told: RwSignal::new(told),
        }
    }

    /// The configuration.
    #[must_use]
    pub fn config(self) -> Arc<Config> {
        self.config.get_value()
    }

    /// The app's base path without a slash at its end.
    #[must_use]
    pub fn base_path(self) -> String {
        self.base_path.get_value()
    }

    /// The connection of that id, and its client. Whoever keeps the client tracks [`Self::track_access`] too.
    #[must_use]
    pub fn connection(self, id: &str) -> Option<(Connection, Client)> {
        let connection = self.config.with_value(|config| config.connection(id).cloned())?;
        let base = format!("{}/{}", self.base_path(), connection.base.trim_matches('/'));
        let client = Client::new(&connection.id, &base, self.access(&connection));
        Some((connection, client))
    }

    fn access(self, connection: &Connection) -> Access {
        let configured = connection.knowledge_base.as_deref().and_then(KnowledgeBaseId::parse);
        let told = || self.told.with_untracked(|told| told.get(&connection.id).cloned().flatten());
        Access::new(connection.read_only, configured.or_else(told))
    }

    /// Tracks what may be done on the connections.
    pub fn track_access(self) {
        self.told.track();
    }

    /// Whether a person named the only knowledge base of a connection, so that they can name another. Tracks.
    #[must_use]
    pub fn is_told(self, connection: &str) -> bool {
        let configured = self.config.with_value(|config| config.connection(connection).and_then(|of| of.knowledge_base.clone()));
        configured.is_none() && self.told.with(|told| told.get(connection).is_some_and(Option::is_some))
    }

    /// Remembers the only knowledge base of a connection, or that there are more of them.
    pub fn tell(self, connection: &str, only: Option<KnowledgeBaseId>) {
        match &only {
            Some(only) => drop(storage::set(&key(connection), only.as_str())),
            None => storage::remove(&key(connection)),
        }
        self.told.update(|told| drop(told.insert(connection.to_owned(), only)));
    }
}

fn key(connection: &str) -> String {
    format!("loredesk.only.{connection}")
}
