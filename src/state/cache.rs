//! The query cache's rules without signals or a clock of its own: what is fresh, what is being fetched, whose answer counts.

use std::collections::HashMap;

/// How long an answer counts as fresh, in milliseconds: a screen opened again within it shows it without asking.
pub const FRESH_FOR: f64 = 5_000.0;
/// Answers kept at most; the longest unused go first.
const KEPT: usize = 200;

/// What an answer is about; a change invalidates by it, deliberately not by parameters, so that no screen is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// The list of knowledge bases.
    KnowledgeBases,
    /// One knowledge base.
    KnowledgeBase,
    /// The tags of a workspace.
    Tags,
    /// The models that a server can use.
    Models,
    /// One document.
    Document,
    /// A page of chunks.
    Chunks,
    /// One chunk.
    Chunk,
    /// A page of a chunk's child chunks.
    ChildChunks,
    /// What a query finds.
    Retrieval,
    /// The metadata fields of a knowledge base.
    MetadataFields,
    /// The metadata fields that a server fills in by itself.
    BuiltInFields,
    /// The metadata values of one document.
    DocumentValues,
    /// The data sources of a pipeline.
    DataSources,
}

/// An answer's key: the resource, and connection, ids and parameters as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// What it is about.
    pub resource: Resource,
    /// Connection, ids and parameters.
    pub identity: String,
}

/// One request of a key; an answer to an older one is thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

#[derive(Debug)]
struct Entry {
    fetched_at: Option<f64>,
    used_at: f64,
    is_stale: bool,
    in_flight: Option<Ticket>,
}

/// Bookkeeping of every key.
#[derive(Debug, Default)]
pub struct Cache {
    entries: HashMap<Key, Entry>,
    tickets: u64,
}

impl Cache {
    /// Somebody wants `key` at `now` (milliseconds). A ticket means: fetch it and call [`Cache::settle`].
    pub fn want(&mut self, key: &Key, now: f64) -> Option<Ticket> {
        let entry =
            self.entries.entry(key.clone()).or_insert(Entry { fetched_at: None, used_at: now, is_stale: false, in_flight: None });
        entry.used_at = now;
        let is_fresh = !entry.is_stale && entry.fetched_at.is_some_and(|at| now - at < FRESH_FOR);
        if is_fresh || entry.in_flight.is_some() {
            return None;
        }
        Some(self.issue(key))
    }

    /// Somebody wants `key` anew, whatever its age: a retry or a poll. `None` while it is being fetched anyway.
    pub fn want_anew(&mut self, key: &Key, now: f64) -> Option<Ticket> {
        if let Some(entry) = self.entries.get_mut(key) {
            entry.is_stale = true;
        }
        self.want(key, now)
    }

    fn issue(&mut self, key: &Key) -> Ticket {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        if let Some(entry) = self.entries.get_mut(key) {
            entry.in_flight = Some(ticket);
            entry.is_stale = false;
        }
        ticket
    }

    /// An answer came. `false` when it is to be thrown away: a newer request was made, or the key is gone.
    pub fn settle(&mut self, key: &Key, ticket: Ticket, is_success: bool, now: f64) -> bool {
        match self.entries.get_mut(key) {
            Some(entry) if entry.in_flight == Some(ticket) => {
                entry.in_flight = None;
                entry.fetched_at = is_success.then_some(now).or(entry.fetched_at);
                true
            }
            _ => false,
        }
    }

    /// Marks everything about a resource as old; answers under way will be thrown away. Gives the keys.
    pub fn invalidate(&mut self, resource: Resource) -> Vec<Key> {
        let mut keys = Vec::new();
        for (key, entry) in self.entries.iter_mut().filter(|(key, _)| key.resource == resource) {
            entry.is_stale = true;
            entry.in_flight = None;
            keys.push(key.clone());
        }
        keys
    }

    /// Forgets the longest unused keys beyond the limit and gives them, so that their answers can be dropped.
    pub fn evict(&mut self) -> Vec<Key> {
        let surplus = self.entries.len().saturating_sub(KEPT);
        if surplus == 0 {
            return Vec::new();
        }
        let mut by_age: Vec<(Key, f64)> = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.in_flight.is_none())
            .map(|(key, entry)| (key.clone(), entry.used_at))
            .collect();
        by_age.sort_by(|a, b| a.1.total_cmp(&b.1));
        by_age.truncate(surplus);
        for (key, _) in &by_age {
            self.entries.remove(key);
        }
        by_age.into_iter().map(|(key, _)| key).collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn key(identity: &str) -> Key {
        Key { resource: Resource::Chunks, identity: identity.to_owned() }
    }

    #[test]
    fn two_wishes_make_one_request_and_a_fresh_answer_none() {
        let mut cache = Cache::default();
        let ticket = cache.want(&key("a"), 0.0).unwrap();
        assert_eq!(cache.want(&key("a"), 1.0), None);
        assert!(cache.settle(&key("a"), ticket, true, 2.0));
        assert_eq!(cache.want(&key("a"), 3.0), None);
        assert!(cache.want(&key("a"), 2.0 + FRESH_FOR).is_some());
    }

    #[test]
    fn a_failure_is_not_fresh() {
        let mut cache = Cache::default();
        let ticket = cache.want(&key("a"), 0.0).unwrap();
        assert!(cache.settle(&key("a"), ticket, false, 1.0));
        assert!(cache.want(&key("a"), 2.0).is_some());
    }

    #[test]
    fn an_answer_from_before_a_change_is_thrown_away() {
        let mut cache = Cache::default();
        let old = cache.want(&key("a"), 0.0).unwrap();
        assert_eq!(cache.invalidate(Resource::Chunks), [key("a")]);
        let new = cache.want(&key("a"), 1.0).unwrap();
        assert!(!cache.settle(&key("a"), old, true, 2.0));
        assert!(cache.settle(&key("a"), new, true, 3.0));
        assert!(cache.invalidate(Resource::Document).is_empty());
    }

    #[test]
    fn the_longest_unused_go_first_but_never_one_under_way() {
        let mut cache = Cache::default();
        for number in 0..KEPT + 2 {
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let now = number as f64;
            let ticket = cache.want(&key(&number.to_string()), now).unwrap();
            if number > 0 {
                cache.settle(&key(&number.to_string()), ticket, true, now);
            }
        }
        assert_eq!(cache.evict(), [key("1"), key("2")]);
        assert!(cache.evict().is_empty());
    }
}
