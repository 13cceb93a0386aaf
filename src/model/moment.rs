//! Points in time as people type them and spreadsheets hold them. The zone of the person is the browser's business: what is
//! written without one is given out as a local time.

/// A date and a time of day without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
    /// Hour, 0 to 23.
    pub hour: u32,
    /// Minute.
    pub minute: u32,
    /// Second.
    pub second: u32,
}

/// What a text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A point in time: epoch seconds.
    Epoch(i64),
    /// A time on the person's own clock.
    Local(Moment),
}

/// Reads a date with or without a time of day: `2026-11-23`, `2026/11/23 14:05`, `2026年11月23日`, `20261123`,
/// `2026-11-23T14:05:30Z`, `…+08:00`, or epoch seconds of nine to eleven digits. The year comes first: 03/04/2026 means two days
/// and is refused.
#[must_use]
pub fn parse(text: &str) -> Option<Parsed> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return match digits.len() {
            8 if digits.len() == text.len() => moment(&[&text[..4], &text[4..6], &text[6..]], &[]).map(Parsed::Local),
            9..=11 => text.parse().ok().map(Parsed::Epoch),
            _ => None,
        };
    }
    let (date, rest) = match text.find(['T', 't', ' ', '日']) {
        Some(at) => (&text[..at], text[at..].trim_start_matches(['T', 't', ' ', '日'])),
        None => (text, ""),
    };
    let date: Vec<&str> = date.split(['-', '/', '.', '年', '月']).collect();
    let (clock, offset) = split_zone(rest)?;
    let clock: Vec<&str> = clock.split(':').filter(|part| !part.is_empty()).collect();
    let moment = moment(&date, &clock)?;
    Some(match offset {
        Some(offset) => Parsed::Epoch(epoch(&moment) - offset),
        None => Parsed::Local(moment),
    })
}

/// The time of day, and how far its zone is ahead of UTC in seconds where it names one.
fn split_zone(text: &str) -> Option<(&str, Option<i64>)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix(" UTC")) {
        return Some((clock.trim_end(), Some(0)));
    }
    let Some(at) = text.find(['+', '-']) else { return Some((text, None)) };
    let (clock, zone) = text.split_at(at);
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    let hours_minutes = match digits.len() {
        2 => format!("{digits}00"),
        4 => digits,
        _ => return None,
    };
    let (hours, minutes): (i64, i64) = (hours_minutes.get(..2)?.parse().ok()?, hours_minutes.get(2..)?.parse().ok()?);
    let offset = (hours * 60 + minutes) * 60;
    (hours <= 14 && minutes < 60).then_some((clock.trim_end(), Some(if zone.starts_with('-') { -offset } else { offset })))
}

fn moment(date: &[&str], clock: &[&str]) -> Option<Moment> {
    let [year, month, day] = date else { return None };
    let number = |text: &str, most: usize| -> Option<u32> {
        let is_plain = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_plain { text.parse().ok() } else { None }
    };
    let (hour, minute, second) = match clock {
        [] => (0, 0, 0),
        [hour, minute] => (number(hour, 2)?, number(minute, 2)?, 0),
        // A fraction of a second is more than a field holds.
        [hour, minute, second] => (number(hour, 2)?, number(minute, 2)?, number(second.split('.').next()?, 2)?),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    let found = Moment {
        year: i32::try_from(number(year, 4)?).ok()?,
        month: number(month, 2)?,
        day: number(day, 2)?,
        hour,
        minute,
        second,
    };
    let is_real = (1..=12).contains(&found.month)
        && (1..=days_in(found.year, found.month)).contains(&found.day)
        && hour < 24
        && minute < 60
        && second < 60;
    is_real.then_some(found)
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Epoch seconds of a moment in UTC. Days are counted from the first of March, so that the leap day is a year's last.
#[must_use]
pub fn epoch(moment: &Moment) -> i64 {
    let year = i64::from(moment.year) - i64::from(moment.month <= 2);
    let month = i64::from((moment.month + 9) % 12);
    let day_of_year = (153 * month + 2) / 5 + i64::from(moment.day) - 1;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    days * 86_400 + i64::from(moment.hour) * 3600 + i64::from(moment.minute) * 60 + i64::from(moment.second)
}

/// The moment in UTC of epoch seconds; `None` outside the years 1 to 9999.
#[must_use]
pub fn at(seconds: i64) -> Option<Moment> {
    let days = seconds.div_euclid(86_400).checked_add(719_468)?;
    let second_of_day = seconds.rem_euclid(86_400);
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    if !(1..=9999).contains(&year) {
        return None;
    }
    let small = |value: i64| u32::try_from(value).ok();
    Some(Moment {
        year: i32::try_from(year).ok()?,
        month: small(month)?,
        day: small(day)?,
        hour: small(second_of_day / 3600)?,
        minute: small(second_of_day / 60 % 60)?,
        second: small(second_of_day % 60)?,
    })
}

/// Epoch seconds as `2026-11-23T14:05:30Z`; as the number itself where no calendar has it.
#[must_use]
pub fn utc(seconds: i64) -> String {
    at(seconds).map_or_else(|| seconds.to_string(), |moment| format!("{}Z", print(&moment)))
}

/// `2026-11-23T14:05:30`, the form of a browser's field for a local time.
#[must_use]
pub fn print(moment: &Moment) -> String {
    let Moment { year, month, day, hour, minute, second } = moment;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn local(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Option<Parsed> {
        Some(Parsed::Local(Moment { year, month, day, hour, minute, second: 0 }))
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for text in
            ["2026-11-23", "2026/11/23", "2026.11.23", "20261123", "2026年11月23日", "2026-11-23T00:00", "2026/11/23 0:00:00"]
        {
            assert_eq!(parse(text), local(2026, 11, 23, 0, 0), "{text}");
        }
        assert_eq!(parse("2026年1月3日 14:05"), local(2026, 1, 3, 14, 5));
        assert_eq!(parse("2026-1-3 14:05"), local(2026, 1, 3, 14, 5));
    }

    #[test]
    fn a_zone_makes_it_a_point_in_time() {
        for text in [
            "2023-11-14T22:13:20Z",
            "2023-11-14 22:13:20 UTC",
            "2023-11-15T06:13:20+08:00",
            "2023-11-14T17:13:20.5-0500",
            "1700000000",
        ] {
            assert_eq!(parse(text), Some(Parsed::Epoch(1_700_000_000)), "{text}");
        }
    }

    #[test]
    fn what_may_mean_two_days_or_none_is_refused() {
        for text in [
            "03/04/2026",
            "26-11-23",
            "2026-02-30",
            "2026-13-01",
            "2026-11-23 25:00",
            "1700000000000",
            "12",
            "soon",
            "",
            "2026-11",
            "2026-11-23T10:00+99:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(parse("2024-02-29").is_some() && parse("2100-02-29").is_none());
    }

    proptest! {
        #[test]
        fn every_second_comes_back(seconds in -62_135_596_800_i64..253_402_300_800) {
            let moment = at(seconds).unwrap_or(Moment { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 });
            prop_assert_eq!(epoch(&moment), seconds);
            prop_assert_eq!(parse(&utc(seconds)), Some(Parsed::Epoch(seconds)));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}") {
            let _ = parse(&text);
            let _ = super::super::metadata::parse_number(&text);
        }
    }
}
