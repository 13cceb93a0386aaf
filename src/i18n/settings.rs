//! Settings of a knowledge base, models among them. Not in the catalog of the first load: only what loads later names it.

mod chinese;
mod english;

use super::Locale;

/// Messages of this area.
pub struct Settings {
    /// Page title until the name is known.
    pub title: &'static str,
    /// Section.
    pub general: &'static str,
    /// Section.
    pub general_text: &'static str,
    /// Section.
    pub index_text: &'static str,
    /// Section.
    pub retrieval: &'static str,
    /// Section.
    pub retrieval_text: &'static str,
    /// Section.
    pub external: &'static str,
    /// Section.
    pub external_text: &'static str,
    /// Field.
    pub external_api_id: &'static str,
    /// Hint.
    pub external_api_hint: &'static str,
    /// Field.
    pub external_id: &'static str,
    /// Hint.
    pub external_id_hint: &'static str,
    /// Problem.
    pub external_missing: &'static str,
    /// Field.
    pub members: &'static str,
    /// In the empty field.
    pub members_placeholder: &'static str,
    /// Counter.
    pub members_count: fn(usize, usize) -> String,
    /// Button of a chip.
    pub members_remove: fn(&str) -> String,
    /// Problem of a member.
    pub members_too_long: fn(usize) -> String,
    /// Hint.
    pub members_hint: &'static str,
    /// Warning.
    pub members_warning: &'static str,
    /// Problem.
    pub members_empty: &'static str,
    /// Made, but its list of members was refused: the name, and why.
    pub members_not_set: fn(&str, &str) -> String,
    /// Problem, given the id.
    pub members_bad: fn(&str) -> String,
    /// Hint.
    pub economy_hint: &'static str,
    /// Hint.
    pub high_quality_hint: &'static str,
    /// Hint.
    pub technique_open_hint: &'static str,
    /// Field.
    pub embedding: &'static str,
    /// Problem.
    pub embedding_missing: &'static str,
    /// Note.
    pub embedding_unavailable: &'static str,
    /// Problem.
    pub method_needs_embeddings: &'static str,
    /// Problem.
    pub top_k_problem: &'static str,
    /// Field.
    pub reranking: &'static str,
    /// Choice.
    pub rerank_none: &'static str,
    /// Hint.
    pub rerank_none_hint: &'static str,
    /// Choice.
    pub rerank_weights: &'static str,
    /// Hint.
    pub rerank_weights_hint: &'static str,
    /// Choice and field.
    pub rerank_model: &'static str,
    /// Hint.
    pub rerank_model_hint: &'static str,
    /// Problem.
    pub rerank_missing: &'static str,
    /// Reason.
    pub weights_only_hybrid: &'static str,
    /// Slider.
    pub weights_label: &'static str,
    /// Slider's value: meaning, words.
    pub weights_words: fn(&str, &str) -> String,
    /// First choice.
    pub model_none: &'static str,
    /// A model that is no longer offered.
    pub model_gone: fn(&str) -> String,
    /// Reason.
    pub model_deprecated: &'static str,
    /// Reason.
    pub model_no_configure: &'static str,
    /// Reason.
    pub model_quota: &'static str,
    /// Reason.
    pub model_no_permission: &'static str,
    /// Reason.
    pub model_disabled: &'static str,
    /// Reason.
    pub model_no_credentials: &'static str,
    /// Empty list.
    pub models_empty: &'static str,
    /// Empty list.
    pub models_empty_remedy: &'static str,
    /// Button.
    pub models_again: &'static str,
    /// Hint.
    pub model_typed_hint: &'static str,
    /// Field.
    pub model_provider: &'static str,
    /// Field.
    pub model_name: &'static str,
    /// Fold of the dialog.
    pub more: &'static str,
    /// Field.
    pub provider: &'static str,
    /// Choice.
    pub provider_own: &'static str,
    /// Choice.
    pub provider_external: &'static str,
    /// Choice, on the embedded host.
    pub provider_pipeline: &'static str,
    /// What that choice means.
    pub pipeline_new_hint: &'static str,
    /// Why it is no choice elsewhere.
    pub pipeline_elsewhere: &'static str,
    /// Switch.
    pub own_retrieval: &'static str,
    /// Switch.
    pub summary_switch: &'static str,
    /// Hint.
    pub summary_hint: &'static str,
    /// Field.
    pub summary_model: &'static str,
    /// Field.
    pub summary_prompt: &'static str,
    /// After a lost answer.
    pub create_unsure: &'static str,
    /// Save bar.
    pub unsaved: &'static str,
    /// Save bar.
    pub nothing_changed: &'static str,
    /// Button.
    pub discard: &'static str,
    /// Note.
    pub draft_found: &'static str,
    /// Note.
    pub not_stored: &'static str,
    /// Note.
    pub changed_meanwhile: &'static str,
    /// Button.
    pub compare: &'static str,
    /// Dialog.
    pub conflict_title: &'static str,
    /// Dialog.
    pub conflict_text: &'static str,
    /// Column.
    pub theirs: &'static str,
    /// Column.
    pub mine: &'static str,
    /// Button.
    pub take_theirs: &'static str,
    /// Button.
    pub keep_mine: &'static str,
    /// Button.
    pub back: &'static str,
    /// Dialog.
    pub confirm_title: &'static str,
    /// Button.
    pub confirm: &'static str,
    /// Consequence.
    pub loses_embeddings: &'static str,
    /// Consequence: documents, their number and characters.
    pub embeds: fn(u64, &str, &str) -> String,
    /// Consequence: documents, their number and characters.
    pub embeds_anew: fn(u64, &str, &str) -> String,
    /// Consequence.
    pub may_hide: &'static str,
    /// Consequence.
    pub hides_from_others: &'static str,
    /// Toast, given the fields.
    pub untaken: fn(&str) -> String,
    /// Section.
    pub fixed: &'static str,
    /// Section.
    pub fixed_text: &'static str,
    /// Fact.
    pub mode: &'static str,
    /// Reason.
    pub mode_why: &'static str,
    /// Mode.
    pub mode_text: &'static str,
    /// Mode.
    pub mode_hierarchical: &'static str,
    /// Mode.
    pub mode_qa: &'static str,
    /// Mode.
    pub mode_open: &'static str,
    /// Fact.
    pub summary: &'static str,
    /// Reason.
    pub summary_why: &'static str,
    /// Fact.
    pub icon: &'static str,
    /// Reason.
    pub icon_why: &'static str,
    /// Fact.
    pub icon_image: &'static str,
    /// Fact.
    pub pipeline: &'static str,
    /// Reason.
    pub pipeline_why: &'static str,
    /// Fact.
    pub created: &'static str,
    /// Fact.
    pub changed: &'static str,
    /// Fact.
    pub id: &'static str,
    /// State.
    pub on: &'static str,
    /// State.
    pub off: &'static str,
    /// Section.
    pub danger: &'static str,
    /// Section.
    pub danger_text: &'static str,
    /// Button.
    pub delete: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn of(locale: Locale) -> &'static Settings {
    locale.choose(&english::ENGLISH, &chinese::CHINESE)
}
