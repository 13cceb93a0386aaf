//! Switching chunks on and off. Servers switch one at a time, and a success may hold a failure.
//!
//! Carries out: updateSegment.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Deed, Job, Many, Picked};
use crate::{
    api::{
        ApiError, ErrorKind,
        safe_chunk::{self, Written},
    },
    model::{chunk::Verdict, id::ChunkId},
    pages::chunks::DocumentPlace,
    state::batch::{BatchRun, PieceAnswer, Reason},
};

impl Many {
    /// Switches chunks on or off; those that are so already are done.
    pub fn switch(self, chunks: Vec<Picked>, is_enabled: bool) {
        let deed = if is_enabled { Deed::Enable } else { Deed::Disable };
        let Some(run) = self.batches.with_value(|batches| batches.with(|| Some(BatchRun::new()))) else { return };
        let job = Job { deed, run };
        let place = self.place.get_value();
        let work = move |ids: Vec<String>| {
            let place = place.clone();
            async move {
                let mut refused = Vec::new();
                for id in ids {
                    refused.extend(self.switch_one(&place, id, is_enabled).await?);
                }
                Ok(refused)
            }
        };
        self.job.set(Some(job));
        self.is_reporting.set(chunks.len() > 1);
        let (items, chunks) = (self.items(&chunks), Arc::new(chunks));
        run.start(items, 1, work, move || {
            let _ = self.selection.try_update(|selection| {
                for chunk in chunks.iter() {
                    selection.entry(chunk.id.clone()).and_modify(|known| known.is_enabled = is_enabled);
                }
            });
            self.ended(job, &chunks);
        });
    }

    async fn switch_one(self, place: &DocumentPlace, id: String, is_enabled: bool) -> PieceAnswer {
        let Some(chunk) = ChunkId::parse(&id) else {
            // Servers answer such an id with a page that a browser sees as a network error.
            return Ok(vec![(id, Reason::Error(ApiError::local(ErrorKind::NotFound, "POST", "segments")))]);
        };
        let words = &self.locale.messages.chunks;
        let reason = match safe_chunk::switch(&place.chunk(chunk), is_enabled).await {
            Written::Failed(error, _) => return Err(error),
            Written::Done(now, Verdict::NotIndexed) => {
                format!("{} {}", words.chunk_failed, now.error.unwrap_or_default()).trim_end().to_owned()
            }
            Written::Done(now, _) if now.enabled == is_enabled => return Ok(Vec::new()),
            Written::Done(..) | Written::Conflict(_) => self.messages().not_kept.to_owned(),
        };
        Ok(vec![(id, Reason::Words(reason))])
    }
}
