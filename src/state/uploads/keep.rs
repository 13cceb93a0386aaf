//! Carries the queue over a reload. Files cannot be kept, so a file that was not sent is listed as such: nothing is lost silently.

use serde::{Deserialize, Serialize};

use super::queue::{Problem, Queue, Stage};
use crate::{dom::storage, model::id::KnowledgeBaseId};

const KEY: &str = "loredesk.uploads";

#[derive(Serialize, Deserialize)]
struct Kept {
    connection: String,
    knowledge_base: String,
    name: String,
    size: f64,
    stage: Stage,
    batch: Option<String>,
    document: Option<String>,
}

/// Keeps what has not ended.
pub fn save(queue: &Queue) {
    let open = queue.items.iter().filter(|item| !item.stage.is_ended());
    let kept: Vec<Kept> = open
        .map(|item| Kept {
            connection: item.connection.clone(),
            knowledge_base: item.knowledge_base.to_string(),
            name: item.name.clone(),
            size: item.size,
            stage: item.stage,
            batch: item.batch.clone(),
            document: item.document.clone(),
        })
        .collect();
    if kept.is_empty() {
        storage::remove(KEY);
    } else if let Ok(text) = serde_json::to_string(&kept) {
        storage::set(KEY, &text);
    }
}

/// The queue as it was kept.
pub fn restore() -> Queue {
    let mut queue = Queue::default();
    let kept: Vec<Kept> = storage::get(KEY).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    for kept in kept {
        let Some(knowledge_base) = KnowledgeBaseId::parse(&kept.knowledge_base) else { continue };
        let id = queue.push(&kept.connection, &knowledge_base, &kept.name, kept.size);
        queue.change(id, |item| {
            if kept.stage == Stage::Indexing {
                item.stage = Stage::Indexing;
                item.sent = kept.size;
                (item.batch, item.document) = (kept.batch, kept.document);
            } else {
                item.stage = Stage::Failed;
                item.problem = Some(Problem::Reloaded);
            }
        });
    }
    queue
}
