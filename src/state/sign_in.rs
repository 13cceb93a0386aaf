//! Whether somebody has to sign in again, and the way back: what waits goes on once the same person is there.

use leptos::{ev, prelude::*, task::spawn_local};

use super::session::Session;
use crate::{
    api::{ErrorKind, http, sign_in},
    config::Config,
    dom::{clock, location},
};

/// How long "not now" holds, in milliseconds, unless the person does something before.
const ANSWER_HOLDS: f64 = 5_000.0;

/// What is known of signing in. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct SignIn {
    session: Session,
    is_wanted: RwSignal<bool>,
    name: RwSignal<String>,
    now: RwSignal<Option<String>>,
    is_checking: StoredValue<bool>,
    /// When the person last chose to go on without.
    dismissed_at: StoredValue<Option<f64>>,
}

impl SignIn {
    /// Hears of every request that waits for somebody to sign in.
    #[must_use]
    pub fn listen(session: Session) -> Self {
        let this = Self {
            session,
            is_wanted: RwSignal::new(false),
            name: RwSignal::new(session.config().user.name.clone()),
            now: RwSignal::new(None),
            is_checking: StoredValue::new(false),
            dismissed_at: StoredValue::new(None),
        };
        sign_in::listen(move || this.ask());
        let acted = move || this.dismissed_at.set_value(None);
        let pressed = window_event_listener(ev::pointerdown, move |_| acted());
        let sent = window_event_listener(ev::submit, move |_| acted());
        on_cleanup(move || {
            pressed.remove();
            sent.remove();
        });
        this
    }

    /// One deed is often several requests: who has just chosen to go on without is not asked again for the rest of it.
    fn ask(self) {
        let is_answered = self.dismissed_at.get_value().is_some_and(|at| clock::now() - at < ANSWER_HOLDS);
        if is_answered {
            sign_in::settle(false);
        } else {
            self.is_wanted.set(true);
        }
    }

    /// Whether the person has to sign in, or to read that somebody else has.
    #[must_use]
    pub fn is_wanted(self) -> RwSignal<bool> {
        self.is_wanted
    }

    /// Who has signed in meanwhile, where that is somebody else.
    #[must_use]
    pub fn somebody_else(self) -> Signal<Option<String>> {
        self.now.into()
    }

    /// Who the page is used by, as far as it knows; empty where nobody signs in.
    #[must_use]
    pub fn name(self) -> Signal<String> {
        self.name.into()
    }

    /// Where one signs in, for a tab of its own.
    #[must_use]
    pub fn address(self) -> String {
        let base = self.session.base_path();
        // Other servers send whom they do not know to their own login, wherever they come.
        if self.session.config().server.name == "loredesk" { format!("{base}/login?next=tab") } else { format!("{base}/") }
    }

    /// Asks whether somebody has signed in, and lets everything go on if so.
    pub fn check(self) {
        if self.is_checking.get_value() || self.now.with_untracked(Option::is_some) || !self.is_wanted.get_untracked() {
            return;
        }
        self.is_checking.set_value(true);
        spawn_local(async move {
            let text = http::fetch_text("config.json").await;
            self.is_checking.set_value(false);
            let Some(config) = text.ok().and_then(|text| Config::parse(&text).ok()) else { return };
            let is_same = self.name.with_untracked(|name| *name == config.user.name);
            if is_same {
                self.is_wanted.set(false);
            } else {
                // What one person wrote is not sent under the name of another.
                sign_in::hold(true);
                self.now.set(Some(config.user.name));
            }
            sign_in::settle(is_same);
        });
    }

    /// Ends the session and leaves for the login page; `on_failure` where the server could not be told.
    pub fn sign_out(self, on_failure: impl FnOnce() + 'static) {
        let base = self.session.base_path();
        let path = self.session.config().user.sign_out.clone();
        spawn_local(async move {
            match http::sign_out(&base, &path).await {
                Ok(()) => location::leave_for(&format!("{base}/login")),
                // It had ended already.
                Err(error) if error.kind == ErrorKind::SignedOut => location::leave_for(&format!("{base}/login")),
                Err(_) => on_failure(),
            }
        });
    }

    /// Goes on as it is: what waits ends with its refusal, and the next request asks again.
    pub fn dismiss(self) {
        if let Some(name) = self.now.try_update(Option::take).flatten() {
            self.name.set(name);
            sign_in::hold(false);
        }
        self.is_wanted.set(false);
        self.dismissed_at.set_value(Some(clock::now()));
        sign_in::settle(false);
    }
}

/// The login page's address, which leads back to `wanted`.
#[must_use]
pub fn address(base_path: &str, wanted: &str) -> String {
    format!("{base_path}/login?next={}", http::encode_component(wanted))
}
