//! How fast bytes go out, measured over the last seconds: a single file's own speed jumps with every new file.

use std::collections::VecDeque;

/// How far back is looked, in milliseconds.
const WINDOW: f64 = 8_000.0;

/// Bytes sent lately.
#[derive(Clone, Debug, Default)]
pub struct SpeedMeter {
    samples: VecDeque<(f64, f64)>,
}

impl SpeedMeter {
    /// So many more bytes have gone out at `now` (milliseconds).
    pub fn add(&mut self, now: f64, bytes: f64) {
        self.samples.push_back((now, bytes));
        while self.samples.front().is_some_and(|(at, _)| now - at > WINDOW) {
            self.samples.pop_front();
        }
    }

    /// Bytes a second at `now`; nothing until a second has been seen.
    #[must_use]
    pub fn bytes_per_second(&self, now: f64) -> Option<f64> {
        let first = self.samples.front().map(|(at, _)| at.max(now - WINDOW))?;
        let passed = now - first;
        let bytes: f64 = self.samples.iter().filter(|(at, _)| *at >= first).map(|(_, bytes)| bytes).sum();
        (passed >= 1_000.0 && bytes > 0.0).then(|| bytes * 1_000.0 / passed)
    }
}

/// Seconds until so many bytes have gone out; nothing where that would be a guess.
#[must_use]
pub fn seconds_left(bytes: f64, per_second: Option<f64>) -> Option<f64> {
    per_second.filter(|speed| *speed > 0.0 && bytes > 0.0).map(|speed| (bytes / speed).ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_seconds_count() {
        let mut meter = SpeedMeter::default();
        assert_eq!(meter.bytes_per_second(0.0), None);
        for second in 0..30 {
            meter.add(f64::from(second) * 1_000.0, 500.0);
        }
        let speed = meter.bytes_per_second(29_000.0).unwrap_or_default();
        assert!((speed - 500.0).abs() < 100.0, "{speed}");
        assert!(meter.samples.len() < 12);
        // Silence is slow, and in the end nobody knows.
        assert!(meter.bytes_per_second(33_000.0).unwrap_or_default() < speed);
        assert_eq!(meter.bytes_per_second(60_000.0), None);
    }

    #[test]
    fn a_remaining_time_needs_a_speed() {
        assert_eq!(seconds_left(1_000.0, Some(300.0)), Some(4.0));
        assert_eq!(seconds_left(1_000.0, None), None);
        assert_eq!(seconds_left(0.0, Some(300.0)), None);
    }
}
