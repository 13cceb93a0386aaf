//! Deleting a child chunk: nothing is sent for ten seconds, in which its row can take it back.
//!
//! Carries out: deleteChildChunk.

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::ChildChunk;

use super::{Shared, renew};
use crate::{
    api::safe_child_chunk,
    components::words::error_words,
    i18n::{Locale, child_chunks::child_chunks, use_locale},
    model::id::ChildChunkId,
    state::{delayed::Delayed, query::QueryCache, toasts::Toasts},
};

/// What deletes and takes back. Made in a component, used in handlers.
#[derive(Clone, Copy)]
pub struct Deletion {
    locale: Locale,
    delayed: Delayed,
    cache: QueryCache,
    toasts: Toasts,
}

/// The deletion of this place's child chunks.
#[must_use]
pub fn use_deletion() -> Deletion {
    Deletion { locale: use_locale(), delayed: expect_context(), cache: expect_context(), toasts: expect_context() }
}

fn key(id: &str) -> String {
    format!("child chunk {id}")
}

impl Deletion {
    /// Whether a child chunk is about to go, to track.
    #[must_use]
    pub fn is_pending(self, id: &str) -> bool {
        self.delayed.is_pending(&key(id))
    }

    /// Takes it back.
    pub fn undo(self, id: &str) {
        self.delayed.undo_key(&key(id));
    }

    /// Deletes it, unless that is taken back in time.
    pub fn start(self, shared: Shared, child: &ChildChunk) {
        let Some(id) = ChildChunkId::parse(&child.id) else { return };
        let Self { locale, delayed, cache, toasts } = self;
        let (messages, position) = (child_chunks(locale), child.position);
        // Nothing of the screen: it may be left by then.
        let (parent, drafts, draft_key) = (shared.parent.get_value(), shared.drafts, shared.drafts.key());
        let delete = async move {
            match safe_child_chunk::delete(&parent, &id).await {
                Ok(()) => {
                    drafts.forget(&draft_key, id.as_str());
                    renew(cache);
                    toasts.done((messages.deleted)(position));
                }
                Err(error) => toasts.problem((messages.not_deleted)(position, &error_words(locale.messages, &error).cause)),
            }
        };
        delayed.start(&key(&child.id), (messages.deleting)(position), move || spawn_local(delete));
    }
}
