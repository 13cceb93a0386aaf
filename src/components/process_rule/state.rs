//! What the fields of the process rule hold; remembered for each knowledge base.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Dataset, IndexingTechnique};

use crate::{
    model::{
        id::KnowledgeBaseId,
        knowledge_base::technique,
        process_rule::{ChunkMode, ProcessRuleForm, RuleProblem},
    },
    state::drafts,
};

/// The fields. Copy it into the handlers of one dialog.
#[derive(Clone, Copy)]
pub struct RuleState {
    /// The chunk mode that was chosen.
    pub mode: RwSignal<ChunkMode>,
    /// The chunk mode that the knowledge base has, which then counts.
    pub fixed: Memo<Option<ChunkMode>>,
    /// Whether the knowledge base has the economy index.
    pub is_economy: Memo<bool>,
    /// A whole document is one parent chunk.
    pub is_whole_parent: RwSignal<bool>,
    /// Text between child chunks, as it is typed.
    pub child_separator: RwSignal<String>,
    /// Longest child chunk, as it is typed.
    pub child_max_tokens: RwSignal<String>,
    /// Language of the questions.
    pub language: RwSignal<String>,
    /// The server decides.
    pub is_automatic: RwSignal<bool>,
    /// Text between chunks, as it is typed.
    pub separator: RwSignal<String>,
    /// Longest chunk, as it is typed.
    pub max_tokens: RwSignal<String>,
    /// Overlap, as it is typed.
    pub overlap: RwSignal<String>,
    /// Fold blanks.
    pub spaces: RwSignal<bool>,
    /// Take addresses out.
    pub urls: RwSignal<bool>,
}

impl RuleState {
    /// The rule that was last used for a knowledge base, or the automatic one; with the mode that the knowledge base has.
    #[must_use]
    pub fn remembered(connection: &str, knowledge_base: &KnowledgeBaseId, dataset: Memo<Option<Arc<Dataset>>>) -> Self {
        let form: ProcessRuleForm = drafts::get(&key(connection, knowledge_base)).unwrap_or_default();
        Self::new(form, dataset)
    }

    /// Fields that hold a rule; with the mode that the knowledge base has.
    #[must_use]
    pub fn new(form: ProcessRuleForm, dataset: Memo<Option<Arc<Dataset>>>) -> Self {
        Self {
            mode: RwSignal::new(form.mode),
            fixed: Memo::new(move |_| dataset.with(|dataset| ChunkMode::of(&dataset.as_ref()?.doc_form))),
            is_economy: Memo::new(move |_| {
                dataset.with(|dataset| dataset.as_ref().is_none_or(|dataset| technique(dataset) == IndexingTechnique::Economy))
            }),
            is_whole_parent: RwSignal::new(form.is_whole_parent),
            child_separator: RwSignal::new(form.child_separator),
            child_max_tokens: RwSignal::new(form.child_max_tokens.to_string()),
            language: RwSignal::new(form.language),
            is_automatic: RwSignal::new(form.is_automatic),
            separator: RwSignal::new(form.separator),
            max_tokens: RwSignal::new(form.max_tokens.to_string()),
            overlap: RwSignal::new(form.chunk_overlap.to_string()),
            spaces: RwSignal::new(form.remove_extra_spaces),
            urls: RwSignal::new(form.remove_urls_emails),
        }
    }

    /// Keeps the rule for the next time.
    pub fn remember(self, connection: &str, knowledge_base: &KnowledgeBaseId) {
        drafts::set(&key(connection, knowledge_base), &untrack(|| self.form()));
    }

    /// The mode that counts, to track.
    #[must_use]
    pub fn counting_mode(self) -> ChunkMode {
        self.fixed.get().unwrap_or_else(|| self.mode.get())
    }

    /// The rule, to track. What is no number fails the check.
    #[must_use]
    pub fn form(self) -> ProcessRuleForm {
        ProcessRuleForm {
            mode: self.counting_mode(),
            is_whole_parent: self.is_whole_parent.get(),
            child_separator: self.child_separator.get(),
            child_max_tokens: self.child_max_tokens.with(|text| text.trim().parse().unwrap_or_default()),
            language: self.language.get(),
            is_automatic: self.is_automatic.get(),
            separator: self.separator.get(),
            max_tokens: self.max_tokens.with(|text| text.trim().parse().unwrap_or_default()),
            chunk_overlap: self.overlap.with(|text| text.trim().parse().unwrap_or(u64::MAX)),
            remove_extra_spaces: self.spaces.get(),
            remove_urls_emails: self.urls.get(),
        }
    }

    /// What is wrong with it, to track.
    #[must_use]
    pub fn problem(self) -> Option<RuleProblem> {
        self.form().check().err()
    }
}

fn key(connection: &str, knowledge_base: &KnowledgeBaseId) -> String {
    format!("process-rule.{connection}.{knowledge_base}")
}
