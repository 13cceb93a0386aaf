//! Requests that met "sign in first" wait here until somebody has, and then go on as if nothing had been.
//!
//! The host refuses them before it looks at them, so sending again does nothing twice, whatever they are.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;

type Listener = Box<dyn Fn()>;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static IS_HELD: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<oneshot::Sender<bool>>> = const { RefCell::new(Vec::new()) };
}

/// Calls `listener` when a request waits for somebody to sign in. One at a time: the app has one.
pub fn listen(listener: impl Fn() + 'static) {
    LISTENER.with_borrow_mut(|current| *current = Some(Box::new(listener)));
}

/// Waits until the person has signed in (`true`: send again) or wants to go on without (`false`).
pub async fn wait() -> bool {
    let (sender, answer) = oneshot::channel();
    WAITING.with_borrow_mut(|waiting| waiting.push(sender));
    let is_heard = LISTENER.with_borrow(|listener| listener.as_ref().map(|listener| listener()).is_some());
    if !is_heard {
        settle(false);
    }
    answer.await.unwrap_or_default()
}

/// Holds every request back, or no more: somebody else has signed in, and what is under way was begun by the person before. A deed
/// whose first request was refused must not go on with the second in another name.
pub fn hold(is_held: bool) {
    IS_HELD.set(is_held);
}

/// Whether requests are held back.
#[must_use]
pub fn is_held() -> bool {
    IS_HELD.get()
}

/// Lets everything go on that waits: again if somebody has signed in, with its refusal if not.
pub fn settle(is_signed_in: bool) {
    let waiting = WAITING.with_borrow_mut(std::mem::take);
    for waiter in waiting {
        // Who no longer waits does not mind.
        let _ = waiter.send(is_signed_in);
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, rc::Rc};

    use futures::FutureExt;

    use super::*;

    #[test]
    fn what_waits_goes_on_together_and_nothing_waits_for_nobody() {
        assert_eq!(wait().now_or_never(), Some(false), "nobody can sign in");
        let asked = Rc::new(Cell::new(0));
        let count = Rc::clone(&asked);
        listen(move || count.set(count.get() + 1));
        let (mut one, mut two) = (Box::pin(wait()), Box::pin(wait()));
        assert_eq!((one.as_mut().now_or_never(), two.as_mut().now_or_never()), (None, None));
        assert_eq!(asked.get(), 2);
        settle(true);
        assert_eq!((one.now_or_never(), two.now_or_never()), (Some(true), Some(true)));
        let mut late = Box::pin(wait());
        assert_eq!(late.as_mut().now_or_never(), None, "what was settled is over");
        settle(false);
        assert_eq!(late.now_or_never(), Some(false));
    }
}
