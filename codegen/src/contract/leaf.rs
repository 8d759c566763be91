//! The smallest facts of a contract: names, durations, days, paths, counts, header names.
//!
//! Each function takes what the YAML says and gives the value, or reports one diagnostic that says how to write it.

use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::names;
use crate::raw::read::{Entry, Reading, Spanned};

/// The units of a duration and their milliseconds, largest first.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("ms", 1), ("m", 60_000), ("s", 1_000)];

/// A duration above zero: a whole number and a unit, such as `15m`.
pub(super) fn duration(reading: &Reading, entry: &Entry<'_>) -> Option<Duration> {
    let text = reading.string(entry)?;
    let duration = parse_duration(&text.value);
    if duration.is_none() {
        let message = format!("`{}` is no duration", text.value);
        let help = "Write a whole number above 0 and a unit, one of ms, s, m, h and d: `250ms`, `15m`, `90d`.";
        reading.push(Diagnostic::error(Code::LW0701, text.span, message).at(&entry.path).help(help));
    }
    duration
}

/// A duration in words: `15 minutes`.
pub(super) fn in_words(duration: Duration) -> String {
    let millis = duration.as_millis();
    let units = [("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1_000)];
    // People say "24 hours" for one day and "2 days" for more.
    let fits = |(name, unit): &&(&str, u128)| millis.is_multiple_of(*unit) && (*name, millis) != ("day", *unit);
    let (name, count) = units.iter().find(fits).map_or(("millisecond", millis), |(name, unit)| (*name, millis / unit));
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// A day of the calendar, `YYYY-MM-DD`.
pub(super) fn day(reading: &Reading, entry: &Entry<'_>) -> Option<String> {
    let text = reading.string(entry)?;
    if is_day(&text.value) {
        return Some(text.value);
    }
    let message = format!("`{}` is no day of the calendar", text.value);
    reading.push(Diagnostic::error(Code::LW0702, text.span, message).at(&entry.path).help("Write it as `2027-04-30`."));
    None
}

/// A name that a user writes in the configuration: lower-case letters, digits and `_`, a letter first.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Reports a name that is not one.
pub(super) fn check_name(reading: &Reading, name: &Spanned<String>, path: &str, what: &str) -> bool {
    let good = is_name(&name.value);
    if !good {
        let message = format!("`{}` is not the name of {what}", name.value);
        let help = "Use lower-case letters, digits and `_`, with a letter first.";
        reading.push(Diagnostic::error(Code::LW0703, name.span, message).at(path).help(help));
    }
    good
}

/// A path on the host: starts with one `/`, which nobody can read as another host, and has no query, no fragment, no white space.
pub(super) fn check_path(reading: &Reading, text: &Spanned<String>, path: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '\\');
    let good = text.value.starts_with('/') && !text.value.starts_with("//") && !text.value.contains(bad);
    if !good {
        let message = format!("`{}` is no path", text.value);
        let help = "Start it with one `/`, without the host; parameters go in `query`.";
        reading.push(Diagnostic::error(Code::LW0709, text.span, message).at(path).help(help));
    }
    good
}

/// A text that is a path.
pub(super) fn path(reading: &Reading, entry: &Entry<'_>) -> Option<String> {
    let text = reading.string(entry)?;
    check_path(reading, &text, &entry.path).then_some(text.value)
}

/// A whole number from 1.
pub(super) fn count(reading: &Reading, entry: &Entry<'_>) -> Option<u32> {
    let number = reading.integer(entry)?;
    let count = u32::try_from(number.value).ok().filter(|count| *count > 0);
    if count.is_none() {
        let message = format!("{} is out of range", number.value);
        let help = format!("Write a number from 1 to {}.", u32::MAX);
        reading.push(Diagnostic::error(Code::LW0704, number.span, message).at(&entry.path).help(help));
    }
    count
}

/// The name of a response header, in lower case: headers are compared in that form.
pub(super) fn header(reading: &Reading, entry: &Entry<'_>) -> Option<String> {
    let text = reading.filled_string(entry)?;
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    if text.value.bytes().all(allowed) {
        return Some(text.value);
    }
    let message = format!("`{}` is no header name in lower case", text.value);
    let help = format!("Write `{}`.", text.value.trim_end_matches(':').to_lowercase());
    reading.push(Diagnostic::error(Code::LW0703, text.span, message).at(&entry.path).help(help));
    None
}

/// An http or https URL of a document.
pub(super) fn web_address(reading: &Reading, entry: &Entry<'_>) -> Option<String> {
    let text = reading.string(entry)?;
    if names::is_web_address(&text.value) {
        return Some(text.value);
    }
    let message = format!("`{}` is no http or https URL", text.value);
    let diagnostic = Diagnostic::error(Code::LW0310, text.span, message).at(&entry.path);
    reading.push(diagnostic.help("Write the whole URL, from `https://` on."));
    None
}

fn parse_duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let (_, millis) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let number: u64 = number.parse().ok().filter(|number| *number > 0)?;
    // A century is more than any fact of an API, and keeps every sum far from its limits.
    number.checked_mul(*millis).filter(|millis| *millis <= 36_525 * 86_400_000).map(Duration::from_millis)
}

fn is_day(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    let bytes = text.as_bytes();
    let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(5..7), digits(8..10)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_number_and_a_unit() {
        for (text, millis) in
            [("250ms", 250), ("1s", 1_000), ("15m", 900_000), ("24h", 86_400_000), ("90d", 7_776_000_000)]
        {
            assert_eq!(parse_duration(text), Some(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "15", "m", "0s", "-1s", "1.5h", "15 m", "1h30m", "15min", "36526d", "99999999999999999999s"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn durations_are_said_in_the_largest_whole_unit() {
        for (text, words) in [
            ("250ms", "250 milliseconds"),
            ("1s", "1 second"),
            ("90s", "90 seconds"),
            ("1m", "1 minute"),
            ("60m", "1 hour"),
            ("1d", "24 hours"),
            ("48h", "2 days"),
        ] {
            assert_eq!(in_words(parse_duration(text).unwrap()), words);
        }
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        for text in ["2027-04-30", "2024-02-29", "2000-02-29"] {
            assert!(is_day(text), "{text}");
        }
        for text in [
            "2027-04-31",
            "2023-02-29",
            "1900-02-29",
            "2027-4-30",
            "2027-00-10",
            "2027-13-01",
            "2027-04-30T",
            "2027/04/30",
            "20é7-04-3",
        ] {
            assert!(!is_day(text), "{text}");
        }
    }

    #[test]
    fn names_can_be_keys_and_placeholders() {
        assert!(is_name("client_id2"));
        for text in ["", "_x", "2x", "Client", "client-id", "é"] {
            assert!(!is_name(text), "{text}");
        }
    }
}
