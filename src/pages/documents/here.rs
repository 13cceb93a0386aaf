//! The document that the keyboard is at, or whose menu is open, in the address: a link to the list leads to the same row, and so does
//! the way back from the document.

use leptos::prelude::*;

use super::arrange::Arranged;
use crate::{
    components::urls::Urls,
    dom::{clock, timers::Timer},
    state::{document_index::Documents, preferences::Preferences},
    ui::VirtualRows,
};

/// How long the keyboard has to rest on a row, in milliseconds: browsers count every change of the address.
const REST: u32 = 400;
/// The parameter of the address.
const NAME: &str = "document";

/// The document of the address. Copy it into handlers.
#[derive(Clone, Copy)]
pub struct Here {
    /// Its id; empty where there is none.
    pub id: Memo<String>,
    note: Callback<()>,
}

impl Here {
    /// The focus has moved within the list.
    pub fn note(self) {
        self.note.run(());
    }
}

/// Follows the focus, and leads to the row of the address once, as soon as the list has it.
#[must_use]
pub fn follow(documents: ArcRwSignal<Documents>, arranged: Memo<Arranged>, rows: VirtualRows, urls: Urls) -> Here {
    let id = urls.text(NAME);
    let place_of = move |id: &str| arranged.with(|arranged| arranged.shown.iter().position(|document| document.id == id));
    let is_made_anew = expect_context::<Preferences>().take_made_anew();
    let is_led = StoredValue::new(is_made_anew || id.with_untracked(String::is_empty));
    Effect::new(move |_| {
        // While pages are missing, its place is not its place yet.
        let is_settled = documents.with(|documents| documents.is_complete || documents.error.is_some());
        if is_led.get_value() || !is_settled {
            return;
        }
        if let Some(place) = id.with(|id| place_of(id)) {
            is_led.set_value(true);
            // After the rows have been drawn and measured.
            request_animation_frame(move || rows.focus_row(place));
        }
    });
    let say = move || {
        // `None` once the list is left.
        let Some(Some(place)) = rows.try_current() else { return };
        let now = arranged.try_with_untracked(|arranged| arranged.shown.get(place).map(|document| document.id.clone()));
        if let Some(Some(now)) = now {
            urls.set(&[(NAME, &now)]);
        }
    };
    let (said_at, timer) = (StoredValue::new(0.0), StoredValue::new_local(None::<Timer>));
    let note = Callback::new(move |()| {
        // Whoever has moved already is not led elsewhere.
        is_led.set_value(true);
        let wait = f64::from(REST) - (clock::now() - said_at.get_value());
        said_at.set_value(clock::now());
        // The first one at once: a press on a link leaves the list a moment later.
        if wait <= 0.0 {
            timer.set_value(None);
            say();
        } else {
            timer.set_value(Some(Timer::start(REST, say)));
        }
    });
    Here { id, note }
}
