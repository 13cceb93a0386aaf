//! Files that were uploaded for a pipeline and wait for its run. They are on the server already, so they are kept over a reload:
//! nothing is sent twice. In the session storage, because another tab has its own.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::{
    dom::session_storage,
    model::{id::KnowledgeBaseId, pipeline::UploadedFile},
};

/// The files by the key of their place. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct PipelineFiles(RwSignal<HashMap<String, Vec<UploadedFile>>>);

impl Default for PipelineFiles {
    fn default() -> Self {
        Self::new()
    }
}

fn key(connection: &str, knowledge_base: &KnowledgeBaseId) -> String {
    format!("loredesk.pipeline-files.{connection}.{knowledge_base}")
}

fn load(key: &str) -> Vec<UploadedFile> {
    session_storage::get(key).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

impl PipelineFiles {
    /// None read yet; those of a knowledge base are read when they are first asked for.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(HashMap::new()))
    }

    /// The files that wait for the pipeline of a knowledge base, oldest first. Tracks.
    #[must_use]
    pub fn of(self, connection: &str, knowledge_base: &KnowledgeBaseId) -> Vec<UploadedFile> {
        let key = key(connection, knowledge_base);
        self.0.with(|all| all.get(&key).cloned()).unwrap_or_else(|| load(&key))
    }

    /// Another file waits.
    pub fn add(self, connection: &str, knowledge_base: &KnowledgeBaseId, file: UploadedFile) {
        self.change(connection, knowledge_base, |files| {
            if files.iter().all(|known| known.id != file.id) {
                files.push(file);
            }
        });
    }

    /// These wait no more: a run has taken them, or nobody wants them.
    pub fn remove(self, connection: &str, knowledge_base: &KnowledgeBaseId, ids: &[String]) {
        self.change(connection, knowledge_base, |files| files.retain(|file| !ids.contains(&file.id)));
    }

    fn change(self, connection: &str, knowledge_base: &KnowledgeBaseId, change: impl FnOnce(&mut Vec<UploadedFile>)) {
        let key = key(connection, knowledge_base);
        let known = self.0.try_with_untracked(|all| all.get(&key).cloned()).flatten();
        let mut files = known.unwrap_or_else(|| load(&key));
        change(&mut files);
        match serde_json::to_string(&files) {
            Ok(text) if !files.is_empty() => drop(session_storage::set(&key, &text)),
            _ => session_storage::remove(&key),
        }
        let _ = self.0.try_update(|all| drop(all.insert(key, files)));
    }
}
