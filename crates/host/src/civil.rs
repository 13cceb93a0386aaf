//! Seconds since the epoch as a date and a time of day in UTC, for the few formats that want them so.

/// Year, month and day, hour, minute and second.
pub(crate) type Civil = (i64, u8, u8, u8, u8, u8);

/// The date and time of so many seconds since the epoch, by the proleptic Gregorian calendar.
pub(crate) fn from_epoch(seconds: i64) -> Civil {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 1 March of year 0, in eras of 400 years: leap days come at the end of a year that begins in March.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let small = |number: i64| u8::try_from(number).unwrap_or_default();
    (year, small(month), small(day), small(second / 3600), small(second / 60 % 60), small(second % 60))
}

/// ISO 8601 without a zone, as real servers write it.
pub(crate) fn iso(seconds: i64) -> String {
    let (year, month, day, hour, minute, second) = from_epoch(seconds);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::{from_epoch, iso};

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00"),
            (951_782_399, "2000-02-28T23:59:59"),
            (951_782_400, "2000-02-29T00:00:00"),
            (951_868_800, "2000-03-01T00:00:00"),
            (1_741_262_400, "2025-03-06T12:00:00"),
            (4_107_542_400, "2100-03-01T00:00:00"),
            (-1, "1969-12-31T23:59:59"),
        ] {
            assert_eq!(iso(seconds), text);
        }
        // Every day follows the one before.
        let mut last = from_epoch(-86_400 * 800);
        for day in -799..40_000 {
            let next = from_epoch(86_400 * day);
            assert!((next.0, next.1, next.2) > (last.0, last.1, last.2), "{next:?}");
            last = next;
        }
    }
}
