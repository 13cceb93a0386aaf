//! The page of a knowledge base's pipeline. Not in the catalog of the first load: it goes with the page.

mod chinese;
mod english;

use super::Locale;

/// Messages of this area.
pub struct Pipeline {
    /// A knowledge base without a pipeline.
    pub none_title: &'static str,
    /// A knowledge base without a pipeline.
    pub none_text: &'static str,
    /// Link to its documents.
    pub to_documents: &'static str,
    /// A pipeline without a data source.
    pub no_sources_title: &'static str,
    /// A pipeline without a data source.
    pub no_sources_text: &'static str,
    /// Section.
    pub source: &'static str,
    /// Text of the section.
    pub source_text: &'static str,
    /// Choice.
    pub version: &'static str,
    /// Version.
    pub published: &'static str,
    /// Version.
    pub draft: &'static str,
    /// What the version means.
    pub published_hint: &'static str,
    /// What the version means.
    pub draft_hint: &'static str,
    /// Why a version cannot be chosen.
    pub not_published: &'static str,
    /// Type of a source.
    pub local_file: &'static str,
    /// Type of a source.
    pub online_document: &'static str,
    /// Type of a source.
    pub website_crawl: &'static str,
    /// Type of a source.
    pub online_drive: &'static str,
    /// Choice.
    pub credential: &'static str,
    /// "… (default)".
    pub default_credential: fn(&str) -> String,
    /// Choice: the provider's default.
    pub provider_default: &'static str,
    /// Section.
    pub inputs: &'static str,
    /// Text of the section.
    pub inputs_text: &'static str,
    /// "… (optional)".
    pub optional: fn(&str) -> String,
    /// Choice of nothing.
    pub choose: &'static str,
    /// Problem.
    pub missing: &'static str,
    /// Problem, given the limit.
    pub too_long: fn(usize) -> String,
    /// Problem, given the limit.
    pub too_many: fn(usize) -> String,
    /// Problem.
    pub no_number: &'static str,
    /// Problem.
    pub no_option: &'static str,
    /// Fold.
    pub more_inputs: &'static str,
    /// Field.
    pub more_label: &'static str,
    /// What belongs in.
    pub more_hint: &'static str,
    /// Problem, given the line.
    pub more_line: fn(usize) -> String,
    /// Problem.
    pub more_no_object: &'static str,
    /// What was typed will not survive a reload.
    pub not_stored: &'static str,
    /// Section.
    pub files: &'static str,
    /// Text of the section.
    pub files_text: &'static str,
    /// Button.
    pub choose_files: &'static str,
    /// Button.
    pub choose_folder: &'static str,
    /// In the place for files.
    pub drop_here: &'static str,
    /// Overlay while files are dragged over the page.
    pub drop_title: &'static str,
    /// Text of the overlay.
    pub drop_text: &'static str,
    /// Toast: no source takes files.
    pub takes_no_files: &'static str,
    /// Button: lists files that wait on the server.
    pub find_waiting: &'static str,
    /// Button, given the file.
    pub remove: fn(&str) -> String,
    /// State of a file.
    pub waiting: &'static str,
    /// State of a file, given sent and all.
    pub sending: fn(&str, &str) -> String,
    /// State of a file.
    pub uploaded: &'static str,
    /// Section.
    pub found: &'static str,
    /// Text of the section.
    pub found_text: &'static str,
    /// Button.
    pub look: &'static str,
    /// Button.
    pub look_again: &'static str,
    /// Button.
    pub stop: &'static str,
    /// While it looks.
    pub looking: &'static str,
    /// "3 of 10 read".
    pub looked_at: fn(&str, &str) -> String,
    /// Read, of an unknown number.
    pub looked_at_some: fn(u64, &str) -> String,
    /// What was found, given the number and the seconds.
    pub found_count: fn(u64, &str) -> String,
    /// "in 1.5 s".
    pub in_seconds: fn(&str) -> String,
    /// Stopped by the person.
    pub stopped: &'static str,
    /// The source's own error.
    pub source_failed: &'static str,
    /// The stream ended before the source was done.
    pub cut: &'static str,
    /// The source's own error without words.
    pub without_reason: &'static str,
    /// Nothing was found.
    pub nothing_found: &'static str,
    /// Not looked yet.
    pub not_looked: &'static str,
    /// Checkbox, given the number.
    pub select_all: fn(&str) -> String,
    /// Field.
    pub filter: &'static str,
    /// Button, given the folder.
    pub open_folder: fn(&str) -> String,
    /// Breadcrumb of folders.
    pub all_folders: &'static str,
    /// Kind of a thing.
    pub folder: &'static str,
    /// What a run will make, given the number.
    pub will_make: fn(u64, &str) -> String,
    /// A run without anything chosen.
    pub nothing_chosen: &'static str,
    /// While files are being sent.
    pub still_sending: &'static str,
    /// A field above is wrong.
    pub mend_inputs: &'static str,
    /// Section.
    pub latest: &'static str,
    /// Text of the section.
    pub latest_text: &'static str,
    /// State of a run.
    pub running: &'static str,
    /// State of a run.
    pub looking_first: &'static str,
    /// Good end, given the documents.
    pub done: fn(u64, &str) -> String,
    /// Good end of a draft without documents.
    pub done_without: &'static str,
    /// Bad end.
    pub failed: &'static str,
    /// What to do after a bad end.
    pub failed_remedy: &'static str,
    /// The answer was lost and documents are there, given their number.
    pub recovered: fn(u64, &str) -> String,
    /// The answer was lost and not all is there.
    pub recovered_part: fn(&str, &str) -> String,
    /// Documents are there more often than the run was to make them, given how many too many.
    pub copies: fn(u64, &str) -> String,
    /// The answer was lost and nothing is there.
    pub lost: &'static str,
    /// What to do then.
    pub lost_remedy: &'static str,
    /// The page was loaded again during a run.
    pub lost_by_reload: &'static str,
    /// State of a step.
    pub step_running: &'static str,
    /// State of a step.
    pub step_done: &'static str,
    /// State of a step.
    pub step_failed: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn of(locale: Locale) -> &'static Pipeline {
    locale.choose(&english::ENGLISH, &chinese::CHINESE)
}
