//! Child chunks. Not a part of `Messages`: only the page of a document needs them, so they come with it.

mod chinese;
mod english;

use super::Locale;

/// Messages of this area.
pub struct ChildChunks {
    /// Heading, and label of the list.
    pub title: &'static str,
    /// What they are for.
    pub hint: &'static str,
    /// Where keywords would be.
    pub no_keywords: &'static str,
    /// Search field.
    pub search: &'static str,
    /// Button, and title of its form.
    pub add: &'static str,
    /// Button of that form.
    pub add_submit: &'static str,
    /// Name, given the position.
    pub name: fn(u64) -> String,
    /// Field, given the position.
    pub text_of: fn(u64) -> String,
    /// Field of a new one.
    pub new_text: &'static str,
    /// Problem.
    pub no_text: &'static str,
    /// Type.
    pub automatic: &'static str,
    /// Type.
    pub customized: &'static str,
    /// Button, given the position.
    pub edit: fn(u64) -> String,
    /// Button, given the position.
    pub delete: fn(u64) -> String,
    /// Button, given the position.
    pub save: fn(u64) -> String,
    /// Button.
    pub discard: &'static str,
    /// Dialog, for the only one.
    pub delete_last: &'static str,
    /// Toast.
    pub added: fn(u64) -> String,
    /// Toast.
    pub saved: fn(u64) -> String,
    /// Toast while it can be taken back.
    pub deleting: fn(u64) -> String,
    /// In its row meanwhile.
    pub going: &'static str,
    /// Button of the row meanwhile.
    pub undo: fn(u64) -> String,
    /// Toast: it did not go, and why.
    pub not_deleted: fn(u64, &str) -> String,
    /// Toast.
    pub deleted: fn(u64) -> String,
    /// Where there are none.
    pub none: &'static str,
    /// A text that somebody else changed meanwhile.
    pub changed_meanwhile: &'static str,
    /// The server answered "saved" and has another text.
    pub other_text: &'static str,
    /// Button.
    pub take_theirs: &'static str,
    /// Button.
    pub keep_mine: &'static str,
    /// A text whose child chunk is gone.
    pub orphan: &'static str,
    /// Button.
    pub add_as_new: &'static str,
    /// Button, and title of its dialog.
    pub anew: &'static str,
    /// Dialog.
    pub anew_text: &'static str,
    /// Dialog, given those that were written by hand.
    pub anew_lost: fn(u64) -> String,
    /// Button.
    pub anew_submit: &'static str,
    /// Why it is not offered.
    pub anew_off: &'static str,
    /// Toast.
    pub anew_done: &'static str,
    /// Toast.
    pub anew_kept: &'static str,
    /// Dialog before a parent's new text is saved.
    pub save_title: &'static str,
    /// Dialog, given their number.
    pub save_text: fn(u64) -> String,
    /// Button.
    pub save_keep: &'static str,
    /// Button.
    pub save_anew: &'static str,
    /// Where a real server would not find them.
    pub economy: &'static str,
}

/// The messages of a language.
#[must_use]
pub fn child_chunks(locale: Locale) -> &'static ChildChunks {
    if locale.is_chinese() { &chinese::CHINESE } else { &english::ENGLISH }
}
