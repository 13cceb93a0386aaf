//! What was asked of a knowledge base before, in this browser: servers keep a history that their API does not give out.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{dom::storage, model::id::KnowledgeBaseId};

/// Queries kept of each knowledge base.
const KEPT: usize = 20;

/// One query, as the address has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Asked {
    /// The query.
    pub query: String,
    /// The whole query string, with the settings.
    pub address: String,
}

/// The history of one knowledge base.
#[derive(Clone, Copy)]
pub struct RetrievalHistory {
    key: StoredValue<String>,
    list: RwSignal<Vec<Asked>>,
}

impl RetrievalHistory {
    /// The history as the browser has it.
    #[must_use]
    pub fn load(connection: &str, knowledge_base: &KnowledgeBaseId) -> Self {
        let key = format!("loredesk.asked.{connection}/{knowledge_base}");
        let list = storage::get(&key).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        Self { key: StoredValue::new(key), list: RwSignal::new(list) }
    }

    /// The queries, newest first.
    #[must_use]
    pub fn list(self) -> Signal<Vec<Asked>> {
        self.list.into()
    }

    /// Puts a query on top; an older one of the same words goes.
    pub fn add(self, asked: Asked) {
        self.list.update(|list| put(list, asked));
        self.store();
    }

    /// Forgets them all.
    pub fn clear(self) {
        self.list.set(Vec::new());
        self.key.with_value(|key| storage::remove(key));
    }

    fn store(self) {
        if let Ok(text) = self.list.with_untracked(serde_json::to_string) {
            self.key.with_value(|key| storage::set(key, &text));
        }
    }
}

fn put(list: &mut Vec<Asked>, asked: Asked) {
    list.retain(|known| known.query != asked.query);
    list.insert(0, asked);
    list.truncate(KEPT);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_twenty_are_kept_each_once() {
        let mut list = Vec::new();
        for number in 0..25 {
            put(&mut list, Asked { query: number.to_string(), address: String::new() });
        }
        put(&mut list, Asked { query: "20".to_owned(), address: "?q=20".to_owned() });
        assert_eq!(list.len(), KEPT);
        assert_eq!(list[0].address, "?q=20");
        assert_eq!(list.iter().filter(|asked| asked.query == "20").count(), 1);
    }
}
