//! Metadata: fields, and their values on documents.

mod chinese;
mod english;

pub use chinese::CHINESE;
pub use english::ENGLISH;

/// Messages of this area.
pub struct Metadata {
    /// Group of the two views, read out.
    pub view: &'static str,
    /// View.
    pub values: &'static str,
    /// View.
    pub fields: &'static str,
    /// Messages of the fields.
    pub field: Fields,
    /// Messages of the grid.
    pub grid: Grid,
    /// Messages of looking over and saving.
    pub save: Save,
}

/// Messages of the fields.
pub struct Fields {
    /// Button.
    pub new: &'static str,
    /// Title of the form.
    pub new_title: &'static str,
    /// Title of the form, given the name.
    pub rename_title: fn(&str) -> String,
    /// Menu item.
    pub rename: &'static str,
    /// Menu item.
    pub delete: &'static str,
    /// Button of the form.
    pub create: &'static str,
    /// Column and field of the form.
    pub name: &'static str,
    /// Column and field of the form.
    pub kind: &'static str,
    /// Column.
    pub usage: &'static str,
    /// Type.
    pub text: &'static str,
    /// Type.
    pub number: &'static str,
    /// Type.
    pub time: &'static str,
    /// What the type holds.
    pub text_hint: &'static str,
    /// What the type holds.
    pub number_hint: &'static str,
    /// What the type holds.
    pub time_hint: &'static str,
    /// That the type stays.
    pub kind_stays: &'static str,
    /// Rules of a name.
    pub name_hint: &'static str,
    /// What a new name changes.
    pub rename_hint: &'static str,
    /// What is wrong with a name, as `NameProblem` has them: empty, too long, start, characters, built-in, taken.
    pub problems: [&'static str; 6],
    /// Documents that have a value.
    pub used_by: fn(u64, &str) -> String,
    /// No document has a value.
    pub unused: &'static str,
    /// Toast.
    pub created: fn(&str) -> String,
    /// Toast.
    pub renamed: fn(&str) -> String,
    /// What happens in ten seconds: name, count, count as text.
    pub deleting: fn(&str, u64, &str) -> String,
    /// Toast when the time was up.
    pub deleted: fn(&str) -> String,
    /// Toast: name and cause.
    pub not_deleted: fn(&str, &str) -> String,
    /// In the row meanwhile.
    pub is_deleting: &'static str,
    /// Table.
    pub table: &'static str,
    /// Empty place.
    pub none_title: &'static str,
    /// Empty place.
    pub none_text: &'static str,
    /// Section and switch.
    pub built_in: &'static str,
    /// What they are.
    pub built_in_text: &'static str,
    /// What each built-in field holds: document_name, uploader, upload_date, last_update_date, source.
    pub built_in_fields: [&'static str; 5],
    /// State.
    pub is_on: &'static str,
    /// State.
    pub is_off: &'static str,
}

/// Messages of the grid.
pub struct Grid {
    /// Its name.
    pub table: &'static str,
    /// Column.
    pub document: &'static str,
    /// Search.
    pub search: &'static str,
    /// Filter.
    pub only_changed: &'static str,
    /// Filter.
    pub only_missing: &'static str,
    /// Documents shown, documents in all.
    pub count: fn(&str, &str) -> String,
    /// Where the filters leave nothing.
    pub nothing: &'static str,
    /// Empty place.
    pub no_documents_title: &'static str,
    /// Empty place.
    pub no_documents_text: &'static str,
    /// Link on it.
    pub to_documents: &'static str,
    /// Keys, below the grid.
    pub keys: &'static str,
    /// Checkbox of a row.
    pub select: fn(&str) -> String,
    /// Checkbox of the head.
    pub select_all: fn(&str) -> String,
    /// Selected documents.
    pub selected: fn(u64, &str) -> String,
    /// Button for selected documents.
    pub set: &'static str,
    /// Title of its dialog.
    pub set_title: fn(u64, &str) -> String,
    /// Text of its dialog.
    pub set_text: &'static str,
    /// What setting nothing does.
    pub set_empty: &'static str,
    /// Button of its dialog.
    pub set_submit: &'static str,
    /// Field of its dialog.
    pub field: &'static str,
    /// Field of its dialog.
    pub value: &'static str,
    /// Button.
    pub clear_selection: &'static str,
    /// A cell that does not fit: number.
    pub no_number: &'static str,
    /// A cell that does not fit: time.
    pub no_time: &'static str,
    /// What a changed cell held: its value.
    pub before: fn(&str) -> String,
    /// A value that is none.
    pub empty: &'static str,
    /// After a paste: cells that fell outside.
    pub outside: fn(u64, &str) -> String,
    /// Label of the editor: field and document.
    pub editor: fn(&str, &str) -> String,
    /// On a narrow window: which of how many.
    pub place: fn(&str, &str) -> String,
    /// On a narrow window.
    pub previous: &'static str,
    /// On a narrow window.
    pub next: &'static str,
    /// Hint of a time: the same in UTC.
    pub utc: fn(&str) -> String,
    /// Hint of a time field.
    pub time_hint: &'static str,
}

/// Messages of looking over and saving.
pub struct Save {
    /// Region of the bar.
    pub bar: &'static str,
    /// Changed values: their count, as text, documents, as text.
    pub pending: fn(u64, &str, u64, &str) -> String,
    /// Values that do not fit.
    pub unfit: fn(u64, &str) -> String,
    /// Button.
    pub review: &'static str,
    /// Button.
    pub discard: &'static str,
    /// Takes the latest change back.
    pub undo: &'static str,
    /// What happened, with the way back beside it.
    pub discarded: &'static str,
    /// Way back.
    pub restore: &'static str,
    /// A draft of before is here.
    pub draft_found: &'static str,
    /// The browser does not keep the draft.
    pub not_stored: &'static str,
    /// Another tab changes the same draft.
    pub shared: &'static str,
    /// Changes whose field or document is gone.
    pub lost: fn(u64, &str) -> String,
    /// Title of the preview.
    pub title: &'static str,
    /// Values and documents: count and text of each.
    pub sum: fn(u64, &str, u64, &str) -> String,
    /// Where no changed value can be saved.
    pub nothing: &'static str,
    /// What saving does not touch.
    pub safe: &'static str,
    /// Column.
    pub document: &'static str,
    /// Column.
    pub field: &'static str,
    /// Column.
    pub before: &'static str,
    /// Column.
    pub after: &'static str,
    /// Changes that are not listed.
    pub more: fn(&str) -> String,
    /// Values that are left out.
    pub left_out: fn(u64, &str) -> String,
    /// Button.
    pub submit: fn(u64, &str) -> String,
    /// Title while it is done and after.
    pub report_title: &'static str,
    /// Reason: field, what the server has, what was wanted.
    pub changed: fn(&str, &str, &str) -> String,
    /// Reason: field, what the server keeps, what was wanted.
    pub differs: fn(&str, &str, &str) -> String,
    /// Reason.
    pub gone: &'static str,
    /// What to do after a reason that names another value.
    pub again: &'static str,
    /// Reason: a document id that cannot be sent.
    pub bad_id: &'static str,
    /// Toast.
    pub saved: fn(u64, &str) -> String,
    /// Name of the saved report, without its ending.
    pub file: &'static str,
}
