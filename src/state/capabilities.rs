//! What each server was found to have and to lack: asked once, remembered in the browser for a day and for one version of the
//! server, because a server may be renewed.

use std::collections::HashMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    api::{
        ApiError, Client,
        capabilities::{Absence, Operation, absence},
    },
    dom::{clock, storage},
};

/// How long it is remembered, in milliseconds.
const REMEMBERED_FOR: f64 = 24.0 * 3_600_000.0;

/// One operation that a server was found to have or to lack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Finding {
    operation: Operation,
    /// Why it is lacking; `None` where it works.
    absence: Option<Absence>,
    /// Since when it is known, in milliseconds since the epoch.
    at: f64,
    /// The server's version then, where it says one.
    version: Option<String>,
}

/// What is known of an operation on a server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Known {
    /// Nothing: it was not used yet.
    Nothing,
    /// It works, since that time in milliseconds.
    Works(f64),
    /// It is lacking, since that time in milliseconds.
    Lacks(Absence, f64),
}

#[derive(Clone, Default)]
struct Server {
    findings: Vec<Finding>,
    version: Option<String>,
}

/// What the servers have and lack, by connection id. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Capabilities(RwSignal<HashMap<String, Server>>);

impl Default for Capabilities {
    fn default() -> Self {
        Self::new()
    }
}

impl Capabilities {
    /// Nothing known yet; what the browser remembers of a connection is read when it is first asked for.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(HashMap::new()))
    }

    /// What is known of an operation. Tracks.
    #[must_use]
    pub fn known(self, client: &Client, operation: Operation) -> Known {
        let now = clock::now();
        let of = |server: &Server| find(server, operation, now);
        let known = self.0.with(|all| all.get(client.connection()).map(of));
        known.unwrap_or_else(|| of(&load(client.connection())))
    }

    /// Why a server does not offer an operation, as far as is known. Tracks.
    #[must_use]
    pub fn absence(self, client: &Client, operation: Operation) -> Option<Absence> {
        if operation.is_of_workspace() && !client.access().has_list() {
            return Some(Absence::KeyScope);
        }
        match self.known(client, operation) {
            Known::Lacks(absence, _) => Some(absence),
            Known::Works(_) | Known::Nothing => None,
        }
    }

    /// Takes in how a request ended. A success forgets what was known.
    pub fn learn<T>(self, client: &Client, operation: Operation, outcome: &Result<T, ApiError>) {
        let found = match outcome {
            Ok(_) => None,
            Err(error) => match absence(error) {
                Some(absence) => Some(absence),
                // This says nothing about the operation.
                None => return,
            },
        };
        self.change(client.connection(), |server| put(server, operation, Some(found), clock::now()));
    }

    /// Forgets it, to ask again.
    pub fn forget(self, client: &Client, operation: Operation) {
        self.change(client.connection(), |server| put(server, operation, None, clock::now()));
    }

    /// Takes in the version that an answer names: what was known of another one counts no more.
    pub fn note_version(self, connection: &str, version: &str) {
        let is_known =
            self.0.with_untracked(|all| all.get(connection).is_some_and(|server| server.version.as_deref() == Some(version)));
        if !is_known {
            self.change(connection, |server| Server { version: Some(version.to_owned()), ..server });
        }
    }

    /// The version that the server's answers name. Tracks.
    #[must_use]
    pub fn version(self, connection: &str) -> Option<String> {
        self.0.with(|all| all.get(connection)?.version.clone())
    }

    fn change(self, connection: &str, change: impl FnOnce(Server) -> Server) {
        let known = self.0.with_untracked(|all| all.get(connection).cloned()).unwrap_or_else(|| load(connection));
        let changed = change(known.clone());
        if changed.findings == known.findings && changed.version == known.version {
            return;
        }
        if let Ok(text) = serde_json::to_string(&changed.findings) {
            storage::set(&key(connection), &text);
        }
        self.0.update(|all| drop(all.insert(connection.to_owned(), changed)));
    }
}

fn key(connection: &str) -> String {
    format!("loredesk.capabilities.{connection}")
}

fn load(connection: &str) -> Server {
    let findings = storage::get(&key(connection)).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Server { findings, version: None }
}

/// Whether a finding still counts: a clock that was set back does not keep it for ever.
fn counts(finding: &Finding, version: Option<&String>, now: f64) -> bool {
    let is_fresh = (0.0..REMEMBERED_FOR).contains(&(now - finding.at));
    // Not every answer names a version: one that is unknown contradicts nothing.
    is_fresh && version.is_none_or(|version| finding.version.as_ref().is_none_or(|then| then == version))
}

fn find(server: &Server, operation: Operation, now: f64) -> Known {
    let is_it = |finding: &&Finding| finding.operation == operation && counts(finding, server.version.as_ref(), now);
    match server.findings.iter().find(is_it) {
        None => Known::Nothing,
        Some(Finding { absence: None, at, .. }) => Known::Works(*at),
        Some(Finding { absence: Some(absence), at, .. }) => Known::Lacks(*absence, *at),
    }
}

/// Takes a finding in, or out where there is none. What is known already stays, with the time since when.
fn put(mut server: Server, operation: Operation, found: Option<Option<Absence>>, now: f64) -> Server {
    let version = server.version.clone();
    let is_same = |known: &Finding| Some(known.absence) == found && counts(known, version.as_ref(), now);
    if server.findings.iter().any(|known| known.operation == operation && is_same(known)) {
        return server;
    }
    server.findings.retain(|known| known.operation != operation);
    server.findings.extend(found.map(|absence| Finding { operation, absence, at: now, version }));
    server
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lack(operation: Operation, absence: Absence, at: f64) -> Server {
        put(Server::default(), operation, Some(Some(absence)), at)
    }

    #[test]
    fn a_lack_is_remembered_for_a_day_and_forgotten_after_a_success() {
        let server = lack(Operation::Tags, Absence::UnknownPath, 1_000.0);
        let server = put(server, Operation::Models, Some(Some(Absence::UnknownMethod)), 2_000.0);
        assert_eq!(find(&server, Operation::Tags, 1_000.0), Known::Lacks(Absence::UnknownPath, 1_000.0));
        assert_eq!(find(&server, Operation::Models, 3_000.0), Known::Lacks(Absence::UnknownMethod, 2_000.0));
        assert_eq!(find(&server, Operation::Download, 3_000.0), Known::Nothing);
        assert_eq!(find(&server, Operation::Tags, 1_000.0 + REMEMBERED_FOR), Known::Nothing);
        // A clock that was set back does not keep it for ever.
        assert_eq!(find(&server, Operation::Tags, 0.0), Known::Nothing);
        let server = put(server, Operation::Tags, Some(None), 4_000.0);
        assert_eq!(find(&server, Operation::Tags, 4_000.0), Known::Works(4_000.0));
        assert_eq!(find(&server, Operation::Models, 4_000.0), Known::Lacks(Absence::UnknownMethod, 2_000.0));
        let server = put(server, Operation::Models, None, 5_000.0);
        assert_eq!(find(&server, Operation::Models, 5_000.0), Known::Nothing);
    }

    #[test]
    fn what_is_seen_again_keeps_the_time_since_when_it_is_known() {
        let server = lack(Operation::Tags, Absence::Page, 1_000.0);
        let server = put(server, Operation::Tags, Some(Some(Absence::Page)), 9_000.0);
        assert_eq!(find(&server, Operation::Tags, 9_000.0), Known::Lacks(Absence::Page, 1_000.0));
        // After a day it is learned anew.
        let server = put(server, Operation::Tags, Some(Some(Absence::Page)), 2_000.0 + REMEMBERED_FOR);
        assert_eq!(
            find(&server, Operation::Tags, 2_000.0 + REMEMBERED_FOR),
            Known::Lacks(Absence::Page, 2_000.0 + REMEMBERED_FOR)
        );
    }

    #[test]
    fn another_version_is_another_server() {
        let old = Server { version: Some("1.12.1".to_owned()), ..Server::default() };
        let mut server = put(old, Operation::DownloadZip, Some(Some(Absence::UnknownPath)), 1.0);
        assert_eq!(find(&server, Operation::DownloadZip, 2.0), Known::Lacks(Absence::UnknownPath, 1.0));
        server.version = Some("1.13.0".to_owned());
        assert_eq!(find(&server, Operation::DownloadZip, 2.0), Known::Nothing);
        // A proxy that takes the header off says nothing about the version.
        server.version = None;
        assert_eq!(find(&server, Operation::DownloadZip, 2.0), Known::Lacks(Absence::UnknownPath, 1.0));
    }

    #[test]
    fn what_the_browser_keeps_can_be_read_again() -> Result<(), serde_json::Error> {
        let findings = lack(Operation::DownloadZip, Absence::Page, 5.0).findings;
        let text = serde_json::to_string(&findings)?;
        assert_eq!(serde_json::from_str::<Vec<Finding>>(&text)?, findings);
        Ok(())
    }
}
