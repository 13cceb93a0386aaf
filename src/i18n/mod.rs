//! The catalog of messages, typed: one struct an area, one value a language. A missing message does not compile.
//!
//! The whole view is made anew when the language changes, so messages are plain references and cost no signals.

pub mod about;
pub mod batch;
pub mod capabilities;
pub mod child_chunks;
pub mod chunk_actions;
pub mod chunk_import;
pub mod chunk_modes;
pub mod chunks;
pub mod common;
pub mod configuration;
pub mod document_actions;
pub mod document_metadata;
pub mod document_split;
pub mod documents;
pub mod errors;
pub mod keyboard;
pub mod knowledge_bases;
pub mod metadata;
pub mod one_knowledge_base;
pub mod pipeline;
pub mod portal;
pub mod replaced_work;
pub mod retrieval;
pub mod retrieval_settings;
pub mod settings;
pub mod shared_draft;
pub mod sign_in;
pub mod tags;
pub mod uploads;

use std::marker::PhantomData;
use std::ops::Deref;

use leptos::prelude::*;

use crate::{
    dom::{clock, format},
    state::preferences::Language,
};

/// The messages of one area in one language, read like the area itself.
///
/// A language, and no reference to the messages: nothing here may hold all areas together. So the messages that only one page
/// uses are linked to that page's code and leave the first load with it (`app/lazy_pages.rs`).
pub struct Area<T> {
    language: Language,
    area: PhantomData<fn() -> T>,
}

impl<T> Area<T> {
    const fn of(language: Language) -> Self {
        Self { language, area: PhantomData }
    }
}

macro_rules! areas {
    ($($(#[$meta:meta])* $area:ident: $messages:ident),* $(,)?) => {
        /// Every message of the desk in one language, area by area.
        pub struct Messages {
            $($(#[$meta])* pub $area: Area<$area::$messages>,)*
        }

        impl Messages {
            const fn of(language: Language) -> Self {
                Self { $($area: Area::of(language)),* }
            }
        }

        $(impl Deref for Area<$area::$messages> {
            type Target = $area::$messages;

            fn deref(&self) -> &Self::Target {
                static ENGLISH: $area::$messages = $area::ENGLISH;
                static CHINESE: $area::$messages = $area::CHINESE;
                match self.language {
                    Language::English => &ENGLISH,
                    Language::Chinese => &CHINESE,
                }
            }
        })*
    };
}

areas! {
    /// Words of more than one screen, and the frame.
    common: Common,
    /// What went wrong and what to do about it.
    errors: Errors,
    /// The command palette and the list of keys.
    keyboard: Keyboard,
    /// Knowledge bases.
    knowledge_bases: KnowledgeBases,
    /// Documents.
    documents: Documents,
    /// Uploads.
    uploads: Uploads,
    /// A document's chunks.
    chunks: Chunks,
    /// Retrieval.
    retrieval: Retrieval,
}

static ENGLISH: Messages = Messages::of(Language::English);
static CHINESE: Messages = Messages::of(Language::Chinese);

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

    /// One of two catalogs, for areas that the first load leaves out: named in [`Messages`], they would be a part of it.
    #[must_use]
    pub fn choose<T>(self, english: &'static T, chinese: &'static T) -> &'static T {
        match Language::parse(self.tag) {
            Language::English => english,
            Language::Chinese => chinese,
        }
    }

    /// Messages of the metadata page. Not a part of [`Messages`], which the first load carries: this goes with the page's own file.
    #[must_use]
    pub fn metadata(self) -> &'static metadata::Metadata {
        self.choose(&metadata::ENGLISH, &metadata::CHINESE)
    }

    /// Messages of what is done with documents; not in the first load either.
    #[must_use]
    pub fn document_actions(self) -> &'static document_actions::DocumentActions {
        if self.is_chinese() { &document_actions::CHINESE } else { &document_actions::ENGLISH }
    }

    /// Messages about the configuration; not in the first load either.
    #[must_use]
    pub fn configuration(self) -> &'static configuration::Configuration {
        self.choose(&configuration::ENGLISH, &configuration::CHINESE)
    }

    /// Messages of the desk in a portal; not in the first load either.
    #[must_use]
    pub fn portal(self) -> &'static portal::Portal {
        self.choose(&portal::ENGLISH, &portal::CHINESE)
    }

    /// Messages of batch reports; not in the first load either.
    #[must_use]
    pub fn batch(self) -> &'static batch::Batch {
        self.choose(&batch::ENGLISH, &batch::CHINESE)
    }

    /// Messages of signing in again; not in the first load either.
    #[must_use]
    pub fn sign_in(self) -> &'static sign_in::SignIn {
        self.choose(&sign_in::ENGLISH, &sign_in::CHINESE)
    }

    /// Whether this is Simplified Chinese; for catalogs that are loaded with their page and not with the app.
    #[must_use]
    pub fn is_chinese(self) -> bool {
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
