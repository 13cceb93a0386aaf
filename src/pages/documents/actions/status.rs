//! Enabling, disabling, archiving and taking out again, 100 documents a request.
//!
//! Carries out: batchUpdateDocumentStatus.

use std::{collections::HashSet, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::{Document, StatusAction};

use super::{Actions, Job, first_name, items};
use crate::{
    api::dify,
    model::{
        batch::PIECE_MAX,
        document_action::{DocumentAction, Obstacle},
        id::DocumentId,
    },
    state::batch::{BatchRun, PieceAnswer, Reason},
};

impl Actions {
    pub(super) fn change_status(&self, action: DocumentAction, status: StatusAction, documents: &[Arc<Document>]) {
        let obstacles = Arc::new(self.obstacles(action, documents));
        let job = Job { action, run: self.screen.batches.with(BatchRun::new) };
        let (this, end, name) = (self.clone(), self.clone(), first_name(documents));
        let status = Arc::new(status);
        let work = move |ids: Vec<String>| {
            let (this, obstacles, status) = (this.clone(), Arc::clone(&obstacles), Arc::clone(&status));
            async move {
                let mut refused = Vec::new();
                let mut sent = Vec::new();
                for id in ids {
                    match (obstacles.get(&id), DocumentId::parse(&id)) {
                        (Some(Obstacle::AlreadySo), _) => {}
                        (Some(obstacle), _) => refused.push((id, this.refused(*obstacle))),
                        (None, Some(id)) => sent.push(id),
                        // Servers answer such an id with a page that a browser sees as a network error.
                        (None, None) => refused.push((id, this.is_gone())),
                    }
                }
                this.send_status(action, &status, sent, refused).await
            }
        };
        self.report(job, documents.len() > 1);
        job.run.start(items(documents), PIECE_MAX, work, move || end.ended(job, &name));
    }

    /// Changes documents and looks whether the list says so too: servers pass over ids that they do not know.
    async fn send_status(
        &self,
        action: DocumentAction,
        status: &StatusAction,
        documents: Vec<DocumentId>,
        mut refused: Vec<(String, Reason)>,
    ) -> PieceAnswer {
        if documents.is_empty() {
            return Ok(refused);
        }
        let screen = &self.screen;
        dify::documents::set_status(&screen.client, &screen.knowledge_base, status, &documents).await?;
        let ids: Vec<String> = documents.iter().map(ToString::to_string).collect();
        screen.index.apply(&ids, action);
        // Where this fails, the list shows the change all the same, and the truth when it is next read.
        drop(screen.index.refresh_these(&ids.iter().cloned().collect::<HashSet<_>>()).await);
        screen.documents.with_untracked(|documents| {
            for id in ids {
                match documents.by_id(&id) {
                    None => refused.push((id, self.is_gone())),
                    Some(document) if action.obstacle(document) != Some(Obstacle::AlreadySo) => {
                        refused.push((id, Reason::Words(self.locale.document_actions().not_kept.to_owned())));
                    }
                    Some(_) => {}
                }
            }
        });
        Ok(refused)
    }

    pub(super) fn is_gone(&self) -> Reason {
        Reason::Words(self.locale.document_actions().gone.to_owned())
    }
}
