//! What is being typed into a chunk: the fields, what they began with, and the draft that outlives the page.

use std::sync::Arc;

use leptos::prelude::*;
use loredesk_wire::Segment;

use super::listing::Listing;
use crate::{
    model::{
        chunk::{ChunkDraft, ChunkForm, ChunkProblem, check, is_conflict},
        shared_draft::Elsewhere,
    },
    state::shared_draft::DraftKeeper,
};

/// The fields of a chunk. `Copy`, so that every handler of the form can have it.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The text.
    pub content: RwSignal<String>,
    /// The answer.
    pub answer: RwSignal<String>,
    /// The keywords.
    pub keywords: RwSignal<Vec<String>>,
    /// Whether retrieval may find it.
    pub enabled: RwSignal<bool>,
    /// The summary.
    pub summary: RwSignal<String>,
    /// Whether the server keeps one.
    pub has_summary: bool,
    /// What the server had when the edit began.
    pub base: RwSignal<ChunkForm>,
    /// Whether something differs from that.
    pub is_dirty: Memo<bool>,
    /// The draft, which other tabs share.
    pub draft: DraftKeeper<ChunkForm>,
    /// Whether the form began with a draft from before.
    pub is_restored: bool,
}

impl Editor {
    /// An editor on what the server has, or on the draft that was left. With a listing, its marks follow.
    #[must_use]
    pub fn new(key: String, server: &ChunkForm, listing: Listing) -> Self {
        let (draft, stored) = DraftKeeper::open(key);
        let is_restored = stored.is_some();
        let fresh = || ChunkDraft { form: server.clone(), base: server.clone(), other: None };
        let ChunkDraft { form, base, .. } = stored.unwrap_or_else(fresh);
        let (content, answer) = (RwSignal::new(form.content), RwSignal::new(form.answer));
        let (keywords, enabled) = (RwSignal::new(form.keywords), RwSignal::new(form.enabled));
        let has_summary = server.summary.is_some();
        let summary = RwSignal::new(form.summary.or_else(|| server.summary.clone()).unwrap_or_default());
        let base = RwSignal::new(base);
        let now = move || ChunkForm {
            content: content.get(),
            answer: answer.get(),
            keywords: keywords.get(),
            enabled: enabled.get(),
            summary: has_summary.then(|| summary.get()),
        };
        let is_dirty = Memo::new(move |_| base.with(|base| now().differs(base)));
        let editor = Self { content, answer, keywords, enabled, summary, has_summary, base, is_dirty, draft, is_restored };
        // Kept at every change: a closed tab asks nobody.
        Effect::new(move |was_kept: Option<bool>| {
            let form = now();
            let (is_kept, base) = (is_dirty.get(), base.get());
            editor.show(draft.store(form, base.clone(), &base, is_kept));
            if was_kept.unwrap_or(is_restored) != is_kept {
                listing.drafts.update(|count| *count += 1);
            }
            is_kept
        });
        draft.on_change_elsewhere(move || {
            let base = base.get_untracked();
            editor.show(draft.hear(editor.now(), base.clone(), &base));
        });
        editor
    }

    /// Shows what another tab has made of the draft.
    fn show(self, change: Option<Elsewhere<ChunkForm>>) {
        match change {
            Some(Elsewhere::Show(draft)) => {
                self.base.set(draft.base);
                if self.now() != draft.form {
                    self.fill(draft.form);
                }
            }
            Some(Elsewhere::Ended) => self.start_over(self.base.get_untracked()),
            None => {}
        }
    }

    /// Shows what was typed in another tab at the same time, and keeps what stands here in its place.
    pub fn swap(self) {
        if let Some(other) = self.draft.other.get_untracked() {
            self.draft.other.set(Some(self.now()));
            self.fill(other);
        }
    }

    /// What is typed now, without tracking.
    #[must_use]
    pub fn now(self) -> ChunkForm {
        ChunkForm {
            content: self.content.get_untracked(),
            answer: self.answer.get_untracked(),
            keywords: self.keywords.get_untracked(),
            enabled: self.enabled.get_untracked(),
            summary: self.has_summary.then(|| self.summary.get_untracked()),
        }
    }

    /// Fills the fields.
    pub fn fill(self, form: ChunkForm) {
        self.content.set(form.content);
        self.answer.set(form.answer);
        self.keywords.set(form.keywords);
        self.enabled.set(form.enabled);
        self.summary.set(form.summary.unwrap_or_default());
    }

    /// Starts over on what the server has.
    pub fn start_over(self, server: ChunkForm) {
        self.base.set(server.clone());
        self.fill(server);
    }

    /// Follows the server while nothing is typed.
    pub fn follow(self, server: Memo<ChunkForm>) {
        Effect::new(move |_| {
            let server = server.get();
            if !self.is_dirty.get_untracked() && self.now().differs(&server) {
                self.start_over(server);
            }
        });
    }

    /// Whether saving would undo somebody's change, as far as is known.
    #[must_use]
    pub fn is_overtaken(self, chunk: Signal<Arc<Segment>>) -> Memo<bool> {
        Memo::new(move |_| {
            self.content.track();
            self.answer.track();
            self.keywords.track();
            self.enabled.track();
            self.summary.track();
            let theirs = chunk.with(|chunk| ChunkForm::of(chunk));
            self.is_dirty.get() && self.base.with(|base| is_conflict(base, &self.now(), &theirs))
        })
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(self, has_answers: Signal<bool>) -> Memo<Option<ChunkProblem>> {
        Memo::new(move |_| {
            let form = ChunkForm { content: self.content.get(), answer: self.answer.get(), ..ChunkForm::default() };
            check(&form, has_answers.get()).err()
        })
    }
}
