//! A document and its chunks.

mod chinese;
mod english;

pub use chinese::CHINESE;
pub use english::ENGLISH;

/// Messages of this area.
pub struct Chunks {
    /// Title while the name is not known.
    pub title_loading: &'static str,
    /// Main action.
    pub add: &'static str,
    /// Action.
    pub download: &'static str,
    /// Action.
    pub replace_text: &'static str,
    /// Action.
    pub replace_file: &'static str,
    /// Action.
    pub delete_document: &'static str,
    /// Why replacing is not offered.
    pub not_available: &'static str,
    /// Why deleting is not offered.
    pub archived: &'static str,
    /// Why there is no download.
    pub download_none: &'static str,
    /// Fact.
    pub status: &'static str,
    /// Fact, and label of the list.
    pub chunks: &'static str,
    /// Fact.
    pub tokens_fact: &'static str,
    /// Fact.
    pub mean_length: &'static str,
    /// Fact.
    pub retrieved: &'static str,
    /// Fact.
    pub took: &'static str,
    /// Fact.
    pub added: &'static str,
    /// Fact.
    pub splitting_rule: &'static str,
    /// Process rule.
    pub rule_automatic: &'static str,
    /// Process rule, given the longest chunk in tokens.
    pub rule_custom: fn(&str) -> String,
    /// Process rule.
    pub rule_hierarchical: &'static str,
    /// Characters, given the number and its text.
    pub characters: fn(u64, &str) -> String,
    /// Tokens, given the number and its text.
    pub tokens: fn(u64, &str) -> String,
    /// How often it was retrieved, given the number and its text.
    pub hits: fn(u64, &str) -> String,
    /// The same beside a chunk.
    pub hits_long: fn(u64, &str) -> String,
    /// Filter, and instead of 0.
    pub never_retrieved: &'static str,
    /// The same beside a chunk.
    pub never_retrieved_inline: &'static str,
    /// A duration.
    pub seconds: fn(&str) -> String,
    /// A duration.
    pub minutes: fn(u64, u64) -> String,
    /// Status.
    pub queuing: &'static str,
    /// Status.
    pub indexing: &'static str,
    /// Status.
    pub paused: &'static str,
    /// Status.
    pub failed: &'static str,
    /// Status.
    pub available: &'static str,
    /// Status.
    pub disabled_document: &'static str,
    /// Status.
    pub archived_status: &'static str,
    /// Stages in their order.
    pub stages: [&'static str; 6],
    /// Label of the stages.
    pub stages_label: &'static str,
    /// While it is being indexed.
    pub moving_text: &'static str,
    /// Chunks indexed, of how many.
    pub chunks_done: fn(&str, &str) -> String,
    /// Chunks found so far.
    pub chunks_found: fn(u64) -> String,
    /// While it is paused.
    pub paused_text: &'static str,
    /// Failed document.
    pub failed_title: &'static str,
    /// What to do.
    pub failed_text: &'static str,
    /// Where the server gives no reason.
    pub failed_unknown: &'static str,
    /// Chunks that the server does not show.
    pub off_title: &'static str,
    /// Why.
    pub off_text: &'static str,
    /// Above the chunks of a document that is off.
    pub off_note: &'static str,
    /// Above the chunks of an archived document.
    pub archived_note: &'static str,
    /// Search field.
    pub search: &'static str,
    /// Filter group.
    pub filter: &'static str,
    /// Filter.
    pub all: &'static str,
    /// Filter.
    pub enabled_filter: &'static str,
    /// Filter.
    pub disabled_filter: &'static str,
    /// Chunks, given the number and its text.
    pub count: fn(u64, &str) -> String,
    /// Chunks shown, of how many.
    pub count_of: fn(&str, &str) -> String,
    /// A filter that saw only so many chunks.
    pub partial: fn(&str) -> String,
    /// No chunk passes the filter.
    pub nothing_filtered: &'static str,
    /// Document without chunks.
    pub empty_title: &'static str,
    /// Document without chunks.
    pub empty_text: &'static str,
    /// Name of a chunk, given its position.
    pub chunk: fn(u64) -> String,
    /// Mark of a chunk.
    pub disabled: &'static str,
    /// Mark of a chunk with a draft.
    pub edited: &'static str,
    /// Mark of a chunk whose indexing failed.
    pub not_indexed: &'static str,
    /// Mark of a chunk that is being indexed.
    pub chunk_indexing: &'static str,
    /// Unfolds a long chunk, given its characters.
    pub show_all: fn(&str) -> String,
    /// Folds it again.
    pub show_less: &'static str,
    /// Above a question.
    pub question: &'static str,
    /// Field, and above an answer.
    pub answer: &'static str,
    /// Label of the keywords.
    pub keywords: &'static str,
    /// Fold of the child chunks.
    pub children: fn(u64) -> String,
    /// Keys of the list.
    pub keys_hint: &'static str,
    /// Button.
    pub previous: &'static str,
    /// Button.
    pub next: &'static str,
    /// Field.
    pub content: &'static str,
    /// Characters, and about how many tokens.
    pub content_note: fn(&str, &str) -> String,
    /// Problem.
    pub no_content: &'static str,
    /// Problem.
    pub no_answer: &'static str,
    /// In the empty field.
    pub keyword_add: &'static str,
    /// Keywords, of how many.
    pub keyword_count: fn(usize, usize) -> String,
    /// Label of a button.
    pub keyword_remove: fn(&str) -> String,
    /// Problem of a keyword.
    pub keyword_long: fn(usize) -> String,
    /// Where a chunk has none.
    pub keywords_hint: &'static str,
    /// Switch.
    pub enabled: &'static str,
    /// Button.
    pub discard: &'static str,
    /// Button.
    pub delete: &'static str,
    /// Fact.
    pub created_at: &'static str,
    /// Fact.
    pub updated_at: &'static str,
    /// Fact.
    pub hit_count: &'static str,
    /// Fact.
    pub summary: &'static str,
    /// Fact.
    pub attachments: &'static str,
    /// Toast.
    pub saved: fn(u64) -> String,
    /// Toast.
    pub deleted: fn(u64) -> String,
    /// Toast.
    pub created: fn(u64) -> String,
    /// The browser keeps no drafts.
    pub not_stored: &'static str,
    /// A draft from before.
    pub draft_found: &'static str,
    /// The chunk changed on the server.
    pub changed_meanwhile: &'static str,
    /// Button.
    pub compare: &'static str,
    /// The server could not index the chunk.
    pub chunk_failed: &'static str,
    /// What to do.
    pub chunk_failed_remedy: &'static str,
    /// The server stored something else.
    pub other_text: &'static str,
    /// Keywords that cannot be cleared.
    pub kept_keywords: &'static str,
    /// Why there are no keywords.
    pub no_keywords: &'static str,
    /// Dialog.
    pub delete_title: &'static str,
    /// Dialog.
    pub delete_text: &'static str,
    /// Button.
    pub delete_submit: &'static str,
    /// Dialog.
    pub conflict_title: &'static str,
    /// Dialog.
    pub conflict_text: &'static str,
    /// Side.
    pub theirs: &'static str,
    /// Side.
    pub mine: &'static str,
    /// State.
    pub yes: &'static str,
    /// State.
    pub no: &'static str,
    /// Button.
    pub keep_mine: &'static str,
    /// Button.
    pub take_theirs: &'static str,
    /// Button.
    pub back_to_editing: &'static str,
    /// Dialog.
    pub add_title: &'static str,
    /// Button.
    pub add_submit: &'static str,
    /// Below a form whose text is kept.
    pub draft_kept: &'static str,
    /// Dialog.
    pub text_title: &'static str,
    /// Dialog.
    pub text_warning: &'static str,
    /// Dialog.
    pub text_joined: &'static str,
    /// Dialog.
    pub text_too_many: fn(&str) -> String,
    /// Field.
    pub text_label: &'static str,
    /// Problem.
    pub text_empty: &'static str,
    /// Problem.
    pub text_same: &'static str,
    /// Button.
    pub text_review: &'static str,
    /// Button.
    pub text_submit: &'static str,
    /// Button.
    pub back: &'static str,
    /// Toast.
    pub replaced: fn(&str) -> String,
    /// Dialog.
    pub file_title: &'static str,
    /// Field.
    pub file_choose: &'static str,
    /// Dialog, where the document is replaced through its name.
    pub file_same_name: &'static str,
    /// Problem.
    pub file_extension: fn(&str) -> String,
    /// Problem.
    pub file_type: fn(&str) -> String,
    /// Problem.
    pub file_size: fn(&str) -> String,
    /// Problem.
    pub file_empty: &'static str,
    /// Problem.
    pub file_name: &'static str,
    /// Button.
    pub file_submit: &'static str,
    /// Label of a difference.
    pub diff_label: &'static str,
    /// A difference of nothing.
    pub diff_same: &'static str,
    /// Lines that are not shown.
    pub diff_folded: fn(u64) -> String,
    /// Note after a discard.
    pub discarded: &'static str,
    /// Button.
    pub undo: &'static str,
    /// Problem.
    pub file_unreadable: &'static str,
}
