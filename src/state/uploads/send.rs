//! Sends what is waiting, and decides what a missing answer means.

use std::{future::Future, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{CreateDocumentByFile, CreateDocumentByText, DocumentAccepted};

use super::{
    Held, Source, Uploads, lookup,
    queue::{Item, Problem, Queue, Stage},
};
use crate::{
    api::{ApiError, Client, ErrorKind, dify, sign_in, upload::AbortHandle},
    dom::clock,
    state::document_update::DocumentUpdate,
};

impl Uploads {
    /// Sends what may be sent now.
    pub(super) fn pump(self) {
        let sendable = self.queue.with_untracked(Queue::sendable);
        if sendable.is_empty() {
            return;
        }
        self.queue.update(|queue| {
            for id in &sendable {
                queue.change(*id, |item| {
                    item.stage = Stage::Sending;
                    if !item.is_unsure {
                        item.started_at = clock::now();
                    }
                });
            }
        });
        // A text that waits is sent after a reload: that this one does not wait any more has to be known before it goes.
        let is_text = |id| self.held.with_value(|held| matches!(held.get(id), Some(Held { source: Source::Text(_), .. })));
        if sendable.iter().any(is_text) {
            self.save_now();
        }
        for id in sendable {
            spawn_local(async move {
                if self.has_found_earlier_try(id).await {
                    return;
                }
                self.look_for_namesakes(id).await;
                // It may have been cancelled while one looked.
                if !self.is_in(id, Stage::Sending) {
                    return;
                }
                match self.send(id) {
                    Ok(()) => {}
                    Err(Problem::SameName) => {
                        self.end(id, Stage::Skipped, Some(Problem::SameName));
                        self.after_change();
                    }
                    Err(problem) => self.fail(id, problem),
                }
            });
        }
    }

    /// Looks for what an earlier try has done whose answer was lost, and follows that in place of sending it again.
    async fn has_found_earlier_try(self, id: u32) -> bool {
        let item = self.queue.with_untracked(|queue| queue.item(id).cloned());
        let Some(item) = item.filter(|item| item.is_unsure) else { return false };
        let Some((_, client)) = self.session.connection(&item.connection) else { return false };
        let index = self.indexes.of(&client, &item.knowledge_base);
        match lookup::look(&client, &index, &item).await {
            Some(found) if self.is_in(id, Stage::Sending) => {
                self.accept_found(&client, &item, found);
                true
            }
            _ => false,
        }
    }

    /// Somebody may have added a document of the name since the person was asked; the server would replace it without a word.
    async fn look_for_namesakes(self, id: u32) {
        let item = self.queue.with_untracked(|queue| queue.item(id).cloned());
        let Some(item) = item.filter(|item| !item.may_replace && item.target.is_none()) else { return };
        if let Some((_, client)) = self.session.connection(&item.connection) {
            self.indexes.of(&client, &item.knowledge_base).know_newest().await;
        }
    }

    fn send(self, id: u32) -> Result<(), Problem> {
        let item = self.queue.with_untracked(|queue| queue.item(id).cloned()).ok_or(Problem::Reloaded)?;
        let held = self.held.with_value(|held| held.get(&id).map(|held| (held.source.clone(), held.data.clone())));
        let (source, data) = held.ok_or(Problem::Reloaded)?;
        let (_, client) = self.session.connection(&item.connection).ok_or(Problem::Reloaded)?;
        let index = self.indexes.of(&client, &item.knowledge_base);
        let has_namesake = index.documents().with_untracked(|documents| documents.by_name(&item.name).is_some());
        if has_namesake && !item.may_replace && item.target.is_none() {
            return Err(Problem::SameName);
        }
        match source {
            Source::File(file) => self.send_file(client, item, &file, &data),
            Source::Text(text) => {
                let body = by_text(&item.name, &text, &data);
                self.finish(client.clone(), item.clone(), async move {
                    dify::documents::create_by_text(&client, &item.knowledge_base, &body).await
                });
                Ok(())
            }
        }
    }

    fn send_file(self, client: Client, item: Item, file: &web_sys::File, data: &CreateDocumentByFile) -> Result<(), Problem> {
        let id = item.id;
        let on_progress = move |sent: f64, _: f64| {
            let _ = self.queue.try_update(|queue| {
                queue.change(id, |item| {
                    let sent = sent.min(item.size);
                    let more = sent - item.sent;
                    let _ = self.meter.try_update_value(|meter| meter.add(clock::now(), more));
                    item.sent = sent;
                });
            });
        };
        let hold = move |abort: AbortHandle| {
            let _ = self.held.try_update_value(|held| {
                if let Some(held) = held.get_mut(&id) {
                    held.abort = Some(abort);
                }
            });
        };
        if let Some(document) = item.target.clone() {
            let (client_of, knowledge_base) = (client.clone(), item.knowledge_base.clone());
            let (file, data) = (Some(file.clone()), Arc::new(data.clone()));
            let update = DocumentUpdate { client: client_of, knowledge_base, document, file, data };
            // The way that fails first has counted bytes; they go out again.
            let start = move |abort: AbortHandle| {
                if !self.is_in(id, Stage::Sending) {
                    // Cancelled while the first way was refused.
                    return abort.abort();
                }
                self.queue.update(|queue| queue.change(id, |item| item.sent = 0.0));
                hold(abort);
            };
            self.finish(client, item, async move { update.send(self.capabilities, on_progress, start).await });
            return Ok(());
        }
        let upload = dify::documents::create_by_file(&client, &item.knowledge_base, file, &item.name, data, on_progress);
        let upload = upload.map_err(Problem::Request)?;
        hold(upload.abort_handle());
        self.finish(client, item, upload.finish::<DocumentAccepted>());
        Ok(())
    }

    fn finish(self, client: Client, item: Item, answer: impl Future<Output = Result<DocumentAccepted, ApiError>> + 'static) {
        spawn_local(async move {
            let outcome = answer.await;
            let is_cancelled = !self.is_in(item.id, Stage::Sending);
            match outcome {
                // Also when it was cancelled: that came too late, the server has it.
                Ok(accepted) => self.accept(&client, &item, accepted),
                Err(_) if is_cancelled => {}
                // Refused before it was looked at: it waits like the rest of the queue, and goes again.
                Err(error) if error.kind == ErrorKind::SignedOut => {
                    let is_signed_in = sign_in::wait().await;
                    if is_signed_in && self.is_in(item.id, Stage::Sending) {
                        self.queue.update(|queue| queue.change(item.id, Item::begin_again));
                        self.after_change();
                    } else if self.is_in(item.id, Stage::Sending) {
                        self.fail(item.id, Problem::Request(error));
                    }
                }
                // The server may have it although its answer was lost: look before saying that it failed.
                Err(error) if error.kind != ErrorKind::Aborted && error.is_outcome_unknown() => {
                    let index = self.indexes.of(&client, &item.knowledge_base);
                    match lookup::find(&client, &index, &item).await {
                        Some(found) => self.accept_found(&client, &item, found),
                        // It may have been cancelled while one looked.
                        None if self.is_in(item.id, Stage::Sending) => {
                            self.queue.update(|queue| queue.change(item.id, |item| item.is_unsure = true));
                            self.fail(item.id, Problem::Request(error));
                        }
                        None => {}
                    }
                }
                Err(error) => self.fail(item.id, Problem::Request(error)),
            }
        });
    }

    fn accept(self, client: &Client, item: &Item, accepted: DocumentAccepted) {
        let batch = Some(accepted.batch).filter(|batch| !batch.is_empty());
        // An earlier try of its own is nobody else's.
        let is_own = item.is_meant_to_replace() || item.is_unsure;
        if !is_own && lookup::has_replaced(&accepted.document) {
            self.queue.update(|queue| queue.change(item.id, |item| item.has_replaced = true));
        }
        self.follow(item, accepted.document.id.clone(), batch);
        self.indexes.of(client, &item.knowledge_base).put(accepted.document);
    }

    fn accept_found(self, client: &Client, item: &Item, found: lookup::Found) {
        self.follow(item, found.id.clone(), None);
        let index = self.indexes.of(client, &item.knowledge_base);
        match found.document {
            Some(document) => index.put(document),
            // The poll of the list is not for those that the queue follows; a failure here mends itself when it is indexed.
            None => spawn_local(async move { drop(index.refresh_these(&[found.id].into()).await) }),
        }
    }

    fn follow(self, item: &Item, document: String, batch: Option<String>) {
        self.queue.update(|queue| {
            queue.change(item.id, |item| {
                item.stage = Stage::Indexing;
                item.sent = item.size;
                item.is_unsure = false;
                (item.batch, item.document) = (batch, Some(document));
            });
        });
        self.after_change();
        self.poll_soon();
    }

    /// A request that was stopped may have been carried out all the same: the list shows what is there.
    pub(super) fn look_after_cancel(self, item: &Item) {
        let Some((_, client)) = self.session.connection(&item.connection) else { return };
        let index = self.indexes.of(&client, &item.knowledge_base);
        let is_whole = item.sent >= item.size;
        spawn_local(async move {
            if is_whole {
                // Where this fails too, the list shows it when it is next loaded.
                drop(index.refresh_newest().await);
            }
        });
    }
}

fn by_text(name: &str, text: &str, data: &CreateDocumentByFile) -> CreateDocumentByText {
    CreateDocumentByText {
        name: name.to_owned(),
        text: text.to_owned(),
        indexing_technique: data.indexing_technique.clone(),
        doc_form: data.doc_form.clone(),
        process_rule: data.process_rule.clone(),
        ..CreateDocumentByText::default()
    }
}
