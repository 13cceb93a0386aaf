//! One file of the queue: where it is, what it is sent for, and why it is not there.

use serde::{Deserialize, Serialize};

use crate::{
    api::ApiError,
    model::{
        file::FileProblem,
        id::{DocumentId, KnowledgeBaseId},
        progress::Progress,
    },
};

/// Where a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Not sent yet.
    Waiting,
    /// On its way.
    Sending,
    /// The server has it and works on it.
    Indexing,
    /// Indexed.
    Done,
    /// Not sent, refused, or not indexed.
    Failed,
    /// Never to be sent.
    Skipped,
    /// Stopped by the person.
    Cancelled,
}

impl Stage {
    /// Whether nothing more will happen by itself.
    #[must_use]
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Skipped | Self::Cancelled)
    }
}

/// Why a file is not in the knowledge base.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// It would be refused.
    File(FileProblem),
    /// A document of its name is there, and nobody said that it may be replaced.
    SameName,
    /// The request failed.
    Request(ApiError),
    /// The server could not index it; its own words.
    Indexing(String),
    /// The page was loaded again before it was sent.
    Reloaded,
    /// The document that it became was deleted or replaced before it was indexed.
    Gone,
    /// Nothing has moved on its server for longer than its size explains; the list of documents follows it on.
    Stalled,
}

/// What a file is sent for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// It becomes a document at once.
    #[default]
    Document,
    /// It waits on the server until its knowledge base's pipeline is run with it: as a document, or as what this input variable
    /// asks for.
    Pipeline(Option<String>),
}

/// One file.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Number in this page.
    pub id: u32,
    /// Connection id.
    pub connection: String,
    /// The knowledge base that it goes into.
    pub knowledge_base: KnowledgeBaseId,
    /// The name that the document has or will have.
    pub name: String,
    /// Bytes.
    pub size: f64,
    /// What it is sent for.
    pub purpose: Purpose,
    /// Where it is.
    pub stage: Stage,
    /// Bytes sent.
    pub sent: f64,
    /// When sending began, in milliseconds since the epoch; the first of several tries where it is not known what that did.
    pub started_at: f64,
    /// When it ended, in milliseconds since the epoch.
    pub ended_at: f64,
    /// How far the indexing has got.
    pub progress: Progress,
    /// When its indexing was last seen to move, in milliseconds since the epoch; 0 before anybody looked.
    pub moved_at: f64,
    /// Batch to ask for, once the server has it.
    pub batch: Option<String>,
    /// Document that it became.
    pub document: Option<String>,
    /// The document that it takes the place of, whatever its name.
    pub target: Option<DocumentId>,
    /// Whether it may replace a document of its name: the person said so, or that document is its own earlier try.
    pub may_replace: bool,
    /// Whether it replaced a document although nobody meant it to: somebody added one of its name at the same moment.
    pub has_replaced: bool,
    /// Whether the server may have it although no answer came: another try looks before it sends.
    pub is_unsure: bool,
    /// Why it is not there.
    pub problem: Option<Problem>,
}

impl Item {
    /// Back to the start, for another try.
    pub fn begin_again(&mut self) {
        self.may_replace |= self.document.is_some();
        self.stage = Stage::Waiting;
        self.sent = 0.0;
        self.progress = Progress::default();
        self.moved_at = 0.0;
        self.has_replaced = false;
        (self.batch, self.document, self.problem) = (None, None, None);
    }

    /// Whether somebody said that a document goes for it.
    #[must_use]
    pub fn is_meant_to_replace(&self) -> bool {
        self.may_replace || self.target.is_some()
    }

    /// Part of the whole way, from 0 to 1: the first half is sending, the second indexing.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        let sent = if self.size > 0.0 { (self.sent / self.size).clamp(0.0, 1.0) } else { 1.0 };
        match self.stage {
            Stage::Waiting => 0.0,
            // Nothing is indexed of what waits for a run.
            Stage::Sending if self.purpose != Purpose::Document => sent,
            Stage::Sending => sent / 2.0,
            Stage::Indexing => 0.5 + self.progress.fraction().unwrap_or_default() / 2.0,
            Stage::Done | Stage::Failed | Stage::Skipped | Stage::Cancelled => 1.0,
        }
    }
}
