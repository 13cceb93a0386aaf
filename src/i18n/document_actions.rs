//! What is done with documents from the list: one at a time or many, taken back, tried again.

mod chinese;
mod english;

pub use chinese::CHINESE;
pub use english::ENGLISH;

/// Messages of this area.
pub struct DocumentActions {
    /// Action.
    pub enable: Action,
    /// Action.
    pub disable: Action,
    /// Action.
    pub archive: Action,
    /// Action.
    pub un_archive: Action,
    /// Action: one file, or many as a ZIP.
    pub download: Action,
    /// Action: indexes again what failed or hangs.
    pub reindex: Action,
    /// Action.
    pub delete: Action,
    /// The word for the originals of many.
    pub download_zip: &'static str,
    /// The word for one that hangs.
    pub recover: &'static str,
    /// Menu of the selection bar.
    pub more: &'static str,
    /// Why an action cannot be done.
    pub obstacles: Obstacles,
    /// Some of the selected cannot: how many, and why the first cannot.
    pub some_cannot: fn(u64, &str, &str) -> String,
    /// None of the selected can: why the first cannot.
    pub none_can: fn(&str) -> String,
    /// Deleting.
    pub deletion: Deletion,
    /// Documents that take long.
    pub delays: Delays,
    /// Indexing again.
    pub again: Again,
    /// Downloading many.
    pub zip: Zip,
    /// A document that the server has no more.
    pub gone: &'static str,
    /// The server said yes, and the list says no.
    pub not_kept: &'static str,
    /// Menu of the columns that are shown.
    pub columns: &'static str,
    /// Menu of the filters by metadata.
    pub metadata: &'static str,
}

/// Messages of one action.
pub struct Action {
    /// The word on buttons.
    pub word: &'static str,
    /// Title of the report: how many.
    pub title: fn(u64, &str) -> String,
    /// Toast after one document: its name.
    pub done: fn(&str) -> String,
}

/// Why an action cannot be done with a document, as a sentence.
pub struct Obstacles {
    /// It is so already.
    pub already_so: &'static str,
    /// It is archived.
    pub archived: &'static str,
    /// It is not indexed.
    pub not_indexed: &'static str,
    /// It has no file.
    pub no_file: &'static str,
    /// It neither failed nor hangs.
    pub not_failed: &'static str,
    /// The server works on it.
    pub working: &'static str,
    /// It is disabled.
    pub disabled: &'static str,
    /// Its name is no file's.
    pub name: &'static str,
    /// Another has its name.
    pub namesake: &'static str,
    /// The knowledge base takes no files.
    pub no_uploads: &'static str,
}

/// Messages of deleting with a time to take it back.
pub struct Deletion {
    /// Toast while it can be taken back: the name.
    pub pending_one: fn(&str) -> String,
    /// Toast while it can be taken back: how many.
    pub pending_many: fn(&str) -> String,
    /// In the row meanwhile.
    pub leaving: &'static str,
    /// Button of the row: the name.
    pub undo: fn(&str) -> String,
    /// Toast at the end, where it did not go: the name, why.
    pub not_deleted: fn(&str, &str) -> String,
    /// While it runs: done, in all.
    pub running: fn(&str, &str) -> String,
    /// At the end: done, left.
    pub ended: fn(&str, &str) -> String,
    /// Toast at the end, where all went: how many.
    pub all_gone: fn(&str) -> String,
    /// Button: opens the report.
    pub show: &'static str,
}

/// Messages of documents that take long.
pub struct Delays {
    /// Status.
    pub stuck: &'static str,
    /// Sentence: since when.
    pub worker_down: fn(&str) -> String,
    /// Sentence: since when, behind which.
    pub blocked_by: fn(&str, &str) -> String,
    /// Sentence: since when.
    pub update_hang: fn(&str) -> String,
    /// Sentence: since when.
    pub stalled: fn(&str) -> String,
    /// Sentence: since when, behind which.
    pub behind: fn(&str, &str) -> String,
}

/// Messages of indexing again.
pub struct Again {
    /// Title of the question: how many.
    pub question: fn(u64, &str) -> String,
    /// What happens.
    pub text: &'static str,
    /// What goes.
    pub lost: &'static str,
    /// Of those that the server says it works on: how many.
    pub stuck: fn(u64, &str) -> String,
    /// Submit.
    pub submit: &'static str,
    /// The original could not be had: what the server said.
    pub no_original: fn(&str) -> String,
    /// A second document was made.
    pub second: &'static str,
    /// A second document was made, and has not all values.
    pub second_without_metadata: &'static str,
}

/// Messages of downloading many.
pub struct Zip {
    /// Name of the file: the knowledge base.
    pub name: fn(&str) -> String,
    /// Name of one of several files: the knowledge base, its number.
    pub part: fn(&str, &str) -> String,
    /// The browser could not save it.
    pub not_saved: &'static str,
    /// Toast: the server makes no ZIP.
    pub one_by_one: &'static str,
}
