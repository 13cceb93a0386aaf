//! Writes: one at a time a form, with its pending state and its error where the form shows them.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};

use crate::api::ApiError;

/// A write under way or its outcome. Copy it into the handlers of one form.
#[derive(Clone, Copy)]
pub struct Mutation {
    pending: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

impl Default for Mutation {
    fn default() -> Self {
        Self::new()
    }
}

impl Mutation {
    /// One that has not run.
    #[must_use]
    pub fn new() -> Self {
        Self { pending: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why it failed, until it runs again.
    #[must_use]
    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error.into()
    }

    /// Forgets the error, when its form is closed or changed.
    pub fn clear(self) {
        self.error.set(None);
    }

    /// Runs a write, unless one is under way: a double click does nothing twice. `on_success` is not called once the form is
    /// gone; what must happen then too belongs into the write itself.
    pub fn run<T: 'static>(
        self,
        write: impl Future<Output = Result<T, ApiError>> + 'static,
        on_success: impl FnOnce(T) + 'static,
    ) {
        if self.pending.try_get_untracked() != Some(false) {
            return;
        }
        self.pending.set(true);
        self.error.set(None);
        spawn_local(async move {
            let outcome = write.await;
            // `None` when the form went away meanwhile.
            let is_here = self.pending.try_set(false).is_none();
            match outcome {
                Ok(value) if is_here => on_success(value),
                Ok(_) => {}
                Err(error) => drop(self.error.try_set(Some(error))),
            }
        });
    }
}
