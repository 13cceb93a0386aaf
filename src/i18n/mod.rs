//! The catalog of messages, typed: one struct an area, one value a language. A missing message does not compile.
//!
//! The whole view is made anew when the language changes, so messages are plain references and cost no signals.

pub mod batch;
pub mod chunks;
pub mod common;
pub mod document_actions;
pub mod documents;
pub mod errors;
pub mod knowledge_bases;
pub mod metadata;
pub mod retrieval;
pub mod uploads;

use leptos::prelude::*;

use crate::{
    dom::{clock, format},
    state::preferences::Language,
};

/// Every message of the desk in one language.
pub struct Messages {
    /// Words of more than one screen, and the frame.
    pub common: common::Common,
    /// What went wrong and what to do about it.
    pub errors: errors::Errors,
    /// Knowledge bases.
    pub knowledge_bases: knowledge_bases::KnowledgeBases,
    /// Documents.
    pub documents: documents::Documents,
    /// Uploads.
    pub uploads: uploads::Uploads,
    /// A document's chunks.
    pub chunks: chunks::Chunks,
    /// Retrieval.
    pub retrieval: retrieval::Retrieval,
}

static ENGLISH: Messages = Messages {
    common: common::ENGLISH,
    errors: errors::ENGLISH,
    knowledge_bases: knowledge_bases::ENGLISH,
    documents: documents::ENGLISH,
    uploads: uploads::ENGLISH,
    chunks: chunks::ENGLISH,
    retrieval: retrieval::ENGLISH,
};

static CHINESE: Messages = Messages {
    common: common::CHINESE,
    errors: errors::CHINESE,
    knowledge_bases: knowledge_bases::CHINESE,
    documents: documents::CHINESE,
    uploads: uploads::CHINESE,
    chunks: chunks::CHINESE,
    retrieval: retrieval::CHINESE,
};

/// Messages and formats of one language. `Copy`, so that every handler can have it.
#[derive(Clone, Copy)]
pub struct Locale {
    /// The messages.
    pub messages: &'static Messages,
    /// The BCP 47 tag, for Intl.
    pub tag: &'static str,
}

impl Locale {
    /// The locale of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let messages = match language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        };
        Self { messages, tag: language.tag() }
    }

    /// Messages of the metadata page. Not a part of [`Messages`], which the first load carries: this goes with the page's own file.
    #[must_use]
    pub fn metadata(self) -> &'static metadata::Metadata {
        if self.is_chinese() { &metadata::CHINESE } else { &metadata::ENGLISH }
    }

    /// Messages of what is done with documents; not in the first load either.
    #[must_use]
    pub fn document_actions(self) -> &'static document_actions::DocumentActions {
        if self.is_chinese() { &document_actions::CHINESE } else { &document_actions::ENGLISH }
    }

    /// Messages of batch reports; not in the first load either.
    #[must_use]
    pub fn batch(self) -> &'static batch::Batch {
        if self.is_chinese() { &batch::CHINESE } else { &batch::ENGLISH }
    }

    fn is_chinese(self) -> bool {
        self.tag == Language::Chinese.tag()
    }

    /// A whole number with its separators.
    #[must_use]
    pub fn number(self, value: u64) -> String {
        format::number(self.tag, value)
    }

    /// A number with at most so many digits after the point.
    #[must_use]
    pub fn decimal(self, value: f64, digits: u32) -> String {
        format::decimal(self.tag, value, digits)
    }

    /// A size in bytes.
    #[must_use]
    pub fn bytes(self, value: u64) -> String {
        format::bytes(self.tag, value)
    }

    /// How long ago, from epoch seconds.
    #[must_use]
    pub fn ago(self, seconds: i64) -> String {
        format::relative(self.tag, seconds, clock::now())
    }

    /// The exact local and UTC time, from epoch seconds.
    #[must_use]
    pub fn exactly(self, seconds: i64) -> String {
        format!("{} · {} UTC", format::date_time(self.tag, seconds), format::utc(seconds))
    }
}

/// The locale that the app provides.
#[must_use]
pub fn use_locale() -> Locale {
    expect_context::<Locale>()
}
