//! Adding documents: the dialog before files are sent, the process rule with its preview, texts, replacing, the upload tray.

mod chinese;
mod english;

pub use chinese::CHINESE;
pub use english::ENGLISH;

/// Messages of this area.
pub struct Uploads {
    /// Adding files.
    pub add: Add,
    /// The process rule and its preview.
    pub rule: Rule,
    /// The tray.
    pub tray: Tray,
}

/// Messages of the dialogs that add and replace documents.
pub struct Add {
    /// Dialog title, given the number of files.
    pub title: fn(u64, &str) -> String,
    /// What will happen, given files to send and their size.
    pub will_add: fn(u64, &str, &str) -> String,
    /// Nothing will be sent.
    pub will_add_none: &'static str,
    /// Section: names that are taken.
    pub taken: &'static str,
    /// Text of that section.
    pub taken_text: &'static str,
    /// While the names are not known yet, given loaded and all.
    pub checking_names: fn(&str, &str) -> String,
    /// For every file of the section.
    pub for_all: &'static str,
    /// Choice.
    pub skip: &'static str,
    /// Choice.
    pub replace: &'static str,
    /// Choice.
    pub keep_both: &'static str,
    /// Label of a choice, given the file.
    pub choice_of: fn(&str) -> String,
    /// What has the name.
    pub has_document: &'static str,
    /// What has the name.
    pub has_fixed_document: &'static str,
    /// What has the name.
    pub has_upload: &'static str,
    /// What has the name.
    pub has_twin: &'static str,
    /// Outcome of a choice.
    pub as_skipped: &'static str,
    /// Outcome of a choice.
    pub as_replacing: &'static str,
    /// Outcome of a choice, given the new name.
    pub as_named: fn(&str) -> String,
    /// Section: files that are not sent.
    pub refused: &'static str,
    /// Section: files that are sent.
    pub ready: &'static str,
    /// "and 540 more".
    pub and_more: fn(&str) -> String,
    /// Submit, given the number of files.
    pub submit: fn(u64, &str) -> String,
    /// Submit where nothing is sent: closes and lists what was left out.
    pub submit_none: &'static str,
    /// Problem of a file, given the extension.
    pub kind: fn(&str) -> String,
    /// What is accepted, given the types and the largest size.
    pub accepted: fn(&str, &str) -> String,
    /// Problem of a file, given the limit.
    pub size: fn(&str) -> String,
    /// Problem of a file.
    pub empty: &'static str,
    /// Problem of a file, given the character.
    pub character: fn(&str) -> String,
    /// Problem of a file.
    pub long_name: &'static str,
    /// Problem of a file.
    pub unreadable: &'static str,
    /// Dialog title.
    pub paste_title: &'static str,
    /// Field.
    pub text_name: &'static str,
    /// Hint.
    pub text_name_hint: &'static str,
    /// Problem.
    pub name_empty: &'static str,
    /// Problem.
    pub name_long: &'static str,
    /// Field.
    pub text: &'static str,
    /// Problem.
    pub text_empty: &'static str,
    /// Submit.
    pub paste_submit: &'static str,
    /// Dialog title, given the document.
    pub replace_title: fn(&str) -> String,
    /// Warning.
    pub replace_warning: &'static str,
    /// Button.
    pub choose_file: &'static str,
    /// Where no file is chosen.
    pub no_file: &'static str,
    /// Note, given the file's name.
    pub takes_name: fn(&str) -> String,
    /// Problem, given the type that is needed.
    pub needs_kind: fn(&str) -> String,
    /// Problem, given the name.
    pub name_is_taken: fn(&str) -> String,
    /// Submit.
    pub replace_submit: &'static str,
}

/// Messages of the process rule and its preview.
pub struct Rule {
    /// Group.
    pub title: &'static str,
    /// Choice.
    pub automatic: &'static str,
    /// What it does.
    pub automatic_text: &'static str,
    /// Choice.
    pub custom: &'static str,
    /// What it does.
    pub custom_text: &'static str,
    /// Field.
    pub separator: &'static str,
    /// Hint.
    pub separator_hint: &'static str,
    /// Field.
    pub max_tokens: &'static str,
    /// Field.
    pub overlap: &'static str,
    /// Problem.
    pub length_problem: &'static str,
    /// Problem.
    pub overlap_problem: &'static str,
    /// Checkbox.
    pub spaces: &'static str,
    /// Checkbox.
    pub urls: &'static str,
    /// Group.
    pub preview: &'static str,
    /// What the preview is of, given the file.
    pub preview_of: fn(&str) -> String,
    /// What the preview cannot know.
    pub preview_note: &'static str,
    /// Where nothing can be previewed.
    pub no_preview: &'static str,
    /// Where the rule is wrong.
    pub mend_first: &'static str,
    /// Head of a chunk: number, tokens, characters.
    pub chunk: fn(&str, &str, &str) -> String,
    /// "42 chunks", with a mark where only the beginning was read.
    pub chunks: fn(u64, &str, bool) -> String,
    /// Where more chunks are not shown.
    pub first_shown: fn(&str) -> String,
}

/// Messages of the upload tray.
pub struct Tray {
    /// Name of the tray.
    pub title: &'static str,
    /// Head while it works, given ended and all.
    pub working: fn(&str, &str) -> String,
    /// Head when all has ended.
    pub ended: fn(u64, &str) -> String,
    /// Head while paused.
    pub paused: fn(&str, &str) -> String,
    /// Remaining time in seconds.
    pub seconds_left: fn(&str) -> String,
    /// Remaining time in minutes.
    pub minutes_left: fn(&str) -> String,
    /// Remaining time in hours.
    pub hours_left: fn(&str) -> String,
    /// Bytes a second.
    pub speed: fn(&str) -> String,
    /// Button.
    pub pause: &'static str,
    /// Button.
    pub resume: &'static str,
    /// Button.
    pub collapse: &'static str,
    /// Button.
    pub expand: &'static str,
    /// Button.
    pub cancel: fn(&str) -> String,
    /// Button.
    pub cancel_all: &'static str,
    /// Button.
    pub retry: fn(&str) -> String,
    /// Button.
    pub retry_failed: &'static str,
    /// Button.
    pub clear: &'static str,
    /// Filter: everything.
    pub all: &'static str,
    /// Filter.
    pub failed: &'static str,
    /// Filter.
    pub skipped: &'static str,
    /// Filter.
    pub done: &'static str,
    /// Button: shows more rows, given how many there are.
    pub show_more: fn(&str) -> String,
    /// Stage.
    pub waiting: &'static str,
    /// Stage, given sent and all bytes.
    pub sending: fn(&str, &str) -> String,
    /// Stage: all bytes are sent and the answer is not here.
    pub answering: &'static str,
    /// Stage.
    pub queuing: &'static str,
    /// Stage.
    pub done_with: fn(u64, &str) -> String,
    /// After the end of a file that replaced a document unasked.
    pub replaced: &'static str,
    /// Stage of a file that waits for a pipeline.
    pub uploaded: &'static str,
    /// Stage.
    pub cancelled: &'static str,
    /// Stage: cancelled after the server had it.
    pub left_alone: &'static str,
    /// Problem.
    pub same_name: &'static str,
    /// Problem.
    pub reloaded: &'static str,
    /// Problem.
    pub gone: &'static str,
    /// Why a file is not there: its indexing does not move.
    pub stalled: &'static str,
    /// Problem: the server could not index it, given its words.
    pub not_indexed: fn(&str) -> String,
    /// Problem: the server could not index it and does not say why.
    pub not_indexed_at_all: &'static str,
    /// Read out while it works, given the percentage.
    pub announce: fn(&str) -> String,
    /// Read out at the end: done, failed, skipped.
    pub announce_end: fn(&str, &str, &str) -> String,
}
