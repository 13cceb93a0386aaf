//! Timers that are cleared when their owner goes away.

use std::{cell::RefCell, rc::Rc, time::Duration};

use futures::channel::oneshot;
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};

/// Waits for so many milliseconds; the timer is cleared when the future is dropped.
pub async fn sleep(milliseconds: u32) {
    let (sender, receiver) = oneshot::channel::<()>();
    let sender = RefCell::new(Some(sender));
    let _timer = Timer::start(milliseconds, move || {
        if let Some(sender) = sender.borrow_mut().take() {
            let _ = sender.send(());
        }
    });
    let _ = receiver.await;
}

/// A running timer; dropping it clears it.
pub struct Timer(Option<TimeoutHandle>);

impl Timer {
    /// Calls `callback` once after so many milliseconds.
    #[must_use]
    pub fn start(milliseconds: u32, callback: impl FnOnce() + 'static) -> Self {
        Self(set_timeout_with_handle(callback, Duration::from_millis(u64::from(milliseconds))).ok())
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(handle) = self.0.take() {
            handle.clear();
        }
    }
}

/// Delays calls until none has come for a while: for a search as one types.
#[derive(Clone, Default)]
pub struct Debounce(Rc<RefCell<Option<Timer>>>);

impl Debounce {
    /// Calls `callback` after so many milliseconds, unless called again before.
    pub fn call(&self, milliseconds: u32, callback: impl FnOnce() + 'static) {
        *self.0.borrow_mut() = Some(Timer::start(milliseconds, callback));
    }
}
