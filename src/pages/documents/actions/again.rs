//! Indexing again what failed or hangs, in its place.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::{Document, IndexingStatus, IndexingTechnique};

use super::{Actions, Job, first_name, items};
use crate::{
    api::reindex::{Reindexed, RemoteDocument, Trouble, reindex},
    components::words::error_words,
    model::{
        document::is_moving,
        document_action::{DocumentAction, Obstacle},
        id::DocumentId,
        knowledge_base::technique,
    },
    state::batch::{BatchRun, PieceAnswer, Reason},
};

impl Actions {
    /// Asks before, because chunks are made anew and two workers might be at one document.
    pub(super) fn ask_to_reindex(&self, documents: Vec<Arc<Document>>) {
        self.screen.to_reindex.set(documents);
        self.screen.is_asking.set(true);
    }

    /// Indexes them again.
    pub fn reindex(&self, documents: &[Arc<Document>]) {
        let action = DocumentAction::Reindex;
        let obstacles = Arc::new(self.obstacles(action, documents));
        // What the server says it works on was shown to hang, and the person was asked.
        let forced: Arc<Vec<String>> = Arc::new(
            documents.iter().filter(|document| is_moving(&document.display_status)).map(|document| document.id.clone()).collect(),
        );
        let technique = self
            .screen
            .dataset
            .with_untracked(|dataset| dataset.as_ref().map_or(IndexingTechnique::Economy, |dataset| technique(dataset)));
        let job = Job { action, run: self.screen.batches.with(BatchRun::new) };
        let (this, end, name) = (self.clone(), self.clone(), first_name(documents));
        let work = move |ids: Vec<String>| {
            let (this, obstacles, forced, technique) =
                (this.clone(), Arc::clone(&obstacles), Arc::clone(&forced), technique.clone());
            async move {
                let mut refused = Vec::new();
                for id in ids {
                    let obstacle = obstacles.get(&id).copied();
                    let is_forced = forced.contains(&id);
                    refused.extend(this.reindex_one(id, obstacle, technique.clone(), is_forced).await?);
                }
                Ok(refused)
            }
        };
        self.report(job, documents.len() > 1);
        job.run.start(items(documents), 1, work, move || end.ended(job, &name));
    }

    async fn reindex_one(
        &self,
        id: String,
        obstacle: Option<Obstacle>,
        technique: IndexingTechnique,
        is_forced: bool,
    ) -> PieceAnswer {
        let words = &self.locale.document_actions().again;
        let refuse = |reason: Reason| Ok(vec![(id.clone(), reason)]);
        if let Some(obstacle) = obstacle {
            return refuse(self.refused(obstacle));
        }
        let Some(document) = DocumentId::parse(&id) else { return refuse(self.is_gone()) };
        let screen = &self.screen;
        let place = RemoteDocument { client: screen.client.clone(), knowledge_base: screen.knowledge_base.clone(), document };
        match reindex(&place, technique, is_forced).await {
            Ok(Reindexed::InPlace(Some(document))) => {
                // A success may hold a failure.
                let failed = (document.indexing_status == IndexingStatus::Error).then(|| document.error.clone());
                screen.index.put(*document);
                if let Some(said) = failed {
                    let without = || self.locale.messages.documents.failed_without_reason.to_owned();
                    return refuse(Reason::Words(said.unwrap_or_else(without)));
                }
            }
            Ok(Reindexed::InPlace(None)) => drop(screen.index.refresh_these(&[id].into()).await),
            Ok(Reindexed::Second { document, has_metadata }) => {
                screen.index.put(*document);
                let said = if has_metadata { words.second } else { words.second_without_metadata };
                return refuse(Reason::Words(said.to_owned()));
            }
            Err(Trouble::Working) => return refuse(self.refused(Obstacle::Working)),
            Err(Trouble::File(error)) => {
                let said = error_words(self.locale.messages, &error);
                return refuse(Reason::Words((words.no_original)(&said.cause)));
            }
            Err(Trouble::Request(error)) => return Err(error),
        }
        Ok(Vec::new())
    }
}
