//! What the window is like.

use leptos::{ev, prelude::*};

/// Whether a media query such as `(max-width: 700px)` holds, as long as the owner lives. Asked again when the window's size changes.
#[must_use]
pub fn matches(query: &'static str) -> Signal<bool> {
    let holds = move || window().match_media(query).ok().flatten().is_some_and(|list| list.matches());
    let signal = RwSignal::new(holds());
    let handle = window_event_listener(ev::resize, move |_| {
        let now = holds();
        if signal.try_get_untracked().is_some_and(|before| before != now) {
            signal.set(now);
        }
    });
    on_cleanup(move || handle.remove());
    signal.into()
}
