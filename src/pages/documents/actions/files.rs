//! Saving originals: one as it is, many as ZIP files of at most 100, one by one where a server makes no ZIP, and as the text of
//! their chunks where it gives out none. What it lacks is asked once (`state/capabilities.rs`).
//!
//! Carries out: downloadDocument, downloadDocumentsZip.

use std::{cell::Cell, rc::Rc, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::Document;

use super::{Actions, Job, first_name, items};
use crate::{
    api::{
        ApiError, ErrorKind,
        capabilities::{Operation, absence},
        dify,
    },
    components::words::error_words,
    dom::{download, timers},
    model::{batch::PIECE_MAX, document_action::DocumentAction, id::DocumentId},
    state::{
        batch::{BatchRun, PieceAnswer, Reason},
        originals::{self, Saved},
    },
};

/// Browsers ask about downloads that follow each other at once, and drop some; milliseconds between two.
const BETWEEN: u32 = 400;

/// What the pieces of one download share.
#[derive(Default)]
struct Parts {
    saved: Cell<u64>,
    has_many: bool,
    is_told: Cell<bool>,
}

impl Actions {
    pub(super) fn save(&self, documents: &[Arc<Document>]) {
        match documents {
            [document] => self.save_one(document),
            _ => self.save_many(documents),
        }
    }

    fn save_one(&self, document: &Document) {
        let Some(id) = DocumentId::parse(&document.id) else { return };
        let (this, name) = (self.clone(), document.name.clone());
        spawn_local(async move {
            match this.fetch(&id, &name).await {
                Ok(Saved::Original) => {}
                Ok(Saved::Text) => this.toasts.done((this.locale.document_actions().text.saved)(&name)),
                Err(error) => {
                    let words = error_words(this.locale.messages, &error);
                    this.toasts.problem(format!("{} {}", words.cause, words.remedy));
                }
            }
        });
    }

    async fn fetch(&self, id: &DocumentId, name: &str) -> Result<Saved, ApiError> {
        originals::save(self.capabilities, &self.screen.client, &self.screen.knowledge_base, id, name).await
    }

    fn save_many(&self, documents: &[Arc<Document>]) {
        let action = DocumentAction::Download;
        let obstacles = Arc::new(self.obstacles(action, documents));
        let has_many = documents.len() > PIECE_MAX;
        let parts = Rc::new(Parts { has_many, ..Parts::default() });
        let job = Job { action, run: self.screen.batches.with(BatchRun::new) };
        let (this, end, name) = (self.clone(), self.clone(), first_name(documents));
        let work = move |ids: Vec<String>| {
            let (this, obstacles, parts) = (this.clone(), Arc::clone(&obstacles), Rc::clone(&parts));
            async move {
                let mut refused = Vec::new();
                let mut wanted = Vec::new();
                for id in ids {
                    match (obstacles.get(&id), DocumentId::parse(&id)) {
                        (Some(obstacle), _) => refused.push((id, this.refused(*obstacle))),
                        (None, Some(id)) => wanted.push(id),
                        (None, None) => refused.push((id, this.is_gone())),
                    }
                }
                if !wanted.is_empty() {
                    refused.extend(this.save_piece(&parts, &wanted).await?);
                }
                Ok(refused)
            }
        };
        self.report(job, true);
        job.run.start(items(documents), PIECE_MAX, work, move || end.ended(job, &name));
    }

    async fn save_piece(&self, parts: &Parts, documents: &[DocumentId]) -> PieceAnswer {
        let screen = &self.screen;
        let lacks = |operation| self.capabilities.absence(&screen.client, operation).is_some();
        if !lacks(Operation::DownloadZip) && !lacks(Operation::Download) {
            let outcome = dify::documents::download_zip(&screen.client, &screen.knowledge_base, documents).await;
            self.capabilities.learn(&screen.client, Operation::DownloadZip, &outcome);
            match outcome {
                Ok(file) => return Ok(self.keep(parts, documents, &file)),
                Err(error) if absence(&error).is_none() => return Err(error),
                Err(_) => {}
            }
        }
        if !parts.is_told.replace(true) {
            let words = self.locale.document_actions();
            self.toasts.done(if lacks(Operation::Download) { words.text.one_by_one } else { words.zip.one_by_one });
        }
        let mut refused = Vec::new();
        for id in documents {
            let known = screen.documents.try_with_untracked(|documents| documents.by_id(id.as_str()).map(|one| one.name.clone()));
            match self.fetch(id, &known.flatten().unwrap_or_default()).await {
                Ok(_) => timers::sleep(BETWEEN).await,
                Err(error) if matches!(error.kind, ErrorKind::Offline | ErrorKind::Unauthorized) => return Err(error),
                Err(error) => refused.push((id.to_string(), Reason::Error(error))),
            }
        }
        Ok(refused)
    }

    /// Gives a ZIP to the person; where the browser cannot save it, none of its documents is saved.
    fn keep(&self, parts: &Parts, documents: &[DocumentId], file: &web_sys::Blob) -> Vec<(String, Reason)> {
        let words = &self.locale.document_actions().zip;
        // `None` once the screen is left.
        let dataset = self.screen.dataset.try_get_untracked().flatten();
        let base = dataset.map_or_else(|| self.locale.messages.common.documents.to_owned(), |dataset| dataset.name.clone());
        parts.saved.set(parts.saved.get() + 1);
        let number = parts.saved.get();
        // A refused piece is cut in two: then one ZIP becomes several.
        let name = if parts.has_many || number > 1 { (words.part)(&base, &number.to_string()) } else { (words.name)(&base) };
        if download::save_file(&name, file) {
            return Vec::new();
        }
        documents.iter().map(|id| (id.to_string(), Reason::Words(words.not_saved.to_owned()))).collect()
    }
}
