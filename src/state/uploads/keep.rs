//! Carries the queue over a reload. Texts are kept and sent on; files cannot be kept, so a file that was not sent is listed as
//! such: nothing is lost silently. It belongs to its tab: another one would send the same texts again.

use loredesk_wire::CreateDocumentByFile;
use serde::{Deserialize, Serialize};

use super::queue::{Problem, Purpose, Queue, Stage};
use crate::{
    dom::session_storage,
    model::id::{DocumentId, KnowledgeBaseId},
};

const KEY: &str = "loredesk.uploads";

/// A text that was not sent yet, with its settings.
#[derive(Serialize, Deserialize)]
pub struct KeptText {
    /// The text.
    pub text: String,
    /// Process rule and technique.
    pub data: CreateDocumentByFile,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    connection: String,
    knowledge_base: String,
    name: String,
    size: f64,
    #[serde(default)]
    purpose: Purpose,
    stage: Stage,
    batch: Option<String>,
    document: Option<String>,
    target: Option<String>,
    may_replace: bool,
    text: Option<KeptText>,
}

/// Keeps what has not ended; `text` gives what was typed.
pub fn save(queue: &Queue, text: impl Fn(u32) -> Option<KeptText>) {
    match to_text(queue, text) {
        Some(kept) => {
            session_storage::set(KEY, &kept);
        }
        None => session_storage::remove(KEY),
    }
}

fn to_text(queue: &Queue, text: impl Fn(u32) -> Option<KeptText>) -> Option<String> {
    let open = queue.items.iter().filter(|item| !item.stage.is_ended());
    let kept: Vec<Kept> = open
        .map(|item| Kept {
            connection: item.connection.clone(),
            knowledge_base: item.knowledge_base.to_string(),
            name: item.name.clone(),
            size: item.size,
            purpose: item.purpose.clone(),
            stage: item.stage,
            batch: item.batch.clone(),
            document: item.document.clone(),
            target: item.target.as_ref().map(ToString::to_string),
            may_replace: item.may_replace,
            text: if item.stage == Stage::Indexing { None } else { text(item.id) },
        })
        .collect();
    if kept.is_empty() { None } else { serde_json::to_string(&kept).ok() }
}

/// Whether anything was kept.
pub fn is_kept() -> bool {
    session_storage::get(KEY).is_some()
}

/// Puts what was kept into the queue; gives the texts to send.
pub fn restore(queue: &mut Queue) -> Vec<(u32, KeptText)> {
    from_text(&session_storage::get(KEY).unwrap_or_default(), queue)
}

fn from_text(text: &str, queue: &mut Queue) -> Vec<(u32, KeptText)> {
    let mut texts = Vec::new();
    let kept: Vec<Kept> = serde_json::from_str(text).unwrap_or_default();
    for kept in kept {
        let Some(knowledge_base) = KnowledgeBaseId::parse(&kept.knowledge_base) else { continue };
        let id = queue.push(&kept.connection, &knowledge_base, &kept.name, kept.size);
        let is_waiting_text = kept.stage == Stage::Waiting && kept.text.is_some();
        queue.change(id, |item| {
            item.target = kept.target.as_deref().and_then(DocumentId::parse);
            item.may_replace = kept.may_replace;
            item.purpose = kept.purpose;
            if kept.stage == Stage::Indexing {
                item.stage = Stage::Indexing;
                item.sent = kept.size;
                (item.batch, item.document) = (kept.batch, kept.document);
            } else if !is_waiting_text {
                // What was on its way may have arrived; the person looks and decides.
                item.stage = Stage::Failed;
                item.problem = Some(Problem::Reloaded);
            }
        });
        texts.extend(kept.text.map(|text| (id, text)));
    }
    texts
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_followed_on_and_the_rest_is_listed() {
        let knowledge_base = KnowledgeBaseId::parse("9b41e05d-636d-4164-aae5-4cba46ec80c5").unwrap();
        let mut queue = Queue::default();
        for (name, stage) in
            [("indexing", Stage::Indexing), ("file", Stage::Waiting), ("text", Stage::Waiting), ("done", Stage::Done)]
        {
            let id = queue.push("local", &knowledge_base, name, 10.0);
            queue.change(id, |item| {
                item.stage = stage;
                item.batch = Some("20261122".to_owned());
            });
        }
        let typed = |id| (id == 2).then(|| KeptText { text: "typed".to_owned(), data: CreateDocumentByFile::default() });
        let mut restored = Queue::default();
        let texts = from_text(&to_text(&queue, typed).unwrap(), &mut restored);
        let stages: Vec<Stage> = restored.items.iter().map(|item| item.stage).collect();
        assert_eq!(stages, [Stage::Indexing, Stage::Failed, Stage::Waiting]);
        assert_eq!(restored.items[0].batch.as_deref(), Some("20261122"));
        assert_eq!(restored.items[1].problem, Some(Problem::Reloaded));
        assert_eq!(texts.into_iter().map(|(id, kept)| (id, kept.text)).collect::<Vec<_>>(), [(2, "typed".to_owned())]);
    }

    #[test]
    fn a_file_for_a_pipeline_stays_one() {
        let knowledge_base = KnowledgeBaseId::parse("9b41e05d-636d-4164-aae5-4cba46ec80c5").unwrap();
        let mut queue = Queue::default();
        let id = queue.push("local", &knowledge_base, "a.txt", 10.0);
        queue.change(id, |item| (item.stage, item.purpose) = (Stage::Sending, Purpose::Pipeline(Some("list".to_owned()))));
        let kept = to_text(&queue, |_| None).unwrap();
        let mut restored = Queue::default();
        from_text(&kept, &mut restored);
        assert_eq!(restored.items[0].purpose, Purpose::Pipeline(Some("list".to_owned())));
        // Kept by the release before.
        let old = kept.replace(r#""purpose":{"Pipeline":"list"},"#, "");
        let mut restored = Queue::default();
        from_text(&old, &mut restored);
        assert_eq!(restored.items[0].purpose, Purpose::Document);
    }

    #[test]
    fn nothing_open_keeps_nothing_and_rubbish_restores_nothing() {
        assert_eq!(to_text(&Queue::default(), |_| None), None);
        let mut queue = Queue::default();
        assert!(from_text("{broken", &mut queue).is_empty() && from_text("", &mut queue).is_empty());
        assert!(queue.items.is_empty());
    }
}
