//! Sessions of people who signed in with a password: in memory, by the digest of an id that only their browser has.
//!
//! A restart ends them all; the desk keeps what was typed and asks to sign in again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

/// Sessions at once; the one that was unused longest gives way.
const MOST: usize = 10_000;

type Fingerprint = [u8; 32];

#[derive(Clone, Debug)]
struct Session {
    name: String,
    /// Of the line in the password file, so that a session ends with the password that began it.
    password: Fingerprint,
    begun: SystemTime,
    used: SystemTime,
}

/// All sessions.
#[derive(Debug)]
pub(super) struct Sessions {
    longest: Duration,
    longest_idle: Duration,
    all: Mutex<HashMap<Fingerprint, Session>>,
}

impl Sessions {
    /// Sessions that last so long; a quarter of it without a request ends them too.
    pub(super) fn new(longest: Duration) -> Self {
        Self { longest, longest_idle: longest / 4, all: Mutex::default() }
    }

    /// How long a session lasts at most.
    pub(super) fn longest(&self) -> Duration {
        self.longest
    }

    /// Begins a session and gives its id, which is nowhere kept.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub(super) fn begin(&self, name: &str, hash: &str, now: SystemTime) -> Result<String, getrandom::Error> {
        let mut id = [0_u8; 32];
        getrandom::fill(&mut id)?;
        let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let session = Session { name: name.to_owned(), password: fingerprint(hash), begun: now, used: now };
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, session| self.is_alive(session, now));
            let oldest = all.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| *key);
            if let Some(oldest) = oldest.filter(|_| all.len() >= MOST) {
                all.remove(&oldest);
            }
        }
        all.insert(fingerprint(&id), session);
        Ok(id)
    }

    /// Whose session that is, if it lives and the person's line in the password file, which `hash_of` finds, is what it was.
    pub(super) fn find(&self, id: &str, hash_of: impl Fn(&str) -> Option<String>, now: SystemTime) -> Option<String> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let key = fingerprint(id);
        let session = all.get_mut(&key)?;
        if !self.is_alive(session, now) {
            all.remove(&key);
            return None;
        }
        if hash_of(&session.name).is_none_or(|hash| fingerprint(&hash) != session.password) {
            return None;
        }
        session.used = now;
        Some(session.name.clone())
    }

    /// Ends a session.
    pub(super) fn end(&self, id: &str) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&fingerprint(id));
    }

    fn is_alive(&self, session: &Session, now: SystemTime) -> bool {
        // A clock that was set back makes nothing older.
        let since = |then: SystemTime| now.duration_since(then).unwrap_or_default();
        since(session.begun) <= self.longest && since(session.used) <= self.longest_idle
    }
}

fn fingerprint(text: &str) -> Fingerprint {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn known(name: &str) -> Option<String> {
        (name == "anna").then(|| "hash 1".to_owned())
    }

    #[test]
    fn a_session_ends_by_age_by_rest_and_by_hand() {
        let (sessions, start) = (Sessions::new(12 * HOUR), SystemTime::now());
        let id = sessions.begin("anna", "hash 1", start).unwrap();
        assert_eq!(id.len(), 64);
        let mut now = start;
        while now < start + 12 * HOUR {
            assert_eq!(sessions.find(&id, known, now).as_deref(), Some("anna"));
            now += 2 * HOUR;
        }
        assert_eq!(sessions.find(&id, known, start + 12 * HOUR + HOUR), None, "age");
        let id = sessions.begin("anna", "hash 1", start).unwrap();
        assert_eq!(sessions.find(&id, known, start + 4 * HOUR), None, "rest");
        assert_eq!(sessions.find(&id, known, start), None, "it does not come back");
        let id = sessions.begin("anna", "hash 1", start).unwrap();
        sessions.end(&id);
        assert_eq!(sessions.find(&id, known, start), None, "signed out");
        assert_eq!(sessions.find("", known, start), None);
    }

    #[test]
    fn a_session_ends_with_the_password_that_began_it() {
        let (sessions, now) = (Sessions::new(HOUR), SystemTime::now());
        let anna = sessions.begin("anna", "hash 1", now).unwrap();
        let bert = sessions.begin("bert", "hash 2", now).unwrap();
        assert_eq!(sessions.find(&bert, known, now), None, "he is no longer in the file");
        assert_eq!(sessions.find(&anna, |_| Some("hash 3".to_owned()), now), None, "another password");
        assert_eq!(sessions.find(&anna, known, now).as_deref(), Some("anna"));
    }

    #[test]
    fn the_number_of_sessions_is_bounded() {
        let (sessions, now) = (Sessions::new(HOUR), SystemTime::now());
        let first = sessions.begin("anna", "hash 1", now - Duration::from_secs(1)).unwrap();
        for _ in 0..MOST {
            sessions.begin("anna", "hash 1", now).unwrap();
        }
        assert_eq!(sessions.all.lock().unwrap().len(), MOST);
        assert_eq!(sessions.find(&first, known, now), None);
    }
}
