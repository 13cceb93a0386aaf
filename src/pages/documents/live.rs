//! Keeps documents on screen true while the server works on them: one timer, ever slower while nothing changes, none while the
//! tab is hidden. What was uploaded here is followed by the upload queue and not asked for twice.

use leptos::{prelude::*, task::spawn_local};

use super::screen::Screen;
use crate::{
    api::dify,
    dom::{clock, timers::Timer, visibility},
    model::{id::DocumentId, stuck},
    state::{document_index::DocumentIndex, poll::BackOff, uploads::Uploads},
};

/// Details asked for in one poll.
const ASKED: usize = 4;

#[derive(Clone, Copy)]
struct Poll {
    index: StoredValue<DocumentIndex>,
    place: StoredValue<Screen>,
    uploads: Uploads,
    is_moving: Memo<bool>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    back_off: StoredValue<BackOff>,
    is_asking: StoredValue<bool>,
}

/// Follows the documents of the screen until it is left.
pub fn follow(screen: &Screen, uploads: Uploads) {
    let (documents, place) = (screen.documents.clone(), screen.clone());
    let is_moving = Memo::new(move |_| {
        let followed = uploads.queue().with(|queue| queue.followed(place.client.connection(), &place.knowledge_base));
        documents.with(|documents| !documents.moving(&followed).is_empty())
    });
    let poll = Poll {
        index: StoredValue::new(screen.index.clone()),
        place: StoredValue::new(screen.clone()),
        uploads,
        is_moving,
        timer: StoredValue::new_local(None),
        back_off: StoredValue::new(BackOff::default()),
        is_asking: StoredValue::new(false),
    };
    Effect::new(move |_| {
        poll.back_off.set_value(BackOff::default());
        if is_moving.get() { poll.schedule(true) } else { poll.stop() }
    });
    visibility::on_change(move |is_hidden| {
        if is_hidden {
            poll.stop();
        } else if poll.is_moving.get_untracked() {
            poll.ask();
        }
    });
}

impl Poll {
    fn stop(self) {
        let _ = self.timer.try_update_value(|timer| *timer = None);
    }

    fn schedule(self, has_changed: bool) {
        // `None` once the screen is left.
        let is_wanted = self.is_moving.try_get_untracked() == Some(true) && !visibility::is_hidden();
        let Some(wait) = self.back_off.try_update_value(|back_off| back_off.next(has_changed)) else { return };
        let _ = self.timer.try_update_value(|timer| *timer = is_wanted.then(|| Timer::start(wait, move || self.ask())));
    }

    fn ask(self) {
        let (Some(index), Some(place)) = (self.index.try_get_value(), self.place.try_get_value()) else { return };
        if self.is_asking.try_get_value() != Some(false) {
            return;
        }
        self.is_asking.set_value(true);
        // What does not move shows nothing new, but its age does.
        let _ = place.now.try_set(seconds_now());
        let followed =
            self.uploads.queue().with_untracked(|queue| queue.followed(place.client.connection(), &place.knowledge_base));
        spawn_local(async move {
            // A failed poll is asked again later; the list says when it cannot be renewed.
            let has_changed = index.refresh_moving(&followed).await.unwrap_or_default();
            verify(&place).await;
            if self.is_asking.try_update_value(|is_asking| *is_asking = false).is_some() {
                self.schedule(has_changed);
            }
        });
    }
}

/// Asks when documents that seem to hang last moved: one that was replaced was added long ago, and the list says no more.
async fn verify(place: &Screen) {
    let Some(known) = place.verified.try_get_untracked() else { return };
    let documents = place.documents.clone();
    let seem = documents.with_untracked(|documents| stuck::delays(&documents.list, documents.moved_at(), seconds_now()));
    let unknown = seem.into_keys().filter(|id| !known.contains(id)).take(ASKED);
    for id in unknown.collect::<Vec<_>>() {
        if let Some(document) = DocumentId::parse(&id)
            && let Ok(detail) = dify::documents::get(&place.client, &place.knowledge_base, &document).await
            && let Some(moved_at) = detail.updated_at.max(detail.completed_at)
        {
            place.index.note_moved(&id, moved_at);
        }
        // Where nothing more can be had, the list has to do.
        let _ = place.verified.try_update(|verified| verified.insert(id));
    }
}

/// Epoch seconds.
#[expect(clippy::cast_possible_truncation, reason = "epoch seconds")]
#[must_use]
pub fn seconds_now() -> i64 {
    (clock::now() / 1000.0) as i64
}
