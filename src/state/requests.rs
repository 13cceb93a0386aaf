//! The log of this session's requests, for "About this server" and a bug report.

use leptos::prelude::*;

use super::capabilities::Capabilities;
use crate::api::{
    exchange::{Exchange, RequestLog},
    watch,
};

/// The log. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Requests(RwSignal<RequestLog>);

impl Requests {
    /// Keeps every request from now on; the versions that answers name go to `capabilities`.
    #[must_use]
    pub fn listen(capabilities: Capabilities) -> Self {
        let log = RwSignal::new(RequestLog::default());
        watch::observe(move |exchange: Exchange| {
            if let Some(version) = &exchange.version {
                capabilities.note_version(&exchange.connection, version);
            }
            let _ = log.try_update(|log| log.push(exchange));
        });
        Self(log)
    }

    /// The requests of a connection, newest first. Tracks.
    #[must_use]
    pub fn of(self, connection: &str) -> Vec<Exchange> {
        self.0.with(|log| log.of(connection).cloned().collect())
    }
}
