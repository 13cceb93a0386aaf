//! What each server was found to lack: asked once, remembered in the browser for a day, because a server may be renewed.

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

/// One operation that a server was found to lack.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Lack {
    operation: Operation,
    absence: Absence,
    /// When it was found, in milliseconds since the epoch.
    at: f64,
}

/// What the servers lack, by connection id. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct Capabilities(RwSignal<HashMap<String, Vec<Lack>>>);

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

    /// Why a server does not offer an operation, as far as is known. Tracks.
    #[must_use]
    pub fn absence(self, client: &Client, operation: Operation) -> Option<Absence> {
        let now = clock::now();
        let known = self.0.with(|all| all.get(client.connection()).map(|lacks| find(lacks, operation, now)));
        known.unwrap_or_else(|| find(&load(client.connection()), operation, now))
    }

    /// Takes in how a request ended. A success forgets what was known.
    pub fn learn<T>(self, client: &Client, operation: Operation, outcome: &Result<T, ApiError>) {
        match outcome {
            Ok(_) => self.set(client, operation, None),
            Err(error) => {
                if let Some(absence) = absence(error) {
                    self.set(client, operation, Some(absence));
                }
            }
        }
    }

    /// Forgets it, to ask again.
    pub fn forget(self, client: &Client, operation: Operation) {
        self.set(client, operation, None);
    }

    fn set(self, client: &Client, operation: Operation, absence: Option<Absence>) {
        let connection = client.connection();
        let known = self.0.with_untracked(|all| all.get(connection).cloned()).unwrap_or_else(|| load(connection));
        let changed = put(known.clone(), operation, absence, clock::now());
        if changed == known {
            return;
        }
        if let Ok(text) = serde_json::to_string(&changed) {
            storage::set(&key(connection), &text);
        }
        self.0.update(|all| drop(all.insert(connection.to_owned(), changed)));
    }
}

fn key(connection: &str) -> String {
    format!("loredesk.lacks.{connection}")
}

fn load(connection: &str) -> Vec<Lack> {
    storage::get(&key(connection)).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn find(lacks: &[Lack], operation: Operation, now: f64) -> Option<Absence> {
    let is_fresh = |lack: &&Lack| lack.operation == operation && (0.0..REMEMBERED_FOR).contains(&(now - lack.at));
    lacks.iter().find(is_fresh).map(|lack| lack.absence)
}

fn put(mut lacks: Vec<Lack>, operation: Operation, absence: Option<Absence>, now: f64) -> Vec<Lack> {
    lacks.retain(|lack| lack.operation != operation);
    lacks.extend(absence.map(|absence| Lack { operation, absence, at: now }));
    lacks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lack_is_remembered_for_a_day_and_forgotten_after_a_success() {
        let lacks = put(Vec::new(), Operation::Tags, Some(Absence::UnknownPath), 1_000.0);
        let lacks = put(lacks, Operation::Models, Some(Absence::UnknownMethod), 2_000.0);
        assert_eq!(find(&lacks, Operation::Tags, 1_000.0), Some(Absence::UnknownPath));
        assert_eq!(find(&lacks, Operation::Models, 3_000.0), Some(Absence::UnknownMethod));
        assert_eq!(find(&lacks, Operation::Download, 3_000.0), None);
        assert_eq!(find(&lacks, Operation::Tags, 1_000.0 + REMEMBERED_FOR), None);
        // A clock that was set back does not keep it for ever.
        assert_eq!(find(&lacks, Operation::Tags, 0.0), None);
        let lacks = put(lacks, Operation::Tags, None, 4_000.0);
        assert_eq!(find(&lacks, Operation::Tags, 4_000.0), None);
        assert_eq!(find(&lacks, Operation::Models, 4_000.0), Some(Absence::UnknownMethod));
    }

    #[test]
    fn what_the_browser_keeps_can_be_read_again() -> Result<(), serde_json::Error> {
        let lacks = put(Vec::new(), Operation::DownloadZip, Some(Absence::Page), 5.0);
        let text = serde_json::to_string(&lacks)?;
        assert_eq!(serde_json::from_str::<Vec<Lack>>(&text)?, lacks);
        Ok(())
    }
}
