//! Saving originals: one as it is, many as ZIP files of at most 100, or one by one where a server makes no ZIP.
//!
//! Carries out: downloadDocument, downloadDocumentsZip.

use std::{cell::Cell, rc::Rc, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::Document;

use super::{Actions, Job, first_name, items};
use crate::{
    api::{ApiError, ErrorKind, dify},
    components::words::error_words,
    dom::{download, timers},
    model::{batch::PIECE_MAX, document_action::DocumentAction, id::DocumentId},
    state::batch::{BatchRun, PieceAnswer, Reason},
};

/// Browsers ask about downloads that follow each other at once, and drop some; milliseconds between two.
const BETWEEN: u32 = 400;

/// What the pieces of one download share.
#[derive(Default)]
struct Parts {
    saved: Cell<u64>,
    has_many: bool,
    has_no_zip: Cell<bool>,
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
        let this = self.clone();
        spawn_local(async move {
            if let Err(reason) = this.open(&id).await {
                let words = match &reason {
                    Reason::Words(words) => words.clone(),
                    Reason::Error(error) => {
                        let words = error_words(this.locale.messages, error);
                        format!("{} {}", words.cause, words.remedy)
                    }
                };
                this.toasts.problem(words);
            }
        });
    }

    /// Opens the original of a document as a download.
    async fn open(&self, id: &DocumentId) -> Result<(), Reason> {
        let answer = dify::documents::download_url(&self.screen.client, &self.screen.knowledge_base, id).await;
        if download::open(&answer.map_err(Reason::Error)?.url) {
            Ok(())
        } else {
            Err(Reason::Words(self.locale.messages.errors.decode.join(" ")))
        }
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
        if !parts.has_no_zip.get() {
            let screen = &self.screen;
            match dify::documents::download_zip(&screen.client, &screen.knowledge_base, documents).await {
                Ok(file) => return Ok(self.keep(parts, documents, &file)),
                Err(ApiError { kind: ErrorKind::NotOffered, .. }) => {
                    parts.has_no_zip.set(true);
                    self.toasts.done(self.locale.document_actions().zip.one_by_one);
                }
                Err(error) => return Err(error),
            }
        }
        let mut refused = Vec::new();
        for id in documents {
            match self.open(id).await {
                Ok(()) => timers::sleep(BETWEEN).await,
                Err(Reason::Error(error)) if error.kind == ErrorKind::NotOffered => return Err(error),
                Err(reason) => refused.push((id.to_string(), reason)),
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
