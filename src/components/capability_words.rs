//! Operations that a server may lack, and why it does, in words.

use crate::{
    api::capabilities::{Absence, Operation},
    i18n::{Locale, capabilities},
};

/// The name of an operation, and the sentence where it is lacking.
#[must_use]
pub fn operation_words(locale: Locale, operation: Operation) -> [&'static str; 2] {
    let messages = capabilities::of(locale);
    match operation {
        Operation::Tags => messages.tags,
        Operation::Models => messages.models,
        Operation::Download => messages.download,
        Operation::DownloadZip => messages.download_zip,
        Operation::Pipelines => messages.pipelines,
        Operation::DocumentPatch => messages.document_patch,
    }
}

/// Why it is lacking, and who can change that.
#[must_use]
pub fn absence_words(locale: Locale, absence: Absence) -> &'static str {
    let messages = capabilities::of(locale);
    match absence {
        Absence::UnknownPath => messages.unknown_path,
        Absence::UnknownMethod => messages.unknown_method,
        Absence::Page => messages.page,
        Absence::KeyScope => messages.key_scope,
    }
}
