//! Deleting chunks: nothing is sent for ten seconds, in which it can be taken back; then one goes after the other.
//!
//! It goes on when the page is left; closing the tab before deletes nothing.
//!
//! Carries out: deleteSegment.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Deed, Job, Many, Picked};
use crate::{
    api::safe_chunk,
    model::id::ChunkId,
    pages::chunks::DocumentPlace,
    state::{batch::BatchRun, drafts},
};

impl Many {
    /// Deletes chunks in ten seconds.
    pub fn delete(self, chunks: Vec<Picked>) {
        let chunks: Vec<Picked> = chunks.into_iter().filter(|chunk| !untrack(|| self.is_leaving(&chunk.id))).collect();
        let keys = chunks.iter().map(|chunk| self.key(&chunk.id)).collect();
        let text = match chunks.as_slice() {
            [] => return,
            [one] => (self.messages().deleting_one)(one.position),
            many => (self.messages().deleting_many)(&self.locale.number(many.len() as u64)),
        };
        self.selection.update(|selection| selection.retain(|id, _| chunks.iter().all(|chunk| chunk.id != *id)));
        let place = self.place.get_value();
        self.delayed.start_all(keys, text, move || self.delete_now(place, Arc::new(chunks)));
    }

    /// Whether a chunk is about to go, or just going, to track.
    #[must_use]
    pub fn is_leaving(self, id: &str) -> bool {
        self.going.with(|going| going.contains(id)) || self.delayed.is_pending(&self.key(id))
    }

    /// Whether there is still time to take its deletion back, to track.
    #[must_use]
    pub fn can_undo(self, id: &str) -> bool {
        self.delayed.is_pending(&self.key(id))
    }

    /// Takes the deletion of a chunk back, with all that go with it.
    pub fn undo_deletion(self, id: &str) {
        self.delayed.undo_key(&self.key(id));
    }

    fn key(self, id: &str) -> String {
        self.place.with_value(|place| place.draft_key(id))
    }

    fn delete_now(self, place: DocumentPlace, chunks: Arc<Vec<Picked>>) {
        // Called by a timer, so these signals belong to no page and live on when it is left.
        let job = Job { deed: Deed::Delete, run: BatchRun::new() };
        let _ = self.going.try_update(|going| going.extend(chunks.iter().map(|chunk| chunk.id.clone())));
        let work = move |ids: Vec<String>| {
            let place = place.clone();
            async move {
                for id in ids {
                    // An id that is none cannot be there.
                    if let Some(chunk) = ChunkId::parse(&id) {
                        safe_chunk::delete(&place.chunk(chunk)).await?;
                        drafts::remove(&place.draft_key(&id));
                    }
                }
                Ok(Vec::new())
            }
        };
        let _ = self.job.try_set(Some(job));
        let items = self.items(&chunks);
        job.run.start(items, 1, work, move || {
            let _ = self.going.try_update(|going| going.retain(|id| chunks.iter().all(|chunk| chunk.id != *id)));
            self.ended(job, &chunks);
        });
    }
}
