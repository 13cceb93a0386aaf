//! Slows guessing: after some wrong passwords each next one has to wait, longer every time, per name and per address.
//!
//! An attempt is counted before its password is checked, so that many at once count as many. One that comes too early is not
//! checked and not counted.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Names and addresses that are remembered at once.
const MOST: usize = 20_000;
/// After so long without a wrong password everything is forgotten.
const MEMORY: Duration = Duration::from_secs(15 * 60);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Name(String),
    Address(IpAddr),
}

impl Key {
    /// Wrong passwords without a wait, and the longest wait. Many people may share an address; a name that a stranger guesses
    /// at must not be shut to its owner for long.
    fn rule(&self) -> (u32, Duration) {
        match self {
            Self::Name(_) => (4, Duration::from_secs(30)),
            Self::Address(_) => (20, Duration::from_secs(300)),
        }
    }

    fn wait(&self, count: u32) -> Duration {
        let (free, longest) = self.rule();
        match count.checked_sub(free) {
            None | Some(0) => Duration::ZERO,
            Some(over) => Duration::from_secs(1 << (over - 1).min(16)).min(longest),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Instant,
}

/// Wrong passwords of late.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<HashMap<Key, Failures>>);

impl Attempts {
    /// Counts an attempt, or says how long to wait.
    pub(super) fn begin(&self, name: &str, address: Option<IpAddr>, now: Instant) -> Result<(), Duration> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(name, address);
        let left = |key: &Key| {
            let failures = all.get(key)?;
            (failures.last + key.wait(failures.count)).checked_duration_since(now).filter(|left| !left.is_zero())
        };
        if let Some(longest) = keys.iter().filter_map(left).max() {
            return Err(longest);
        }
        make_room(&mut all, now);
        for key in keys {
            let failures = all.entry(key).or_insert(Failures { count: 0, last: now });
            let is_old = now.duration_since(failures.last) > MEMORY;
            *failures = Failures { count: if is_old { 1 } else { failures.count.saturating_add(1) }, last: now };
        }
        Ok(())
    }

    /// Takes a right attempt back. The address keeps its others: one account must not open the way to the rest.
    pub(super) fn succeeded(&self, name: &str, address: Option<IpAddr>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(name, address) {
            match (&key, all.get_mut(&key)) {
                (Key::Address(_), Some(failures)) if failures.count > 1 => failures.count -= 1,
                _ => drop(all.remove(&key)),
            }
        }
    }
}

fn keys(name: &str, address: Option<IpAddr>) -> Vec<Key> {
    let name = Key::Name(name.chars().take(100).collect::<String>().to_lowercase());
    std::iter::once(name).chain(address.map(|address| Key::Address(network(address)))).collect()
}

/// One household has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6((six.to_bits() & !u128::from(u64::MAX)).into()),
    }
}

fn make_room(all: &mut HashMap<Key, Failures>, now: Instant) {
    if all.len() < MOST {
        return;
    }
    all.retain(|_, failures| now.duration_since(failures.last) <= MEMORY);
    if all.len() >= MOST {
        // Those that were tried least go first, so that a flood of invented names does not wash away the one that is guessed at.
        let mut counts: Vec<u32> = all.values().map(|failures| failures.count).collect();
        counts.sort_unstable();
        let middle = counts[counts.len() / 2];
        all.retain(|_, failures| failures.count > middle);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_password_waits_longer_than_the_last() {
        let (attempts, mut now) = (Attempts::default(), Instant::now());
        let mut waits = Vec::new();
        for _ in 0..12 {
            if let Err(wait) = attempts.begin("anna", None, now) {
                waits.push(wait.as_secs());
                // Asking again does not make it longer.
                assert_eq!(attempts.begin("ANNA", None, now), Err(wait));
                now += wait;
                attempts.begin("anna", None, now).unwrap();
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
        assert!(attempts.begin("anna", None, now).is_err());
        assert_eq!(attempts.begin("bert", None, now), Ok(()), "others do not wait");
        attempts.succeeded("anna", None);
        assert_eq!(attempts.begin("anna", None, now), Ok(()));
    }

    #[test]
    fn an_address_that_tries_many_names_waits_too() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        let address = Some("2001:db8::1".parse().unwrap());
        for number in 0..21 {
            assert_eq!(attempts.begin(&format!("name {number}"), address, now), Ok(()), "{number}");
        }
        let neighbour = Some("2001:db8::ffff:1".parse().unwrap());
        assert!(attempts.begin("another", neighbour, now).is_err());
        assert_eq!(attempts.begin("another", Some("2001:db8:0:1::1".parse().unwrap()), now), Ok(()));
        // One right password does not forgive the other names.
        attempts.succeeded("name 3", address);
        assert_eq!(attempts.begin("name 4", address, now), Ok(()));
        assert!(attempts.begin("name 5", address, now).is_err());
    }

    #[test]
    fn memory_is_bounded_and_keeps_the_most_guessed() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        for _ in 0..5 {
            attempts.begin("anna", None, now).unwrap();
        }
        for number in 0..MOST * 2 {
            attempts.begin(&format!("name {number}"), None, now).unwrap();
        }
        assert!(attempts.0.lock().unwrap().len() <= MOST);
        assert!(attempts.begin("anna", None, now).is_err());
        assert_eq!(attempts.begin("anna", None, now + MEMORY * 2), Ok(()));
    }
}
