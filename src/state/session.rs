//! The configuration and the clients of its connections.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    api::Client,
    config::{Config, Connection},
    dom::location,
};

/// What the app was started with. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Session {
    config: StoredValue<Arc<Config>>,
    base_path: StoredValue<String>,
}

impl Session {
    /// A session on a configuration, under the page's base address.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self { config: StoredValue::new(Arc::new(config)), base_path: StoredValue::new(location::base_path()) }
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

    /// The connection of that id, and its client.
    #[must_use]
    pub fn connection(self, id: &str) -> Option<(Connection, Client)> {
        let connection = self.config.with_value(|config| config.connection(id).cloned())?;
        let base = format!("{}/{}", self.base_path(), connection.base.trim_matches('/'));
        let client = Client::new(&connection.id, &base);
        Some((connection, client))
    }
}
