//! What the fields of the process rule hold; remembered for each knowledge base.

use leptos::prelude::*;

use crate::{
    model::{
        id::KnowledgeBaseId,
        process_rule::{ProcessRuleForm, RuleProblem},
    },
    state::drafts,
};

/// The fields. Copy it into the handlers of one dialog.
#[derive(Clone, Copy)]
pub struct RuleState {
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
    /// The rule that was last used for a knowledge base, or the automatic one.
    #[must_use]
    pub fn remembered(connection: &str, knowledge_base: &KnowledgeBaseId) -> Self {
        let form: ProcessRuleForm = drafts::get(&key(connection, knowledge_base)).unwrap_or_default();
        Self {
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

    /// The rule, to track. What is no number fails the check.
    #[must_use]
    pub fn form(self) -> ProcessRuleForm {
        ProcessRuleForm {
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
