//! When to ask again: quickly while something moves, ever more slowly while nothing does.

/// Shortest wait in milliseconds.
const SHORTEST: u32 = 1_000;
/// Longest wait in milliseconds.
const LONGEST: u32 = 10_000;

/// Waits between polls: 1 s after a change, half as long again each time without one, at most 10 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    wait: u32,
}

impl Default for BackOff {
    fn default() -> Self {
        Self { wait: SHORTEST }
    }
}

impl BackOff {
    /// The wait before the next poll, after an answer that did or did not show a change.
    pub fn next(&mut self, has_changed: bool) -> u32 {
        if has_changed {
            self.wait = SHORTEST;
            return SHORTEST;
        }
        let wait = self.wait;
        self.wait = (wait + wait / 2).min(LONGEST);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_minutes_without_a_change_take_few_polls() {
        let mut back_off = BackOff::default();
        let mut passed = 0;
        let mut polls = 0;
        while passed < 300_000 {
            passed += back_off.next(false);
            polls += 1;
        }
        assert!(polls <= 34, "{polls}");
        assert_eq!(back_off.next(false), LONGEST);
        assert_eq!(back_off.next(true), SHORTEST);
    }
}
