//! "About this server". Not in the catalog of the first load.

mod chinese;
mod english;

use super::Locale;

/// Messages of this area.
pub struct About {
    /// Button: copies the report.
    pub copy: &'static str,
    /// Toast.
    pub copied: &'static str,
    /// Toast where the browser does not let the page copy.
    pub not_copied: &'static str,
    /// Fold of the report's text.
    pub report: &'static str,
    /// What is in it and what is not.
    pub report_text: &'static str,
    /// Section.
    pub server: &'static str,
    /// Fact.
    pub name: &'static str,
    /// Fact.
    pub kind: &'static str,
    /// Kind.
    pub dify: &'static str,
    /// Kind.
    pub cognee: &'static str,
    /// Fact.
    pub version: &'static str,
    /// Version that no answer names.
    pub version_unknown: &'static str,
    /// Fact.
    pub address: &'static str,
    /// Fact: the program that serves the desk.
    pub host: &'static str,
    /// Plain static hosting.
    pub host_unknown: &'static str,
    /// Fact: this app.
    pub desk: &'static str,
    /// Fact: what one may do.
    pub access: &'static str,
    /// Access.
    pub access_change: &'static str,
    /// Access.
    pub access_read: &'static str,
    /// Fact: which knowledge bases.
    pub covers: &'static str,
    /// All of them.
    pub covers_all: &'static str,
    /// One of them.
    pub covers_one: &'static str,
    /// Button: there are more, or another.
    pub covers_again: &'static str,
    /// Section.
    pub capabilities: &'static str,
    /// What it is about.
    pub capabilities_text: &'static str,
    /// State: nothing is known.
    pub untried: &'static str,
    /// State.
    pub works: &'static str,
    /// State.
    pub lacks: &'static str,
    /// What the desk does where it is lacking.
    pub instead: Instead,
    /// Before the time since when it is known.
    pub since: fn(&str) -> String,
    /// Button of an operation: its name.
    pub check: fn(&str) -> String,
    /// Button: all of them.
    pub check_all: &'static str,
    /// A check without an answer that tells: the name.
    pub unclear: fn(&str) -> String,
    /// Section.
    pub limits: &'static str,
    /// What it is about.
    pub limits_text: &'static str,
    /// Fact.
    pub largest: &'static str,
    /// Fact.
    pub types: &'static str,
    /// Section.
    pub requests: &'static str,
    /// What it is about.
    pub requests_text: &'static str,
    /// Filter.
    pub all: &'static str,
    /// Filter.
    pub failed: &'static str,
    /// Where there are none.
    pub no_requests: &'static str,
    /// Where none failed.
    pub no_failures: &'static str,
    /// Column.
    pub time: &'static str,
    /// Column.
    pub request: &'static str,
    /// Column.
    pub status: &'static str,
    /// Column.
    pub took: &'static str,
    /// Milliseconds.
    pub milliseconds: fn(&str) -> String,
    /// In place of a status.
    pub no_answer: &'static str,
}

/// What the desk does in place of what a server lacks.
pub struct Instead {
    /// Original files.
    pub download: &'static str,
    /// ZIP files.
    pub download_zip: &'static str,
    /// The list of models.
    pub models: &'static str,
    /// Replacing by `PATCH`.
    pub document_patch: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn of(locale: Locale) -> &'static About {
    locale.choose(&english::ENGLISH, &chinese::CHINESE)
}
