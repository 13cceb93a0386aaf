//! Who gets in: requests of foreign pages and names, sign-in, and the headers that keep a page from being turned against its user.
//!
//! Around every route, from the outside: [`headers`] (on every answer), [`guard`] (was the request meant for this host, and
//! started by this desk or by a program?), [`access`] (who asks?). docs/security.md says what is protected from whom.

mod access;
mod addresses;
mod attempts;
mod guard;
mod hash_password;
mod headers;
mod login;
mod page;
mod passwords;
mod place;
mod sessions;
mod settings;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::sync::Semaphore;

pub use hash_password::main as hash_password_main;
pub use settings::{Settings, TrustedHeader};

use attempts::Attempts;
use passwords::Passwords;
use sessions::Sessions;

/// Passwords that are checked at the same time: each takes a core and tens of megabytes.
const CHECKED_AT_ONCE: usize = 2;

/// Who asks, as far as that is known; in the extensions of a request, and of its answer for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User(pub String);

/// The path below the base that ends the session of whoever asks; in the extensions of a request of somebody who has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignOut(pub &'static str);

/// Everything that decides who gets in. Made once.
#[derive(Debug)]
pub(crate) struct Gate {
    settings: Settings,
    passwords: Option<Passwords>,
    sessions: Sessions,
    attempts: Attempts,
    checks: Semaphore,
}

impl Gate {
    /// Reads the password file, if there is one.
    ///
    /// # Errors
    /// A sentence for whoever starts the host.
    pub(crate) fn new(settings: Settings) -> Result<Arc<Self>, String> {
        let passwords = settings.passwords.as_deref().map(Passwords::open).transpose()?;
        let sessions = Sessions::new(settings.session);
        let checks = Semaphore::new(CHECKED_AT_ONCE);
        Ok(Arc::new(Self { settings, passwords, sessions, attempts: Attempts::default(), checks }))
    }

    /// The pages of signing in and out, below the base.
    pub(crate) fn routes<S: Clone + Send + Sync + 'static>(self: &Arc<Self>) -> Router<S> {
        login::router(self)
    }

    /// Lets only those to the routes who have signed in, where there is a login.
    pub(crate) fn admit(self: &Arc<Self>, router: Router) -> Router {
        router.layer(from_fn_with_state(Arc::clone(self), access::layer))
    }

    /// Refuses what foreign pages start, and puts the headers on every answer.
    pub(crate) fn protect(self: &Arc<Self>, router: Router) -> Router {
        router
            .layer(from_fn_with_state(Arc::clone(self), guard::layer))
            .layer(from_fn_with_state(Arc::new(headers::Policies::of(&self.settings)), headers::layer))
    }
}
