//! Sends what is waiting, and decides what a missing answer means.

use std::{future::Future, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use loredesk_wire::{CreateDocumentByFile, CreateDocumentByText, DocumentAccepted, PipelineFile};

use super::{
    Held, Source, Uploads,
    later::{self, Work},
    lookup,
    queue::{Item, Problem, Purpose, Queue, Stage},
};
use crate::{
    api::{ApiError, Client, ErrorKind, dify, pipeline_guard, sign_in, upload::AbortHandle},
    dom::clock,
    model::pipeline::UploadedFile,
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
        later::begin(self, Work::Send(sendable));
    }

    /// Sends what the queue has marked as being sent.
    pub(super) fn send_all(self, ids: Vec<u32>) {
        for id in ids {
            spawn_local(async move {
                if self.has_found_earlier_try(id).await {
                    return;
                }
                self.look_for_namesakes(id).await;
                // It may have been cancelled while one looked, or before this module was here.
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
        let is_new = |item: &Item| item.purpose == Purpose::Document && !item.may_replace && item.target.is_none();
        let Some(item) = item.filter(is_new) else { return };
        if let Some((_, client)) = self.session.connection(&item.connection) {
            self.indexes.of(&client, &item.knowledge_base).know_newest().await;
        }
    }

    fn send(self, id: u32) -> Result<(), Problem> {
        let item = self.queue.with_untracked(|queue| queue.item(id).cloned()).ok_or(Problem::Reloaded)?;
        let held = self.held.with_value(|held| held.get(&id).map(|held| (held.source.clone(), held.data.clone())));
        let (source, data) = held.ok_or(Problem::Reloaded)?;
        let (_, client) = self.session.connection(&item.connection).ok_or(Problem::Reloaded)?;
        if let (Purpose::Pipeline(variable), Source::File(file)) = (&item.purpose, &source) {
            return self.send_for_pipeline(&client, &item, file, variable.clone());
        }
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
            }
        }
        Ok(())
    }

    /// Tells how much of a file has gone out.
    fn on_progress(self, id: u32) -> impl Fn(f64, f64) + Clone + 'static {
        move |sent: f64, _: f64| {
            let _ = self.queue.try_update(|queue| {
                queue.change(id, |item| {
                    let sent = sent.min(item.size);
                    let more = sent - item.sent;
                    let _ = self.meter.try_update_value(|meter| meter.add(clock::now(), more));
                    item.sent = sent;
                });
            });
        }
    }

    /// Sends a file for a later run. A lost answer leaves a file on the server that nothing uses; sending it again does no harm.
    fn send_for_pipeline(
        self,
        client: &Client,
        item: &Item,
        file: &web_sys::File,
        variable: Option<String>,
    ) -> Result<(), Problem> {
        let id = item.id;
        let upload = dify::pipeline::upload_file(client, file, &item.name, self.on_progress(id)).map_err(Problem::Request)?;
        self.hold(id, upload.abort_handle());
        let (connection, knowledge_base) = (item.connection.clone(), item.knowledge_base.clone());
        spawn_local(async move {
            let outcome = upload.finish::<PipelineFile>().await;
            if !self.is_in(id, Stage::Sending) {
                return;
            }
            match outcome {
                Ok(PipelineFile { id: file, name, size, .. }) => {
                    self.pipeline_files.add(&connection, &knowledge_base, UploadedFile { id: file, name, size, variable });
                    self.end(id, Stage::Done, None);
                    self.after_change();
                }
                Err(error) if error.kind == ErrorKind::SignedOut => self.wait_for_sign_in(id, error).await,
                Err(error) => self.fail(id, Problem::Request(error)),
            }
        });
        Ok(())
    }

    fn hold(self, id: u32, abort: AbortHandle) {
        let _ = self.held.try_update_value(|held| {
            if let Some(held) = held.get_mut(&id) {
                held.abort = Some(abort);
            }
        });
    }

    /// Refused before it was looked at: it waits like the rest of the queue, and goes again.
    async fn wait_for_sign_in(self, id: u32, error: ApiError) {
        let is_signed_in = sign_in::wait().await;
        if !self.is_in(id, Stage::Sending) {
            return;
        }
        if is_signed_in {
            self.queue.update(|queue| queue.change(id, Item::begin_again));
            self.after_change();
        } else {
            self.fail(id, Problem::Request(error));
        }
    }

    fn send_file(self, client: Client, item: Item, file: &web_sys::File, data: &CreateDocumentByFile) {
        let id = item.id;
        let on_progress = self.on_progress(id);
        let start = move |abort: AbortHandle| {
            if !self.is_in(id, Stage::Sending) {
                // Cancelled before it began, or while the first way was refused.
                return abort.abort();
            }
            // The way that fails first has counted bytes; they go out again.
            self.queue.update(|queue| queue.change(id, |item| item.sent = 0.0));
            self.hold(id, abort);
        };
        if let Some(document) = item.target.clone() {
            let (client_of, knowledge_base) = (client.clone(), item.knowledge_base.clone());
            let (file, data) = (Some(file.clone()), Arc::new(data.clone()));
            let update = DocumentUpdate { client: client_of, knowledge_base, document, file, data };
            self.finish(client, item, async move { update.send(self.capabilities, on_progress, start).await });
            return;
        }
        let (to, knowledge_base, name) = (client.clone(), item.knowledge_base.clone(), item.name.clone());
        let (file, data) = (file.clone(), data.clone());
        self.finish(client, item, async move {
            pipeline_guard::ask(&to, &knowledge_base).await?;
            let upload = dify::documents::create_by_file(&to, &knowledge_base, &file, &name, &data, on_progress)?;
            start(upload.abort_handle());
            upload.finish::<DocumentAccepted>().await
        });
    }

    fn finish(self, client: Client, item: Item, answer: impl Future<Output = Result<DocumentAccepted, ApiError>> + 'static) {
        spawn_local(async move {
            let outcome = answer.await;
            let is_cancelled = !self.is_in(item.id, Stage::Sending);
            match outcome {
                // Also when it was cancelled: that came too late, the server has it.
                Ok(accepted) => self.accept(&client, &item, accepted),
                Err(_) if is_cancelled => {}
                Err(error) if error.kind == ErrorKind::SignedOut => self.wait_for_sign_in(item.id, error).await,
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
