//! Deleting a child chunk: ten seconds in which it can be taken back.
//!
//! Carries out: deleteChildChunk.

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::ChildChunk;

use super::{Shared, renew};
use crate::{
    api::safe_child_chunk,
    components::words::error_words,
    i18n::{Locale, child_chunks::child_chunks},
    model::id::ChildChunkId,
    state::{delayed::Delayed, query::QueryCache, toasts::Toasts},
};

/// What deletes child chunks. `Copy`, so that every row can have it.
#[derive(Clone, Copy)]
pub struct Deletion {
    locale: Locale,
    delayed: Delayed,
    toasts: Toasts,
    cache: QueryCache,
}

impl Deletion {
    /// With what the app provides.
    #[must_use]
    pub fn new(locale: Locale) -> Self {
        Self { locale, delayed: expect_context(), toasts: expect_context(), cache: expect_context() }
    }

    /// Whether a child chunk is about to go, to track.
    #[must_use]
    pub fn is_pending(self, shared: Shared, id: &str) -> bool {
        self.delayed.is_pending(&key(shared, id))
    }

    /// Takes it back.
    pub fn undo(self, shared: Shared, id: &str) {
        self.delayed.undo_key(&key(shared, id));
    }

    /// Deletes it in ten seconds.
    pub fn start(self, shared: Shared, child: &ChildChunk, is_last: bool) {
        let messages = child_chunks(self.locale);
        let Some(id) = ChildChunkId::parse(&child.id) else { return };
        let position = child.position;
        let text = if is_last { (messages.deleting_last)(position) } else { (messages.deleting)(position) };
        let parent = shared.parent.get_value();
        self.delayed.start(&key(shared, id.as_str()), text, move || {
            spawn_local(async move {
                match safe_child_chunk::delete(&parent, &id).await {
                    Ok(()) => {
                        shared.drafts.forget(id.as_str());
                        self.toasts.done((messages.deleted)(position));
                    }
                    Err(error) => {
                        let words = error_words(self.locale.messages, &error);
                        self.toasts.problem((messages.not_deleted)(position, &format!("{} {}", words.cause, words.remedy)));
                    }
                }
                renew(self.cache);
            });
        });
    }
}

fn key(shared: Shared, id: &str) -> String {
    shared.parent.with_value(|parent| {
        format!("child {}/{}/{}/{}/{id}", parent.client.connection(), parent.knowledge_base, parent.document, parent.id)
    })
}
