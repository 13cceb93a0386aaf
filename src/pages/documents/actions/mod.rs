//! What is done with documents of the list: one or many, each with its own result. `status` enables and archives, `deletion` deletes
//! after a time in which it can be taken back, `again` indexes again, `files` saves originals.

mod again;
mod deletion;
mod files;
mod status;

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;
use loredesk_wire::Document;

use super::screen::{Screen, use_screen};
use crate::{
    api::capabilities::Operation,
    components::reason_words,
    config::Limits,
    dom::focus,
    i18n::{Locale, document_actions::Action, use_locale},
    model::{
        batch::{Item, Outcome},
        document_action::{DocumentAction, Obstacle, reindex_obstacle},
        stuck::Delay,
    },
    state::{
        batch::{BatchRun, Reason},
        cache::Resource,
        capabilities::Capabilities,
        delayed::Delayed,
        query::QueryCache,
        session::Session,
        toasts::Toasts,
    },
};

/// A batch that was begun: what it does, and how far it is.
#[derive(Clone, Copy)]
pub struct Job {
    /// What it does.
    pub action: DocumentAction,
    /// How far it is.
    pub run: BatchRun,
}

/// The screen with all that an action needs. Made in a component, used in handlers.
#[derive(Clone)]
pub struct Actions {
    /// The screen.
    pub screen: Screen,
    locale: Locale,
    toasts: Toasts,
    cache: QueryCache,
    delayed: Delayed,
    capabilities: Capabilities,
    limits: Arc<Limits>,
}

/// The actions of the screen around.
#[must_use]
pub fn use_actions() -> Actions {
    Actions {
        screen: use_screen(),
        locale: use_locale(),
        toasts: expect_context(),
        cache: expect_context(),
        delayed: expect_context(),
        capabilities: expect_context(),
        limits: Arc::new(expect_context::<Session>().config().limits.clone()),
    }
}

impl Actions {
    /// Does it with these documents. What cannot be done is in the report with its reason.
    pub fn run(&self, action: DocumentAction, documents: Vec<Arc<Document>>) {
        if documents.is_empty() {
            return;
        }
        match action.status() {
            Some(status) => self.change_status(action, status, &documents),
            None if action == DocumentAction::Delete => self.delete(&documents),
            None if action == DocumentAction::Reindex => self.ask_to_reindex(documents),
            None => self.save(&documents),
        }
    }

    /// What stands in the way of an action, as far as the list tells.
    #[must_use]
    pub fn obstacle(&self, action: DocumentAction, document: &Document) -> Option<Obstacle> {
        if action == DocumentAction::Download && self.lacks_originals() {
            return None;
        }
        if action != DocumentAction::Reindex {
            return action.obstacle(document);
        }
        let is_stuck = self.is_stuck(&document.id);
        let takes_files = self.screen.can_add.get_untracked();
        self.screen.documents.with_untracked(|documents| {
            let others = documents.list.iter().filter(|other| other.name == document.name && other.id != document.id);
            reindex_obstacle(document, is_stuck, takes_files, &self.limits, others.map(|other| other.enabled))
        })
    }

    /// Whether a document does not move any more.
    #[must_use]
    pub fn is_stuck(&self, id: &str) -> bool {
        self.screen.delays.with_untracked(|delays| matches!(delays.get(id), Some(Delay::Stuck { .. })))
    }

    /// Whether the server is known to give out no originals, so that texts are saved in their place. Tracks.
    #[must_use]
    pub fn lacks_originals(&self) -> bool {
        self.capabilities.absence(&self.screen.client, Operation::Download).is_some()
    }

    /// The word for saving the originals of many, as the server can. Tracks.
    #[must_use]
    pub fn word_for_many(&self) -> &'static str {
        let words = self.locale.document_actions();
        if self.lacks_originals() {
            words.text.word_for_many
        } else if self.capabilities.absence(&self.screen.client, Operation::DownloadZip).is_some() {
            words.download.word
        } else {
            words.download_zip
        }
    }

    /// The messages of an action.
    #[must_use]
    pub fn words(&self, action: DocumentAction) -> &'static Action {
        words(self.locale, action)
    }

    /// The reason why an action cannot be done, as a sentence.
    #[must_use]
    pub fn why(&self, obstacle: Obstacle) -> &'static str {
        let words = &self.locale.document_actions().obstacles;
        match obstacle {
            Obstacle::AlreadySo => words.already_so,
            Obstacle::Archived => words.archived,
            Obstacle::NotIndexed => words.not_indexed,
            Obstacle::NoFile => words.no_file,
            Obstacle::NotFailed => words.not_failed,
            Obstacle::Working => words.working,
            Obstacle::Disabled => words.disabled,
            Obstacle::Name => words.name,
            Obstacle::Namesake => words.namesake,
            Obstacle::NoUploads => words.no_uploads,
        }
    }

    /// Those that it cannot be done with, by their ids, with the reason; what is so already counts as done.
    fn obstacles(&self, action: DocumentAction, documents: &[Arc<Document>]) -> HashMap<String, Obstacle> {
        let found = documents.iter().filter_map(|document| Some((document.id.clone(), self.obstacle(action, document)?)));
        found.collect()
    }

    fn refused(&self, obstacle: Obstacle) -> Reason {
        Reason::Words(self.why(obstacle).to_owned())
    }

    /// Shows the report of a batch: at once of many, of one document only where it failed.
    fn report(&self, job: Job, is_open: bool) {
        let _ = self.screen.job.try_set(Some(job));
        let _ = self.screen.is_reporting.try_set(is_open);
    }

    /// After a batch: the other screens ask again, and one document needs no report when all went well.
    fn ended(&self, job: Job, name: &str) {
        self.renew();
        let (total, done) = job.run.batch().with_untracked(|batch| (batch.total(), batch.done()));
        if total == 1 && done == 1 {
            // A retry out of the report has ended well too.
            let _ = self.screen.is_reporting.try_set(false);
            self.toasts.done((self.words(job.action).done)(name));
        } else if done < total && self.screen.is_reporting.try_set(true).is_some() {
            // The screen is left: what went wrong is said wherever one is now.
            self.tell_first(job);
        }
    }

    /// Says how many are not done, and why the first is not.
    fn tell_first(&self, job: Job) {
        let words = self.words(job.action);
        let said = job.run.batch().with_untracked(|batch| {
            let left = (batch.total() - batch.done()) as u64;
            let first = batch.items().find_map(|(_, outcome)| match outcome {
                Outcome::Refused(reason) => Some(reason_words(self.locale, reason)),
                _ => None,
            });
            format!("{}: {}", (words.title)(left, &self.locale.number(left)), first.unwrap_or_default())
        });
        self.toasts.problem(said);
    }

    fn renew(&self) {
        for resource in [Resource::KnowledgeBases, Resource::KnowledgeBase, Resource::Document, Resource::Chunks] {
            self.cache.invalidate(resource);
        }
    }

    /// Gives the focus back to the list where what had it is gone.
    fn keep_focus(&self) {
        let screen = self.screen.clone();
        request_animation_frame(move || {
            if focus::active().is_none_or(|element| element.tag_name() == "BODY") {
                screen.focus_again();
            }
        });
    }
}

/// The messages of an action.
#[must_use]
pub fn words(locale: Locale, action: DocumentAction) -> &'static Action {
    let words = locale.document_actions();
    match action {
        DocumentAction::Enable => &words.enable,
        DocumentAction::Disable => &words.disable,
        DocumentAction::Archive => &words.archive,
        DocumentAction::UnArchive => &words.un_archive,
        DocumentAction::Download => &words.download,
        DocumentAction::Reindex => &words.reindex,
        DocumentAction::Delete => &words.delete,
    }
}

/// The icon of an action.
#[must_use]
pub fn icon(action: DocumentAction) -> &'static str {
    match action {
        DocumentAction::Enable => "play",
        DocumentAction::Disable => "off",
        DocumentAction::Archive | DocumentAction::UnArchive => "folder",
        DocumentAction::Download => "download",
        DocumentAction::Reindex => "retry",
        DocumentAction::Delete => "delete",
    }
}

fn items(documents: &[Arc<Document>]) -> Vec<Item> {
    documents.iter().map(|document| Item { id: document.id.clone(), name: document.name.clone() }).collect()
}

fn first_name(documents: &[Arc<Document>]) -> String {
    documents.first().map(|document| document.name.clone()).unwrap_or_default()
}
